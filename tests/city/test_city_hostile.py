"""The hostile lists do the harm that they promise, and have three good documents beside it."""

from __future__ import annotations

import gzip
import re
import zlib
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from tests.city import City

from tests.city.asking import fetch, links, raw, read
from tests.city.floods import GIGABYTE, bomb


def test_every_hostile_list_has_three_good_documents(here: City) -> None:
    for name, url in here.hostile.items():
        found = links(read(url), url, r'href="([^"]*good-\d+\.html)')
        assert len(found) == {"endless": 10, "laughs": 0}.get(name, 3)
        assert all("正文" in read(link) for link in found)


def test_lists_without_end(here: City) -> None:
    page, seen = here.hostile["endless"], set()
    for _ in range(30):
        text = read(page)
        seen |= set(links(text, page, r'<li><a href="([^"]+)'))
        (page,) = links(text, page, r'<a href="([^"]+)">下一页')
    assert len(seen) == 300
    first, later = here.hostile["repeating"], here.hostile["repeating"].replace("index", "index_40")
    assert links(read(first), first, r'<li><a href="([^"]+)') == links(read(later), first, r'<li><a href="([^"]+)')


def test_redirects_lead_astray(here: City) -> None:
    targets = {
        link: fetch(link)[1].get("location")
        for link in links(read(here.hostile["redirects"]), here.url)
        if "/to/" in link
    }
    said = {link.partition("/to/")[2]: target for link, target in targets.items()}
    assert said["file"] == "file:///etc/passwd" and said["private"] == "http://10.0.0.1/"
    assert str(said["metadata"]).startswith("http://169.254.169.254/")
    assert (said["loop"], said["ping"], said["chain/30"]) == (
        "/hostile/to/loop",
        "/hostile/to/pong",
        "/hostile/to/chain/29",
    )
    assert urlopen(f"{here.url}/hostile/to/page", timeout=5).url.endswith("good-1.html")
    text = read(here.hostile["links"])
    assert 'href="file:///etc/passwd"' in text and 'href="http://169.254.169.254/latest/meta-data/"' in text


def test_a_gigabyte_is_sent_lazily(here: City) -> None:
    here.forget()
    assert f"Content-Length: {GIGABYTE}".encode() in raw(f"{here.url}/hostile/huge.html", 1 << 20)
    assert b"Transfer-Encoding: chunked" in raw(f"{here.url}/hostile/huge-chunked.html", 1 << 20)
    assert all(visit.sent < GIGABYTE // 4 for visit in here.visits)


def test_bodies_and_heads_drip(here: City) -> None:
    assert raw(f"{here.url}/hostile/drip.html", 1 << 20, 0.3).endswith(b"<html><body>")
    assert raw(f"{here.url}/hostile/drip-head.html", 1 << 20, 0.3) == b"HTTP/1.1 200 OK\r\n"


def test_lengths_lie(here: City) -> None:
    lengths = {}
    for name in ("more", "less", "negative"):
        head, _, body = raw(f"{here.url}/hostile/length-{name}.html", 1 << 20).partition(b"\r\n\r\n")
        declared = re.search(rb"Content-Length: (-?\d+)", head)
        assert declared
        lengths[name] = (int(declared[1]), len(body))
    assert lengths["more"][0] > lengths["more"][1] and 0 < lengths["less"][0] < lengths["less"][1]
    assert lengths["negative"][0] == -1


def test_answers_break_off(here: City) -> None:
    got = {
        name: raw(f"{here.url}/hostile/{name}.html", 1 << 22)
        for name in ("cut-before", "cut-head", "cut-body", "noise")
    }
    assert got["cut-before"] == b"" and got["cut-head"].endswith(b"Content-Ty")
    assert b"</html>" not in got["cut-body"] and not got["noise"].startswith(b"HTTP")
    assert raw(f"{here.url}/hostile/headers.html", 1 << 22, 0.5).count(b"X-Header-") == 20_000


def test_the_bomb_is_one_valid_gzip_member(here: City) -> None:
    assert gzip.decompress(bomb(1 << 22)) == b" " * (1 << 22)
    body = fetch(f"{here.url}/hostile/bomb.html", Accept_Encoding="gzip")[2]
    assert len(body) < 2 << 20
    inflate = zlib.decompressobj(31)
    assert len(inflate.decompress(body, 50 << 20)) == 50 << 20


@pytest.mark.parametrize(
    ("page", "status", "retry"),
    [("404", 404, None), ("410", 410, None), ("500", 500, None), ("429", 429, "3600"), ("soft-404", 200, None)],
)
def test_errors(here: City, page: str, status: int, retry: str | None) -> None:
    answer = fetch(f"{here.url}/hostile/{page}.html")
    assert answer[0] == status and answer[1].get("retry-after") == retry
