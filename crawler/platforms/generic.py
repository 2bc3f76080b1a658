"""generic: a page of links and dates, from whatever system it comes.

Pages: rows of `<a href title>` and a date, in li, tr, dl or div. WebPlus, EasySite, 博达 VSB, Founder and hand-made
sites are read this way; few public crawlers tell more about them.
Lists: the link 下一页, or the next number in a row of page numbers. If pages are turned by script alone, the card can
give their address: `options: {pages: "index_{n}.html"}`, with `first: 0` where page 2 is index_1.html.
Traps: side lists with dates of their own; links without dates (`options: {item: "ul.list a"}`); numbers that are no
page numbers; titles that count (33条措施); a pager whose last 下一页 leads to the page itself; one that only a script
can turn, which is no end of the list and is said to be wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.decoding import decoded
from crawler.platforms.answers import followed
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.protocol import Listing, ListRequest
from crawler.platforms.rows import Page
from crawler.platforms.turning import counts, next_page, script_only

if TYPE_CHECKING:
    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

ROWS = {"item": "CSS selector of the rows' links, where rows bear no dates or the wrong ones are taken"}
"""Option of every family whose lists are HTML."""

SCRIPT_PAGER = "its pages are turned by script; tell their addresses in the card: options.pages"
"""What is wrong with a list that has more pages, but no address of the next one."""


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
        page = html_page(request, body, headers)
        template = str(column.options.get("pages", ""))
        after = next_page(page, request.number)
        if template:
            index = request.number + int(column.options.get("first", 1))
            after = followed(column.url, template.replace("{n}", str(index)))
        return html_listing(page, request, after, column, size=len(body))


def html_page(request: ListRequest, body: bytes, headers: Pairs) -> Page:
    markup, encoding = decoded(body, headers)
    return Page(markup, request.url, encoding)


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
    before = dict(request.state)
    place = before.get("place")
    rows = page.rows(place, item)
    if not rows and links and item is None and not place:
        rows = page.links(links)
    state = {"place": place or page.place} if item is None and (place or page.place) else {}
    if total is None and pages is None:
        items, printed = counts(page)
        state["counted"] = str(items or "")
        if items and before.get("counted") == str(items):
            total = items  # twice the same: it is the list's, and no number of a page's own
        pages = printed if "pages" in column.options else None  # a link to the next page knows better than its text
    stuck = after is None and pages is None and bool(rows) and script_only(page, request.number)
    following = ListRequest(url=after, state=tuple(state.items())) if after else None
    broken = SCRIPT_PAGER if stuck else None
    return listing(request, rows, following, column=column, total=total, pages=pages, size=size, broken=broken)
