"""Below a title that the markup gave, the document keeps its first lines; what surely is none of it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import HEAD_LINES, SENTENCES, blocks, counted, draft, texts

from pipeline.draft import Draft, Fact
from pipeline.fields.header import lift_header
from pipeline.fields.undertitle import read_under_title

TITLE = "青屿市人民政府办公室关于印发青屿市防汛抗旱工作方案的通知"
BODY = ("各县（区）人民政府：", "为做好防汛抗旱工作，现将有关事项通知如下。")


def under(*lines: str, title: str = TITLE) -> Draft:
    """A container whose title the markup gave."""
    page = replace(draft(*lines), text_from=1, extractor="container")
    return lift_header(page.learn(Fact("title", title, "body", 0)))


@pytest.mark.parametrize(
    "head",
    [
        ["时间：2022年5月9日上午", "地点：市政府一号会议室"],
        ["适用对象：本市60周岁以上老年人", "服务对象：自然人", "有效期：长期有效", "备注：无"],
        ["发布日期：2022年5月9日", "采购单位：青屿市财政局"],
        ["编者按：民营经济是推动高质量发展的重要力量。"],
        ["主持人：大家上午好！欢迎大家参加发布会。"],
        ["2022-06-01 开幕式", "2022-06-02 书画展"],
        ["2022-06-01", "开幕式", "2022-06-02", "书画展"],
        ["1", "王伟", "2", "李明"],
        ["青屿市防汛抗旱工作方案"],
        ["青屿市水务局公告"],
        ["申请→受理→审核→发证"],
        ["青屿市水务局关于停水的公告", "青水发〔2022〕1号"],
        [TITLE + "的政策解读"],
        ["文号", "青政发〔2022〕1号", "发文机关", "青屿市人民政府"],
    ],
)
def test_the_first_lines_of_a_document_stay(head: list[str]) -> None:
    page = under(*head, *BODY)
    assert texts(page) == [*head, *BODY]
    assert page.removals == ()


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (["2023-09-28 网监处"], "published", "2023-09-28 网监处"),
        (["青政办发〔2022〕15号"], "doc_number", "青政办发〔2022〕15号"),
        (["青屿市人民政府办公室文件", "青政办发〔2022〕15号", "签发人：王建国"], "doc_number", "青政办发〔2022〕15号"),
        (["青屿市人民政府令", "第12号"], "doc_number", "第12号"),
        (["发布时间：2022-05-10", "青政办发〔2022〕15号"], "published", "2022-05-10"),
        (["2022-05-10 09:00"], "published", "2022-05-10 09:00"),
        (["青屿新闻网 2022-05-10"], "published", "青屿新闻网 2022-05-10"),
        (["来源：青屿市人民政府"], "publisher", "青屿市人民政府"),
        (["索引号：0123/2022-1 主题分类：水利", "发文机关：青屿市人民政府办公室"], "index_number", "0123/2022-1"),
        (["发文机关：青屿市人民政府", "成文日期：2022年5月9日"], "written", "2022年5月9日"),
        ([TITLE], "title", TITLE),
        (["青屿市人民政府办公室", "关于印发青屿市防汛抗旱工作方案的通知"], "title", TITLE),
        (["关于印发青屿市防汛抗旱工作方案的通知"], "title", TITLE),
        (["字号：大 中 小", "当前位置：首页 > 政务公开", "责任编辑：李明"], "title", TITLE),
    ],
)
def test_what_is_no_text_goes(head: list[str], field: str, value: str) -> None:
    page = under(*head, *BODY)
    assert texts(page) == list(BODY)
    assert value in [fact.value for fact in page.facts if fact.field == field]


def test_a_title_that_the_page_cuts_short_is_known_again() -> None:
    assert texts(under(TITLE, *BODY, title=TITLE[:-6] + "…")) == list(BODY)


def test_the_number_may_stand_below_a_line_that_no_rule_knows() -> None:
    page = under("（征求意见稿）", "青政办发〔2022〕15号", *BODY)
    assert texts(page) == ["（征求意见稿）", *BODY]


def test_lines_above_the_text_are_read_as_ever() -> None:
    page = replace(draft("编者按：欢迎阅读", "时间：2022-05-10 来源：某报", *BODY), text_from=3, extractor="container")
    assert texts(lift_header(page.learn(Fact("title", TITLE, "body", 0)))) == list(BODY)


@given(st.lists(st.sampled_from((*HEAD_LINES, *SENTENCES[:2], TITLE, "青屿市人民政府令", "第12号")), max_size=12))
def test_no_letter_of_any_head_is_lost(lines: list[str]) -> None:
    page = under(*lines)
    assert counted(*texts(page), *(removal.evidence for removal in page.removals)) == counted(*lines)


def test_nothing_is_read_below_the_first_sentence() -> None:
    assert read_under_title(blocks(*BODY, "青政办发〔2022〕15号", TITLE), TITLE) == {}
