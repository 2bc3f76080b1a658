"""When a page that did not come is tried again, and when it is dead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.pending import LAST, Pending

DAY = datetime(2026, 3, 1, 20, tzinfo=UTC)


def failed(kind: str, *days: float, asked: bool = True) -> Pending:
    """The page after it failed on these days."""
    found: Pending | None = None
    for day in days:
        found = Pending(url="http://a.gov.cn/1.html", kind=kind).after(found, DAY + timedelta(days=day), asked=asked)
    assert found is not None
    return found


def due(page: Pending, day: float) -> bool:
    return page.due(DAY + timedelta(days=day))


@pytest.mark.parametrize(
    ("kind", "days", "dead"),
    [
        ("http_404", (0,), False),
        ("http_404", (0, 0.9), False),
        ("http_404", (0, 1), True),
        ("soft_404", (0, 0.5, 1.5), True),
        ("too_big", (0, 1), True),
        ("robots", (0, 1, 40), False),
        ("off_card", (0, 1, 40), False),
        ("private_address", (0, 1, 40), False),
        ("http_500", (0, 1, 40), False),
    ],
)
def test_dead_are_pages_whose_server_says_so_twice_a_day_apart(kind: str, days: tuple[float, ...], dead: bool) -> None:
    assert failed(kind, *days).dead is dead


def test_tries_grow_rare() -> None:
    assert due(failed("http_500", 0), 0.1)
    assert due(failed("http_500", 0, 1), 2)
    tired = failed("http_500", 0, 1, 2)
    assert [due(tired, day) for day in (3, 8.7, 9)] == [False, False, True]
    dead = failed("http_404", 0, 1)
    assert [due(dead, day) for day in (2, 30.5, 31)] == [False, False, True]


def test_what_was_not_asked_for_was_not_tried() -> None:
    assert failed("time", 0, 1, 2, 3, asked=False).tries == 0
    tried = failed("http_404", 0)
    assert Pending(url=tried.url, kind="down").after(tried, DAY + timedelta(days=1), asked=False) == tried


def test_in_the_end_it_is_forgotten() -> None:
    page = failed("timeout", *range(LAST))
    assert page.forgotten
    assert not failed("timeout", *range(LAST - 1)).forgotten
