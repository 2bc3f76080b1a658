"""The walk along one column's lists: what is wanted of each page, and when to stop.

Enters: `Listing`s as they come, and what the last run left (`ColumnHealth`). Leaves: the rows to fetch, and the
column's part of the run's health. No network here.

Stop-at-known is only sound where everything behind the known page is known too. So a run notes for each column whether
its walk was `closed`: each list was read to where its own count says that it ends (or to known ground, or back to
`since`), and each row was stored, will never come, or is noted to be tried again. After a killed run no column is
closed, and lists are walked to their ends once more; so they are in each period of the card's sweep, and when a list
says that it has more new rows than stand at its top: documents are also filed further down.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crawler.branch import Branch
from crawler.health import ColumnHealth
from crawler.page import document_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawler.card import Column
    from crawler.platforms.protocol import Item, Listing, ListRequest
    from crawler.window import Window

__all__ = ["Standing", "Step", "Walk"]

Standing = Literal["stored", "again", "elsewhere", "unknown"]
"""A row before the run: raw/ holds its page, an earlier run noted it as pending, it is another site's, or neither."""

WORST = ("end", "known", "since", "limit", "budget", "cut", "stopped", "failed")
"""How a walk can end; of a column with several lists the later one counts."""

MOST_ROWS = 200_000
"""Rows of a column; the largest known lists of a city have some 20,000."""


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from a list page. why: how its list broke off; None if it did not."""

    rows: list[Item]
    following: tuple[ListRequest, ...] = ()
    why: str | None = None


class Walk:
    """One column in one run. whole: its lists are to be read to their ends, whatever is known."""

    def __init__(
        self, column: Column, before: ColumnHealth | None, window: Window, max_pages: int, *, whole: bool = False
    ) -> None:
        self.column = column
        self.pages = self.new = 0
        self.ends: list[str] = []
        self.unsettled: set[str] = set()
        self.filled: Counter[str] = Counter()
        self._before = before or ColumnHealth()
        self._window = window
        self._max_pages = max_pages
        self._rows: dict[str, Standing] = {}
        self._branches: dict[str, Branch] = {}
        self._requests: set[tuple[str, str, bytes]] = set()
        self._open = 0
        self._why: str | None = None
        trusted = self._before.closed and window.until is None and window.reaches(self._before.back_to)
        self._may_stop_at_known = trusted and not whole

    def ask(self, request: ListRequest) -> bool:
        """True if this list page was not asked for in this walk; then it is under way."""
        key = (request.method, request.url, request.body)
        if key in self._requests:
            return False
        self._requests.add(key)
        self._open += 1
        return True

    def failed(self, why: str = "a list page did not come") -> None:
        """A list page that was asked for did not come."""
        self._open -= 1
        self._broke_off(why)

    def missing(self, request: ListRequest) -> bool:
        """A list page is not there. True if the list was over before it."""
        branch = self._branch(request)
        if branch.missing(request) == "broke off":
            self.failed(branch.why or "a list page is not there")
            return False
        self._open -= 1
        self.ends.append("end")
        return True

    def take(self, listing: Listing, request: ListRequest, standing: Callable[[Item], Standing]) -> Step:
        """The rows of a page that lie in the window and are new to this walk, and the list pages to go on with."""
        self._open -= 1
        self.pages += 1
        branch = self._branch(request)
        fresh = []
        for item in listing.items:
            if (number := document_id(item.url)) not in self._rows:
                self._rows[number] = standing(item)
                self._count(item)
                fresh.append(item)
            if self._rows[number] == "unknown":
                branch.unknown.add(number)
        rows = [item for item in fresh if self._window.holds(item.published)]
        end = self._end(listing, request, branch)
        if end is None:
            return Step(rows, listing.following)
        why = (branch.why or "the list broke off") if end == "failed" else None
        if why:
            self._broke_off(why)
        else:
            self.ends.append(end)
        others = (further for further in listing.following if further.branch != request.list_id)
        return Step(rows, () if end == "cut" else tuple(others), why)

    @property
    def rows(self) -> int:
        return len(self._rows)

    @property
    def end(self) -> str:
        """How the walk ended: its worst list decides."""
        end = max(self.ends, key=WORST.index, default="stopped")
        return max(end, "stopped", key=WORST.index) if self._open > 0 else end

    @property
    def problem(self) -> str | None:
        """What is wrong with the walk, for people."""
        said = {
            "failed": self._why,
            "stopped": "the list was not read to its end",
            "budget": "it has more new rows than a run may fetch",
            "cut": f"the list was left after {self.pages} pages and {self.rows} rows",
        }
        return said.get(self.end)

    def report(self, pending: frozenset[str], now: datetime | None = None) -> ColumnHealth:
        """pending: ids of rows that a later run will try again by itself. now: the time of this run."""
        end, before = self.end, self._before
        through = end in ("end", "known", "since") and self._window.until is None
        closed = through and self.unsettled <= pending
        back_to = {"end": None, "known": before.back_to}.get(end, self._window.since)
        if not closed and before.closed and "unknown" not in self._rows.values():
            closed, back_to = True, before.back_to  # nothing was begun that could have left a gap
        printed = {name: count for name, branch in self._branches.items() if (count := branch.count)}
        read = through and end != "known"
        twice = self._twice if read else before.twice
        totals = [count.total for count in (before.lists | printed).values() if count.total]
        stored = sum(standing == "stored" for standing in self._rows.values())
        return ColumnHealth(
            pages=self.pages,
            rows=self.rows,
            new=self.new,
            total=max(sum(totals) - twice, 0) if totals else None,
            held=(stored if end == "end" else before.held) + self.new,
            walked=end,
            closed=closed,
            back_to=back_to,
            through=now if read else before.through,
            lists=printed if read else before.lists if closed and not through else before.lists | printed,
            twice=twice,
            fill={name: round(count / self.rows, 4) for name, count in sorted(self.filled.items())},
        )

    def _branch(self, request: ListRequest) -> Branch:
        before = self._before.lists.get(request.list_id)
        return self._branches.setdefault(request.list_id, Branch(before))

    @property
    def _twice(self) -> int:
        return sum(len(branch.rows) for branch in self._branches.values()) - self.rows

    def _broke_off(self, why: str) -> None:
        self._why = self._why or why
        self.ends.append("failed")

    def _end(self, listing: Listing, request: ListRequest, branch: Branch) -> str | None:
        verdict = branch.take(listing, request)
        if self._window.passed(item.published for item in listing.items):
            return "since"
        # Rows of other sites, and those that are tried again anyway, say nothing of what stands below them.
        found = {self._rows[document_id(item.url)] for item in listing.items}
        if self._may_stop_at_known and "stored" in found and "unknown" not in found and not branch.grown:
            return "known"
        if verdict == "broke off":
            return "failed"
        if verdict == "end":
            return "end"
        return "cut" if self.pages >= self._max_pages or self.rows >= MOST_ROWS else None

    def _count(self, item: Item) -> None:
        facts = {"title": item.title, "published": item.published, **dict(item.hints)}
        self.filled.update(name for name, value in facts.items() if value)
