"""Politeness as the server sees it: gaps, robots.txt, walls, busy servers, and hosts that are not the card's."""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

import pytest
from city_crawl import card_for, go, held

from crawler.card import DELAY
from crawler.health import runs
from crawler.source import Source
from tests.city import Rule, city
from tests.city.faults import busy
from tests.city.messages import redirect, text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.city import City


GAP = 0.2


def gaps(town: City, site: str) -> list[float]:
    times = [visit.time for visit in town.visits if visit.site == site]
    return [after - before for before, after in itertools.pairwise(times)]


def test_the_gap_between_any_two_requests(calm: City, tmp_path: Path) -> None:
    """Two sources on one host at once; robots.txt, redirects, retries and files count as well."""
    calm.spoil(Rule(answer=text("<h1>503</h1>", status=503), site="sitemap", path="xml$", times=1))
    calm.spoil(Rule(answer=redirect("/rss.xml"), site="sitemap", path="atom", times=1))
    cards = [
        card_for(calm.sites[name], platform="sitemap", delay=GAP, id=name, limits={"delay": GAP})
        for name in ("rss", "atom")
    ]
    threads = [threading.Thread(target=go, args=(card, tmp_path), kwargs={"limit": 2}) for card in cards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(health.source, health.outcome) for health in runs(tmp_path)] == [("atom", "ok"), ("rss", "ok")]
    found = gaps(calm, "sitemap")
    assert len(found) >= 9
    assert min(found) >= GAP
    agents = {visit.headers["user-agent"] for visit in calm.visits}
    assert len(agents) == 1
    assert agents.pop().startswith("zhengce/")
    assert not any("cookie" in visit.headers for visit in calm.visits)


def test_a_card_cannot_be_faster_than_the_rule(calm: City) -> None:
    assert DELAY >= 1.5
    with pytest.raises(ValueError, match="faster"):
        card_for("https://www.example.com/list/", delay=1.4)
    assert Source.model_fields["limits"].default.delay == DELAY


@pytest.mark.parametrize(
    ("variant", "outcome", "allowed"),
    [
        ("redirect", "blocked", False),
        ("503", "failed", False),
    ],
)
def test_robots_txt(variant: str, outcome: str, allowed: bool, tmp_path: Path) -> None:
    with city(bulk=20, robots=variant) as running:
        health = go(card_for(running.sites["rss"], platform="sitemap"), tmp_path, limit=1)
        assert health.outcome == outcome
        others = [target for _, _, target, _ in running.log if "robots" not in target]
        assert bool(others) is allowed
        if not allowed:
            assert set(health.failures) <= {"robots", "robots_unreachable"}


def test_a_part_of_the_site_is_closed_to_robots(tmp_path: Path) -> None:
    with city(bulk=20, robots="User-agent: *\nDisallow: /*.pdf$\n") as running:
        health = go(card_for(running.sites["rss"], platform="sitemap"), tmp_path)
        files = [url for _, url in running.attachments("rss") if url.endswith(".pdf")]
        assert health.failures == {"robots": len(files)}
        assert health.outcome == "ok"
        assert not any(target.endswith(".pdf") for _, _, target, _ in running.log)
        assert health.counts.details == len(running.documents("rss"))


@pytest.mark.parametrize("kind", ["412"])
def test_a_wall_means_no(kind: str, tmp_path: Path) -> None:
    with city(bulk=20, challenge={"sitemap": kind}, challenge_after=4) as running:
        health = go(card_for(running.sites["rss"], platform="sitemap", delay=0.02), tmp_path)
        assert health.outcome == "blocked"
        assert set(health.shut.values()) <= {"blocked:ruishu", "blocked:captcha"}
        assert len(running.log) == 1 + 4 + 1  # robots.txt, what went well, and the wall; then the host was left alone
        assert len(held(tmp_path)) == 3  # what came before the wall stands


def test_a_busy_server_is_given_time(calm: City, tmp_path: Path) -> None:
    calm.spoil(Rule(answer=busy(1), site="sitemap", path="rss", times=1))
    health = go(card_for(calm.sites["rss"], platform="sitemap"), tmp_path, limit=1)
    assert health.outcome == "ok"
    lists = [visit.time for visit in calm.visits if "rss" in visit.target]
    assert lists[1] - lists[0] >= 1.0


def test_a_server_that_wants_to_be_left_alone(calm: City, tmp_path: Path) -> None:
    calm.spoil(Rule(answer=busy(86400), site="sitemap", after=3))
    health = go(card_for(calm.sites["rss"], platform="sitemap", delay=0.02), tmp_path)
    assert (health.outcome, list(health.shut.values())) == ("blocked", ["blocked:http_429"])
    assert len(calm.log) == 1 + 3 + 1


def test_no_request_leaves_the_card(calm: City, tmp_path: Path) -> None:
    other = calm.sites["generic"]
    calm.spoil(Rule(answer=redirect(other), site="sitemap", path="rss"))
    health = go(card_for(calm.sites["rss"], platform="sitemap"), tmp_path)
    assert (health.outcome, health.failures) == ("failed", {"off_card": 1})
    assert {visit.site for visit in calm.visits} == {"sitemap"}


def test_a_name_that_leads_into_the_private_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cards of others are data: a host name may point anywhere."""
    monkeypatch.setenv("ZHENGCE_CONTACT", "test@example.com")
    card = card_for("http://169.254.169.254/latest/", "http://10.0.0.1/", delay=1.5)
    health = go(card, tmp_path)
    assert (health.outcome, health.failures, health.counts.requests) == ("failed", {"private_address": 2}, 0)


def test_soft_404s_are_not_kept(tmp_path: Path) -> None:
    with city(bulk=20, soft_404=True) as running:
        gone = running.documents("rss")[0][0]
        running.withdraw(gone, listed=True)
        health = go(card_for(running.sites["rss"], platform="sitemap"), tmp_path)
        assert health.failures == {"soft_404": 1}
        assert gone not in held(tmp_path)
        assert health.outcome == "ok"  # one dead link in a list is the site's
