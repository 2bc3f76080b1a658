"""A page that did not come, and when it is tried again: soon at first, then ever more rarely.

Enters: a failure, and what earlier runs noted of the page. Leaves: `Pending`, as it stands in the run file.

A page is dead when its own server says so twice, a day apart: one night's 404 may be a fence, an outage, a move. What
says something about the host and not about the page (robots.txt, an address off the card) never makes a page dead.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.page import APART
from crawler.part import Part

__all__ = ["Pending"]

NO_PAGE = ("http_404", "http_410", "soft_404", "too_big", "redirects")
"""What a server says of one page."""

SOON = 3
"""Tries at one run after the other; public crawlers of these sites give up after three."""

LAST = 12
"""Tries after which a page is forgotten; if a list still names it, the next walk to the list's end finds it again."""

SLACK = timedelta(hours=4)
"""Runs of two nights do not begin to the minute alike."""

RARELY = timedelta(days=7) - SLACK
DEAD = timedelta(days=30) - SLACK


class Pending(Part):
    """One page. first, last: when it was asked for in vain; tries: in how many runs."""

    url: str
    kind: str
    column: str | None = None
    hints: tuple[tuple[str, str], ...] = ()
    attachment: bool = False
    tries: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def after(self, earlier: Pending | None, now: datetime, *, asked: bool) -> Pending:
        """This failure, which happened now, on top of what was noted before. asked: the page itself was asked for."""
        if not asked:
            return earlier or self
        first = (earlier.first if earlier else None) or now
        return self.model_copy(update={"tries": (earlier.tries if earlier else 0) + 1, "first": first, "last": now})

    @property
    def dead(self) -> bool:
        if self.kind not in NO_PAGE or self.first is None or self.last is None:
            return False
        return self.last - self.first >= APART

    @property
    def forgotten(self) -> bool:
        return self.tries >= LAST

    def due(self, now: datetime) -> bool:
        """True if this run is to try again."""
        if self.last is None:
            return True
        if self.dead:
            return now - self.last >= DEAD
        return self.tries < SOON or now - self.last >= RARELY
