"""Search phrases go out of a title; the title, the site and the body that issued it stay."""

from __future__ import annotations

import pytest
from pagemaker import draft, record

from pipeline.filters.spam.drop import drop_spam
from pipeline.filters.spam.titles import stuffing, unstuffed
from pipeline.steps import clean

TITLE = "关于做好2022年防汛抗旱工作的通知"
BODY = "各单位要加强组织领导，落实工作责任，确保各项任务按期完成。"


@pytest.mark.parametrize(
    ("stuffed", "rest"),
    [
        (f"新葡京娱乐城_金彩娱乐官网_{TITLE}", TITLE),
        (f"{TITLE}-新葡京娱乐城-金彩娱乐官网", TITLE),
        (f"{TITLE}|百家乐平台|青屿市人民政府", f"{TITLE}|青屿市人民政府"),
        (f"新葡京，{TITLE}，金彩娱乐官网", TITLE),
    ],
)
def test_phrases_go_wherever_they_stand(stuffed: str, rest: str) -> None:
    assert unstuffed(stuffed) == rest


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        f"{TITLE}_青屿市人民政府",
        "关于打击网络赌博、新葡京娱乐城等涉案网站的通告_青屿市公安局",
        "新葡京娱乐城_金彩娱乐官网",
        "福利彩票 体育彩票 发行管理办法",
    ],
)
def test_honest_titles_and_those_that_are_nothing_else_stay(title: str) -> None:
    assert stuffing(title) == []


def test_a_title_line_is_freed_and_the_phrases_are_a_removal() -> None:
    found = drop_spam(draft(f"{TITLE}-新葡京娱乐城-金彩娱乐官网", BODY))
    assert [block.text for block in found.blocks] == [TITLE, BODY]
    assert [(one.rule, one.evidence) for one in found.removals] == [
        ("spam.stuffed_title", "-新葡京娱乐城-金彩娱乐官网")
    ]


def test_the_title_of_a_page_is_freed_where_only_its_head_is_stuffed() -> None:
    head = f"<title>新葡京娱乐城_bet365官网_{TITLE}_青屿市水务局</title>"
    page = f"<html><head>{head}</head><body><h1>{TITLE}</h1><div id=zoom><p>{BODY}</p><p>{BODY}</p></div></body></html>"
    found = clean(record(page, media_type="text/html", url="http://www.qingyu.gov.cn/a.html"))
    assert found.document is not None
    assert found.document.title == TITLE
    assert "compromised" in found.document.flags
    assert [one.rule for one in found.removals if one.field == "title"] == ["spam.stuffed_title", "lift.title"]
