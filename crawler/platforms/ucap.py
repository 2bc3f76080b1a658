"""ucap: 开普 UCAP, the portals of Suzhou, Kunshan and many others from Guangdong to Xinjiang.

Pages: `/site/column/YYYYMM/<32 hex>.shtml`, body in <UCAPCONTENT> or #zoomcon, annexes at files/<32 hex>.pdf.
Lists, as HTML: list.shtml, common_list.shtml, xxgkml_list.shtml; page n is list_n.shtml, or list.shtml?n where the
card says `paging: query`. The page prints createPageHTML('page_div', pages, current, 'list', 'shtml', rows): SIX
arguments and counted from 1, unlike TRS (see pager.py).
Lists, as JSON: POST /szinf/…/loadData?pageSize=15 with pageIndex and channel_id, answered by data.allRow,
data.totalPage and data.list[] of TITLE, URL, C_WJBH (文号), C_SYH (索引号), C_FWRQ_FORMAT (成文日期);
/szinf/interfaceZcwjkAll/page with page and size; GET /szinf/info/getInfoCommon with currpage and channelid, answered
by infolist[] of title, link, pubtime.
The page around such a list has no rows; its script names interface and channel, so a card may give either address.
Traps: PUBLISHED_TIME_FORMAT is the day when the page was generated. Public crawls of Suzhou found 68 % of the archive
"published" on two days in 2023 and 2025. It counts only where it agrees with the month in the page's address.
Evidence: domain.md §2.1 F4, §2.3 (a crawler of 5,005 Suzhou papers; createPageHTML('page_div',22,1,…,325) of
Kunshan).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.platforms import pager
from crawler.platforms.answers import (
    FORM,
    address,
    ajax,
    first_text,
    form,
    hints,
    inner,
    json_object,
    number,
    page_of,
    text,
)
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.generic import ROWS, html_listing
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.platforms.replies import accepted, rows_of
from crawler.platforms.rows import Page
from crawler.platforms.turning import next_page

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

ARTICLE = r"/(?:19|20)\d{4}/[0-9a-f]{32}\.s?html"
INTERFACE = "/szinf/"
SIZE = 15


class Ucap:
    name = "ucap"
    options = (
        COMMON
        | ROWS
        | {
            "paging": "query: page n of an HTML list is ?n and not list_n.shtml",
            "channel": "szinf: id of the channel (channel_id)",
            "dept": "szinf: code of the department (deptcode)",
            "size": "szinf: rows of a page, by default 15",
        }
    )

    def matches(self, page: str, url: str) -> bool:
        return (
            pager.ucap(page) is not None
            or bool(re.search(r"<UCAP(CONTENT|TITLE)\b", page, re.IGNORECASE))
            or f'"{INTERFACE}' in page
            or f"'{INTERFACE}" in page
            or len(set(re.findall(ARTICLE, page))) >= 3
        )

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        if INTERFACE not in urlsplit(column.url).path:
            return (ListRequest(url=column.url),)
        return (_interface(column.url, str(column.options.get("channel", "")), column, 1),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        if INTERFACE in urlsplit(request.url).path:
            return _read_interface(request, body, headers, column)
        markup = text(body, headers)
        page = Page(markup, request.url)
        call = pager.ucap(markup)
        if call is None and (interface := _named(markup, request.url, column)):
            return Listing((), (interface,))
        if call is None:
            return html_listing(page, request, next_page(page, request.number), column, size=len(body), links=ARTICLE)
        after = page_of(request.url, call.name, request.number + 1, call.extension)
        if column.options.get("paging") == "query":
            after = f"{column.url}?{request.number + 1}"
        return html_listing(
            page, request, after, column, total=call.rows, pages=call.pages, size=len(body), links=ARTICLE
        )


def _named(page: str, url: str, column: Column) -> ListRequest | None:
    """Page 1 of the interface that a page without rows loads its list from."""
    api = re.search(r"""["'](/szinf/[\w/]+/(?:loadData|loadBmData|page|getInfoCommon))\b""", page)
    told = re.search(r"""\bchannel_?[iI]d["']?\s*[:=]\s*["']([\w-]{1,40})["']""", page)
    channel = str(column.options.get("channel", told[1] if told else ""))
    return _interface(urljoin(url, api[1]), channel, column, 1) if api else None


def _interface(url: str, channel: str, column: Column, page: int) -> ListRequest:
    size, dept = column.options.get("size", SIZE), column.options.get("dept")
    state, posted = (("channel", channel),), FORM + ajax(column.url)
    bare = url.partition("?")[0]
    action = bare.rstrip("/").rsplit("/", 1)[-1]
    if action == "getInfoCommon":
        fields = (("pagesize", size), ("currpage", page), ("channelid", channel))
        return ListRequest(url=f"{bare}?{form(fields).decode()}", number=page, headers=ajax(column.url), state=state)
    if action == "page":
        body = form((("page", page), ("size", size), ("title", ""), ("deptId", dept or "")))
        return ListRequest(url=bare, method="POST", body=body, number=page, headers=posted, state=state)
    known = (("pageIndex", page), ("pageSize", size), ("channel_id", channel or None), ("deptcode", dept))
    body = form(pair for pair in known if pair[1] is not None)
    return ListRequest(
        url=f"{bare}?pageSize={size}",
        method="POST",
        body=body,
        number=page,
        headers=FORM + ajax(column.url),
        state=state,
    )


def _read_interface(request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
    answer = json_object(request, body, headers)
    accepted(request, answer)
    data = inner(answer, "data") or answer
    items = []
    for row in rows_of(request, data, "list", "infolist"):
        url = address(request.url, first_text(row, "URL", "url", "URL_COMMP", "link", "LINK"))
        if url is None:
            continue
        printed = first_text(row, "PUBLISHED_TIME_FORMAT", "fwTimeFormat", "pubtime", "PUBTIME")
        facts = hints(row, doc_number="C_WJBH", index_number="C_SYH", written="C_FWRQ_FORMAT")
        items.append(Item(url, first_text(row, "TITLE", "title"), _genuine(printed, url), facts))
    return listing(
        request,
        items,
        _interface(request.url, dict(request.state).get("channel", ""), column, request.number + 1),
        column=column,
        total=number(data.get("allRow")),
        pages=number(data.get("totalPage")),
    )


def _genuine(printed: str | None, url: str) -> str | None:
    """The printed day, unless the address says another month: then it is the day of a regeneration."""
    month = re.search(r"/((?:19|20)\d{2})(\d{2})/", url)
    digits = re.findall(r"\d+", printed or "")
    if month and len(digits) >= 2 and (int(digits[0]), int(digits[1])) != (int(month[1]), int(month[2])):
        return None
    return printed
