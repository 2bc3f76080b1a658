"""The gate in front of a host: turns, gaps, pauses, and when a host is left alone. Asked directly, without a server."""

from __future__ import annotations

import asyncio
import itertools
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.hostlock import HostLock, host_locks
from crawler.polite import Gate, Refused, host_key, retry_after
from crawler.robots import READ, rules_of
from crawler.turns import MAX_403_LATER, MAX_FAILURES, MAX_RETRY_AFTER

if TYPE_CHECKING:
    from pathlib import Path

HOST = "www.a.gov.cn"


def gate(locks: Path, delay: float = 0.1, **more: float) -> Gate:
    return Gate(delay, locks, max_requests=int(more.get("max_requests", 100)), seconds=more.get("seconds", 60))


def test_two_processes_share_a_host(tmp_path: Path) -> None:
    """Two gates are as good as two processes: they have nothing in common but the file."""
    sent: list[tuple[float, float]] = []

    async def ask(own: Gate) -> None:
        for _ in range(3):
            await own.enter(HOST)
            start = time.monotonic()
            await asyncio.sleep(0.02)
            sent.append((start, time.monotonic()))
            own.leave(HOST, 200)

    async def both() -> None:
        await asyncio.gather(ask(gate(tmp_path)), ask(gate(tmp_path)))

    asyncio.run(both())
    sent.sort()
    assert all(after[0] - before[1] >= 0.099 for before, after in itertools.pairwise(sent))


def test_a_crawl_delay_of_robots_txt_is_kept(tmp_path: Path) -> None:
    async def twice(own: Gate) -> float:
        own.turns(HOST).gap = 0.15
        await own.enter(HOST)
        own.leave(HOST, 200)
        start = time.monotonic()
        await own.enter(HOST)
        own.leave(HOST, 200)
        return time.monotonic() - start

    assert asyncio.run(twice(gate(tmp_path, delay=0.0))) >= 0.149


def test_a_process_that_dies_gives_the_host_back(tmp_path: Path) -> None:
    held = HostLock(tmp_path, HOST)
    assert held.take()
    other = HostLock(tmp_path, HOST)
    assert not other.take()
    held.close()
    assert other.take()
    other.note(1.5, 2.5)
    assert other.times() == (1.5, 2.5)
    other.close()


def test_a_damaged_file_or_a_clock_that_was_set_back_makes_nobody_wait(tmp_path: Path) -> None:
    for content in ("not a time", "", f"{time.time() + 1e6} 0.0"):
        (tmp_path / f"{HOST}.host").write_text(content)
        one = gate(tmp_path)
        asyncio.run(asyncio.wait_for(one.enter(HOST), 5))
        one.leave(HOST, 200)


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([(500, None)] * MAX_FAILURES, "down"),
        ([(None, None)] * MAX_FAILURES, "down"),
        ([(429, None)] * 3, "blocked:http_429"),
        ([(429, MAX_RETRY_AFTER + 1)], "blocked:http_429"),
        ([(403, None)] * 3, "blocked:http_403"),
        ([(403, None), (403, None), (404, None), (403, None)], None),
        ([(503, MAX_RETRY_AFTER + 1)], "away"),
        ([*[(500, None)] * (MAX_FAILURES - 1), (404, None)], None),
        ([(429, None), (429, None), (200, None), (429, None)], None),
    ],
)
def test_when_a_host_is_left_alone(
    answers: list[tuple[int | None, float | None]], kind: str | None, tmp_path: Path
) -> None:
    one = gate(tmp_path)
    for status, wait in answers:
        one.leave(HOST, status, wait)
    assert one.shut == ({HOST: kind} if kind else {})
    if kind:
        with pytest.raises(Refused) as refused:
            one.check(HOST)
        assert refused.value.kind == kind
    one.check("another.host")


def test_pauses_grow_and_are_bounded(tmp_path: Path) -> None:
    one = gate(tmp_path, delay=1.5)
    pauses = []
    for _ in range(9):
        one.leave(HOST, 503)
        pauses.append(round(one.turns(HOST).until - time.time()))
    assert pauses == [3, 6, 12, 24, 48, 96, 120, 120, 120]
    one.leave(HOST, 503, 300.0)
    assert round(one.turns(HOST).until - time.time()) == 300
    one.leave(HOST, 200)
    assert one.turns(HOST).until <= time.time()


@pytest.mark.parametrize(("more", "kind"), [({"max_requests": 1}, "budget"), ({"seconds": -1}, "time")])
def test_a_run_is_bounded(more: dict[str, float], kind: str, tmp_path: Path) -> None:
    one = gate(tmp_path, 0.0, **more)

    async def twice() -> None:
        await one.enter(HOST)
        await one.enter(HOST)

    with pytest.raises(Refused) as refused:
        asyncio.run(twice())
    assert (refused.value.kind, one.stopped) == (kind, kind)


def test_the_locks_are_one_users(tmp_path: Path) -> None:
    assert host_locks(tmp_path / "a" / "b").is_dir()
    assert host_locks().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 60.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("9" * 400, 999999999.0),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, datetime(2026, 10, 21, 7, 27, tzinfo=UTC)) == seconds


def test_one_host_whatever_the_scheme() -> None:
    assert host_key("https://WWW.a.gov.cn/x") == host_key("http://www.a.gov.cn:80/") == HOST
    assert host_key("http://www.a.gov.cn:8080/") == f"{HOST}:8080"


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"", True),
        (200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /x", False),
        (200, b"User-agent: Zhengce\nDisallow: /x\n\nUser-agent: *\nAllow: /", False),
        (200, b"User-agent: *\nDisallow: /\n\nUser-agent: zhengce\nDisallow:", True),
        (200, b"User-agent: *\nDisallow: /\nAllow: /x", True),
        (200, b"<html>" + b"x" * 100 + b"</html>", True),
        (200, b"#" * READ + b"\nUser-agent: *\nDisallow: /", True),  # beyond what must be read
        (200, b"\xff\xfe\x00", True),
        (404, b"User-agent: *\nDisallow: /", True),
        (401, b"", True),
        (403, b"", True),
        (301, b"", None),
        (429, b"", None),
        (500, b"", None),
        (503, b"", None),
    ],
)
def test_robots_by_rfc_9309(status: int, body: bytes, allowed: bool | None) -> None:
    rules = rules_of(status, body)
    assert (rules.can_fetch("http://a.gov.cn/x/1.html", "zhengce") if rules else None) == allowed


@pytest.mark.parametrize(
    ("statuses", "kind"),
    [
        ([500] * 40, None),
        ([502] * MAX_FAILURES, "down"),
        ([None] * MAX_FAILURES, "down"),
        ([403] * (MAX_403_LATER - 1), None),
        ([403] * MAX_403_LATER, "blocked:http_403"),
    ],
)
def test_pages_that_are_broken_or_fenced_are_not_their_host(
    statuses: list[int | None], kind: str | None, tmp_path: Path
) -> None:
    """As long as the host has shown us others."""
    one = gate(tmp_path)
    one.turns(HOST).good = True
    for status in statuses:
        one.leave(HOST, status)
    assert one.shut == ({HOST: kind} if kind else {})


def test_answers_that_we_break_off_are_no_failures_of_the_host(tmp_path: Path) -> None:
    one = gate(tmp_path)
    for _ in range(3 * MAX_FAILURES):
        one.leave(HOST, None)
        one.turns(HOST).forgive()
    assert one.shut == {}
