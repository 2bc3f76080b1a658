"""jpaas: 大汉's newer platform, of Yantai, Zhejiang, SAMR, MIIT, MOFCOM, MOHURD.

Pages: documents at /col/col1638/art/2024/art_<32 hex>.html or /art/2024/art_<32 hex>.html.
Lists: the column page is empty. It names its units, <script parsetype="bulidstatic" (so it is spelt)
url="/api-gateway/jpaas-publish-server/front/page/build/unit" querydata="{'webId':'52','pageId':'1638',…}">; a GET of
that address with the query data answers JSON, whose data.html is a fragment of rows and <div class="pagination"
rows="15" count="325">. Page n adds paramJson={"pageNo":n,"pageSize":15}, in compact JSON: bare page numbers are not
heeded.
Traps: 403 without Referer; several units in a page, most of them navigation (`options: {tag: 信息列表}` names the
right one; else those that have rows); a page beyond the end repeats page 1.
Evidence: domain.md §2.1 F2; public crawlers of MIIT, MOFCOM, Huzhou and Jinan.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.errors import ListError
from crawler.markup import tokens
from crawler.platforms.answers import ajax, form, inner, json_object, text
from crawler.platforms.ends import COMMON, listing, pages_of
from crawler.platforms.generic import ROWS
from crawler.platforms.protocol import Listing, ListRequest
from crawler.platforms.replies import accepted
from crawler.platforms.rows import Page

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

UNIT = "/jpaas-publish-server/front/page/build/unit"
API = f"/api-gateway{UNIT}"
ARTICLE = r"/art/\d{4}/art_[0-9a-f]{32}\.html"
SIZE = 15
MAX_UNITS = 8


class Jpaas:
    name = "jpaas"
    options = COMMON | ROWS | {"tag": "tagId of the unit that is the list, where a column page has several"}

    def matches(self, page: str, url: str) -> bool:
        return "jpaas-publish-server" in page or bool(re.search(r"parsetype\s*=\s*[\"']bu(?:li|il)dstatic", page, re.I))

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        return (ListRequest(url=column.url),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        if UNIT not in request.url:
            units = _units(text(body, headers), request.url, column)
            return Listing((), units, ended=None if units else "no list unit")
        answer = json_object(request, body, headers)
        accepted(request, answer)
        data = answer.get("data")
        if not isinstance(data, str) and "html" not in inner(answer, "data"):
            raise ListError(f"{request.url}: an answer without data.html, so it is no list")
        markup = data if isinstance(data, str) else str(inner(answer, "data").get("html") or "")
        page = Page(markup, request.url)
        item = str(column.options.get("item", "")) or None
        rows = page.rows(item=item) or page.links(ARTICLE)
        pager = next((tag.said for tag in tokens(markup) if tag.name and "pagination" in tag.said), None)
        total = _attribute(pager, "count") if pager else None
        printed = _attribute(pager, "rows") if pager else None
        size = printed or int(dict(request.state).get("size", SIZE))
        after = _page(request, request.number + 1, size) if pager or len(rows) >= size else None
        return listing(request, rows, after, column=column, total=total, pages=pages_of(total, printed))


def _units(page: str, url: str, column: Column) -> tuple[ListRequest, ...]:
    """A request for page 1 of each unit that may be the column's list."""
    wanted = column.options.get("tag")
    found: list[tuple[dict[str, str], ListRequest]] = []
    for tag in tokens(page):
        told = tag.attributes if tag.name in ("script", "div") and "querydata" in tag.said.lower() else {}
        fields = _fields(told.get("querydata", ""))
        address = told.get("url")
        if fields and (wanted is None or fields.get("tagId") == wanted):
            target = f"{urljoin(url, address or API)}?{form(fields.items()).decode()}"
            state = (("unit", target), ("size", fields.get("rows") or str(SIZE)), ("referer", url))
            found.append((fields, ListRequest(url=target, headers=ajax(url), state=state)))
    lists = [request for fields, request in found if fields.get("rows")] or [request for _, request in found]
    return tuple(dict.fromkeys(lists))[:MAX_UNITS]


def _fields(query: str) -> dict[str, str]:
    """`{'webId':'52','rows':15}`: JSON but for its quotes."""
    try:
        fields = json.loads(query.replace("'", '"'))
    except json.JSONDecodeError:
        return {}
    return {str(key): str(value) for key, value in fields.items()} if isinstance(fields, dict) else {}


def _page(request: ListRequest, page: int, size: int) -> ListRequest:
    state = dict(request.state)
    unit = state.get("unit", request.url)
    parameters = json.dumps({"pageNo": page, "pageSize": size}, separators=(",", ":"))
    kept = (("unit", unit), ("size", str(size)), ("referer", state.get("referer", "")))
    return ListRequest(
        url=f"{unit}&{form([('paramJson', parameters)]).decode()}", headers=ajax(state.get("referer", unit)), state=kept
    )


def _attribute(tag: str, name: str) -> int | None:
    found = re.search(rf"""\b{name}\s*=\s*["']?(\d{{1,9}})""", tag)
    return int(found[1]) if found else None
