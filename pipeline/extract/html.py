"""HTML -> blocks and facts: the page's own meta tags first, then trafilatura for the body.

Enters: decoded HTML. Leaves: an `Extracted`. Facts come from the meta tags of
《政府网站发展指引》(国办发〔2017〕47号) only; trafilatura supplies the body and never a date (its date finder looks
at the clock). What stands on the page and is not in the body is listed line by line, so that nothing vanishes unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import trafilatura
from lxml import etree, html

from pipeline.draft import Block, Fact
from pipeline.extract.lines import blocks_of
from pipeline.model import Removal
from pipeline.text import letters, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "publisher",
    "sitename": "site_name",
    "columnname": "column",
    "columntype": "column",
}
"""Folded meta names of 国办发〔2017〕47号, annex 网页标签规范 -> fact."""
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head"))


@dataclass(frozen=True, slots=True)
class Extracted:
    """blocks of the body, facts of the page, removals of what stands outside the body, and which rule found
    the body.
    """

    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]
    removals: tuple[Removal, ...]
    extractor: str


def extract_html(text: str) -> Extracted:
    """Read a page. A page that trafilatura finds no body in is read line by line, like text."""
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return Extracted((), (), (), "none")
    lines = tuple(page_lines(tree))
    facts = tuple(_meta_facts(tree))
    body = trafilatura.extract(
        html.tostring(tree, encoding="unicode"),
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    if not body or len(letters(body)) < 20:
        return Extracted(tuple(Block(line, n) for n, line in enumerate(lines, 1)), facts, (), "lines")
    kept = letters(body)
    outside = tuple(
        Removal("extract.outside_body", "stands on the page outside the body that trafilatura found", line, n)
        for n, line in enumerate(lines, 1)
        if letters(line) and letters(line) not in kept
    )
    return Extracted(blocks_of(body), facts, outside, "trafilatura")


def page_lines(tree: html.HtmlElement) -> Iterator[str]:
    """The visible text of a page, a line for each block element; text split over inline tags stays together."""
    pieces: list[str] = []

    def flush() -> Iterator[str]:
        line = tidy("".join(pieces))
        pieces.clear()
        if line:
            yield line

    def walk(element: html.HtmlElement) -> Iterator[str]:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return
        blocky = tag in _BLOCK_TAGS or tag == "br"
        if blocky:
            yield from flush()
        pieces.append(element.text or "")
        for child in element:
            yield from walk(child)
            pieces.append(child.tail or "")
        if blocky:
            yield from flush()

    body = tree.find("body")
    yield from walk(tree if body is None else body)
    yield from flush()


def _meta_facts(tree: html.HtmlElement) -> Iterator[Fact]:
    for meta in tree.iterfind(".//meta[@name]"):
        name = META.get((meta.get("name") or "").strip().casefold())
        value = tidy(meta.get("content") or "")
        if name and value:
            yield Fact(name, value, "meta", meta.sourceline or 0)
