"""What the head and the address of a page say about its document: the meta tags of government sites and the <title>.

Enters: a parsed page and its address. Leaves: facts. The names are those of 《政府网站发展指引》(国办发〔2017〕47号),
annex 网页标签规范; templates write them with blanks, in any case, and twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.draft import Fact
from pipeline.extract.html.tree import window_title
from pipeline.fields import title as titles
from pipeline.fields.urldate import date_of
from pipeline.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TAG = re.compile(r"<[^<>]{1,40}>|&nbsp;?")  # templates copy the markup of the title: 关于印发<br>…
META = {
    "articletitle": "title",
    "pubdate": "published",
    "publishdate": "published",
    "firstpublishedtime": "published",
    "contentsource": "publisher",
    "sitename": "site_name",
    "columnname": "column",
}
"""Folded meta names of 国办发〔2017〕47号, annex 网页标签规范 -> fact.

firstpublishedtime is 中国政府网's own (2021-08-01-06:08:00), publishdate that of news sites.

lastmodifiedtime, createDate, MakeTime and others say when the page was built, and no more.
"""


def head_facts(tree: _Element, url: str) -> tuple[Fact, ...]:
    """Facts of the meta tags and of the address; the <title> counts where no meta tag names a title."""
    facts = tuple(_meta_facts(tree))
    if not any(fact.field == "title" for fact in facts):
        facts += tuple(_shared_title(tree))
    if day := date_of(url):
        facts += (Fact("published", day.isoformat(), "url"),)
    heading = tidy(window_title(tree))
    if titles.score(heading) >= 3 and not any(fact.field == "title" for fact in facts):
        facts += (Fact("title", heading, "file"),)
    return facts


def _meta_facts(tree: _Element) -> Iterator[Fact]:
    for meta in tree.iter("meta"):
        name = META.get((meta.get("name") or "").strip().casefold())
        if name and (value := tidy(_TAG.sub("", meta.get("content") or ""))):
            yield Fact(name, value, "meta", meta.sourceline or 0)


def _shared_title(tree: _Element) -> Iterator[Fact]:
    """og:title, which templates fill with the title, the name of the site, or both: only what looks like a title."""
    for meta in tree.iter("meta"):
        value = tidy(_TAG.sub("", meta.get("content") or "")) if meta.get("property") == "og:title" else ""
        if value and titles.score(value) >= 3:
            yield Fact("title", value, "meta", meta.sourceline or 0)
            return
