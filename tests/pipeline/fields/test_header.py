"""The head of a page becomes facts; the text begins where the document does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import HEAD_LINES, SENTENCES, counted, draft, texts

from pipeline.draft import Fact
from pipeline.fields.header import lift_header

if TYPE_CHECKING:
    from pipeline.draft import Draft

BODY = ("各县级市(区)人民政府,各直属单位:", "现将方案印发给你们,请结合实际,认真贯彻执行。")
TITLE = "市政府关于印发苏州市绿色制造实施方案的通知"


def lifted(*head: str, body: tuple[str, ...] = BODY) -> Draft:
    return lift_header(draft(*head, *body))


def facts(page: Draft) -> dict[str, str]:
    return {fact.field: fact.value for fact in reversed(page.facts)}


def test_the_head_of_the_suzhou_page() -> None:
    page = lifted(
        "当前位置: 首页 > 政务公开 > 市政府文件",
        TITLE,
        "苏府〔2022〕33号",
        "时间: 2022-05-23 09:00 来源: 苏州市人民政府办公室 访问量:",
    )
    assert texts(page) == list(BODY)
    assert facts(page) == {
        "title": TITLE,
        "doc_number": "苏府〔2022〕33号",
        "published": "2022-05-23 09:00",
        "publisher": "苏州市人民政府办公室",
    }
    assert {(removal.evidence[:2], removal.rule, removal.field) for removal in page.removals} == {
        ("当前", "furniture.breadcrumb", None),
        ("市政", "lift.title", "title"),
        ("苏府", "lift.doc_number", "doc_number"),
        ("时间", "lift.labels", "published"),
    }


def test_a_table_of_facts_with_label_and_value_on_lines_of_their_own() -> None:
    page = lifted(
        *(
            "索 引 号：",
            "014150319/2022-00033",
            "发文机关：",
            "苏州市人民政府",
            "成文日期：",
            "2022-05-19",
            "主题词：",
            "制造",
        ),
        TITLE,
    )
    assert texts(page) == list(BODY)
    assert {name: facts(page)[name] for name in ("index_number", "issuer", "written", "title")} == {
        "index_number": "014150319/2022-00033",
        "issuer": "苏州市人民政府",
        "written": "2022-05-19",
        "title": TITLE,
    }
    assert {fact.where for fact in page.facts if fact.field != "title"} == {"header_table"}


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["苏州市人民政府", "关于印发绿色制造实施方案的通知"], "苏州市人民政府关于印发绿色制造实施方案的通知"),
        (
            ["市政府关于印发苏州市绿色制造", "体系建设实施方案的通知"],
            "市政府关于印发苏州市绿色制造体系建设实施方案的通知",
        ),
        (["最高奖补1000万元!《沈阳市绿色制造若干措施》"], "沈阳市绿色制造若干措施"),
        (["苏州市绿色制造实施方案"], "苏州市绿色制造实施方案"),
    ],
)
def test_a_title_on_one_line_or_several(lines: list[str], title: str) -> None:
    page = lifted(*lines)
    assert facts(page)["title"] == title
    assert texts(page) == list(BODY)


def test_a_title_that_stands_twice_goes_twice() -> None:
    page = lifted(TITLE, "字号:", TITLE)
    assert texts(page) == list(BODY)
    assert [removal.rule for removal in page.removals if removal.field == "title"] == ["lift.title", "title.repeated"]


def test_the_title_of_the_attached_plan_stays_in_the_text() -> None:
    page = lifted(TITLE, body=(*BODY, "苏州市绿色制造实施方案", "为推进绿色制造，制定本方案。"))
    assert texts(page)[2] == "苏州市绿色制造实施方案"


@pytest.mark.parametrize(
    "body",
    [
        ("一、总体要求", "坚持高质量发展。"),
        ("为推进绿色制造，结合我市实际，制定以下措施。",),
        ("第一条 为规范管理，制定本办法。",),
        ("序号", "由各单位自行编制，并报市工信局备案后执行。"),
    ],
)
def test_a_text_without_a_head_loses_nothing(body: tuple[str, ...]) -> None:
    page = lift_header(draft(*body))
    assert texts(page) == list(body)
    assert page.removals == ()


def test_a_strange_line_below_the_title_stays() -> None:
    page = lifted(TITLE, "（征求意见稿）")
    assert texts(page) == ["（征求意见稿）", *BODY]


def test_labels_inside_a_document_stay() -> None:
    body = (*BODY, "来源：市工信局统计数据库", "时间：2022年5月1日至5月31日", "索引号：1234/5678", "苏府〔2022〕33号")
    assert texts(lifted(TITLE, body=body)) == list(body)


def shown(*lines: str, title: str = TITLE, line: int = 1) -> Draft:
    """A page whose markup told the title already."""
    return lift_header(draft(*lines).learn(Fact("title", title, "body", line)))


def test_a_title_known_from_the_markup_is_not_looked_for_again() -> None:
    page = shown("苏府〔2022〕33号", *BODY, title="防汛值班安排一览")
    assert texts(page) == list(BODY)
    assert [fact.value for fact in page.facts if fact.field == "title"] == ["防汛值班安排一览"]
    order = shown("苏州市人民政府令", *BODY, title="苏州市绿色制造办法", line=3)
    assert [fact.value for fact in order.facts if fact.field == "title"] == ["苏州市绿色制造办法"]


def test_a_title_known_from_the_markup_goes_only_where_a_line_is_it_exactly() -> None:
    page = shown(TITLE, TITLE + "的政策解读", *BODY)
    assert texts(page) == [TITLE + "的政策解读", *BODY]
    assert [removal.rule for removal in page.removals] == ["title.repeated"]
    unknown = lifted(TITLE, "绿色工厂", TITLE + "的政策解读")
    assert TITLE + "的政策解读" not in texts(unknown)


@pytest.mark.parametrize("label", ["发文字号：", "主题分类：", "主题词：", "备注："])
def test_an_empty_label_does_not_take_the_addressee(label: str) -> None:
    page = lifted("索引号", "014150319/2022-00033", label)
    assert texts(page) == list(BODY)
    assert facts(page) == {"index_number": "014150319/2022-00033"}


def test_the_body_that_gave_the_document_out_is_learnt_from_a_line_and_from_a_pair() -> None:
    pair = lifted("索引号", "014150319/2022-00033", "发布机构", "苏州市财政局")
    line = lifted("索引号：014150319/2022-00033 发布机构：苏州市财政局 来源：某报")
    for page in (pair, line):
        assert facts(page)["issuing"] == facts(page)["publisher"] == "苏州市财政局"
    assert "issuing" not in facts(lifted("来源：苏州市财政局 时间：2022-05-19"))


@given(st.lists(st.sampled_from((*HEAD_LINES, SENTENCES[0], SENTENCES[1], "一、总体要求")), max_size=12))
def test_no_letter_of_any_head_is_lost(lines: list[str]) -> None:
    page = lift_header(draft(*lines))
    assert counted(*texts(page), *(removal.evidence for removal in page.removals)) == counted(*lines)
