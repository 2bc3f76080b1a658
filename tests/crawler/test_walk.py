"""How far a list is walked, and when the next run may stop at what it knows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from crawler.card import Column
from crawler.health import ColumnHealth
from crawler.page import document_id
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMN = Column(id="zfwj", url="http://a.gov.cn/zfwj/")


def rows(numbers: Iterable[int]) -> tuple[Item, ...]:
    return tuple(Item(f"http://a.gov.cn/{n}.html", f"第{n}号", f"2022-01-{n:02d}") for n in numbers)


def walked(
    pages: list[Iterable[int]],
    *,
    known: frozenset[int] = frozenset(),
    before: ColumnHealth | None = None,
    since: date | None = None,
    until: date | None = None,
    fetched: bool = True,
    most: int = 50,
    total: int | None = None,
) -> tuple[list[int], ColumnHealth]:
    """Walks a list whose pages are these; gives the rows that were wanted."""
    walk = Walk(COLUMN, before, since, until, most)
    held = {f"http://a.gov.cn/{n}.html" for n in known}
    wanted: list[int] = []
    requests = [ListRequest(url="http://a.gov.cn/zfwj/", number=1)]
    while requests:
        request = requests.pop()
        if not walk.ask(request):
            continue
        number = request.number
        after = (
            (ListRequest(url=f"http://a.gov.cn/zfwj/{number + 1}", number=number + 1),) if number < len(pages) else ()
        )
        items, following = walk.take(Listing(rows(pages[number - 1]), after, total), lambda item: item.url in held)
        for item in items:
            if item.url not in held:
                wanted.append(int(item.url.rpartition("/")[2].removesuffix(".html")))
                walk.unsettled.add(document_id(item.url))
                if fetched:
                    walk.unsettled.discard(document_id(item.url))
                    walk.new += 1
        requests += following
    return wanted, walk.report(frozenset())


CLOSED = ColumnHealth(closed=True, held=6, walked="end")


def test_to_the_end() -> None:
    wanted, health = walked([(6, 5), (4, 3), (2, 1)], total=6)
    assert wanted == [6, 5, 4, 3, 2, 1]
    assert (health.walked, health.closed, health.held, health.pages, health.seen) == ("end", True, 6, 3, 1.0)
    assert health.fill == {"published": 1.0, "title": 1.0}


def test_stop_at_known_needs_a_closed_walk() -> None:
    pages: list[Iterable[int]] = [(8, 7), (6, 5), (4, 3)]
    known = frozenset({6, 5})
    wanted, health = walked(pages, known=known, before=CLOSED)
    assert (wanted, health.walked, health.closed, health.held) == ([8, 7], "known", True, 8)
    wanted, health = walked(pages, known=known, before=CLOSED.model_copy(update={"closed": False}))
    assert (wanted, health.walked) == ([8, 7, 4, 3], "end")
    assert walked(pages, known=known)[0] == [8, 7, 4, 3]  # as after a run that was killed


def test_a_row_on_top_that_is_old_does_not_stop_the_walk() -> None:
    wanted, _ = walked([(1, 8), (7, 6), (5, 4)], known=frozenset({1, 5, 4}), before=CLOSED)
    assert wanted == [8, 7, 6]


def test_rows_that_did_not_come_keep_the_column_open() -> None:
    assert not walked([(3, 2), (1,)], fetched=False)[1].closed


@pytest.mark.parametrize(
    ("since", "until", "wanted", "end"),
    [
        (date(2022, 1, 3), None, [6, 5, 4, 3], "since"),
        (None, date(2022, 1, 4), [4, 3, 2, 1], "end"),
        (date(2022, 1, 3), date(2022, 1, 5), [5, 4, 3], "since"),
    ],
)
def test_windows(since: date | None, until: date | None, wanted: list[int], end: str) -> None:
    found, health = walked([(6, 5), (4, 3), (2, 1), (0,)], since=since, until=until)
    assert [n for n in found if n] == wanted
    assert health.walked == end
    assert health.closed is (until is None)


def test_what_was_walked_back_to_a_day_may_be_stopped_at_for_that_day_only() -> None:
    before = ColumnHealth(closed=True, back_to=date(2022, 1, 5), walked="since")
    pages: list[Iterable[int]] = [(6, 5), (4, 3), (2, 1)]
    known = frozenset({6, 5})
    assert walked(pages, known=known, before=before, since=date(2022, 1, 5))[1].walked == "known"
    assert walked(pages, known=known, before=before, since=date(2022, 1, 3))[0] == [4, 3]
    assert walked(pages, known=known, before=before)[0] == [4, 3, 2, 1]


def test_lists_that_never_end() -> None:
    endless = [(n, n + 30) for n in range(1, 30)]
    _, health = walked(endless, most=5)
    assert (health.walked, health.pages, health.closed) == ("cut", 5, False)
    _, health = walked([(1, 2), (3,), (1, 2), (3,), (1, 2), (3,)])
    assert (health.walked, health.pages, health.rows) == ("end", 4, 3)


def test_a_page_without_rows_may_lead_on() -> None:
    assert walked([(), (), (3, 2)])[0] == [3, 2]  # an index of sitemaps, a page that names its interface
