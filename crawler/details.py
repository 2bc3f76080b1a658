"""What lists lead to: details, the further pages of an article, files, and known pages that are asked for again.

Enters: rows of lists, pages that failed last time, pages that are due. Leaves: requests, and `Fetched` pages for raw/.

- A row's facts travel as hints of its page; `column` says which list it stood in.
- An article on several pages stays one record, that of its first page: the further pages ride in its hints (`part`).
- Files that a detail links to become records of their own, with the hints `parent` (address) and `name` (of the link).
- A known page is asked for by conditional GET. 304 or the same bytes: a revisit. Other bytes: a new capture. 404 or
  410: kept as evidence. The digest of the body is what counts, not what a server says of its age.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawler.failures import failure_class
from crawler.guard import on_card
from crawler.health import Pending
from crawler.keep import Fetched
from crawler.known import GONE
from crawler.links import MOST, continued, files
from crawler.page import canonical_url, document_id, part_hint
from crawler.received import HTML, page_of, trouble
from crawler.tally import QUIET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.page import Page
    from crawler.spider import SourceSpider

__all__ = ["Details"]

PART, FILE, RECHECK = 15, 5, -10
"""Priorities: what belongs to a page that has come before the next page, rechecks after all that is new."""

MADE = ("part", "unfinished", "location")
"""Hints that come from fetching a page and not from its row."""

Hints = tuple[tuple[str, str], ...]


class Details:
    """The half of the spider that fetches documents."""

    def __init__(self, spider: SourceSpider, limit: int | None) -> None:
        self._spider = spider
        self._limit = limit
        self._most = spider.card.limits.max_pages
        self._begun = 0
        self._asked: set[str] = set()
        self._asked_files: set[str] = set()

    # requests

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
        yield self._request(url, self.read_detail, 0, url=url, hints=hints, column=column, attached=attached)

    def again(self, pending: Pending) -> Iterator[Request]:
        """What did not come last time."""
        if pending.url in self._spider.known:
            return
        if pending.attachment:
            yield from self._file(pending.url, pending.hints)
        else:
            yield from self.wanted(pending.url, pending.hints, pending.column)

    def recheck(self, stored: Page) -> Request:
        self._asked.add(document_id(stored.url))
        hints = tuple(pair for pair in stored.hints if pair[0] not in MADE)
        request = self._request(
            stored.url, self.read_detail, RECHECK, url=stored.url, hints=hints, column=None, stored=stored
        )
        if not any(name in ("part", "unfinished") for name, _ in stored.hints):  # only all parts together tell
            sent = {name.lower(): value for name, value in stored.headers}
            if etag := sent.get("etag"):
                request.headers["If-None-Match"] = etag
            if modified := sent.get("last-modified"):
                request.headers["If-Modified-Since"] = modified
        return request

    # details

    async def read_detail(
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
        if stored and response.status == 304:
            tally.counts["not_modified"] += 1
            yield Fetched(replace(stored, body=known.body(url), captured=self._spider.clock), True, document_id(url))
            return
        if stored and response.status in GONE:
            tally.page_gone(url, withdrawn=known.withdrawn(url, self._spider.clock))
            yield Fetched(self._page(response, url, ()), True, document_id(url))
            return
        if kind := trouble(response):
            self._failed(Pending(url=url, kind=kind, column=column, hints=hints), stored is not None)
            return
        page = self._page(response, url, hints)
        if page.media_type in HTML:
            for request in self.attached(url, (*attached, *files(response.url, response.body))):
                yield request
            if further := continued(response.url, response.body):
                yield self._part(further, page, url in known, [])
                return
        yield Fetched(page, url in known, document_id(url))

    def detail_failed(self, failure: Failure) -> None:
        given, kind = self._told(failure)
        pending = Pending(url=given["url"], kind=kind, column=given["column"], hints=given["hints"])
        self._failed(pending, given.get("stored") is not None)

    def _failed(self, pending: Pending, recheck: bool) -> None:
        tally = self._spider.tally
        if recheck:
            if pending.kind not in (*QUIET, self._spider.gate.stopped):
                tally.failures[f"recheck_{pending.kind}"] += 1
        elif tally.page_failed(pending):
            self._spider.settle(document_id(pending.url))

    # pages 2, 3 … of an article

    def _part(self, further: list[str], page: Page, known: bool, parts: list[str]) -> Request:
        given = {"further": further, "page": page, "known": known, "parts": parts}
        return self._request(further[0], self.read_part, PART, self.part_failed, **given)

    async def read_part(
        self, response: Response, further: list[str], page: Page, known: bool, parts: list[str]
    ) -> AsyncIterator[Request | Fetched]:
        self._spider.tally.counts["parts"] += 1
        if kind := trouble(response):
            yield self._unfinished(kind, further[0], page, known, parts)
            return
        parts = [*parts, part_hint(further[0], response.body)]
        seen = {page.url, *(part.partition(" ")[0] for part in parts)}
        named = further[1:] or continued(response.url, response.body)
        rest = [address for address in named if address not in seen]
        room = self._spider.card.limits.max_bytes - sum(map(len, parts))
        if rest and len(parts) < MOST and room > 0:
            yield self._part(rest, page, known, parts)
            return
        yield self._whole(page, known, parts)

    async def part_failed(self, failure: Failure) -> AsyncIterator[Fetched]:
        given, kind = self._told(failure)
        yield self._unfinished(kind, given["further"][0], given["page"], given["known"], given["parts"])

    def _unfinished(self, kind: str, address: str, page: Page, known: bool, parts: list[str]) -> Fetched:
        """What there is of an article is kept, and said to be less than the whole; rechecks may complete it."""
        self._spider.tally.failures[f"part_{kind}"] += 1
        return self._whole(replace(page, hints=(*page.hints, ("unfinished", address))), known, parts)

    def _whole(self, page: Page, known: bool, parts: list[str]) -> Fetched:
        hints = (*page.hints, *(("part", part) for part in parts))
        return Fetched(replace(page, hints=hints), known, document_id(page.url))

    # files

    def attached(self, parent: str, named: Sequence[tuple[str, str]]) -> Iterator[Request]:
        """The files of a page, by name and address, unless raw/ holds them."""
        for name, url in named:
            yield from self._file(canonical_url(url), (("parent", parent), ("name", name)))

    def _file(self, url: str, hints: Hints) -> Iterator[Request]:
        number = document_id(url)
        if number in self._asked or number in self._asked_files or url in self._spider.known:
            return
        self._asked_files.add(number)
        if not on_card(url, self._spider.hosts):
            self._spider.tally.counts["off_card"] += 1
            return
        if len(self._asked_files) <= self._most:
            yield self._request(url, self.read_file, FILE, self.file_failed, url=url, hints=hints)

    async def read_file(self, response: Response, url: str, hints: Hints) -> AsyncIterator[Fetched]:
        self._spider.tally.counts["attachments"] += 1
        if kind := trouble(response):
            self._spider.tally.page_failed(Pending(url=url, kind=kind, hints=hints, attachment=True))
            return
        yield Fetched(self._page(response, url, hints), False, document_id(url))

    def file_failed(self, failure: Failure) -> None:
        given, kind = self._told(failure)
        self._spider.tally.page_failed(Pending(url=given["url"], kind=kind, hints=given["hints"], attachment=True))

    # shared

    def _request(self, address: str, callback: Any, priority: int, errback: Any = None, **given: Any) -> Request:
        return Request(
            address,
            callback,
            errback=errback or self.detail_failed,
            priority=priority,
            dont_filter=True,  # we ask once ourselves; Scrapy's filter would also swallow redirects
            cb_kwargs=given,
        )

    def _told(self, failure: Failure) -> tuple[dict[str, Any], str]:
        """What a request that failed was given, and its failure class."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        kind = failure_class(failure.value)
        self._spider.logger.info("%s: %s (%s)", request.url, kind, failure.value)
        return request.cb_kwargs, kind

    def _page(self, response: Response, url: str, hints: Hints) -> Page:
        return page_of(response, url, source=self._spider.card.id, captured=self._spider.clock, hints=hints)
