"""Markup read in one pass: what browsers see, and pages that took patterns the square of their length, or worse."""

from __future__ import annotations

import re

import pytest

from crawler.challenge import challenge, soft_404
from crawler.links import continued, files
from crawler.markup import spans, tamed, title_of, tokens, visible, without_comments
from crawler.platforms import detect, pager
from crawler.platforms.datastore import Datastore, datastores
from crawler.platforms.rows import NAVIGATION, Page

SIZE = 2_000_000
"""Characters of a hostile page. Patterns that look through the rest of it at each beginning need hours."""


def test_tags_are_what_browsers_take_for_tags() -> None:
    page = """<A HREF=/files/A.PDF target=_blank>一</A><!-- <a href="/old.pdf"> --><a title="a>b" href='/f&amp;g.pdf'/>
        <script>if(a<b)"</a><a href=x>"</script><br/><a href="1" href="2">"""
    links = [token.attributes for token in tokens(page) if token.name == "a"]
    assert [link["href"] for link in links] == ["/files/A.PDF", "/f&g.pdf", "1"]
    assert links[1]["title"] == "a>b"


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<html><head><title>题</title><style>p{}</style></head><body><p>甲 &nbsp;乙</p></body>", "甲乙"),
        ("<script>var a='字'</script>甲<noscript>乙</noscript><!-- 丙", "甲"),
        ("甲<b", "甲"),
        ("3 < 4", "3<4"),
    ],
)
def test_what_a_person_sees(page: str, seen: str) -> None:
    assert visible(page) == seen


def test_pieces_between_marks() -> None:
    assert without_comments("a<!-- b -->c<!-- d") == "ac<!-- d"
    assert title_of("<title lang=zh>通知\n 一</TITLE>") == "通知 一"
    assert list(spans("a<!-- b --><!--", re.compile("<!--"), re.compile("-->"))) == [(1, 11)]


def test_a_page_of_ordinary_tags_is_left_as_it_is() -> None:
    page = '<p class="a" title="x>y">字</p>' * 8_000
    assert tamed(page) == page


def test_a_tag_of_a_thousand_attributes_is_left_out() -> None:
    names = " ".join(f"a{n}=1" for n in range(100_000))
    assert tamed(f"<p>甲</p><p {names}>乙</p>") == "<p>甲</p>乙</p>"
    rows = Page(
        f"<div {names}><ul><li><a href='/a.html'>关于甲的通知</a><i>2024-01-05</i></li></ul>", "http://a.cn/"
    ).rows()
    assert [row.url for row in rows] == ["http://a.cn/a.html"]


OPENINGS = (
    "<a ",
    "<a href=",
    "<a href='",
    '<a x="',
    "<!--",
    "<script ",
    "<script>",
    "<title>",
    "<",
    "</",
    "<div querydata= ",
)


@pytest.mark.parametrize("opening", OPENINGS)
def test_openings_without_an_end(opening: str) -> None:
    page = opening * (SIZE // len(opening))
    assert files("http://a.cn/1.html", f".pdf {page}".encode()) == []
    assert continued("http://a.cn/1.html", f"下一页 createPageHTML {page}".encode()) == []
    assert not visible(page).strip("<")
    assert len(without_comments(page)) == len(page)
    assert detect(page, "http://a.cn/") == "generic"
    small = page[: 32 << 10].encode()
    assert (challenge(200, small), soft_404(small)) == (None, False)


@pytest.mark.parametrize("opening", ["<datastore ", "<datastore>", "<record><![CDATA[", "<record>", "<record "])
def test_stores_without_an_end(opening: str) -> None:
    page = opening * (SIZE // len(opening))
    assert datastores(page) == []
    assert Datastore(page).records == []


def test_records_of_text_and_of_markup() -> None:
    store = Datastore("<record> a &amp; b </record><record><![CDATA[<li>1</li>]]></record><record><b>no</b></record>")
    assert store.records == ["a & b", "<li>1</li>"]


def test_comments_before_a_doctype_do_not_double_the_work_each() -> None:
    assert detect("<!-- part -->\n" * 10_000 + "<!DOCTYPE html><html></html>", "http://a.cn/") == "generic"
    assert detect("<!-- part -->\n" * 10_000 + "<?xml-stylesheet?><urlset></urlset>", "http://a.cn/") == "sitemap"


def test_a_title_of_arrows() -> None:
    assert NAVIGATION.match(" > " * 100_000 + "x") is None
    assert NAVIGATION.match(" >> 下一页 >") is not None


def test_a_pager_of_variables_that_nobody_sets() -> None:
    call = f"createPageHTML({'a,' * 140})"
    assert pager.trs(call * (SIZE // len(call))) is None


FLAT = "".join(f"<a href=/a{n}>标题</a><span>2024-01-05</span>" for n in range(5_000))


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        (f"<div>{FLAT}", 5_000),
        (f"<ul><li>{FLAT}", 1),
        ("<div>" + "<span>2024-01-05</span>" * 20_000 + "</div><a href=/x>标题</a>", 0),
    ],
)
def test_a_long_page_of_rows(markup: str, rows: int) -> None:
    page = Page(markup, "http://a.cn/")
    assert len(page.rows()) == rows
    assert len(page.rows(item="a")) == len(page.links("/")) == markup.count("<a ")
