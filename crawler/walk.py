"""The walk along one column's list: what is wanted of each page, and when to stop.

Enters: `Listing`s as they come, and what the last run left (`ColumnHealth`). Leaves: the rows to fetch, and the
column's part of the run's health. No network here.

Stop-at-known is only sound where everything behind the known page is known too. So a run notes for each column whether
its walk was `closed`: the list was walked to its end (or to known ground, or back to `since`), and each row was stored,
will never come, or is noted to be tried again. After a killed run no column is closed, and lists are walked to their
end once more.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.health import ColumnHealth
from crawler.known import printed_date
from crawler.page import document_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from crawler.card import Column
    from crawler.platforms.protocol import Item, Listing, ListRequest

__all__ = ["Walk"]

WORST = ("end", "known", "since", "limit", "budget", "cut", "stopped", "failed")
"""How a walk can end; of a list with several branches the later one counts."""

MOST_ROWS = 200_000
"""Rows of a column; the largest known lists of a city have some 20,000."""

STALE = 2
"""List pages in a row without a row that is new to the walk, after which it goes round in circles."""


class Walk:
    """One column in one run."""

    def __init__(
        self, column: Column, before: ColumnHealth | None, since: date | None, until: date | None, max_pages: int
    ) -> None:
        self.column = column
        self.pages = self.new = 0
        self.total: int | None = None
        self.ends: list[str] = []
        self.unsettled: set[str] = set()
        self._before = before
        self._since, self._until = since, until
        self._max_pages = max_pages
        self._rows: set[str] = set()
        self._requests: set[tuple[str, str, bytes]] = set()
        self._filled: Counter[str] = Counter()
        self._open = 0
        self._stale = 0
        self._may_stop_at_known = (
            before is not None
            and before.closed
            and until is None
            and (before.back_to is None or (since is not None and since >= before.back_to))
        )

    def ask(self, request: ListRequest) -> bool:
        """True if this list page was not asked for in this walk; then it is under way."""
        key = (request.method, request.url, request.body)
        if key in self._requests:
            return False
        self._requests.add(key)
        self._open += 1
        return True

    def failed(self) -> None:
        """A list page that was asked for did not come."""
        self._open -= 1
        self.ends.append("failed")

    def take(self, listing: Listing, settled: Callable[[Item], bool]) -> tuple[list[Item], tuple[ListRequest, ...]]:
        """The rows of a page that lie in the window and were not seen in this walk, and the list pages to go on with.

        settled: true for rows that need no walk to be continued, because they are stored or on another site.
        """
        self._open -= 1
        self.pages += 1
        if listing.total is not None:
            self.total = listing.total
        fresh = []
        for item in listing.items:
            if (number := document_id(item.url)) not in self._rows:
                self._rows.add(number)
                self._count(item)
                fresh.append(item)
        end = self._end(listing, fresh, settled)
        if end:
            self.ends.append(end)
            return self._window(fresh), ()
        return self._window(fresh), listing.following

    @property
    def rows(self) -> int:
        return len(self._rows)

    @property
    def may_be_over(self) -> bool:
        """True unless the site's own count says that there is more."""
        return self.total is None or self.rows >= self.total

    def over(self) -> None:
        """A list page beyond the end was asked for."""
        self._open -= 1
        self.ends.append("end")

    @property
    def end(self) -> str:
        """How the walk ended: its worst branch decides."""
        end = max(self.ends, key=WORST.index, default="stopped")
        return max(end, "stopped", key=WORST.index) if self._open > 0 else end

    def problem(self, missing: float) -> str | None:
        """What is wrong with the walk, for people. missing: share of the site's own total that may be absent."""
        match self.end:
            case "failed":
                return "a list page did not come"
            case "stopped":
                return "the list was not read to its end"
            case "budget":
                return "it has more new rows than a run may fetch"
            case "cut":
                return f"the list was left after {self.pages} pages and {self.rows} rows"
            case "end" if self.total and self.rows < self.total * (1 - missing):
                return f"{self.rows} of {self.total} rows were seen"
        return None

    def report(self, pending: frozenset[str]) -> ColumnHealth:
        """pending: ids of rows that the next run will try again by itself."""
        end = self.end
        before = self._before
        through = end in ("end", "known", "since") and self._until is None
        closed = through and self.unsettled <= pending
        back_to = {"end": None, "known": before.back_to if before else None}.get(end, self._since)
        if not closed and before and before.closed and not self.unsettled - pending and not self.new:
            closed, back_to = True, before.back_to  # nothing was begun that could have left a gap
        held = len(self._rows) if end == "end" else (before.held if before else 0) + self.new
        return ColumnHealth(
            pages=self.pages,
            rows=len(self._rows),
            new=self.new,
            total=self.total,
            held=held,
            walked=end,
            closed=closed,
            back_to=back_to,
            fill={name: round(count / len(self._rows), 4) for name, count in sorted(self._filled.items())},
        )

    def _end(self, listing: Listing, fresh: list[Item], settled: Callable[[Item], bool]) -> str | None:
        self._stale = 0 if fresh or not listing.items else self._stale + 1
        if self._stale >= STALE:
            return "end"
        days = [day for item in listing.items if (day := printed_date(item.published))]
        if self._since and days and max(days) < self._since:
            return "since"
        ours = [item for item in listing.items if settled(item)]
        if self._may_stop_at_known and ours and len(ours) == len(listing.items):
            return "known"
        if not listing.following:
            return "end"
        return "cut" if self.pages >= self._max_pages or self.rows >= MOST_ROWS else None

    def _window(self, items: list[Item]) -> list[Item]:
        return [item for item in items if self._inside(printed_date(item.published))]

    def _inside(self, day: date | None) -> bool:
        """Rows without a date are in every window."""
        return day is None or (
            (self._since is None or day >= self._since) and (self._until is None or day <= self._until)
        )

    def _count(self, item: Item) -> None:
        facts = {"title": item.title, "published": item.published, **dict(item.hints)}
        self._filled.update(name for name, value in facts.items() if value)
