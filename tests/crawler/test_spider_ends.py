"""Crawls that end badly: killed, crashed, told to stop. What was stored stands, and the next run goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from city_crawl import DAY, card_for, go, held

import crawler.run
from crawler.errors import ContactMissing, CrawlError
from crawler.health import UNENDED, Health, last_run, runs
from crawler.page import canonical_url
from tests.city import city

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.city import City


@pytest.fixture(scope="module")
def slow() -> Iterator[City]:
    """Slow enough to be killed in the middle."""
    with city(bulk=20, delay={"trs": 0.03}) as running:
        yield running


class Crawl(threading.Thread):
    """A crawl of the slow city whose process can be got at."""

    def __init__(self, town: City, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.town, self.root = town, root
        self.health: Health | None = None
        self.process: subprocess.Popen[bytes] | None = None
        start = subprocess.Popen

        def started(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
            self.process = start(*args, **kwargs)  # type: ignore[call-overload]
            return self.process

        monkeypatch.setattr(crawler.run.subprocess, "Popen", started)
        town.forget()

    def run(self) -> None:
        self.health = go(card_for(self.town.sites["trs"], platform="trs"), self.root)

    def after(self, requests: int) -> subprocess.Popen[bytes]:
        """The process, when the site has seen so many requests."""
        self.start()
        while len(self.town.log) < requests:
            time.sleep(0.005)
        assert self.process is not None
        return self.process


def everything(town: City) -> list[str]:
    addresses = [url for url, _, _ in town.documents("trs")] + [url for _, url in town.attachments("trs")]
    return sorted(map(canonical_url, addresses))


@pytest.mark.parametrize("requests", [3, 30])
def test_killed_and_run_again(requests: int, slow: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(slow, tmp_path, monkeypatch)
    crawl.after(requests).kill()
    crawl.join()
    assert crawl.health is not None
    assert (crawl.health.outcome, crawl.health.reason) == (
        "failed",
        f"the crawling process was ended by SIGKILL; {UNENDED}",
    )
    assert last_run(tmp_path, "city") == crawl.health
    again = go(card_for(slow.sites["trs"], platform="trs"), tmp_path, now=DAY + timedelta(hours=1))
    assert again.outcome == "ok"
    assert held(tmp_path) == everything(slow)  # nothing lost, nothing twice
    assert (again.counts.known > 0) is (requests > 6)


def test_a_process_that_leaves_without_a_word(slow: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    health = go(card_for(slow.sites["trs"], platform="trs"), tmp_path)
    assert (health.outcome, health.reason) == ("failed", f"the crawling process ended with code 1; {UNENDED}")


def test_told_to_stop(slow: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(slow, tmp_path, monkeypatch)
    crawl.after(12).send_signal(signal.SIGTERM)
    crawl.join()
    assert crawl.health is not None
    assert crawl.health.outcome == "partial"
    assert "told to stop" in str(crawl.health.reason)
    assert 0 < len(held(tmp_path)) < len(everything(slow))
    again = go(card_for(slow.sites["trs"], platform="trs"), tmp_path, now=DAY + timedelta(hours=1))
    assert (again.outcome, held(tmp_path)) == ("ok", everything(slow))


def test_a_crawl_ends_with_its_parent(slow: City, tmp_path: Path) -> None:
    slow.forget()
    script = f"""
        import sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from city_crawl import card_for, go
        go(card_for({slow.sites["trs"]!r}, platform="trs"), Path({str(tmp_path)!r}))
    """
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)])
    while len(slow.log) < 8:
        time.sleep(0.005)
    parent.kill()
    parent.wait()
    while (health := last_run(tmp_path, "city")) is None or health.reason == UNENDED:
        time.sleep(0.02)
    assert health.outcome == "partial"
    assert "told to stop" in str(health.reason)
    assert not list((tmp_path / "raw").rglob("*.open"))


def test_out_of_budget(slow: City, tmp_path: Path) -> None:
    documents = [url for url, _, _ in slow.documents("rss")] + [url for _, url in slow.attachments("rss")]
    card = card_for(slow.sites["rss"], platform="sitemap", limits={"max_pages": 13})
    first = go(card, tmp_path)
    assert (first.outcome, first.counts.requests) == ("partial", 13)
    assert "budget" in str(first.reason)
    second = go(card, tmp_path, now=DAY + timedelta(hours=1))
    assert second.outcome == "ok"
    assert second.counts.requests <= 13
    assert held(tmp_path) == sorted(map(canonical_url, documents))  # night by night it gets there


def test_quiet_hours(slow: City, tmp_path: Path) -> None:
    slow.forget()
    card = card_for(slow.sites["trs"], platform="trs", limits={"quiet_hours": "03:00-05:00"})  # DAY is 04:00 in China
    health = go(card, tmp_path)
    assert (health.outcome, health.reason) == ("partial", "the site's quiet hours have begun")
    assert slow.log == []


def test_who_crawls_must_be_reachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGCE_CONTACT", raising=False)
    public = card_for("https://www.example.com/list/", delay=1.5)
    with pytest.raises(ContactMissing, match="ZHENGCE_CONTACT"):
        go(public, tmp_path)
    monkeypatch.setenv("ZHENGCE_CONTACT", "谁")
    with pytest.raises(ContactMissing, match="ASCII"):
        go(public, tmp_path)
    assert runs(tmp_path) == []


def test_a_root_that_cannot_be_written(slow: City, tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file")
    with pytest.raises(CrawlError, match="cannot be written"):
        go(card_for(slow.sites["trs"], platform="trs"), tmp_path)


def test_a_damaged_shard_fails_the_run_and_says_so(slow: City, tmp_path: Path) -> None:
    card = card_for(slow.sites["rss"], platform="sitemap")
    go(card, tmp_path, limit=1)
    shard = next((tmp_path / "raw").rglob("*.warc.gz"))
    shard.write_bytes(shard.read_bytes()[:-40])
    shard.with_name(shard.name.removesuffix(".warc.gz") + ".cdxj").unlink()
    health = go(card, tmp_path, now=DAY + timedelta(hours=1))
    assert health.outcome == "failed"
    assert shard.name in str(health.reason)
