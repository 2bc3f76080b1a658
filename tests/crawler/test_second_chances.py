"""Pages that do not come, or are not there any more: what is tried again, when, and what is believed."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from city_crawl import DAY, card_for, go, held, records

from crawler.known import Known
from crawler.page import canonical_url
from crawler.store import RawStore
from tests.city import Rule, city
from tests.city.messages import text

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from crawler.health import Health
    from tests.city import City

NOT_THERE = text("<h1>404</h1>", status=404)
FENCED = text("<h1>403</h1>", status=403)
DOCUMENTS = r"^/ylsrmzf/zfwj/\d{6}/\w+\.shtml"


def night(town: City, root: Path, number: float, name: str = "ucap", **more: object) -> Health:
    return go(card_for(town.sites[name], platform=town.families[name], **more), root, now=DAY + timedelta(days=number))


def everything(town: City, name: str = "ucap") -> list[str]:
    addresses = [url for url, _, _ in town.documents(name)] + [url for _, url in town.attachments(name)]
    return sorted(map(canonical_url, addresses))


def asked(town: City, url: str) -> int:
    """How often since the last look."""
    count = len(town.asked(url))
    town.forget()
    return count


def test_one_night_of_404s_proves_nothing(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        town.spoil(Rule(answer=NOT_THERE, site="ucap", path=DOCUMENTS, after=10))
        first = night(town, tmp_path, 0)
        assert (len(first.pending), first.columns["c0"].held, first.columns["c0"].total) == (12, 10, 22)
        town.calm()
        second = night(town, tmp_path, 1)
        assert (second.outcome, second.seen, second.pending) == ("ok", 1.0, ())
        assert sorted(set(held(tmp_path))) == everything(town)


def test_a_dead_link_is_left_in_peace_and_is_no_alarm(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        dead = town.documents("ucap")[1][0]
        town.withdraw(dead, listed=True)
        found = [(night(town, tmp_path, number).outcome, asked(town, dead)) for number in (0, 1, 2, 31.5)]
        assert found == [("ok", 1), ("unchanged", 1), ("unchanged", 0), ("unchanged", 1)]


def test_robots_txt_may_change_its_mind(tmp_path: Path) -> None:
    """One night it closes the old documents, which stand far down in the list."""
    with city(bulk=1, robots="User-agent: *\nDisallow: /ylsrmzf/zfwj/2018\n") as town:
        first = night(town, tmp_path, 0)
        assert first.failures["robots"] == 22 - first.columns["c0"].held > 0
        town.calm()
        second = night(town, tmp_path, 1)
        assert (second.counts.lists, second.seen) == (1, 1.0)
        assert sorted(set(held(tmp_path))) == everything(town)


def test_trouble_that_stays_is_tried_ever_more_rarely(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        broken = town.documents("ucap")[1][0]
        town.spoil(Rule(answer=text("", status=401), site="ucap", path=broken.rpartition("/")[2]))
        tries = []
        for number in (0, 1, 2, 3, 9):
            outcome = night(town, tmp_path, number).outcome
            tries.append(asked(town, broken))
            assert outcome == ("partial" if tries[-1] else "unchanged")
        assert tries == [1, 1, 1, 0, 1]


def test_a_page_that_a_proxy_has_touched_is_a_page(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        url = town.documents("ucap")[1][0]
        town.spoil(Rule(answer=text("<p>关于印发方案的通知</p>", status=203), site="ucap", path=url.rpartition("/")[2]))
        assert night(town, tmp_path, 0).failures == {}
        assert canonical_url(url) in {record.page.url for record in records(tmp_path)}


def test_all_gone_at_once_is_a_fence_and_no_withdrawal(tmp_path: Path) -> None:
    sweep = {"days": 0, "sweep": "weekly"}
    with city(bulk=1) as town:
        night(town, tmp_path, 0, recheck=sweep)
        before = len(records(tmp_path))
        town.spoil(Rule(answer=NOT_THERE, site="ucap", path=r"^/ylsrmzf/zfwj/\d{6}/"))
        for number in (1, 2, 3):
            health = night(town, tmp_path, number, recheck=sweep)
            assert (health.outcome, health.gone, health.withdrawn) == ("partial", (), ())
            assert "gone at once" in str(health.reason)
        town.calm()
        assert night(town, tmp_path, 4, recheck=sweep).outcome == "unchanged"
        assert len(records(tmp_path)) == before
        known = Known(RawStore(tmp_path / "raw"), "city")
        assert not any(known.missing(url) for url in everything(town))


def test_what_was_lost_is_found_again_by_the_sweep(tmp_path: Path) -> None:
    sweep = {"days": 3650, "sweep": "weekly"}
    with city(bulk=1) as town:
        night(town, tmp_path, 0, recheck=sweep)
        url = canonical_url(town.documents("ucap")[20][0])  # no list page that is read at night names it
        town.spoil(Rule(answer=NOT_THERE, site="ucap", path=url.rpartition("/")[2]))
        assert [night(town, tmp_path, number, recheck=sweep).withdrawn for number in (1, 2.5)] == [(), (url,)]
        still = night(town, tmp_path, 3.5, recheck=sweep)
        assert (still.outcome, still.gone) == ("unchanged", ())  # known to be lost: no news
        town.calm()
        night(town, tmp_path, 4.5, recheck=sweep)
        assert not Known(RawStore(tmp_path / "raw"), "city").lost(url)


def test_a_killed_run_loses_nothing_of_what_is_to_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with city(bulk=1) as town:
        file = canonical_url(town.attachments("ucap")[0][1])
        town.spoil(Rule(answer=text("", status=503), site="ucap", path=file.rpartition("/")[2]))
        assert [page.url for page in night(town, tmp_path, 0).pending] == [file]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", "false")
            assert night(town, tmp_path, 1).outcome == "failed"
        town.calm()
        night(town, tmp_path, 2)
        assert file in held(tmp_path)


def test_a_page_that_has_not_changed_still_leads_to_its_files(tmp_path: Path) -> None:
    recheck = {"days": 3650, "sweep": "never"}
    with city(bulk=1) as town:
        file = canonical_url(town.attachments("ucap")[0][1])
        town.spoil(Rule(answer=text("", status=503), site="ucap", path=file.rpartition("/")[2]))
        night(town, tmp_path, 0, recheck=recheck).model_copy(update={"pending": ()}).write(tmp_path)
        town.calm()
        health = night(town, tmp_path, 1, recheck=recheck)
        assert (health.counts.not_modified, file in held(tmp_path)) == (health.counts.rechecks, True)


def test_fenced_pages_and_columns_are_not_the_host(tmp_path: Path) -> None:
    """Three documents and one of two columns answer 403 for ever."""
    with city(bulk=1) as town:
        for url, _, _ in town.documents("ucap")[:3]:
            town.spoil(Rule(answer=FENCED, site="ucap", path=url.rpartition("/")[2]))
        town.spoil(Rule(answer=FENCED, site="ucap", path="xxgkml"))
        card = card_for(town.sites["ucap_szinf"], town.sites["ucap"], platform="ucap", delay=0.005)
        for number in range(3):
            added = canonical_url(town.add("ucap"))
            health = go(card, tmp_path, now=DAY + timedelta(days=number))
            assert (health.outcome, health.shut) == ("partial", {})
            assert health.columns["c0"].walked == "failed"
            assert added in held(tmp_path)
        documents = {canonical_url(url) for url, _, _ in town.documents("ucap")}
        assert len(documents - set(held(tmp_path))) == 3


def test_new_pages_come_before_those_that_failed_again_and_again(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        broken = [url for url, _, _ in town.documents("ucap")[:4]]
        for url in broken:
            town.spoil(Rule(answer=text("", status=500), site="ucap", path=url.rpartition("/")[2]))
        for number in range(2):
            night(town, tmp_path, number, delay=0.002)
        added = town.add("ucap")
        town.forget()
        health = night(town, tmp_path, 2, delay=0.002)
        assert (health.shut, canonical_url(added) in held(tmp_path)) == ({}, True)
        order = [visit.target for visit in town.visits]
        assert order.index(added.removeprefix(f"http://{added.split('/')[2]}")) < min(
            order.index(url.removeprefix(f"http://{url.split('/')[2]}")) for url in broken
        )


def test_rechecks_that_fail_let_others_have_their_turn(tmp_path: Path) -> None:
    sweep = {"days": 0, "sweep": "weekly"}
    with city(bulk=1) as town:
        night(town, tmp_path, 0, recheck=sweep)
        town.spoil(Rule(answer=text("您访问的页面不存在"), site="ucap", path=DOCUMENTS))
        asked_for: list[str] = []
        for number in range(1, 4):
            town.forget()
            health = night(town, tmp_path, number, recheck=sweep)
            asked_for += [visit.target for visit in town.visits if "zfwj/20" in visit.target]
        assert health.attempts
        assert len(asked_for) == len(set(asked_for))  # nobody twice before all had their turn
