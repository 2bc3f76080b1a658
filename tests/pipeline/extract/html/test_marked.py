"""The title by the markup that calls a line one."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.marked import Title, marked_title
from pipeline.extract.html.page import Line, page_lines

TITLE = "关于做好2022年防汛抗旱工作的通知"
SITE = "青屿市应急管理局"


def lines(inner: str) -> tuple[Line, ...]:
    return page_lines(html.document_fromstring(f"<body>{inner}</body>")).lines


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=title><a href=x>防汛值班安排一览</a></div>",
        "<div class=subtitle>防汛值班安排一览</div>",
        "<h1>通知公告</h1>",
        f"<h1>{SITE}</h1>",
        f"<h1>{'很长的标题' * 50}</h1>",
        "<h2>防汛值班安排一览</h2>",
        "<h1 hidden><span hidden>防汛值班安排一览</span></h1>",
    ],
)
def test_other_markup_tells_no_title(markup: str) -> None:
    assert marked_title(lines(f"<p>甲</p>{markup}<p>乙</p>")) is None


def test_of_marked_lines_the_one_that_reads_like_a_title_wins_and_then_the_first() -> None:
    page = f"<h1>防汛抗旱专题</h1><p>甲</p><h1>{TITLE}</h1><p>乙</p><h1>关于撤销通知的公告</h1>"
    assert marked_title(lines(page)) == Title(TITLE, (2,))


def test_a_marked_title_over_two_lines_is_one_and_two_boxes_are_two() -> None:
    assert marked_title(lines("<h1>关于做好2022年<br>防汛抗旱工作的通知</h1>")) == Title(TITLE, (0, 1))
    two = marked_title(lines("<div class=title>关于撤销通知的公告</div><p class=title>关于做好防汛工作的通知</p>"))
    assert two == Title("关于撤销通知的公告", (0,))


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<h1>青屿市人民政府</h1><h1>政务公开专栏</h1><h1>{TITLE}</h1>", TITLE),
        (f"<h1>{SITE}</h1><h1>{TITLE}</h1>", SITE + TITLE),
        ("<p class=title>关于做好2022年</p><p class=title>防汛抗旱工作的通知</p>", TITLE),
        (f"<div><h1>{SITE}</h1></div><div><h1>{TITLE}</h1></div>", TITLE),
        (f"<h1>关于我局的机构职能</h1><h1>{TITLE}</h1>", "关于我局的机构职能"),
    ],
    ids=["site, column, title", "who and what", "broken", "two boxes", "two titles"],
)
def test_headings_in_a_row_are_one_only_where_a_title_is_broken_over_them(page: str, title: str) -> None:
    found = marked_title(lines(page))
    assert found is not None
    assert found.text == title
