"""The one spider, for every card of every family: lists in crawler/lists.py, what they lead to in crawler/details.py.

Enters: a card, what raw/ knows, what earlier runs left to do, the window of days. Leaves: `Fetched` pages for raw/ and
a `Tally` of what happened.
"""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from scrapy import Spider

from crawler.details import Details
from crawler.due import PERIODS
from crawler.hosts import host_key
from crawler.lists import Lists
from crawler.page import document_id
from crawler.tally import Tally
from crawler.walk import Walk
from crawler.window import Window

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from scrapy import Request

    from crawler.health import ColumnHealth
    from crawler.keep import Fetched
    from crawler.known import Known
    from crawler.page import Page
    from crawler.pending import Pending
    from crawler.polite import Gate
    from crawler.source import Source
    from crawler.store import RawWriter

__all__ = ["SourceSpider"]

OFTEN = 2
"""Runs in which a page failed, after which it has its turn behind all others."""

POLL = 0.02
"""Seconds between two looks at whether all is done."""


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
        attempts: Mapping[str, datetime],
        columns: Mapping[str, ColumnHealth],
        writer: RawWriter,
        gate: Gate,
        now: datetime,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> None:
        """due: known pages to ask for again. pending: what did not come before. attempts: rechecks that failed.

        columns: how the run before went. now: when this one began. since, until: days of list rows, both included.
        limit: of details that are new.
        """
        super().__init__()
        self.card, self.known, self.writer, self.gate, self.now = card, known, writer, gate, now
        self.hosts = frozenset(host_key(f"http://{host}") for host in card.hosts)
        waiting = [page for page in pending if page.url not in known or known.lost(page.url)]
        self.tally = Tally(card, now, waiting, attempts)
        self.lists = Lists(self)
        self.details = Details(self, limit)
        self._due, self._waiting, self._columns = due, waiting, columns
        self._noted = frozenset(document_id(page.url) for page in waiting)
        self._begun = time.monotonic()
        self._window = Window(since, until)

    @property
    def clock(self) -> datetime:
        """The time of captures: the run's own beginning, and what has passed since."""
        return (self.now + timedelta(seconds=time.monotonic() - self._begun)).replace(microsecond=0)

    async def start(self) -> AsyncIterator[Request]:
        for column in self.card.columns:
            before = self._columns.get(column.id)
            most = self.card.limits.max_list_pages
            walk = Walk(column, before, self._window, most, whole=self._swept(before))
            self.tally.walks[column.id] = walk
            for request in self.lists.first(walk):
                yield request
        # What is new comes first. A request that is yielded early would go out early, whatever its priority.
        tried = [pending for pending in self._waiting if pending.due(self.now)]
        await self._all_done()
        for request in self._again(pending for pending in tried if pending.tries < OFTEN):
            yield request
        for stored in self._due:
            yield self.details.recheck(stored)
        await self._all_done()
        for request in self._again(pending for pending in tried if pending.tries >= OFTEN):
            yield request

    def _again(self, waiting: Iterable[Pending]) -> Iterator[Request]:
        for pending in waiting:
            yield from self.details.again(pending)

    async def _all_done(self) -> None:
        """Waits until all that was asked for so far has been answered and read."""
        engine = self.crawler.engine
        assert engine is not None
        while (
            engine.downloader.active
            or not (engine.scraper.slot and engine.scraper.slot.is_idle())
            or (engine._slot and engine._slot.scheduler.has_pending_requests())
        ):
            await asyncio.sleep(POLL)

    def noted(self, url: str) -> bool:
        """True if an earlier run noted the page as pending: this run tries it again by itself, or lets it rest."""
        return document_id(url) in self._noted

    def _swept(self, before: ColumnHealth | None) -> bool:
        """True if it is time to read a column's lists to their ends: rows are also put in far below the top."""
        period = PERIODS.get(self.card.recheck.sweep)
        if before is None or period is None:
            return False
        return before.through is None or self.now - before.through >= timedelta(days=period)

    # what the item pipeline tells

    def kept(self, item: Fetched, verdict: str) -> None:
        """A page is in raw/ for good. verdict: new or unchanged."""
        walk = self.settle(item.row)
        self.tally.came(item.row)
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
