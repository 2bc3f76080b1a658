"""The tools that are compared: ours, trafilatura alone, and trafilatura with a plain keyword filter.

Enters: a page as a string, its address, and whether it is plain text. Leaves: what the tool has `Seen`. trafilatura
gets a plain text as paragraphs of a page with a title, since it reads nothing else.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.quality.extractors import CAPTURED
from benchmarks.quality.peers import ERRORS
from crawler.page import Page, RawRecord
from pipeline.steps import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Cleaned

KEYWORDS = (
    *("博彩", "赌场", "棋牌", "百家乐", "时时彩", "六合彩", "彩票", "赌博", "色情", "成人"),
    *("无码", "三级", "约炮", "性爱", "壮阳", "伟哥", "代开发票", "贷款", "私服", "刷单"),
)
"""Twenty obvious words, as a site's owner would write them down; a line that holds one is dropped."""
_WORDS = ("title", "doc_number", "issuer", "genre", "index_number", "theme", "validity")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a tool makes of a page. fields: its other values, one string. flagged: it says that the page was hacked."""

    text: str
    title: str = ""
    fields: str = ""
    flagged: bool = False


def record(source: str, url: str, plain: bool) -> RawRecord:
    """The page as it would lie in raw/."""
    media_type = "text/plain" if plain else "text/html"
    page = Page(
        url=url,
        source="spam",
        body=source.encode("utf-8", "replace"),
        media_type=media_type,
        captured=CAPTURED,
        headers=(("Content-Type", f"{media_type}; charset=utf-8"),),
        status=200,
    )
    return RawRecord(page=page, sha256=page.sha256, warc="", offset=0)


def cleaned(source: str, url: str, plain: bool) -> Cleaned:
    """The whole pipeline for one page."""
    return clean(record(source, url, plain))


def ours(source: str, url: str, plain: bool) -> Seen:
    document = cleaned(source, url, plain).document
    if document is None:
        return Seen("")
    fields = "\n".join(value for name in _WORDS if (value := getattr(document, name)))
    return Seen(document.text, document.title or "", fields, "compromised" in document.flags)


def as_page(text: str) -> str:
    """A plain text as HTML: its first line is the title and the heading, each other line a paragraph."""
    title, *lines = [html.escape(line) for line in text.split("\n") if line.strip()] or [""]
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def trafilatura(source: str, url: str, plain: bool) -> Seen:
    """Its defaults; an error is an empty text."""
    from trafilatura import extract, extract_metadata

    page = as_page(source) if plain else source
    try:
        known = extract_metadata(page, default_url=url)
        return Seen(extract(page, url=url) or "", (known.title if known else "") or "")
    except ERRORS:
        return Seen("")


def keyword_filter(source: str, url: str, plain: bool) -> Seen:
    """trafilatura, without the lines that hold one of twenty words."""
    seen = trafilatura(source, url, plain)
    lines = [line for line in seen.text.split("\n") if not any(word in line for word in KEYWORDS)]
    title = "" if any(word in seen.title for word in KEYWORDS) else seen.title
    return Seen("\n".join(lines), title)


OURS = "zhengce"
TOOLS: dict[str, Callable[[str, str, bool], Seen]] = {
    OURS: ours,
    "trafilatura": trafilatura,
    "trafilatura + keywords": keyword_filter,
}
