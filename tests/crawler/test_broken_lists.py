"""Lists that break off, that grow in the middle, that lie about their length: nothing behind the break is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from city_crawl import DAY, card_for, go, held

from crawler.page import canonical_url
from tests.city import Rule, city
from tests.city.families.trs import STUB
from tests.city.messages import data, redirect, text

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.health import Health
    from crawler.source import Source
    from tests.city import City
    from tests.city.messages import Answer


def card_of(town: City, name: str) -> Source:
    address, options = town.interfaces.get(name, (town.sites[name], {}))
    column = {"id": "c0", "url": address, "options": options}
    return card_for(address, platform=town.families[name], columns=[column])


def nights(town: City, name: str, root: Path, number: int, first: int = 0) -> list[Health]:
    card = card_of(town, name)
    return [go(card, root, now=DAY + timedelta(days=night)) for night in range(first, first + number)]


def everything(town: City, name: str) -> set[str]:
    return {canonical_url(url) for url, _, _ in town.documents(name)}


@pytest.mark.parametrize(
    "answer",
    [
        text("<h1>404</h1>", status=404),
        text(STUB, "text/html"),
        text(f"<div>{'系统维护中' * 2000}</div>"),
        redirect("/"),
    ],
    ids=["404", "stub", "no rows", "front page"],
)
def test_a_list_that_breaks_off_is_read_again(answer: Answer, calm: City, tmp_path: Path) -> None:
    """TRS says 4 pages. One night the third is not there."""
    calm.spoil(Rule(answer=answer, site="trs", path="/zwgk/zcwj/zfwj/index_2"))
    (first,) = nights(calm, "trs", tmp_path, 1)
    assert (first.outcome, first.columns["c0"].walked, first.columns["c0"].closed) == ("partial", "failed", False)
    assert "the list broke off after page 2 of 4" in str(first.reason)
    assert len(everything(calm, "trs") & set(held(tmp_path))) == 16
    calm.calm()
    second, third = nights(calm, "trs", tmp_path, 2, first=1)
    assert (second.outcome, second.columns["c0"].closed) == ("ok", True)
    assert everything(calm, "trs") <= set(held(tmp_path))
    assert (third.outcome, third.counts.lists) == ("unchanged", 1)


def test_an_error_with_status_200_is_no_end(calm: City, tmp_path: Path) -> None:
    calm.spoil(Rule(answer=data({"code": "500", "msg": "系统繁忙"}), site="ucap", path="loadData", body="pageIndex=2"))
    (first,) = nights(calm, "ucap_szinf", tmp_path, 1)
    assert (first.outcome, first.failures, first.columns["c0"].closed) == ("partial", {"list_unreadable": 1}, False)
    assert "系统繁忙" in str(first.reason)
    calm.calm()
    (second,) = nights(calm, "ucap_szinf", tmp_path, 1, first=1)
    assert (second.outcome, second.counts.details) == ("ok", 3)
    assert everything(calm, "ucap_szinf") <= set(held(tmp_path))


def test_an_empty_answer_before_the_total_is_no_end(calm: City, tmp_path: Path) -> None:
    empty = data({"custom": {"data": [], "total": 0}})
    calm.spoil(Rule(answer=empty, site="epoint", path="getgovinfolist", body='"pageIndex": 1'))
    (first,) = nights(calm, "epoint", tmp_path, 1)
    assert first.columns["c0"].walked == "failed"
    assert "20 of 24 rows were seen" in str(first.reason)


def test_an_outage_in_mid_run_leaves_no_hole(tmp_path: Path) -> None:
    """The first list page comes, with new rows, and then nothing else does."""
    with city(bulk=1) as town:
        nights(town, "ucap", tmp_path, 1)
        for _ in range(8):  # a page has six rows
            town.add("ucap")
        down = text("<h1>502</h1>", status=404)
        town.spoil(Rule(answer=down, site="ucap", path=r"common_list_\d|/\d{6}/"))
        (second,) = nights(town, "ucap", tmp_path, 1, first=1)
        assert (second.outcome, second.columns["c0"].closed) == ("partial", False)
        assert len(second.pending) == 6
        town.calm()
        nights(town, "ucap", tmp_path, 1, first=2)
        assert everything(town, "ucap") <= set(held(tmp_path))


def test_what_is_filed_below_the_top_is_found(tmp_path: Path) -> None:
    """By the list's own count of rows, or of pages."""
    with city(bulk=1) as town:
        for name, rows in (("ucap", 1), ("trs", 8)):
            root = tmp_path / name
            nights(town, name, root, 1)
            added = {canonical_url(town.add(name, place=10)) for _ in range(rows)}
            second, third = nights(town, name, root, 2, first=1)
            assert (second.outcome, third.outcome, third.counts.lists) == ("ok", "unchanged", 1)
            assert added <= set(held(root))


def test_lists_are_read_to_their_ends_once_in_a_sweep(calm: City, tmp_path: Path) -> None:
    (first,) = nights(calm, "trs", tmp_path, 1)
    assert first.columns["c0"].through == DAY
    (soon,) = nights(calm, "trs", tmp_path, 1, first=29)
    assert (soon.counts.lists, soon.columns["c0"].walked, soon.columns["c0"].through) == (1, "known", DAY)
    (late,) = nights(calm, "trs", tmp_path, 1, first=31)
    assert (late.counts.lists, late.columns["c0"].walked, late.counts.details) == (4, "end", 0)
    (after,) = nights(calm, "trs", tmp_path, 1, first=32)
    assert after.counts.lists == 1


def test_a_server_that_gives_fewer_rows_than_were_asked_for(calm: City, tmp_path: Path) -> None:
    """The page count is the server's affair: this one never gives more than 6 rows, and we ask for 20."""
    (health,) = nights(calm, "epoint_old", tmp_path, 1)
    assert (health.outcome, health.columns["c0"].rows, health.columns["c0"].pages) == ("ok", 14, 4)  # one is a script


def test_rows_are_relative_to_the_page_that_answers(calm: City, tmp_path: Path) -> None:
    """The card names the column without its last slash, and the server sends it on."""
    address = calm.sites["trs"].rstrip("/")
    calm.spoil(Rule(answer=redirect("/zwgk/zcwj/zfwj/"), site="trs", path="/zwgk/zcwj/zfwj$"))
    health = go(card_for(address, platform="trs"), tmp_path)
    assert (health.outcome, health.columns["c0"].walked) == ("ok", "end")
    assert everything(calm, "trs") <= set(held(tmp_path))


def test_a_sitemap_that_is_missing_is_no_end(calm: City, tmp_path: Path) -> None:
    calm.spoil(Rule(answer=text("404", status=404), site="sitemap", path="/sitemap[^/]*2"))
    (health,) = nights(calm, "sitemap", tmp_path, 1)
    assert (health.outcome, health.columns["c0"].walked, health.columns["c0"].closed) == ("partial", "failed", False)


def test_every_leaf_of_a_catalogue_counts_for_itself(calm: City, tmp_path: Path) -> None:
    card = card_for(calm.sites["gkmlpt"].partition("#")[0], platform="gkmlpt")
    calm.spoil(Rule(answer=data({"classify": {"post_count": 0}, "articles": []}), site="gkmlpt", path=r"/506\?page=2"))
    first = go(card, tmp_path)
    assert (first.outcome, first.columns["c0"].total, first.columns["c0"].rows) == ("partial", 24 + 104, 24 + 100)
    assert "100 of 104 rows were seen" in str(first.reason)
    calm.calm()
    second = go(card, tmp_path, now=DAY + timedelta(days=1))
    assert (second.outcome, second.counts.details, second.seen) == ("ok", 4, 1.0)
