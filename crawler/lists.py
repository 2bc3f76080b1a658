"""List pages: asked for first, so that a run knows early how much there is, and never answered from a cache.

Enters: the first requests of each column. Leaves: their rows for the walk, further list pages, documents to fetch. The
family reads the lists, the walk decides how far to go.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.asking import Asking
from crawler.challenge import front_page
from crawler.errors import ListError
from crawler.failures import http_class
from crawler.guard import on_card
from crawler.hosts import host_key
from crawler.page import NOT_THERE, document_id
from crawler.platforms import PLATFORMS
from crawler.received import GOOD, headers_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.platforms.protocol import Item, ListRequest
    from crawler.spider import SourceSpider
    from crawler.walk import Standing, Walk

__all__ = ["Lists"]

FIRST = 20
"""Priority; documents have 0, rechecks less."""

LARGEST = 16 << 20
"""Bytes of a list page; a JSON answer with 1,000 rows has 2 MB. Its tree takes some ten times as much memory."""


class Lists(Asking):
    """The half of the spider that reads lists."""

    def __init__(self, spider: SourceSpider) -> None:
        super().__init__(spider)
        self._asked: set[str] = set()

    def first(self, walk: Walk) -> Iterator[Request]:
        """Where a column's lists begin."""
        return self._requests(walk, PLATFORMS[self._spider.card.platform_of(walk.column)].first(walk.column))

    def _requests(self, walk: Walk, wanted: tuple[ListRequest, ...]) -> Iterator[Request]:
        for page in wanted:
            if walk.ask(page):
                self._asked.add(document_id(page.url))
                request = self.request(page.url, self.read, self.failed, FIRST, walk=walk, wanted=page)
                headers = {"Cache-Control": "no-cache", **dict(page.headers)}
                largest = min(LARGEST, self._spider.card.limits.max_bytes)
                yield request.replace(
                    method=page.method, body=page.body, headers=headers, meta={"download_maxsize": largest}
                )

    async def read(self, response: Response, walk: Walk, wanted: ListRequest) -> AsyncIterator[Request]:
        self._spider.tally.counts["lists"] += 1
        status = response.status
        if status in GOOD and front_page(wanted.url, response.url):
            status = 404  # a page that is not there, said politely
        if status in NOT_THERE:
            if not walk.missing(wanted):
                self._not_read(response.url, http_class(status), f"status {status}")
            return
        if status not in GOOD:
            walk.failed()
            self._not_read(response.url, http_class(status), f"status {status}")
            return
        self._spider.gate.turns(host_key(response.url)).good = True
        if response.request is not None and response.request.meta.get("redirect_urls"):
            # Rows and further pages are relative to the page that answered.
            self._asked.add(document_id(response.url))
            answered = replace(wanted, url=response.url, branch=wanted.list_id)
        else:
            answered = wanted
        try:
            family = PLATFORMS[self._spider.card.platform_of(walk.column)]
            listing = family.read(answered, response.body, headers_of(response), walk.column)
        except ListError as error:
            walk.failed(f"a list page could not be read ({error})")
            self._not_read(response.url, "list_unreadable", str(error))
            return
        step = walk.take(listing, answered, self._standing)
        if step.why:
            self._not_read(response.url, "list_broke_off", step.why)
        for request in self._requests(walk, step.following):
            yield request
        for row in step.rows:
            for request in self._row(row, walk):
                yield request

    def failed(self, failure: Failure) -> None:
        given, kind = self.told(failure)
        given["walk"].failed()
        self._spider.tally.list_failed(kind)

    def _not_read(self, url: str, kind: str, why: str) -> None:
        self._spider.logger.warning("%s: %s", url, why)
        self._spider.tally.list_failed(kind)

    def _standing(self, item: Item) -> Standing:
        if self._spider.noted(item.url):
            return "again"
        if item.url in self._spider.known:
            return "stored"
        return "unknown" if on_card(item.url, self._spider.hosts) else "elsewhere"

    def _row(self, item: Item, walk: Walk) -> Iterator[Request]:
        spider = self._spider
        if document_id(item.url) in self._asked:
            return  # a link to the top of the page, or to another page of the list
        if not on_card(item.url, spider.hosts):
            spider.tally.counts["off_card"] += 1
        elif item.url in spider.known and not spider.known.lost(item.url):
            spider.tally.counts["known"] += 1
            yield from spider.details.attached.of(item.url, item.attachments)
        elif not spider.noted(item.url):
            facts = {"title": item.title, "published": item.published, **dict(item.hints), "column": walk.column.id}
            hints = tuple((name, value) for name, value in facts.items() if value)
            yield from spider.details.wanted(item.url, hints, walk.column.id, item.attachments)
