"""One request at a time and a quiet gap between two, for each host, whoever asks: every source, process and corpus.

Enters: the name of a host before each request, its answer after it. Leaves: the moment when it may be sent. It stands
at the last step before the wire (crawler/wire.py), so that redirects, retries and robots.txt count like any request.

The gap lies between the end of an answer and the beginning of the next request. Two requests can therefore never arrive
closer at the server, however long the first was under way. The time of the last answer stands in a file for each host,
which is locked while a request is out; a killed process loses the lock by dying.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from crawler.hostlock import HostLock
from crawler.hosts import host_key
from crawler.turns import BLOCKED, MAX_RETRY_AFTER, Turns

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["BLOCKED", "Gate", "Refused", "host_key", "retry_after"]

MAX_CRAWL_DELAY = 60.0
"""Seconds of a Crawl-delay in robots.txt that is believed; longer ones were meant for other robots."""

POLL = 0.05


class Refused(IgnoreRequest):
    """A request that is not sent. kind: a failure class, such as off_card, robots, time, blocked:acw."""

    def __init__(self, kind: str, why: str = "") -> None:
        super().__init__(f"{kind}: {why}" if why else kind)
        self.kind = kind


class Gate:
    """Who may ask which host, and when. One for each run."""

    def __init__(
        self,
        delay: float,
        locks: Path,
        *,
        max_requests: int,
        seconds: float,
        stopped: Callable[[], str | None] = lambda: None,
    ) -> None:
        """delay: seconds of quiet. locks: the folder of the hosts' files. seconds: after which the run is over.

        stopped: says why nothing more may be asked (quiet hours, a signal), or None.
        """
        self.delay = delay
        self.requests = 0
        self.stopped: str | None = None
        self._locks = locks
        self._max_requests = max_requests
        self._deadline = time.monotonic() + seconds
        self._why_stopped = stopped
        self._turns: dict[str, Turns] = {}

    def turns(self, host: str) -> Turns:
        return self._turns.setdefault(host, Turns())

    @property
    def shut(self) -> dict[str, str]:
        """Hosts that are left alone for the rest of the run, and why."""
        return {host: turns.shut for host, turns in self._turns.items() if turns.shut}

    def leave_alone(self, host: str, kind: str) -> None:
        self.turns(host).shut = self.turns(host).shut or kind

    def check(self, host: str) -> None:
        """Raises Refused if the host may not be asked any more."""
        if kind := self.turns(host).shut:
            raise Refused(kind, f"{host} is left alone for this run")
        self.stopped = self.stopped or self._why_stopped()
        if self.stopped is None and time.monotonic() >= self._deadline:
            self.stopped = "time"
        if self.stopped is None and self.requests >= self._max_requests:
            self.stopped = "budget"
        if self.stopped:
            raise Refused(self.stopped)

    async def enter(self, host: str) -> None:
        """Waits for the host's turn; from now on until `leave` it is ours alone. Raises Refused."""
        self.check(host)
        turns = self.turns(host)
        gap = max(self.delay, turns.gap)
        if gap:
            turns.lock = await self._locked(host)
        try:
            await self._wait(host, turns, gap)
        except BaseException:  # also a cancelled task gives the host back
            self._unlock(turns)
            raise
        self.requests += 1

    def leave(self, host: str, status: int | None, wait: float | None = None) -> None:
        """The answer is there, or will not come (status None). wait: seconds of its Retry-After."""
        turns = self.turns(host)
        pause = turns.answered(status, self.delay, wait)
        now = time.time()
        turns.until = now + pause
        if turns.lock is not None:
            turns.lock.note(now, turns.until)
        self._unlock(turns)

    async def _locked(self, host: str) -> HostLock:
        lock = HostLock(self._locks, host)
        try:
            while not lock.take():
                self.check(host)
                await asyncio.sleep(POLL)
        except BaseException:
            lock.close()
            raise
        return lock

    async def _wait(self, host: str, turns: Turns, gap: float) -> None:
        last, until = turns.lock.times() if turns.lock else (0.0, 0.0)
        start = time.time()
        # A clock that was set back must not make anybody wait longer than the rule asks.
        until = min(max(until, turns.until), start + MAX_RETRY_AFTER)
        due = max(until, min(last, start) + gap)
        while (rest := due - time.time()) > 0:
            self.check(host)
            await asyncio.sleep(min(rest, 0.5))
        self.check(host)

    def _unlock(self, turns: Turns) -> None:
        if turns.lock is not None:
            turns.lock.close()
            turns.lock = None


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header, which is a number of seconds or a date.

    >>> retry_after("Wed, 21 Oct 2026 07:28:00 GMT", datetime(2026, 10, 21, 7, 27, tzinfo=UTC))
    60.0
    """
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
