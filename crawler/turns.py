"""What one host has done to us in a run, and when that means that it is left alone.

Enters: each answer's status. Leaves: seconds to spare the host, or the word for why it is asked no more.

A page that is broken or fenced is not its host: as long as other pages answer well, 403 and 500 are a page's own
trouble, and it takes many of them in a row to mean the host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.hostlock import HostLock

__all__ = ["BLOCKED", "MAX_FAILURES", "MAX_RETRY_AFTER", "Turns"]

MAX_PAUSE = 120.0
"""Seconds that a host is spared at most after a failure of its own; a Java portal takes about a minute to restart."""

MAX_RETRY_AFTER = 600.0
"""Seconds of a Retry-After that a run sits out. A host that asks for more is left alone for the run."""

MAX_FAILURES = 12
"""Failures in a row after which a host is down: four pages, each tried three times."""

MAX_429 = 3
"""Answers 429 in a row after which a host has refused us: each was followed by a longer pause."""

MAX_403 = 3
"""Answers 403 in a row after which a site that has shown us nothing has refused us; one may fence a single page."""

MAX_403_LATER = 12
"""The same on a site that has shown us pages in this run: some are fenced, or it has had enough of us."""

BLOCKED = "blocked:"
"""Beginning of every kind of refusal that means: the site does not want us."""

POLL = 0.05


@dataclass(slots=True)
class Turns:
    """One host. until: seconds since 1970. gap: of quiet that its robots.txt asks for.

    good: it has shown us a page of its own in this run; who reads the page says so.
    """

    failures: int = 0
    too_many: int = 0
    forbidden: int = 0
    good: bool = False
    until: float = 0.0
    gap: float = 0.0
    lock: HostLock | None = None
    shut: str | None = None

    def answered(self, status: int | None, delay: float, wait: float | None) -> float:
        """Seconds to spare the host now; `shut` says if that is for good. status None: no answer. wait: Retry-After."""
        failed = status is None or status == 429 or status >= 500
        own = status == 500 and self.good  # the application has broken over one page
        self.failures = self.failures + (not own) if failed else 0
        self.too_many = self.too_many + 1 if status == 429 else 0
        self.forbidden = self.forbidden + 1 if status == 403 else 0
        if kind := self._refusal(status, wait):
            self.shut = self.shut or kind
        pause = min(MAX_PAUSE, (2 * delay or POLL) * 2 ** max(self.failures - 1, 0)) if failed else 0.0
        return min(max(pause, wait or 0.0), MAX_RETRY_AFTER)

    def forgive(self) -> None:
        """The last failure was of our making: we broke off an answer that was too large."""
        self.failures = max(self.failures - 1, 0)

    def _refusal(self, status: int | None, wait: float | None) -> str | None:
        if self.too_many >= MAX_429:
            return f"{BLOCKED}http_429"
        if self.forbidden >= (MAX_403_LATER if self.good else MAX_403):
            return f"{BLOCKED}http_403"
        if wait is not None and wait > MAX_RETRY_AFTER:
            return f"{BLOCKED}http_429" if status == 429 else "away"
        return "down" if self.failures >= MAX_FAILURES else None
