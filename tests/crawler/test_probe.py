"""The survey over the network: polite, bounded, and clear about why there is nothing to see."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from crawler.errors import ContactMissing, CrawlError
from crawler.probe import gap, probe
from crawler.survey import Survey
from tests.city import city

if TYPE_CHECKING:
    from pathlib import Path

    from tests.city import City


def home(town: City, key: str) -> str:
    return "/".join(town.sites[key].split("/")[:3]) + "/"


def test_a_site_is_looked_at_once_and_robots_first() -> None:
    with city(bulk=1) as town:
        site = probe(home(town, "trs"))
        assert [column.platform for column in site.columns] == ["trs", "trs"]
        asked = [visit.target for visit in town.visits]
        assert asked[:2] == ["/robots.txt", "/"]
        assert len(asked) == len(set(asked)) <= 1 + 12
        assert all(visit.headers["user-agent"].startswith("zhengce/") for visit in town.visits)


@pytest.mark.parametrize(
    ("faults", "why", "asked"),
    [
        ({"robots": "disallow"}, "robots.txt asks us to stay away", {"/robots.txt"}),
        ({"robots": "503"}, "not with its robots.txt", {"/robots.txt"}),
        ({"challenge": "412"}, "does not want robots", {"/robots.txt", "/"}),
    ],
)
def test_a_site_that_does_not_want_us_is_left_alone(faults: dict[str, str], why: str, asked: set[str]) -> None:
    with city(bulk=1, **faults) as town:
        with pytest.raises(CrawlError, match=why):
            probe(home(town, "ucap"))
        assert {visit.target for visit in town.visits} == asked


def test_a_host_that_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(CrawlError, match=f"127.0.0.1:{port}/: it does not answer"):
        probe(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url", ["ftp://example.gov.cn/", "example.gov.cn", "http:///a", "http://a b/", "http://u:p@x.cn/"]
)
def test_what_is_no_address_of_a_site(url: str) -> None:
    with pytest.raises(CrawlError, match="not the address of a site"):
        probe(url)


def test_nobody_is_asked_without_a_contact(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ZHENGCE_CONTACT", raising=False)
    with pytest.raises(ContactMissing, match="ZHENGCE_CONTACT"):
        probe("https://www.example.gov.cn/", locks=tmp_path)


def test_only_this_machine_is_asked_without_a_pause() -> None:
    assert (gap("127.0.0.1:8080"), gap("www.example.gov.cn")) == (0.0, 1.5)


def test_the_survey_is_as_long_as_it_says() -> None:
    assert Survey("http://127.0.0.1/", most=0).next() is None
