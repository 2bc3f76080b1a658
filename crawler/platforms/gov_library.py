"""gov_library: the State Council's policy library, sousuo.www.gov.cn/search-gov/data.

Lists: GET ?t=zhengcelibrary_gw (国务院文件, about 6,200), zhengcelibrary_bm (部门文件, 12,700) or zhengcelibrary
(both), with p (page, from 1), n (rows), sort=pubtime. The answer is JSON: code 200 and searchVO, with listVO[] or,
for both libraries at once, catMap of gongwen, bumenfile, otherfile and gongbao, each with its listVO[] and
totalCount. A row has title, url, pcode (文号), puborg (发文机关), childtype (主题分类), pubtime (ms) and pubtimeStr
(2024.01.05).
Traps: found words are wrapped in <em> in titles; code 1001 means that nothing was found; with catMap one page number
turns the pages of all four lists, so the sum of their counts decides the end.
Evidence: domain.md §2.1 F9; 31 of its documents are held for evaluation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.errors import ListError
from crawler.platforms.answers import (
    address,
    ajax,
    china_time,
    first_text,
    form,
    hints,
    inner,
    json_object,
    number,
    objects,
    text,
)
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.protocol import Item, Listing, ListRequest

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

DATA = "/search-gov/data"
OWN = "zhengcelibrary_gw"
SIZE = 50
NOTHING_FOUND = 1001


class GovLibrary:
    name = "gov_library"
    options = COMMON | {
        "library": "t: zhengcelibrary_gw, zhengcelibrary_bm or zhengcelibrary, by default the first",
        "size": "rows of a page, by default 50",
    }

    def matches(self, page: str, url: str) -> bool:
        return "search-gov/data" in page or "zcwjk/policyDocumentLibrary" in page

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        if DATA not in column.url:
            return (ListRequest(url=column.url),)
        return (_query(column.url, str(column.options.get("library", OWN)), column, 1),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        if DATA not in request.url:
            return _front(text(body, headers), request, column)
        answer = json_object(request, body, headers)
        code = number(answer.get("code"))
        if code == NOTHING_FOUND:
            return Listing((), ended="empty answer")
        if code not in (None, 200):
            message = first_text(answer, "msg", "message") or "no message"
            raise ListError(f"{request.url}: the library answered code {code}: {message[:80]}")
        found = inner(answer, "searchVO")
        lists = [inner(part) for part in inner(found, "catMap").values()] or [found]
        counts = [count for part in lists if (count := number(part.get("totalCount"))) is not None]
        items = [item for part in lists for row in objects(part.get("listVO")) if (item := _item(row, request.url))]
        total = sum(counts) if counts else number(found.get("totalCount"))
        library = dict(request.state).get("library", OWN)
        after = _query(request.url, library, column, request.number + 1)
        return listing(request, items, after, column=column, total=total)


def _front(page: str, request: ListRequest, column: Column) -> Listing:
    """The page around the list: it names the interface and which library it shows."""
    named = re.search(r"""((?:https?:)?[\w/.:-]*/search-gov/data)\?(?:[^'"\s]*[?&;])?t=(\w+)""", page)
    if named is None:
        return Listing((), ended="no interface")
    library = str(column.options.get("library", named[2]))
    return Listing((), (_query(urljoin(request.url, named[1]), library, column, 1),))


def _query(url: str, library: str, column: Column, page: int) -> ListRequest:
    fields = (
        ("t", library),
        ("q", ""),
        ("sort", "pubtime"),
        ("sortType", 1),
        ("searchfield", "title"),
        ("p", page),
        ("n", column.options.get("size", SIZE)),
        ("type", "gwyzcwjk"),
    )
    bare = url.partition("?")[0]
    state = (("library", library),)
    return ListRequest(url=f"{bare}?{form(fields).decode()}", headers=ajax(column.url), number=page, state=state)


def _item(row: dict[str, object], base: str) -> Item | None:
    url = address(base, first_text(row, "url"))
    if url is None:
        return None
    facts = hints(row, doc_number="pcode", issuer="puborg", theme="childtype")
    published = first_text(row, "pubtimeStr") or china_time(row.get("pubtime"))
    return Item(url, first_text(row, "title"), published, facts)
