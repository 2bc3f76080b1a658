"""truecms: TrueCMS, of Nantong, Lianyungang and many departments in Jiangsu; of Shanghai's People's Congress.

Pages: /x/y/content/<uuid>.html below the column /x/y/y.html.
Lists: the column page holds the first 30 or 60 rows in a hidden <div id="initData"> and a script with
columnId:'<uuid>', proxyUrl:'/TrueCMS/messageController/getMessage.do', perPage and totalRecord. The script keeps
three pages at a time, so further rows come in groups of 30: GET
proxyUrl?startrecord=31&endrecord=60&perpage=10&columnId=<uuid>, answered by JSON whose `result` is a <datastore> of
records, with or without a JSONP call around it.
Traps: 404 without Referer, and on sites where the interface was switched off: then the rows of the first page are all
there is; 404 also for a perpage that the site thinks too large; links that are onclick=name2('…').
Evidence: domain.md §2.1 F7; public crawlers of Nantong, Lianyungang and shrd.gov.cn (279 rows).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.platforms.answers import ajax, followed, form, json_object, text
from crawler.platforms.datastore import datastores
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.generic import ROWS
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.platforms.rows import Page

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

ACTION = "messageController/getMessage.do"
ARTICLE = r"/content/[0-9a-f-]{8,}"
PER_PAGE = 10
GROUP = 3


class TrueCms:
    name = "truecms"
    options = COMMON | ROWS

    def matches(self, page: str, url: str) -> bool:
        return ACTION in page or bool(re.search(r"""\bid\s*=\s*["']initData["']""", page))

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        return (ListRequest(url=column.url),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        if ACTION in request.url:
            result = json_object(request, body, headers).get("result")
            stores = datastores(result) if isinstance(result, str) else []
            items = stores[0].items(column.url) if stores else []
            known = dict(request.state)
            total = (stores[0].total if stores else None) or int(known["total"]) or None
            return listing(request, items, _group(request, len(items), known), column=column, total=total)
        markup = text(body, headers)
        items = _initial(markup, request.url, str(column.options.get("item", "")) or None)
        identity = re.search(r"""\bcolumnId["']?\s*[:=]\s*["']([^"']+)["']""", markup)
        proxy = re.search(r"""\bproxyUrl["']?\s*[:=]\s*["']([^"']+)["']""", markup)
        total = _number(markup, r"<totalrecord>\s*(\d+)") or _number(
            markup, r"\btotalRecord[\"']?\s*[:=]\s*[\"']?(\d+)"
        )
        if identity is None:
            return listing(request, items, None, column=column, total=total)
        address = proxy[1] if proxy else f"/TrueCMS/{ACTION}"
        known = {
            "proxy": followed(request.url, address),
            "column": identity[1],
            "per": str(_number(markup, r"\bperPage[\"']?\s*[:=]\s*[\"']?(\d+)") or PER_PAGE),
            "referer": request.url,
            "total": str(total or 0),
        }
        return listing(request, items, _group(request, len(items), known), column=column, total=total)


def _group(request: ListRequest, rows: int, known: dict[str, str]) -> ListRequest:
    """The next three pages of rows."""
    start = int(dict(request.state).get("seen", "0")) + rows + 1
    size = max(int(known["per"]), 1)
    span = (
        ("startrecord", start),
        ("endrecord", start + GROUP * size - 1),
        ("perpage", size),
        ("columnId", known["column"]),
    )
    kept = tuple((key, known[key]) for key in ("proxy", "column", "per", "referer", "total"))
    return ListRequest(url=f"{known['proxy']}?{form(span).decode()}", headers=ajax(known["referer"]), state=kept)


def _initial(markup: str, url: str, item: str | None) -> list[Item]:
    """The rows of #initData; they are hidden, and the script shows them ten at a time."""
    stores = datastores(markup)
    if stores and stores[0].records:
        return stores[0].items(url)
    page = Page(markup, url)
    hidden = page.root.xpath("//*[@id='initData']")
    if hidden and item is None:
        from lxml import html

        page = Page(html.tostring(hidden[0], encoding="unicode"), url)
    return page.rows(item=item) or page.links(ARTICLE)


def _number(page: str, pattern: str) -> int | None:
    found = re.search(pattern, page)
    return int(found[1][:9]) if found else None
