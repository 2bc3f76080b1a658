"""The title as a page shows it, among names of sites and columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from pipeline.draft import Fact
from pipeline.extract.html.heading import find_title, with_title
from pipeline.extract.html.marked import Title
from pipeline.extract.html.meta import head_facts
from pipeline.extract.html.page import Line, page_lines

TITLE = "关于做好2022年防汛抗旱工作的通知"
SITE = "青屿市应急管理局"


def lines(inner: str) -> tuple[Line, ...]:
    return page_lines(html.document_fromstring(f"<body>{inner}</body>")).lines


def title_of(body: str, head: str = f"<title>{TITLE}_{SITE}</title>") -> str | None:
    tree = html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    found = find_title(page_lines(tree).lines, tree, head_facts(tree, ""))
    return found.text if found and found.is_shown else None


def places(shown: list[str], window: str, head: str = "") -> tuple[int, ...]:
    """Which lines of a page are its title, a paragraph each, given the title of the window."""
    source = "".join(f"<p>{text}" for text in shown)
    tree = html.document_fromstring(f"<html><head>{head}<title>{window}</title></head><body>{source}</body></html>")
    found = find_title(page_lines(tree).lines, tree, head_facts(tree, ""))
    assert found is None or found.text == "".join(shown[at] for at in found.places)
    return found.places if found and found.is_shown else ()


@pytest.mark.parametrize(
    "window",
    [
        TITLE,
        f"{TITLE} - {SITE}",
        f"{SITE} {TITLE}",
        f"{SITE}>>通知公告>>{TITLE}",
        f"关于做好2022年防汛抗旱\n 工作的通知-{SITE}",
        TITLE + "（2022-05-19）",
    ],
)
def test_the_line_that_the_title_of_the_window_repeats_is_the_title(window: str) -> None:
    assert places([SITE, "首页", TITLE, "各区人民政府：", TITLE], window) == (2,)


@pytest.mark.parametrize(
    ("shown", "at"),
    [
        ([SITE, "关于做好2022年", "防汛抗旱工作的通知", "各区："], (1, 2)),
        (["关于做好", "2022年", "防汛抗旱", "工作的通知"], (0, 1, 2, 3)),
        (["防汛抗旱", "关于做好2022年防汛抗旱工作的通知"], (1,)),
        (["关于做好2022年防汛抗旱工作的通知（2022-05-19）"], (0,)),
    ],
)
def test_a_title_broken_over_lines_is_put_together(shown: list[str], at: tuple[int, ...]) -> None:
    assert places(shown, f"{TITLE}_{SITE}") == at


def test_of_a_meta_tag_and_a_window_the_one_that_says_more_tells_where_the_title_stands() -> None:
    shown = ["青屿市公安局 青屿市水务局", "青屿市应急管理局关于做好", "防汛抗旱工作的通知", "各区人民政府："]
    head = "<meta name=ArticleTitle content=关于做好防汛抗旱工作的通知>"
    assert places(shown, f"{''.join(shown[:3])}_青屿市公安局网站", head) == (0, 1, 2)
    assert places(shown[2:], "别的标题", "<meta name=ArticleTitle content=防汛抗旱工作的通知>") == (0,)


@pytest.mark.parametrize(
    "shown",
    [["首页", "通知"], [SITE], ["关于做好防汛工作的通知"], ["各区人民政府："], []],
    ids=["too short", "the site", "other words", "the text", "nothing"],
)
def test_other_lines_are_no_title(shown: list[str]) -> None:
    assert places(shown, f"{TITLE}_{SITE}_通知") == ()


def test_a_link_or_a_table_that_says_the_title_is_not_it() -> None:
    assert places([f"<a href=x>{TITLE}</a>", TITLE], TITLE) == (1,)
    assert places([f"<a href=x>{TITLE}</a>"], TITLE) == ()


@pytest.mark.parametrize("name", ["SiteName", "ColumnName"])
def test_names_of_the_site_are_no_title_though_the_window_repeats_them(name: str) -> None:
    assert places(["青屿应急发布平台"], "青屿应急发布平台") == (0,)
    assert places(["青屿应急发布平台"], "青屿应急发布平台", f'<meta name={name} content="青屿应急发布平台">') == ()
    assert places(["青屿应急发布频道"], "青屿应急发布频道") == ()


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=nav><a href=/>{TITLE}</a></div><h3>{TITLE}</h3>",
        f"<p>标题</p><p>{TITLE}</p><div>{TITLE}</div>",
        f"<table border=1><tr><td>{TITLE}<td>一<tr><td>二<td>三</table><p>{TITLE}</p>",
        f"<span hidden>{TITLE}</span><p>{TITLE}</p>",
        "<h2>关于做好2022年<br>防汛抗旱工作的通知</h2>",
        "<div>关于做好2022年</div><div>防汛抗旱工作的通知</div>",
        "<h2>关于做好<font>2022</font>年\n   防汛抗旱工作的通知</h2>",
        f"<p>{SITE}</p><p>{TITLE}</p>",
    ],
    ids=["a link above", "a fact table", "a data table", "hidden", "br", "two lines", "source wrap", "the site above"],
)
def test_the_title_is_found_in_the_page(body: str) -> None:
    assert title_of(body + "<p>各区人民政府：</p>") == TITLE


def test_the_title_of_the_meta_tag_goes_before_that_of_the_window() -> None:
    head = f'<meta name=ArticleTitle content="{TITLE}"><title>防汛抗旱专题栏目</title>'
    assert title_of(f"<p>防汛抗旱专题栏目</p><p>{TITLE}</p>", head) == TITLE
    column = f'<meta name=ColumnName content="防汛抗旱专题栏目">{head.replace("ArticleTitle", "Other")}'
    assert title_of(f"<p>防汛抗旱专题栏目</p><p>{TITLE}</p>", column) is None


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>{}</h1>",
        "<div class=article-title>{}</div>",
        "<div id=title><p>{}</p></div>",
        "<ucaptitle>{}</ucaptitle>",
        "<p class='x xl_bt big'>{}</p>",
        "<div class=tit><div><span>{}</span></div></div>",
    ],
)
def test_a_title_by_its_markup_alone(markup: str) -> None:
    body = f"<div class=nav>政务公开网站专栏导航</div>{markup.format('防汛值班安排一览')}<p>各区：</p>"
    assert title_of(body, f"<title>{SITE}</title>") == "防汛值班安排一览"


def test_the_facts_of_the_head_are_cut_to_the_title_as_shown() -> None:
    head = (
        Fact("title", f"{TITLE}-{SITE}", "meta", 3),
        Fact("title", "别的", "list_row"),
        Fact("publisher", "甲", "meta"),
    )
    assert with_title(head, Title(TITLE, (4, 5))) == (
        Fact("title", TITLE, "meta", 3),
        *head[1:],
        Fact("title", TITLE, "body", 5),
    )
    assert with_title(head, None) == head


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>{TITLE[:12]}…_{SITE}</title>", f"<p>{TITLE}</p>"),
        (f"<title>{SITE}-{TITLE[:12]}...</title>", f"<p>{TITLE}</p>"),
        (f"<meta name=ArticleTitle content='{TITLE[:12]}...'><title>{SITE}</title>", f"<p>{TITLE}</p>"),
        (f"<title>{TITLE[:12]}…</title>", f"<div><p>{TITLE[:9]}</p><p>{TITLE[9:15]}</p><p>{TITLE[15:]}</p></div>"),
        (f"<title>关于_{SITE}</title>", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE[:12]}……</title>", f"<p>{TITLE[:12]}是年度重点。各区要抓好落实。</p><h1>{TITLE}</h1>"),
    ],
    ids=["dots", "behind the site", "meta", "lines", "too short", "a sentence"],
)
def test_a_title_that_the_window_cuts_short_is_taken_as_shown(head: str, body: str) -> None:
    assert title_of(f"{body}<p>各区人民政府：</p>", head) == TITLE


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("<p>青屿市防汛应急预案和排水</p><p>实施方案的通知</p>", "关于印发青屿市防汛应急预案和排水实施方案的通知"),
        ("<p>各区人民政府：</p><p>现印发实施方案</p>", "关于印发"),
        ("<p>一、实施方案</p>", "关于印发"),
        ("<p>发布时间：2022-05-09</p><p>实施方案</p>", "关于印发"),
        ("</div><div><p>实施方案</p>", "关于印发"),
    ],
    ids=["goes on", "the text", "a heading", "facts", "another box"],
)
def test_a_title_that_ends_in_the_middle_goes_on_below(below: str, title: str) -> None:
    head = f"<title>{SITE}关于印发</title>"
    assert title_of(f"<div><p>{SITE}关于印发</p>{below}</div>", head) == SITE + title


def test_a_meta_tag_of_another_page_gives_way_to_the_title_that_the_page_shows() -> None:
    shown = Title(TITLE, (4,))
    other = Fact("title", "关于撤销通知的公告", "meta", 3)
    assert with_title((other,), shown) == (replace(other, where="file"), Fact("title", TITLE, "body", 5))
    cut = Fact("title", f"{TITLE[:12]}...", "meta", 3)
    assert with_title((cut,), shown)[0] == replace(cut, value=TITLE)
    part = Fact("title", "防汛抗旱工作的通知", "meta", 3)
    assert with_title((part,), shown)[0] == part
    assert with_title((other,), Title("防汛值班安排一览", (4,)))[0] == other


def test_a_short_title_needs_a_heading_and_the_window() -> None:
    text = "<p>5月10日东山镇停水。</p>"
    head = f"<title>停水公告_{SITE}</title>"
    for markup in ("<h1>停水公告</h1>", "<h3>停水公告</h3>", "<div class=title>停水公告</div>"):
        assert title_of(markup + text, head) == "停水公告"
        assert title_of(markup + text, f"<title>{SITE}</title>") is None
        assert title_of(f"<a href=/t>停水公告</a>{markup}{text}", head) is None  # a column
        assert title_of(markup + text, f"<meta name=ColumnName content=停水公告>{head}") is None
        assert title_of(f"{markup}<p>{TITLE}</p>{text}", head) is None  # the header's rules read that line
    assert title_of(f"<p>停水公告</p>{text}", head) is None
    assert title_of(f"<h1>停水</h1>{text}", f"<title>停水_{SITE}</title>") is None
