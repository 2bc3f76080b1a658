"""How far a list is walked, and when the next run may stop at what it knows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from crawler.card import Column
from crawler.health import ColumnHealth, ListCount
from crawler.page import document_id
from crawler.platforms.protocol import Item, Listing, ListRequest
from crawler.walk import Walk
from crawler.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crawler.walk import Standing

COLUMN = Column(id="zfwj", url="http://a.gov.cn/zfwj/")
FIRST = ListRequest(url=COLUMN.url)


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
    walk = Walk(COLUMN, before, Window(since, until), most)
    held = {f"http://a.gov.cn/{n}.html" for n in known}
    wanted: list[int] = []
    requests = [FIRST]
    while requests:
        request = requests.pop()
        if not walk.ask(request):
            continue
        number = request.number
        after = (
            (ListRequest(url=f"{FIRST.url}{number + 1}", number=number + 1, branch=FIRST.list_id),)
            if number < len(pages)
            else ()
        )
        step = walk.take(
            Listing(rows(pages[number - 1]), after, total),
            request,
            lambda item: "stored" if item.url in held else "unknown",
        )
        for item in step.rows:
            if item.url not in held:
                wanted.append(int(item.url.rpartition("/")[2].removesuffix(".html")))
                walk.unsettled.add(document_id(item.url))
                if fetched:
                    walk.unsettled.discard(document_id(item.url))
                    walk.new += 1
        requests += step.following
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


def listing(numbers: Iterable[int], following: tuple[ListRequest, ...] = (), **more: Any) -> Listing:
    return Listing(rows(numbers), following, **more)


def unknown(item: Item) -> Standing:
    return "unknown"


def stored(item: Item) -> Standing:
    return "stored"


def new_walk(before: ColumnHealth | None = None) -> Walk:
    walk = Walk(COLUMN, before, Window(), 50)
    assert walk.ask(FIRST)
    return walk


def second(branch: str = FIRST.list_id, number: int = 2) -> ListRequest:
    return ListRequest(url=f"{FIRST.url}{branch[-1]}{number}", number=number, branch=branch)


@pytest.mark.parametrize(
    ("counts", "end"),
    [
        ({}, "end"),
        ({"pages": 2}, "end"),
        ({"pages": 3}, "failed"),
        ({"total": 4}, "end"),
        ({"total": 5}, "failed"),
        ({"total": 5, "pages": 2}, "failed"),
        ({"total": 2, "pages": 3}, "end"),  # all rows are there, whatever the pager says
    ],
)
def test_a_list_is_over_where_its_own_count_says_so(counts: dict[str, int], end: str) -> None:
    """Two pages of two rows; the third is 404, or is empty, or nothing leads to it."""
    for last in ("404", "empty", "no link"):
        walk = new_walk()
        following = () if last == "no link" else (third := second(number=3),)
        step = walk.take(listing((4, 3), (second(),), **counts), FIRST, unknown)
        for request in step.following:
            assert walk.ask(request)
            step = walk.take(listing((2, 1), following, **counts), request, unknown)
        if step.following and walk.ask(third):
            if last == "404":
                walk.missing(third)
            else:
                walk.take(listing((), ended="empty answer"), third, unknown)
        assert (walk.end, walk.report(frozenset()).closed) == (end, end == "end"), last


def test_a_gap_that_two_runs_agree_on_is_the_sites() -> None:
    """Sites count drafts, too: 100 of 104 are there."""
    first = new_walk()
    first.take(listing(range(1, 28), total=28), FIRST, unknown)
    before = first.report(frozenset())
    assert (before.walked, before.closed) == ("failed", False)
    again = new_walk(before)
    again.take(listing(range(1, 28), total=28), FIRST, stored)
    assert (again.end, again.report(frozenset()).closed) == ("end", True)
    whole = new_walk()
    whole.take(listing(range(1, 28), total=28, pages=1), FIRST, unknown)
    assert whole.end == "end"  # its last page was read
    worse = new_walk(before)
    worse.take(listing(range(1, 20), total=28), FIRST, stored)
    assert worse.end == "failed"


def test_lists_of_one_column_count_for_themselves() -> None:
    """Two leaves of a catalogue begin alike. The second goes on all the same, and the total is that of both."""
    walk = new_walk()
    leaves = tuple(ListRequest(url=f"{FIRST.url}leaf{leaf}") for leaf in "ab")
    assert walk.take(listing((), leaves), FIRST, unknown).following == leaves
    for leaf, last in zip(leaves, ((20,), (21,)), strict=True):
        assert walk.ask(leaf)
        request, pages = leaf, ((9, 8), (7, 6), (5, 4), last)
        for number, numbers in enumerate(pages, start=1):
            following = () if number == len(pages) else (second(leaf.list_id, number + 1),)
            step = walk.take(listing(numbers, following, total=7), request, unknown)
            for request in step.following:
                assert walk.ask(request)
    health = walk.report(frozenset())
    assert (health.walked, health.rows, health.total, health.twice) == ("end", 8, 8, 6)
    assert [count.total for count in health.lists.values()] == [7, 7]


def test_a_leaf_that_is_not_there_is_no_end() -> None:
    walk = new_walk()
    leaf = ListRequest(url=f"{FIRST.url}leaf", number=2)
    walk.take(listing((), (leaf,)), FIRST, unknown)
    walk.ask(leaf)
    assert not walk.missing(leaf)
    assert (walk.end, walk.problem) == ("failed", "a list page is not there")


def test_a_page_of_other_sites_links_is_no_known_ground() -> None:
    def standing(item: Item) -> Standing:
        return {"1": "elsewhere", "2": "again"}.get(item.url[-6], "stored")  # type: ignore[return-value]

    walk = new_walk(CLOSED)
    assert walk.take(listing((1,), (second(),)), FIRST, standing).following
    walk.ask(second())
    assert walk.take(listing((2, 1), (second(number=3),)), second(), standing).following
    walk.ask(second(number=3))
    assert not walk.take(listing((3, 2, 1), (second(number=4),)), second(number=3), standing).following
    assert walk.end == "known"


@pytest.mark.parametrize(("standing", "closed"), [(stored, True), (unknown, False)])
def test_a_walk_that_broke_off_leaves_a_column_closed_only_if_it_met_nothing_new(
    standing: Callable[[Item], Standing], closed: bool
) -> None:
    before = ColumnHealth(closed=True, held=6, walked="end", lists={FIRST.list_id: ListCount(total=4)})
    walk = new_walk(before)
    walk.take(listing((4, 3), (second(),), total=5 if standing is stored else 4), FIRST, standing)
    walk.ask(second())
    walk.failed()
    pending = frozenset(document_id(item.url) for item in rows((4, 3)))
    health = walk.report(pending)
    assert health.closed is closed
    if closed:  # the row that was put in further down is still to be found
        assert health.lists == before.lists


@pytest.mark.parametrize(
    ("total", "pages", "stops"), [(4, None, True), (5, None, False), (None, 2, True), (None, 4, False)]
)
def test_a_list_that_has_grown_further_down_is_read_on(total: int | None, pages: int | None, stops: bool) -> None:
    count = ListCount(total=4 if total else None, pages=2 if pages else None)
    walk = new_walk(ColumnHealth(closed=True, lists={FIRST.list_id: count}))
    step = walk.take(listing((4, 3), (second(),), total=total, pages=pages), FIRST, stored)
    assert bool(step.following) is not stops
