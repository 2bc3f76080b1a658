"""What raw/ knows, and whose turn it is to be asked for again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.card import Recheck
from crawler.known import Known, printed_date
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
    (due,) = known.due(Recheck(days=0, sweep="weekly"), DAY + timedelta(9), MOST)
    assert (due.url, due.body, dict(due.headers)["ETag"]) == ("http://a.gov.cn/1.html", b"", '"1"')


def test_recent_pages_each_night(tmp_path: Path) -> None:
    known = put(tmp_path, page(1, published="2026-02-20"), page(2, published="2025-02-20"), page(3, published=""))
    recheck = Recheck(days=30, sweep="never")
    assert numbers(known.due(recheck, DAY + timedelta(1), MOST)) == [1, 3]
    assert known.due(recheck, DAY + timedelta(hours=2), MOST) == []  # asked for just now
    assert numbers(known.due(recheck, DAY + timedelta(25), MOST)) == [3]
    assert known.due(recheck, DAY + timedelta(60), MOST) == []


def test_the_sweep_comes_round_to_everybody(tmp_path: Path) -> None:
    count, recheck = 20, Recheck(days=0, sweep="weekly")
    put(tmp_path, *(page(number) for number in range(count)))
    seen: list[int] = []
    for night in range(1, 8):
        now = DAY + timedelta(days=night)
        due = Known(RawStore(tmp_path), "a").due(recheck, now, MOST)
        assert len(due) == 3
        seen += numbers(due)
        put(tmp_path, *(page(number, now) for number in numbers(due)))  # seen again: revisits
    assert set(seen) == set(range(count))
    assert sorted(seen[:20]) == list(range(20))  # and nobody twice before all had their turn


def test_the_budget_takes_the_most_urgent(tmp_path: Path) -> None:
    known = put(tmp_path, page(1), page(2, published="2026-02-20"), page(3), page(3, DAY + timedelta(1), 404))
    recheck = Recheck(days=30, sweep="weekly")
    assert numbers(known.due(recheck, DAY + timedelta(2, hours=1), MOST)) == [3, 2, 1]
    assert numbers(known.due(recheck, DAY + timedelta(2, hours=1), 2)) == [3, 2]


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
