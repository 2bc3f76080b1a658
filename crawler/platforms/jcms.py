"""jcms: 大汉 JCMS, the portals of Shandong, Jiangsu, Zhejiang and many ministries.

Pages: /col/col3296/index.html is a column, /art/2024/1/5/art_3296_12345.html a document, body in #zoom.
Lists: the first records stand inline, <script type="text/xml"><datastore>, often three pages of them at once. Further
ones come from /module/web/jpage/dataproxy.jsp (also /module/jpage/…): a POST with startrecord, endrecord, perpage in
the address and columnid, unitid, webid, webname in the body; the answer is again a <datastore>. Where the store has a
<nextgroup>, its link is followed as it stands: nhsa and nrta encrypt columnid and unitid, and some servers only heed
the page number in it. Older columns are rendered by the server and paged by ?uid=U&pageNum=N, with links.
信息公开目录: POST /module/xxgk/search.jsp with area (a 统一社会信用代码), infotypeId, divid, currpage; the answer is
a table of 索引号, title, date.
Traps: an answer beyond the end is 54 bytes of XML without a record; more than one datastore in a page (`options:
{unit: "212860"}` names the right one, else the one with most records is taken); search.jsp ignores the column and
lists the whole area (`options: {match: art_3296_}`).
Evidence: domain.md §2.1 F1, F1b, §2.3 Yantai; 16 + 29 public crawlers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from crawler.errors import ListError
from crawler.platforms.answers import FORM, ajax, followed, form, origin, text
from crawler.platforms.datastore import Datastore, datastores
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.generic import ROWS, html_listing, html_page
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.platforms.rows import Page
from crawler.platforms.turning import counts, next_page

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

ARTICLE = r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_"
SEARCH = "/module/xxgk/search.jsp"
PROXY = "/module/web/jpage/dataproxy.jsp"
PER_PAGE = 15
XML_HEAD = 200
"""Bytes. The answer beyond the end has 54."""


class Jcms:
    name = "jcms"
    options = (
        COMMON
        | ROWS
        | {
            "unit": "id of the list unit, where the column page has several",
            "area": "search.jsp: 统一社会信用代码 of the body whose catalogue it is",
            "infotype": "search.jsp: infotypeId of the branch of the catalogue",
            "divid": "search.jsp: id of the list's element, div1229498488",
            "jdid": "search.jsp: number of the site, by default 1",
        }
    )

    def matches(self, page: str, url: str) -> bool:
        return bool(
            re.search(r"dataproxy\.jsp|<datastore\b|/module/xxgk/|/module/web/jpage/", page)
            or (len(set(re.findall(ARTICLE, page))) >= 3 and re.search(r"/col/col\d+/", page + url))
        )

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        if SEARCH in column.url:
            return (_search(column, 1, str(column.options.get("area", ""))),)
        return (ListRequest(url=column.url),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        answer = text(body, headers)
        if SEARCH in request.url:
            return _read_search(answer, request, column)
        stores = datastores(answer)
        if stores:
            return _read_store(_chosen(stores, answer, request, column), answer, request, column)
        if len(body) < XML_HEAD and "<" in answer and request.number > 1:
            return listing(request, [], None)
        if "/module/xxgk/" in answer and (area := _told(answer, "area")) and request.number == 1:
            state = tuple((key, _told(answer, key)) for key in ("divid", "jdid", "infotypeId"))
            return Listing((), (_search(column, 1, area, base=request.url, told=state),))
        page = html_page(request, body, headers)
        return html_listing(page, request, next_page(page, request.number), column, links=ARTICLE)


def _chosen(stores: list[Datastore], page: str, request: ListRequest, column: Column) -> Datastore:
    """The store of the card's unit, else the longest. Raises ListError if the column page has no such unit."""
    unit = column.options.get("unit")
    if unit is not None and request.number == 1:  # further pages answer with one store, and need not name it
        if named := next((store for store in stores if f"unitid={unit}" in (store.next_group or "")), None):
            return named
        place = re.search(rf"""\bid=["']?{re.escape(str(unit))}\b""", page)
        stores = datastores(page[place.end() :])[:1] if place else []
        if not stores:
            raise ListError(
                f"{request.url}: has no list unit {unit}; has the site changed? See options.unit in the card"
            )
    return max(stores, key=lambda store: len(store.records))


def _read_store(store: Datastore, answer: str, request: ListRequest, column: Column) -> Listing:
    items = store.items(request.url)
    state = dict(request.state)
    total = store.total or int(state.get("total", "0")) or _config(answer, "totalRecord")
    kept = {"total": str(total or 0)}
    if group := store.next_group:
        after = ListRequest(url=followed(request.url, group), headers=ajax(column.url), state=tuple(kept.items()))
        return listing(request, items, after, column=column, total=total)
    settings = {key: state[key] for key in ("fields", "per", "proxy") if key in state} or _settings(answer, request.url)
    if settings is None:
        return listing(request, items, None, column=column, total=total)
    start = int(state.get("seen", "0")) + len(items) + 1
    size = max(int(settings["per"]), 1)
    group_size = size if request.number > 1 else max(size, len(items))
    span = form((("startrecord", start), ("endrecord", start + group_size - 1), ("perpage", size)))
    after = ListRequest(
        url=f"{settings['proxy']}?{span.decode()}",
        method="POST",
        body=settings["fields"].encode(),
        headers=FORM + ajax(column.url),
        state=tuple((kept | settings).items()),
    )
    return listing(request, items, after, column=column, total=total)


def _settings(page: str, url: str) -> dict[str, str] | None:
    """How the page's own script asks for records: proxy, fields of the body, rows of a page. None: it does not."""
    known = re.search(r"dataproxy\.jsp\?([^'\"<>\s]+)", page)
    fields = dict(parse_qsl(known[1].replace("&amp;", "&"), keep_blank_values=True)) if known else {}
    for key in ("columnid", "unitid", "webid", "appid", "path", "webname", "permissiontype", "sourceContentType"):
        told = re.search(rf"""["']?\b{key}["']?\s*[:=]\s*["']?([^"',}}&<>\s]+)""", page)
        if told and key not in fields:
            fields[key] = told[1]
    if "columnid" not in fields or "unitid" not in fields:
        return None
    proxy = re.search(r"""proxyUrl\s*:\s*["']([^"']+)["']""", page)
    found = proxy[1] if proxy else known and re.search(r"(?<![\w/.:-])[\w/.:-]{0,200}dataproxy\.jsp", page)
    address = found if isinstance(found, str) else found[0] if found else PROXY
    body = {"col": "1", "appid": "1", "path": "/", "permissiontype": "0"} | {
        key: value for key, value in fields.items() if key not in ("page", "startrecord", "endrecord", "perpage")
    }
    per = _config(page, "perPage") or PER_PAGE
    return {"proxy": followed(url, address), "fields": form(body.items()).decode(), "per": str(per)}


def _config(page: str, key: str) -> int | None:
    found = re.search(rf"\b{key}\s*:\s*['\"]?(\d{{1,9}})", page)
    return int(found[1]) if found else None


def _told(page: str, key: str) -> str:
    """The value that the page's script gives to a parameter, in an address or beside one."""
    found = re.search(rf"""[?&;'"\s]{key}["']?\s*[=:]\s*["']?(\w+)""", page)
    return found[1] if found else ""


def _search(column: Column, page: int, area: str, base: str | None = None, told: Pairs = ()) -> ListRequest:
    """told: parameters as the column page has them; the card's options come first."""
    options: dict[str, str | int] = {"infotype": dict(told).get("infotypeId", ""), "jdid": 1}
    options |= {key: value for key, value in told if value}
    options |= column.options
    address = f"{origin(base or column.url)}{urlsplit(column.url).path if base is None else SEARCH}"
    infotype = options.get("infotype", "")
    query = (("infotypeId", infotype), ("vc_title", ""), ("vc_number", ""), ("area", area), ("currpage", page))
    rest = (("jdid", options.get("jdid", 1)), ("divid", options.get("divid", "")))
    return ListRequest(
        url=f"{address}?{form(query).decode()}",
        method="POST",
        body=form((*query, *rest)),
        headers=FORM + ajax(column.url),
        number=page,
        state=told,
    )


def _read_search(answer: str, request: ListRequest, column: Column) -> Listing:
    page = Page(answer, request.url)
    numbers = re.compile(r"^[0-9A-Z]{6,20}[-/][\w/-]{3,40}$")
    total, pages = counts(page)
    items: list[Item] = []
    for row in page.rows():
        index = next((cell for cell in page.cells(row.url) if numbers.match(cell)), None)
        items.append(replace(row, hints=(("index_number", index),)) if index else row)
    area = dict(parse_qsl(urlsplit(request.url).query)).get("area", "")
    told = tuple(pair for pair in request.state if pair[0] in ("divid", "jdid", "infotypeId"))
    after = _search(column, request.number + 1, area, base=request.url, told=told)
    return listing(request, items, after, column=column, total=total, pages=pages)
