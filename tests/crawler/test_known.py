"""What raw/ knows, and whose turn it is to be asked for again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.card import Recheck
from crawler.days import printed_date
from crawler.due import due
from crawler.known import Known
from crawler.page import Page
from crawler.store import RawStore

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime(2026, 3, 1, 20, tzinfo=UTC)
MOST = 1000


def page(number: int, day: datetime = DAY, status: int = 200, published: str = "2020-01-01", **more: object) -> Page:
    fields: dict[str, object] = {
        "url": f"http://a.gov.cn/{number}.html",
        "source": "a",
        "body": f"{number}".encode(),
        "media_type": "text/html",
        "captured": day,
        "status": status,
        "headers": (("ETag", f'"{number}"'),),
        "hints": (("published", published),) if published else (),
    }
    return Page(**fields | more)  # type: ignore[arg-type]


def put(root: Path, *pages: Page) -> Known:
    store = RawStore(root)
    for one in pages:
        with store.writer("a", f"{one.captured:%Y%m%dT%H%M%SZ}") as writer:
            writer.put(one)
    return Known(store, "a")


def numbers(pages: list[Page]) -> list[int]:
    return [int(one.url.rpartition("/")[2].removesuffix(".html")) for one in pages]


def test_good_captures_are_known(tmp_path: Path) -> None:
    known = put(tmp_path, page(1), page(2, status=404), page(3), page(3, DAY + timedelta(1), 404))
    assert "https://a.gov.cn/1.html" in known
    assert "http://a.gov.cn/2.html" not in known  # it may come to be
    assert "http://a.gov.cn/3.html" in known
    assert len(known) == 2
    assert known.body("http://a.gov.cn/3.html") == b"3"


def test_the_newest_body_counts(tmp_path: Path) -> None:
    known = put(tmp_path, page(1), page(1, DAY + timedelta(1), body=b"new"), page(1, DAY + timedelta(2), body=b"new"))
    assert known.body("http://a.gov.cn/1.html") == b"new"
    (turn,) = due(known, Recheck(days=0, sweep="weekly"), DAY + timedelta(9), MOST)
    assert (turn.url, turn.body, dict(turn.headers)["ETag"]) == ("http://a.gov.cn/1.html", b"", '"1"')


def test_recent_pages_each_night(tmp_path: Path) -> None:
    known = put(tmp_path, page(1, published="2026-02-20"), page(2, published="2025-02-20"), page(3, published=""))
    recheck = Recheck(days=30, sweep="never")
    assert numbers(due(known, recheck, DAY + timedelta(1), MOST)) == [1]
    assert due(known, recheck, DAY + timedelta(hours=2), MOST) == []  # asked for just now
    assert numbers(due(known, recheck, DAY + timedelta(25), MOST)) == []
    assert due(known, recheck, DAY + timedelta(60), MOST) == []


def test_the_sweep_comes_round_to_everybody(tmp_path: Path) -> None:
    count, recheck = 20, Recheck(days=0, sweep="weekly")
    put(tmp_path, *(page(number) for number in range(count)))
    seen: list[int] = []
    for night in range(1, 8):
        now = DAY + timedelta(days=night)
        turn = due(Known(RawStore(tmp_path), "a"), recheck, now, MOST)
        assert len(turn) == 3
        seen += numbers(turn)
        put(tmp_path, *(page(number, now) for number in numbers(turn)))  # seen again: revisits
    assert set(seen) == set(range(count))
    assert sorted(seen[:20]) == list(range(20))  # and nobody twice before all had their turn


def test_the_budget_takes_the_most_urgent(tmp_path: Path) -> None:
    known = put(tmp_path, page(1), page(2, published="2026-02-20"), page(3), page(3, DAY + timedelta(1), 404))
    recheck = Recheck(days=30, sweep="weekly")
    assert numbers(due(known, recheck, DAY + timedelta(2, hours=1), MOST)) == [3, 2, 1]
    assert numbers(due(known, recheck, DAY + timedelta(2, hours=1), 2)) == [3, 2]


@pytest.mark.parametrize(("hours", "withdrawn"), [(23, False), (24, True), (600, True)])
def test_two_404s_a_day_apart_withdraw(hours: int, withdrawn: bool, tmp_path: Path) -> None:
    missed = DAY + timedelta(days=1)
    known = put(tmp_path, page(1), page(1, missed, 404))
    url = "http://a.gov.cn/1.html"
    assert known.withdrawn(url, missed + timedelta(hours=hours)) is withdrawn
    assert not known.lost(url)
    assert put(tmp_path, page(1, missed + timedelta(hours=hours), 410)).lost(url) is withdrawn


def test_a_page_that_comes_back_was_not_withdrawn(tmp_path: Path) -> None:
    url, later = "http://a.gov.cn/1.html", DAY + timedelta(days=3)
    known = put(tmp_path, page(1), page(1, DAY + timedelta(1), 404), page(1, DAY + timedelta(2)))
    assert not known.withdrawn(url, later)
    assert not known.lost(url)


def test_an_index_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    put(tmp_path, page(1))
    next(tmp_path.rglob("*.cdxj")).unlink()
    assert "http://a.gov.cn/1.html" in Known(RawStore(tmp_path), "a")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-05-23", date(2022, 5, 23)),
        ("[2022年5月3日]", date(2022, 5, 3)),
        ("发布时间：2022.05.23 10:30", date(2022, 5, 23)),
        ("2022/5/23", date(2022, 5, 23)),
        ("05-23", None),
        ("2022-13-45", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_rows(text: str | None, day: date | None) -> None:
    assert printed_date(text) == day


def test_rechecks_that_came_to_nothing_go_to_the_end_of_the_queue(tmp_path: Path) -> None:
    known = put(tmp_path, *(page(number) for number in range(4)))
    sweep, now = Recheck(days=0, sweep="weekly"), DAY + timedelta(days=3)
    attempts = {"http://a.gov.cn/0.html": DAY + timedelta(days=1), "http://a.gov.cn/1.html": now - timedelta(hours=2)}
    assert numbers(due(known, sweep, now, MOST, attempts=attempts)) == [2]
    assert numbers(due(known, sweep, now, MOST, last=now - timedelta(days=60), attempts=attempts)) == [2, 3, 0]


@pytest.mark.parametrize(("days", "share"), [(0.1, 1), (1, 1), (7, 3), (14, 5), (100, 10)])
def test_the_sweeps_share_is_per_day_and_not_per_run(days: float, share: int, tmp_path: Path) -> None:
    known = put(tmp_path, *(page(number) for number in range(10)))
    now = DAY + timedelta(days=200)
    assert len(due(known, Recheck(days=0, sweep="monthly"), now, MOST, last=now - timedelta(days=days))) == share


def test_what_was_lost_has_its_turn_in_the_sweep(tmp_path: Path) -> None:
    lost = [page(1, DAY + timedelta(days=days), 404) for days in (1, 2)]
    known = put(tmp_path, page(1), *lost)
    assert known.lost("http://a.gov.cn/1.html")
    assert numbers(due(known, Recheck(days=30, sweep="weekly"), DAY + timedelta(days=4), MOST)) == [1]
    assert due(known, Recheck(days=30, sweep="never"), DAY + timedelta(days=4), MOST) == []


@pytest.mark.parametrize(
    ("url", "hints", "recent"),
    [
        ("http://a.gov.cn/9.html", {}, False),
        ("http://a.gov.cn/9.html", {"published": "2026-02-20"}, True),
        ("http://a.gov.cn/9.html", {"changed": "2026-02-20T10:00:00+08:00"}, True),
        ("http://a.gov.cn/9.html", {"changed": "2019-02-20"}, False),
        ("http://a.gov.cn/202602/t20260220_9.html", {}, True),
        ("http://a.gov.cn/202502/9.html", {}, False),
        ("http://a.gov.cn/art/2026/2/20/art_9.html", {}, True),
        ("http://a.gov.cn/201a202602bb/9.html", {}, False),  # an id
        ("http://a.gov.cn/9.pdf", {"parent": "http://a.gov.cn/1.html"}, True),
        ("http://a.gov.cn/9.pdf", {"parent": "http://a.gov.cn/2.html"}, False),
        ("http://a.gov.cn/9.pdf", {"parent": "http://a.gov.cn/none.html"}, False),
    ],
)
def test_the_age_of_a_page_without_a_date(url: str, hints: dict[str, str], recent: bool, tmp_path: Path) -> None:
    known = put(
        tmp_path, page(1, published="2026-02-20"), page(2), page(9, url=url, hints=tuple(hints.items()), published="")
    )
    turn = due(known, Recheck(days=30, sweep="never"), DAY + timedelta(days=1), MOST)
    assert (url in [one.url for one in turn]) is recent
