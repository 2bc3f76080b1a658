"""The <datastore> in which jpage scripts keep a list: XML whose records are HTML rows in CDATA.

Two families load it: JCMS, inline in the column page and from dataproxy.jsp, and TrueCMS, inside JSON.

>>> store = Datastore("<datastore><totalrecord>1</totalrecord><recordset><record><![CDATA[<li><a href='/a.html'>"
...                   "关于甲的通知</a><span>2024-01-05</span></li>]]></record></recordset></datastore>")
>>> store.total, [item.url for item in store.items("http://a.cn/")]
(1, ['http://a.cn/a.html'])
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from crawler.platforms.rows import Page

if TYPE_CHECKING:
    from crawler.platforms.protocol import Item

DATASTORE = re.compile(r"<datastore\b.*?</datastore\s*>", re.DOTALL | re.IGNORECASE)
CDATA = r"\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*"


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

    @property
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
    return [Datastore(found[0]) for found in DATASTORE.finditer(page)]


def _all(markup: str, tag: str) -> list[str]:
    pattern = rf"<{tag}\b[^>]*>{CDATA}</{tag}\s*>"
    return [a or unescape(b) for a, b in re.findall(pattern, markup, re.DOTALL | re.IGNORECASE)]


def _count(markup: str, tag: str) -> int | None:
    found = next(iter(_all(markup, tag)), "").strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else None
