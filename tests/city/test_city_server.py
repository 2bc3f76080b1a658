"""What every server of the city does: 304, the log, faults, challenges, what happens to documents, many pages."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

from tests.city import City, Rule, apart, city, lists
from tests.city.faults import busy

if TYPE_CHECKING:
    from pathlib import Path


from tests.city.asking import fetch, links, read, urls


def test_static_files_are_304_for_who_has_them(here: City) -> None:
    url = urls(here, "trs")[0]
    _, headers, _ = fetch(url)
    assert fetch(url, If_None_Match=headers["etag"])[0] == 304
    assert fetch(url, If_None_Match=f"W/{headers['etag']}")[0] == 304
    assert fetch(url, If_Modified_Since=headers["last-modified"])[0] == 304
    assert fetch(url, If_None_Match='"other"', If_Modified_Since=headers["last-modified"])[0] == 200
    assert fetch(url, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")[0] == 200
    packed = fetch(url, Accept_Encoding="gzip")
    assert packed[1]["etag"] == f"W/{headers['etag']}" and gzip.decompress(packed[2]) == fetch(url)[2]


def test_a_connection_is_kept_and_head_has_no_body(here: City) -> None:
    line = http.client.HTTPConnection(urlsplit(here.url).netloc, timeout=5)
    for method in ("HEAD", "GET", "HEAD", "GET"):
        line.request(method, "/bulk/index.html")
        answer = line.getresponse()
        assert bool(answer.read()) == (method == "GET") and int(answer.headers["Content-Length"]) > 1000
    line.close()


def test_what_happens_to_documents_shows_at_once() -> None:
    with city() as here:
        for name in lists():
            edited, gone = urls(here, name)[1:3]
            before, old = fetch(edited)[2], fetch(edited)[1]
            here.edit(edited)
            assert fetch(edited)[2] != before
            if "etag" in old:
                assert fetch(edited, If_None_Match=old["etag"])[0] == 200
                assert fetch(edited, If_Modified_Since=old["last-modified"])[0] == 200
            here.withdraw(gone)
            assert fetch(gone)[0] == 404 and gone not in urls(here, name)
            fresh = here.add(here.sites[name])
            assert urls(here, name)[0] == fresh and fetch(fresh)[0] == 200
        kept = urls(here, "ucap")[0]
        here.withdraw(kept, listed=True)
        assert fetch(kept)[0] == 404 and kept in urls(here, "ucap")


def test_the_log_has_every_request_in_its_order(here: City) -> None:
    here.forget()
    url = urls(here, "jcms")[0]
    fetch(url, Referer="http://a/")
    fetch(urljoin(url, "/nowhere"))
    (first, second), now = here.log, time.monotonic()
    assert first[1:] == ("GET", urlsplit(url).path, 200) and second[1:] == ("GET", "/nowhere", 404)
    assert now - 5 < first[0] <= second[0] <= now
    (visit,) = here.asked(url)
    assert visit.site == "jcms" and visit.headers["referer"] == "http://a/"


@pytest.mark.parametrize("variant", ["allow", "disallow", "404", "503", "redirect"])
def test_robots_has_variants_by_site(variant: str) -> None:
    with city(robots={"trs": variant}) as here:
        status, headers, body = fetch(urljoin(here.sites["trs"], "/robots.txt"))
        said = {"allow": 200, "disallow": 200, "404": 404, "503": 503, "redirect": 301}
        assert status == said[variant]
        assert (b"Disallow: /\n" in body) == (variant == "disallow")
        assert ("location" in headers) == (variant == "redirect")
        assert b"Sitemap: http" in fetch(urljoin(here.sites["ucap"], "/robots.txt"))[2]


def test_faults_come_and_go() -> None:
    with city(flaky={"trs": 2}, busy={"jcms": 3}, challenge={"ucap": "521"}, challenge_after=1, soft_404=True) as here:
        url = urls(here, "trs")[0]
        assert [fetch(url)[0] for _ in range(3)] == [503, 503, 200]
        answers = [fetch(url) for url in urls(here, "jcms")[:4]]
        assert [(status, headers.get("retry-after")) for status, headers, _ in answers] == [(429, "1")] * 3 + [
            (200, None)
        ]
        assert [fetch(url)[0] for url in urls(here, "ucap")[:3]] == [200, 521, 521]
        assert fetch(urljoin(here.sites["shpt"], "/nothing"))[0] == 200
        here.spoil(Rule(busy(9, 503), site="shpt", path="zwgk", times=1))
        assert [fetch(here.sites["shpt"])[0] for _ in range(2)] == [503, 200]
        here.calm()
        assert fetch(urls(here, "ucap")[0])[0] == 200


def test_a_slow_city_is_slow_where_it_was_told_to_be() -> None:
    with city(delay={"trs": 0.2}) as here:
        fetch(here.sites["trs"])
        fetch(here.sites["ucap"])
        (first, *_), (second, *_) = here.log
        assert second - first >= 0.2


@pytest.mark.parametrize(
    ("kind", "status", "mark"),
    [
        ("412", 412, b"_$a9()"),
        ("521", 521, b"document.cookie=('_')+('_')+('j')+('s')+('l')"),
        ("acw", 200, b"var arg1='"),
        ("captcha", 200, "验证码".encode()),
        ("safedog", 403, "请求被拦截".encode()),
        ("403", 403, b"403 Forbidden"),
    ],
)
def test_challenge_pages_have_the_marks_of_their_kind(here: City, kind: str, status: int, mark: bytes) -> None:
    answer = fetch(here.challenges[kind])
    assert answer[0] == status and mark in answer[2]


def test_bulk_pages_are_many_large_and_different(here: City) -> None:
    call = re.search(r'createPageHTML\((\d+), 0, "index", "html"\)', read(here.bulk))
    assert call and int(call[1]) == 3
    pages = [here.bulk, *(here.bulk.replace(".html", f"_{index}.html") for index in (1, 2))]
    found = [link for page in pages for link in links(read(page), page, r'href="(\./[^"]+)')]
    bodies = [fetch(link)[2] for link in found]
    assert len(set(bodies)) == 45 and all(48_000 < len(body) < 51_000 for body in bodies)
    assert 300 <= len(fetch(here.bulk.replace(".html", "_3.html"))[2]) <= 400
    assert fetch(found[0].replace("_0.", "_45."))[0] == 404


def test_a_city_apart_tells_its_addresses_and_keeps_a_log(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with apart(bulk=5, log=log) as told:
        assert set(told["sites"]) == set(lists())
        read(told["bulk"])
    ((_, site, method, target, status),) = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert (site, method, target, status) == ("portal", "GET", "/bulk/index.html", 200)
