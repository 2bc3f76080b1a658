"""shpt: Shanghai: the interface of its districts (Pudong, Putuo, Changning) and the lists of the city itself.

Lists of a district: POST /zwgk-search-front/api/data/search (or …/data/affair) with JSON
{"channelList":["5144"],"pageNo":1, "pageSize":20}; data.list[] has title, url, display_date in milliseconds and
attaches[] of name and url. Documents at /zwgk/<channel>/<year>/<day of the year>/<id>.html, body in #ivs_content.
The empty page around the list names interface and channel; a card may give either address.
Lists of the city: /nw39220/index.html lists one kind of paper, with links to an archive for each year; page n is
index_n.html, counted from 1, and the page's script says `totalPage: N`. Documents at /nw12344/YYYYMMDD/<32 hex or
uuid>.html.
Traps: the date in a district's address may be the day of a migration (a paper published on 2022-01-29 lies under
2022/286), so it is never read; rows are repeated in comments; archive addresses follow no rule, so they are
discovered; the sections are incomplete compared with the city's 文件库.
Evidence: domain.md §2.1, §2.3; public crawlers of Pudong and of the city.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.markup import without_comments
from crawler.page import canonical_url
from crawler.platforms.answers import (
    JSON,
    address,
    ajax,
    china_time,
    first_text,
    hints,
    inner,
    json_object,
    number,
    objects,
    page_of,
    text,
)
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.generic import ROWS, html_listing
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.platforms.replies import accepted, rows_of
from crawler.platforms.rows import Page

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

INTERFACE = "/zwgk-search-front/api/"
TOTAL = re.compile(r"\btotalPage\s*:\s*['\"]?(\d{1,6})")
ARTICLE = r"/(?:19|20)\d{6}/(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.html"
YEAR = re.compile(r"(?:19|20)\d{2}\s*年(?:度|份)?")
SIZE = 20


class Shpt:
    name = "shpt"
    options = (
        COMMON
        | ROWS
        | {"channel": "districts: number of the channel", "size": "districts: rows of a page, by default 20"}
    )

    def matches(self, page: str, url: str) -> bool:
        return "zwgk-search-front" in page or (
            ".pagination(" in page and TOTAL.search(page) is not None and len(set(re.findall(ARTICLE, page))) >= 1
        )

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        if INTERFACE not in column.url:
            return (ListRequest(url=column.url),)
        return (_query(column.url, str(column.options.get("channel", "")), column, 1),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        if INTERFACE in request.url:
            return _read_district(request, body, headers, column)
        markup = without_comments(text(body, headers))
        if api := re.search(rf"""["']({INTERFACE}[\w/]+)["']""", markup):
            told = re.search(r"""\bchannel(?:Id|List)["']?\s*[:=]\s*\[?\s*["']?(\d+)""", markup)
            channel = str(column.options.get("channel", told[1] if told else ""))
            return Listing((), (_query(urljoin(request.url, api[1]), channel, column, 1),))
        page = Page(markup, request.url)
        said = TOTAL.search(markup)
        pages = int(said[1]) if said else None
        after = page_of(request.url, "index", request.number + 1, "html") if pages else None
        found = html_listing(page, request, after, column, pages=pages, size=len(body), links=ARTICLE)
        archives = () if request.number > 1 or dict(request.state).get("archive") else _archives(page)
        following = tuple(_in_archive(further, request) for further in found.following) + archives
        ended = None if following else found.ended
        return replace(found, following=following, ended=ended)


def _in_archive(further: ListRequest, request: ListRequest) -> ListRequest:
    archive = tuple(pair for pair in request.state if pair[0] == "archive")
    return replace(further, state=further.state + archive)


def _archives(page: Page) -> tuple[ListRequest, ...]:
    """The lists of single years that a section links to."""
    found: dict[str, ListRequest] = {}
    here = canonical_url(page.url)
    for link in page.root.xpath("//a[@href]"):
        target = page.resolve(link)
        label = "".join(link.text_content().split())
        if target and target != here and YEAR.fullmatch(label) and target.endswith(("/", "/index.html")):
            found[target] = ListRequest(url=target, state=(("archive", label),))
    return tuple(found.values())


def _query(url: str, channel: str, column: Column, page: int) -> ListRequest:
    fields = {"channelList": [channel], "pageNo": page, "pageSize": int(column.options.get("size", SIZE))}
    return ListRequest(
        url=url,
        method="POST",
        body=json.dumps(fields).encode(),
        headers=JSON + ajax(column.url),
        number=page,
        state=(("channel", channel),),
    )


def _read_district(request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
    answer = json_object(request, body, headers)
    accepted(request, answer)
    data = inner(answer, "data")
    items = []
    for row in rows_of(request, data, "list"):
        url = address(request.url, first_text(row, "url"))
        if url is None:
            continue
        annexes = tuple(
            (first_text(annex, "name") or "", where)
            for annex in objects(row.get("attaches"))
            if (where := address(request.url, first_text(annex, "url")))
        )
        facts = hints(row, doc_number="file_num", index_number="index_num", publisher="publish_org")
        published = china_time(row.get("display_date")) or first_text(row, "display_date")
        items.append(Item(url, first_text(row, "title"), published, facts, annexes))
    total = next((count for key in ("total", "totalCount", "count") if (count := number(data.get(key)))), None)
    after = _query(request.url, dict(request.state).get("channel", ""), column, request.number + 1)
    return listing(request, items, after, column=column, total=total)
