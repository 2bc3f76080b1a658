"""Search phrases go out of a title; the title, the site and the body that issued it stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pagemaker import draft, record

from pipeline.filters.spam.drop import drop_spam
from pipeline.filters.spam.titles import stuffing, unstuffed
from pipeline.steps import clean

if TYPE_CHECKING:
    from pipeline.model import Cleaned

TITLE = "关于做好2022年防汛抗旱工作的通知"
BODY = "各单位要加强组织领导，落实工作责任，确保各项任务按期完成。"


def read_page(head: str) -> Cleaned:
    body = f"<h1>{TITLE}</h1><div id=zoom><p>{BODY}</p><p>{BODY}</p></div>"
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return clean(record(page, media_type="text/html", url="http://www.qingyu.gov.cn/a.html"))


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
    found = read_page(f"<title>新葡京娱乐城_bet365官网_{TITLE}_青屿市水务局</title>")
    assert found.document is not None
    assert found.document.title == TITLE
    assert "compromised" in found.document.flags
    assert [one.rule for one in found.removals if one.field == "title"] == ["spam.stuffed_title", "lift.title"]


def test_a_hijacked_meta_tag_flags_the_page_and_an_honest_one_does_not() -> None:
    def read(keywords: str) -> tuple[bool, set[str]]:
        found = read_page(f"<title>{TITLE}</title><meta name=Keywords content='{keywords}'>")
        return found.is_compromised, {one.rule for one in found.removals if one.rule.startswith("spam")}

    assert read("新葡京娱乐城,金彩娱乐官网,bet365") == (True, {"spam.meta"})
    assert read("防汛,抗旱,打击网络赌博,福利彩票") == (False, set())


def test_a_title_that_is_nothing_but_spam_is_no_title() -> None:
    found = read_page("<title>新葡京娱乐城_bet365官网_百家乐平台</title>")
    assert found.document is not None
    assert found.document.title == TITLE
    assert found.is_compromised
