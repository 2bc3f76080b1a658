"""Names of elements and comments that known templates put around the body, told from all others."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.containers import UNNAMED, Known, is_mark, judge, markers

EDITOR, BOX, TELLING = range(3)


def known(opening: str) -> Known | None:
    """What the names of an element say, given its opening tag."""
    element = html.fromstring(f"{opening}正文")
    return judge(str(element.tag), element.get("id"), element.get("class"))


@pytest.mark.parametrize(
    ("opening", "tier"),
    [
        ("<div id=UCAP-CONTENT>", EDITOR),
        ("<div id=zoom>", EDITOR),
        ("<span id=Zoom>", EDITOR),
        ("<div id=' zoom '>", EDITOR),
        ("<UCAPCONTENT>", EDITOR),
        ("<div class='view TRS_UEDITOR trs_paper_default'>", EDITOR),
        ("<div class=v_news_content>", EDITOR),
        ("<div class=bt_content>", EDITOR),
        ("<div id=content>", BOX),
        ("<div class='w1200 pages_content'>", BOX),
        ("<div class=article>", BOX),
        ("<div class=newsText>", TELLING),
        ("<div id=xl_content>", TELLING),
        ("<div class=my-zhengwen-box>", TELLING),
        ("<article>", TELLING),
        ("<main>", TELLING),
    ],
)
def test_names_of_known_templates_are_known_in_any_case(opening: str, tier: int) -> None:
    found = known(opening)
    assert found
    assert found.tier == tier


@pytest.mark.parametrize(
    "opening",
    [
        "<div>",
        "<div id=nav>",
        "<div class=footer>",
        "<div class=contents-menu>",
        "<div class=zoomin>",
        "<div class=news>",
        "<div class=text-center>",
        "<section>",
    ],
)
def test_other_names_are_not(opening: str) -> None:
    assert known(opening) is None


def test_of_several_names_the_best_evidence_counts_and_all_are_told() -> None:
    assert known("<div class='article zoom' id=nav>") == (
        EDITOR,
        known("<div class=zoom>").rank,
        "div nav article zoom",
    )
    assert known("<main id=zoom>").tier == EDITOR


def test_a_name_that_stands_earlier_in_the_list_ranks_before_a_later_one() -> None:
    assert known("<div id=ucap-content>").rank < known("<div id=zoom>").rank < known("<div id=xw_box>").rank
    assert known("<div class=newstext>").rank > known("<div id=xw_box>").rank


def test_tags_that_hold_a_body_whatever_they_are_called() -> None:
    assert {"article", "main", "ucapcontent"} <= UNNAMED
    assert not UNNAMED & {"div", "td", "p", "span", "section"}


PAIRS = [
    ("正文开始", "正文结束"),
    (" 文章内容 开始 ", "文章内容 结束"),
    ("ContentStart", "ContentEnd"),
    ("content begin", "/content end"),
    ("zoom start", "zoom stop"),
    ("<$[信息内容]>begin", "<$[信息内容]>end"),
    ("info.content.begin", "info.content.end"),
]


@pytest.mark.parametrize(("begin", "end"), PAIRS)
def test_comments_around_a_body_are_told_from_each_other(begin: str, end: str) -> None:
    assert is_mark(begin)
    assert is_mark(end)
    assert any(marker.begin.search(begin) and marker.end.search(end) for marker in markers())
    assert not any(marker.begin.search(end) or marker.end.search(begin) for marker in markers())


@pytest.mark.parametrize(
    "comment",
    [
        "开始",
        "导航开始",
        "正文",
        "begin",
        "content",
        "footer end",
        "[if gte mso 9]>",
        "正文开始前的广告",
        "content-box end of nav",
        "",
    ],
)
def test_other_comments_mark_nothing(comment: str) -> None:
    assert not is_mark(comment)
