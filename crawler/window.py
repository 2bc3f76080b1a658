"""The days that a run is about: rows outside are left alone, and a list that has come to older ones is left.

>>> week = Window(since=date(2022, 5, 1), until=date(2022, 5, 7))
>>> week.holds("2022-05-03"), week.holds("2022-05-08"), week.holds(None)
(True, False, True)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 (the example names it)
from typing import TYPE_CHECKING

from crawler.days import printed_date

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Window"]


@dataclass(frozen=True, slots=True)
class Window:
    """since, until: days of list rows, both included; None: without a bound."""

    since: date | None = None
    until: date | None = None

    def holds(self, published: str | None) -> bool:
        """published: as a row prints it. Rows without a date are in every window."""
        day = printed_date(published)
        return day is None or ((self.since is None or day >= self.since) and (self.until is None or day <= self.until))

    def passed(self, published: Iterable[str | None]) -> bool:
        """True if a page of a list, newest first, has rows of older days only."""
        days = [day for text in published if (day := printed_date(text))]
        return self.since is not None and bool(days) and max(days) < self.since

    def reaches(self, back_to: date | None) -> bool:
        """True if nothing of the window lies before a day; None: the beginning."""
        return back_to is None or (self.since is not None and self.since >= back_to)
