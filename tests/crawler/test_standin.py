"""What comes in place of a page: refreshes, stubs that set a cookie, forms in place of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from city_crawl import card_for, go, held, records

from crawler.standin import is_stub, refreshed
from tests.city import city
from tests.city.faults import Rule
from tests.city.messages import text

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://a.gov.cn/1.html"
REFRESH = '<html><head><meta http-equiv="refresh" content="{}"></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "content", ["0;url=/real/1.html", "3; URL='/real/1.html'", "0,url=http://a.gov.cn/real/1.html"]
)
def test_a_page_that_only_leads_on(content: str) -> None:
    assert refreshed(REFRESH.format(content, "正在跳转，请稍候").encode(), URL) == "http://a.gov.cn/real/1.html"


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("0;url=/real/1.html", "各区县人民政府，现将有关事项通知如下，请认真贯彻执行。" * 3),
        ("300;url=/real/1.html", ""),
        ("5", ""),
        ("0;url=/1.html#top", ""),
        ("0;url=javascript:history.back()", ""),
        ("0;url=http://[x", ""),
    ],
)
def test_a_page_that_stays(content: str, body: str) -> None:
    assert refreshed(REFRESH.format(content, body).encode(), URL) is None


@pytest.mark.parametrize(
    "call", ['window.location.href="/site/"', "location='/site/'", 'top.location.replace("/site/")']
)
def test_a_front_page_that_leads_on_by_script(call: str) -> None:
    page = f"<script>{call};</script>".encode()
    assert (refreshed(page, URL), refreshed(page, URL, scripts=True)) == (None, "http://a.gov.cn/site/")


@pytest.mark.parametrize(
    ("body", "stub"),
    [
        ("<html><head><script>location.reload();</script></head><body></body></html>", True),
        ("", True),
        ("<p>字</p>", False),
        ('<img src="scan.jpg">', False),
        ('<div id="app"></div><script src="app.js"></script>', False),
        ("<!-- " + "x" * 3000 + " -->", False),
    ],
)
def test_a_page_in_which_there_is_nothing_to_see(body: str, stub: bool) -> None:
    assert is_stub(body.encode()) == stub


STUB = text(
    "<html><head><script>window.location.reload();</script></head><body></body></html>",
    headers=(("Set-Cookie", "sid=1; Path=/"),),
)


def test_a_stub_that_sets_a_cookie_is_asked_again_with_it(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        town.spoil(Rule(answer=STUB, site="generic", path=r"/zwgk/tzgg/\d{4}", times=1))
        card = card_for(town.sites["generic"])
        assert go(card, tmp_path).outcome == "ok"
        assert not any("Set-Cookie" in dict(record.page.headers) for record in records(tmp_path))
        assert set(held(tmp_path)) >= {url for url, _, _ in town.documents("generic")}
        with_cookie = [visit for visit in town.visits if visit.headers.get("cookie") == "sid=1"]
        assert len(with_cookie) >= 20
        town.forget()
        go(card, tmp_path / "another")
        assert not any("cookie" in visit.headers for visit in town.visits)  # a run begins without any


def test_a_stub_that_comes_twice_is_no_page(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        url, _, _ = town.documents("generic")[0]
        town.spoil(Rule(answer=STUB, site="generic", path=url.rpartition("/")[2]))
        health = go(card_for(town.sites["generic"]), tmp_path)
        assert (health.outcome, health.failures) == ("partial", {"no_text": 1})
        assert url not in held(tmp_path)
        assert [pending.url for pending in health.pending] == [url]


def test_documents_that_refresh_into_another_page(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        (url, _, _), (other, _, _) = town.documents("trs")[:2]
        town.spoil(Rule(answer=text(REFRESH.format(f"0;url={other}", "")), site="trs", path=url.rpartition("/")[2]))
        away = town.documents("trs")[2][0]
        town.spoil(Rule(answer=text(REFRESH.format("0;url=http://10.0.0.1/", "")), path=away.rpartition("/")[2]))
        health = go(card_for(town.sites["trs"], platform="trs"), tmp_path)
        pages = {record.page.url: record.page for record in records(tmp_path)}
        assert dict(pages[url].hints)["location"] == other
        assert b"refresh" not in pages[url].body
        assert health.failures == {"off_card": 1}
        assert away not in pages


def test_a_login_in_place_of_a_file(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        _, file = next(pair for pair in town.attachments("trs") if pair[1].endswith(".pdf"))
        login = text("<!DOCTYPE html><html><h1>系统登录</h1><form>用户名 密码</form></html>")
        town.spoil(Rule(answer=login, site="trs", path=file.rpartition("/")[2]))
        health = go(card_for(town.sites["trs"], platform="trs"), tmp_path)
        assert (health.outcome, health.failures) == ("partial", {"no_file": 1})
        assert file not in held(tmp_path)


def test_a_session_in_every_link_makes_no_other_documents(tmp_path: Path) -> None:
    with city(bulk=1) as town:
        urls = [url for url, _, _ in town.documents("generic")][:5]
        row = '<li><a href="{};jsessionid=0F3A{}">关于某事的通知</a><i>2024-01-05</i></li>'
        rows = "".join(row.format(url, number) for number, url in enumerate(urls))
        town.spoil(Rule(answer=text(f"<ul>{rows}</ul>"), site="generic", path="/zwgk/tzgg/index.html"))
        go(card_for(town.sites["generic"]), tmp_path)
        assert set(urls) <= set(held(tmp_path))
        assert not any("jsessionid" in visit.target for visit in town.visits)
