"""The <datastore> in which jpage scripts keep a list: XML whose records are HTML rows in CDATA.

Two families load it: JCMS, inline in the column page and from dataproxy.jsp, and TrueCMS, inside JSON.

>>> store = Datastore("<datastore><totalrecord>1</totalrecord><recordset><record><![CDATA[<li><a href='/a.html'>"
...                   "关于甲的通知</a><span>2024-01-05</span></li>]]></record></recordset></datastore>")
>>> store.total, [item.url for item in store.items("http://a.cn/")]
(1, ['http://a.cn/a.html'])
"""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

from crawler.markup import spans
from crawler.platforms.rows import Page

if TYPE_CHECKING:
    from crawler.platforms.protocol import Item

OPENED, CLOSED = (re.compile(mark, re.IGNORECASE) for mark in (r"<datastore\b", r"</datastore\s*>"))
CDATA = re.compile(r"\s*<!\[CDATA\[")


class Datastore:
    """One <datastore>. It is read by pattern: servers send it with bare ampersands, which no XML parser takes."""

    def __init__(self, markup: str) -> None:
        self._markup = markup

    @property
    def total(self) -> int | None:
        return _count(self._markup, "totalrecord")

    @property
    def pages(self) -> int | None:
        return _count(self._markup, "totalpage")

    @cached_property
    def records(self) -> list[str]:
        return _all(self._markup, "record")

    @property
    def next_group(self) -> str | None:
        """Address of the next records as the server wants it asked for; columnid and unitid in it may be encrypted."""
        for group in _all(self._markup, "nextgroup"):
            if link := re.search(r"""href\s*=\s*["']([^"']+)["']""", group):
                return unescape(link[1])
        return None

    def items(self, url: str) -> list[Item]:
        """A row a record: its link, the longest if there are several, and its date."""
        found: list[Item] = []
        for record in self.records:
            page = Page(f"<ul>{record}</ul>" if "<tr" not in record else f"<table>{record}</table>", url)
            rows = page.rows() or sorted(page.links(""), key=lambda item: -len(item.title or ""))
            found.extend(rows[:1])
        return found


def datastores(page: str) -> list[Datastore]:
    return [Datastore(page[start:end]) for start, end in spans(page, OPENED, CLOSED)]


def _all(markup: str, tag: str) -> list[str]:
    """What stands in each element of a name: a CDATA section, or text without elements. One pass, whatever comes."""
    opened = re.compile(rf"<{tag}\b[^<>]*>", re.IGNORECASE)
    closed = re.compile(rf"\s*</{tag}\s*>", re.IGNORECASE)
    found: list[str] = []
    at = 0
    while begun := opened.search(markup, at):
        data = CDATA.match(markup, begun.end())
        start = data.end() if data else begun.end()
        end = markup.find("]]>" if data else "<", start)
        if end < 0:
            break
        at = end + 3 if data else end
        if closed.match(markup, at):
            found.append(markup[start:end] if data else unescape(markup[start:end].strip()))
    return found


def _count(markup: str, tag: str) -> int | None:
    found = next(iter(_all(markup, tag)), "").strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else None
