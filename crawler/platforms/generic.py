"""generic: a page of links and dates, from whatever system it comes.

Pages: rows of `<a href title>` and a date, in li, tr, dl or div. WebPlus, EasySite, 博达 VSB, Founder and hand-made
sites are read this way; few public crawlers tell more about them.
Lists: the link 下一页, or the next number in a row of page numbers. If pages are turned by script alone, the card can
give their address: `options: {pages: "index_{n}.html"}`, with `first: 0` where page 2 is index_1.html.
Traps: side lists with dates of their own; links without dates (`options: {item: "ul.list a"}`); numbers that are no
page numbers; a pager whose last 下一页 leads to the page itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.platforms.answers import text
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.protocol import Listing, ListRequest
from crawler.platforms.rows import Page

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

ROWS = {"item": "CSS selector of the rows' links, where rows bear no dates or the wrong ones are taken"}
"""Option of every family whose lists are HTML."""


class Generic:
    name = "generic"
    options = (
        COMMON
        | ROWS
        | {
            "pages": "address of page n relative to the list, with {n} in it",
            "first": "the n of page 1, by default 1",
        }
    )

    def matches(self, page: str, url: str) -> bool:
        return True

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        return (ListRequest(url=column.url),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        page = Page(text(body, headers), request.url)
        template = str(column.options.get("pages", ""))
        after = page.next_page(request.number)
        if template:
            index = request.number + int(column.options.get("first", 1))
            after = urljoin(column.url, template.replace("{n}", str(index)))
        return html_listing(page, request, after, column, size=len(body))


def html_listing(
    page: Page,
    request: ListRequest,
    after: str | None,
    column: Column,
    *,
    total: int | None = None,
    pages: int | None = None,
    size: int | None = None,
    links: str | None = None,
) -> Listing:
    """The rows of a page and the request for the page at `after`. The place of page 1's list goes along in the state.

    links: pattern of the family's article addresses; where no row bears a date, the links that match are the rows.
    """
    item = str(column.options.get("item", "")) or None
    place = dict(request.state).get("place")
    rows = page.rows(place, item)
    if not rows and links and item is None and not place:
        rows = page.links(links)
    if total is None and pages is None:
        total, printed = page.counts()
        pages = printed if "pages" in column.options else None  # a link to the next page knows better than its text
    state = (("place", place or page.place),) if item is None and (place or page.place) else ()
    following = ListRequest(url=after, state=state) if after else None
    return listing(request, rows, following, column=column, total=total, pages=pages, size=size)
