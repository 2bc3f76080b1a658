"""trs: TRS WCM (拓尔思), the portals of Shenyang, Nanjing, the NDRC: the most common family.

Pages: `YYYYMM/tYYYYMMDD_1701386.html` beside their list, body in .TRS_Editor or .TRS_UEDITOR, annexes
P0YYYYMMDD….pdf.
Lists: index.html, then index_1.html: counted from 0, so page 2 is index_1. The page prints createPageHTML(20, 0,
"index", "html"): FOUR arguments, literal or as variables (countPage, currentPage) set before. Where the list is
index_18086.html (Nanjing), the third argument is "index_18086" and page 2 index_18086_1.html. Older templates set
countPage and currentPage and write the links by document.write.
Traps: beyond the end some servers send 300-400 bytes of HTML with status 200. Links to interpretations pop up inside
the rows (NDRC), in a list of their own and without dates: they belong to another column. A function of the same name
with six arguments is UCAP's. A document in several pages calls createPageHTML too, with its own file's name.
Evidence: the list page of the NDRC that we hold; domain.md §2.1 F3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.platforms import pager
from crawler.platforms.answers import page_of
from crawler.platforms.ends import COMMON
from crawler.platforms.generic import ROWS, html_listing, html_page
from crawler.platforms.protocol import Listing, ListRequest
from crawler.platforms.turning import next_page

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

ARTICLE = r"/t(?:19|20)\d{6}_\d+\.s?html?"


class Trs:
    name = "trs"
    options = COMMON | ROWS

    def matches(self, page: str, url: str) -> bool:
        return pager.trs(page) is not None or len(set(re.findall(ARTICLE, page))) >= 3

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        return (ListRequest(url=column.url),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        page = html_page(request, body, headers)
        call = pager.trs(page.markup)
        if call is None:
            # A stub, or a list that says nothing of its pages but by links.
            return html_listing(page, request, next_page(page, request.number), column, size=len(body), links=ARTICLE)
        after = page_of(request.url, call.name, request.number, call.extension)
        return html_listing(page, request, after, column, pages=call.pages, size=len(body), links=ARTICLE)
