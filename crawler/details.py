"""What lists lead to: documents, and known pages that are asked for again.

Enters: rows of lists, pages that failed last time, pages that are due. Leaves: requests, and `Fetched` pages for raw/.

- A row's facts travel as hints of its page; `column` says which list it stood in.
- A known page is asked for by conditional GET. 304 or the same bytes: a revisit. Other bytes: a new capture. 404 or
  410: evidence, which the end of the run weighs. The digest of the body counts, not what a server says of its age.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.articles import Articles
from crawler.asking import Asking
from crawler.attached import Attached
from crawler.keep import Fetched
from crawler.links import continued, files
from crawler.page import NOT_THERE, document_id
from crawler.pending import Pending
from crawler.received import HTML

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.asking import Hints
    from crawler.page import Page
    from crawler.spider import SourceSpider

__all__ = ["Details"]

NEW, RECHECK = 0, -10
"""Priorities."""

MADE = ("part", "unfinished", "location")
"""Hints that come from fetching a page and not from its row."""


class Details(Asking):
    """The half of the spider that fetches documents."""

    def __init__(self, spider: SourceSpider, limit: int | None) -> None:
        super().__init__(spider)
        self._limit = limit
        self._most = spider.card.limits.max_pages
        self._begun = 0
        self._asked: set[str] = set()
        self.attached = Attached(spider)
        self._articles = Articles(spider)

    def asked(self, number: str) -> bool:
        return number in self._asked

    def wanted(self, url: str, hints: Hints, column: str | None, attached: Hints = ()) -> Iterator[Request]:
        """A document that raw/ does not hold, unless this run asked for it before."""
        number = document_id(url)
        if number in self._asked:
            return
        walk = self._spider.tally.walks.get(column or "")
        if walk is not None:
            walk.unsettled.add(number)
        if self._begun >= (self._most if self._limit is None else self._limit):
            if walk is not None:
                walk.ends.append("budget" if self._limit is None else "limit")
            return
        self._asked.add(number)
        self._begun += 1
        yield self.request(url, self.read, self.failed, NEW, url=url, hints=hints, column=column, attached=attached)

    def again(self, pending: Pending) -> Iterator[Request]:
        """What did not come in an earlier run."""
        if pending.attachment:
            yield from self.attached.file(pending.url, pending.hints)
        else:
            yield from self.wanted(pending.url, pending.hints, pending.column)

    def recheck(self, stored: Page) -> Request:
        self._asked.add(document_id(stored.url))
        hints = tuple(pair for pair in stored.hints if pair[0] not in MADE)
        request = self.request(
            stored.url, self.read, self.failed, RECHECK, url=stored.url, hints=hints, column=None, stored=stored
        )
        if not any(name in ("part", "unfinished") for name, _ in stored.hints):  # only all parts together tell
            sent = {name.lower(): value for name, value in stored.headers}
            if etag := sent.get("etag"):
                request.headers["If-None-Match"] = etag
            if modified := sent.get("last-modified"):
                request.headers["If-Modified-Since"] = modified
        return request

    async def read(
        self,
        response: Response,
        url: str,
        hints: Hints,
        column: str | None,
        attached: Hints = (),
        stored: Page | None = None,
    ) -> AsyncIterator[Request | Fetched]:
        tally, known = self._spider.tally, self._spider.known
        tally.counts["rechecks" if stored else "details"] += 1
        if stored:
            tally.gone.answered(missing=known.missing(url))
        if stored and response.status == 304:
            tally.counts["not_modified"] += 1
            page = replace(stored, body=known.body(url), captured=self._spider.clock)
            for request in self._files(page, dict(page.hints).get("location", url)):
                yield request
            yield Fetched(page, True, document_id(url))
            return
        if stored and response.status in NOT_THERE:
            self._not_there(self.page(response, url, ()))
            return
        if kind := self.trouble(response):
            self._did_not_come(Pending(url=url, kind=kind, column=column, hints=hints), stored is not None)
            return
        page = self.page(response, url, hints)
        for request in self.attached.of(url, attached):
            yield request
        for request in self._files(page, response.url):
            yield request
        if page.media_type in HTML and (further := continued(response.url, response.body)):
            yield self._articles.part(further, page, url in known, [])
            return
        yield Fetched(page, url in known, document_id(url))

    def failed(self, failure: Failure) -> None:
        given, kind = self.told(failure)
        pending = Pending(url=given["url"], kind=kind, column=given["column"], hints=given["hints"])
        self._did_not_come(pending, given.get("stored") is not None)

    def _files(self, page: Page, base: str) -> Iterator[Request]:
        if page.media_type in HTML:
            yield from self.attached.of(page.url, files(base, page.body))

    def _not_there(self, page: Page) -> None:
        """A known page answered 404 or 410. Until the run is over that is only a word."""
        known, url = self._spider.known, page.url
        self._spider.tally.attempts[url] = self._spider.now
        self._spider.tally.gone.saw(
            page, missing=known.missing(url), withdrawn=known.withdrawn(url, self._spider.clock), lost=known.lost(url)
        )

    def _did_not_come(self, pending: Pending, recheck: bool) -> None:
        if recheck:
            self._spider.tally.recheck_failed(pending.url, pending.kind, self._spider.gate.stopped)
        elif self.failed_page(pending):
            self._spider.settle(document_id(pending.url))
