"""The one spider, for every card of every family: lists here, what they lead to in crawler/details.py.

Enters: a card, what raw/ knows, the window of days. Leaves: `Fetched` pages for raw/ and a `Tally` of what happened.

The family reads the lists, the walk decides how far to go. List pages are asked for first, so that a run knows early
how much there is, and are never answered from a cache. Rechecks come last: they take what is left of the budget.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from scrapy import Request, Spider

from crawler.details import Details
from crawler.errors import ListError
from crawler.failures import failure_class, http_class
from crawler.guard import on_card
from crawler.known import GONE
from crawler.page import document_id
from crawler.platforms import PLATFORMS
from crawler.polite import BLOCKED, host_key
from crawler.received import headers_of
from crawler.tally import Tally
from crawler.walk import Walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.health import ColumnHealth, Pending
    from crawler.keep import Fetched
    from crawler.known import Known
    from crawler.page import Page
    from crawler.platforms.protocol import Item, ListRequest
    from crawler.polite import Gate
    from crawler.source import Source
    from crawler.store import RawWriter

__all__ = ["SourceSpider"]

FIRST = 20
"""Priority of lists; details have 0, rechecks less."""

LARGEST_LIST = 16 << 20
"""Bytes of a list page; a JSON answer with 1,000 rows has 2 MB. Its tree takes some ten times as much memory."""


class SourceSpider(Spider):
    """One run of one source."""

    name = "source"

    def __init__(
        self,
        *,
        card: Source,
        known: Known,
        due: Sequence[Page],
        pending: Sequence[Pending],
        columns: Mapping[str, ColumnHealth],
        writer: RawWriter,
        gate: Gate,
        now: datetime,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> None:
        """due: known pages to ask for again. pending: what did not come in the run before. columns: how that one went.

        now: when the run began. since, until: days of list rows, both included. limit: of details that are new.
        """
        super().__init__()
        self.card, self.known, self.writer, self.gate = card, known, writer, gate
        self.hosts = frozenset(host_key(f"http://{host}") for host in card.hosts)
        self.tally = Tally(card)
        self.details = Details(self, limit)
        self._due, self._pending, self._columns = due, pending, columns
        self._again = frozenset(document_id(page.url) for page in pending)
        self._lists_asked: set[str] = set()
        self._now, self._begun = now, time.monotonic()
        self._since, self._until = since, until

    @property
    def clock(self) -> datetime:
        """The time of captures: the run's own beginning, and what has passed since."""
        return (self._now + timedelta(seconds=time.monotonic() - self._begun)).replace(microsecond=0)

    async def start(self) -> AsyncIterator[Request]:
        for column in self.card.columns:
            most = self.card.limits.max_list_pages
            walk = Walk(column, self._columns.get(column.id), self._since, self._until, most)
            self.tally.walks[column.id] = walk
            for request in self._lists(walk, PLATFORMS[self.card.platform_of(column)].first(column)):
                yield request
        for pending in self._pending:
            for request in self.details.again(pending):
                yield request
        for stored in self._due:
            yield self.details.recheck(stored)

    def _lists(self, walk: Walk, requests: tuple[ListRequest, ...]) -> Iterator[Request]:
        for wanted in requests:
            if walk.ask(wanted):
                self._lists_asked.add(document_id(wanted.url))
                yield Request(
                    wanted.url,
                    self.read_list,
                    method=wanted.method,
                    body=wanted.body,
                    headers={"Cache-Control": "no-cache", **dict(wanted.headers)},
                    priority=FIRST,
                    dont_filter=True,
                    errback=self.list_failed,
                    cb_kwargs={"walk": walk, "wanted": wanted},
                    meta={"download_maxsize": min(LARGEST_LIST, self.card.limits.max_bytes)},
                )

    async def read_list(self, response: Response, walk: Walk, wanted: ListRequest) -> AsyncIterator[Request]:
        self.tally.counts["lists"] += 1
        if response.status in GONE and wanted.number > 1 and walk.may_be_over:
            walk.over()  # some servers end their lists so
            return
        if response.status != 200:
            self.logger.warning("%s: status %s", response.url, response.status)
            if response.status == 403:
                self.gate.leave_alone(host_key(response.url), f"{BLOCKED}http_403")
            self._no_list(walk, http_class(response.status))
            return
        try:
            family = PLATFORMS[self.card.platform_of(walk.column)]
            listing = family.read(wanted, response.body, headers_of(response), walk.column)
        except ListError as error:
            self.logger.warning("%s", error)
            self._no_list(walk, "list_unreadable")
            return
        rows, following = walk.take(listing, self._settled)
        for request in self._lists(walk, following):
            yield request
        for row in rows:
            for request in self._row(row, walk):
                yield request

    def list_failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        self.logger.warning("%s: %s", request.url, failure.value)
        self._no_list(request.cb_kwargs["walk"], failure_class(failure.value))

    def _no_list(self, walk: Walk, kind: str) -> None:
        walk.failed()
        self.tally.list_failed(kind)

    def _settled(self, item: Item) -> bool:
        """Rows that a walk need not go on for: raw/ holds them, they are tried again anyway, or are another site's."""
        again = document_id(item.url) in self._again
        return again or item.url in self.known or not on_card(item.url, self.hosts)

    def _row(self, item: Item, walk: Walk) -> Iterator[Request]:
        if document_id(item.url) in self._lists_asked:
            return  # a link to the top of the page, or to another page of the list
        if not on_card(item.url, self.hosts):
            self.tally.counts["off_card"] += 1
        elif item.url in self.known and not self.known.lost(item.url):
            self.tally.counts["known"] += 1
            yield from self.details.attached(item.url, item.attachments)
        else:
            facts = {"title": item.title, "published": item.published, **dict(item.hints), "column": walk.column.id}
            hints = tuple((name, value) for name, value in facts.items() if value)
            yield from self.details.wanted(item.url, hints, walk.column.id, item.attachments)

    # what the item pipeline tells

    def kept(self, item: Fetched, verdict: str) -> None:
        """A page is in raw/ for good. verdict: new or unchanged."""
        walk = self.settle(item.row)
        if item.page.status in GONE:
            return
        if item.known:
            self.tally.counts["changed" if verdict == "new" else "unchanged"] += 1
            return
        self.tally.counts["new"] += 1
        if walk is not None:
            walk.new += 1

    def give_up(self, reason: str) -> None:
        """Nothing can be kept any more: nothing more is asked for."""
        self.tally.trouble = reason
        self.gate.stopped = "trouble"

    def settle(self, row: str) -> Walk | None:
        """The walk need not wait for this row any more. row: the document's id."""
        for walk in self.tally.walks.values():
            if row in walk.unsettled:
                walk.unsettled.remove(row)
                return walk
        return None
