"""HTML -> blocks, facts and attached files: meta tags first, trafilatura to find the body, the page to fill it.

Enters: decoded HTML and the page's address. Leaves: an `Extracted`. trafilatura says where the body begins and ends;
the text is then the page's complete lines between the two, so nothing that it drops inside the body is lost. Lines
above that hold a fact (title, 发文字号, source line, fact table) go along for `fields.header` to read; the rest is
listed as outside the body. Facts come from the meta tags of 《政府网站发展指引》(国办发〔2017〕47号), never from
trafilatura, whose date finder looks at the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import etree, html

from pipeline.draft import Block, Fact
from pipeline.extract.page import page_lines
from pipeline.fields import title as titles
from pipeline.fields.docnumber import normalize, serial_number
from pipeline.fields.labels import label_of, labelled
from pipeline.model import Attachment, Removal
from pipeline.text import letters, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "publisher",
    "sitename": "site_name",
    "columnname": "column",
}
"""Folded meta names of 国办发〔2017〕47号, annex 网页标签规范 -> fact."""
_MIN_BODY = 20  # letters; with less, trafilatura found something else
_BESIDE = 3  # lines within which a short one (主送机关, 署名) counts as beside the body
_MIN_LINE = 10  # letters a line needs to tell where the body stands; shorter ones stand in menus too


@dataclass(frozen=True, slots=True)
class Extracted:
    """blocks of head and body, facts, what stands outside the body, attached files, and which rule found the body."""

    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]
    removals: tuple[Removal, ...]
    attachments: tuple[Attachment, ...]
    extractor: str


def extract_html(text: str, url: str = "") -> Extracted:
    """Read a page. One in which trafilatura finds no body is read line by line, like text."""
    try:
        tree = html.document_fromstring(
            text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.ParserError, ValueError):
        return Extracted((), (), (), (), "none")
    facts, files = tuple(_meta_facts(tree)), tuple(_files(tree, url))
    blocks = [Block(line, number) for number, line in enumerate(page_lines(tree), 1)]
    heading = tidy(tree.findtext(".//title") or "")
    if titles.score(heading) >= 3 and not any(fact.field == "title" for fact in facts):  # the weakest evidence
        facts += (Fact("title", heading, "file"),)
    body = trafilatura.extract(
        html.tostring(tree, encoding="unicode"), output_format="txt", include_comments=False, favor_recall=True
    )
    window = _window(blocks, letters(body or ""))
    if not window:
        return Extracted(tuple(blocks), facts, (), files, "lines")
    first, last = window
    head = [block for block in blocks[:first] if _holds_a_fact(block.text)]
    kept = {id(block) for block in [*head, *blocks[first : last + 1]]}
    outside = tuple(
        Removal("extract.outside_body", "stands on the page outside the body that trafilatura found", b.text, b.line)
        for b in blocks
        if id(b) not in kept
    )
    return Extracted((*head, *blocks[first : last + 1]), facts, outside, files, "trafilatura")


def _window(blocks: Sequence[Block], body: str) -> tuple[int, int] | None:
    """The first and last line of the body: the long lines that trafilatura kept, and its short ones beside them."""
    if len(body) < _MIN_BODY:
        return None
    keys = [letters(block.text) for block in blocks]
    sure = [at for at, key in enumerate(keys) if len(key) >= _MIN_LINE and key in body]
    if not sure:
        return None
    first, last = sure[0], sure[-1]
    while beside := [at for at in range(max(0, first - _BESIDE), first) if keys[at] and keys[at] in body]:
        first = beside[0]
    while beside := [at for at in range(last + 1, min(last + 1 + _BESIDE, len(keys))) if keys[at] and keys[at] in body]:
        last = beside[-1]
    return first, last


def _holds_a_fact(line: str) -> bool:
    if titles.score(line) >= 3 or normalize(line) or serial_number(line) or label_of(line) is not None:
        return True
    return len(line) <= 200 and labelled(line) is not None


def _meta_facts(tree: html.HtmlElement) -> Iterator[Fact]:
    for meta in tree.iterfind(".//meta[@name]"):
        name = META.get((meta.get("name") or "").strip().casefold())
        value = tidy(meta.get("content") or "")
        if name and value:
            yield Fact(name, value, "meta", meta.sourceline or 0)


def _files(tree: html.HtmlElement, url: str) -> Iterator[Attachment]:
    """Links to files, each once, with their full address."""
    seen = set()
    for link in tree.iterfind(".//a[@href]"):
        address = (link.get("href") or "").strip()
        name = tidy(link.text_content())
        scheme = urlsplit(address).scheme
        if address not in seen and scheme in ("", "http", "https") and titles.is_file_name(address.partition("?")[0]):
            seen.add(address)
            full = urljoin(url, address) if "://" in url else address
            yield Attachment(name or address.rsplit("/", 1)[-1], full)
