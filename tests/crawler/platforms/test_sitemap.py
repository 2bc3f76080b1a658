"""Sitemaps, indexes of them, RSS and Atom: and the ways in which XML can hurt."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from platform_lists import column, walk

from crawler.errors import ListError
from crawler.platforms import ListRequest, detect, sitemap

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.example.gov.cn/sitemap.xml"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = f"""<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACE}>
<url><loc>https://www.example.gov.cn/zcwj/1.html</loc><lastmod>2026-01-02</lastmod></url>
<url><loc>https://www.example.gov.cn/news/2.html</loc></url></urlset>"""
INDEX = f"""<?xml version="1.0"?><sitemapindex {NAMESPACE}><sitemap><loc>{URL}</loc></sitemap>
<sitemap><loc>https://www.example.gov.cn/sitemap1.xml.gz</loc></sitemap></sitemapindex>"""


def test_an_index_of_packed_sitemaps() -> None:
    def serve(request: ListRequest) -> bytes:
        return INDEX.encode() if request.url == URL else gzip.compress(PAGES.encode())

    seen = walk("sitemap", column(URL, match="/zcwj/"), serve)
    assert [(item.url, item.published, item.hints) for item in seen.items] == [
        ("https://www.example.gov.cn/zcwj/1.html", None, (("changed", "2026-01-02"),))
    ]
    assert len(seen.requests) == 2  # the index names itself: that is not followed


def test_indexes_without_end() -> None:
    def serve(request: ListRequest) -> str:
        return INDEX.replace("sitemap1", f"sitemap{len(request.url)}0")

    assert len(walk("sitemap", column(URL), serve).requests) <= 2 + sitemap.DEPTH


def test_a_feed() -> None:
    feed = """<rss version="2.0"><channel><title>某市</title><link>https://www.example.gov.cn/</link><item>
    <title><![CDATA[关于甲的<b>通知</b>]]></title><link>/zcwj/1.html</link>
    <pubDate>Fri, 05 Jan 2024 08:00:00 +0800</pubDate>
    </item></channel></rss>"""
    seen = walk("sitemap", column("https://www.example.gov.cn/rss.xml"), lambda request: feed)
    assert [(item.url, item.title, item.published) for item in seen.items] == [
        ("https://www.example.gov.cn/zcwj/1.html", "关于甲的通知", "Fri, 05 Jan 2024 08:00:00 +0800")
    ]


def test_pages_of_an_atom_feed() -> None:
    def serve(request: ListRequest) -> str:
        last = "page=2" in request.url
        onward = "" if last else '<link rel="next" href="/atom?page=2"/>'
        return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>某市</title>{onward}
        <entry><title>关于甲的通知</title>
        <link rel="enclosure" href="/a.pdf"/><link href="/zcwj/{int(last)}.html"/>
        <published>2024-01-05T08:00:00+08:00</published>
        <updated>2024-02-01T00:00:00Z</updated></entry></feed>"""

    seen = walk("sitemap", column("https://www.example.gov.cn/atom"), serve)
    assert [item.url.rpartition("/")[2] for item in seen.items] == ["0.html", "1.html"]
    assert (seen.items[0].published, seen.ends) == ("2024-01-05T08:00:00+08:00", ["no next page"])


def test_what_is_no_list() -> None:
    for answer in ("<html><body>404</body></html>", "", "not xml"):
        with pytest.raises(ListError, match=r"no XML|no sitemap and no feed"):
            walk("sitemap", column(URL), lambda request, answer=answer: answer)


def test_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 1 << 16)
    with pytest.raises(ListError, match="unpacks to more than"):
        walk("sitemap", column(URL), lambda request: gzip.compress(b"<urlset>" + b" " * (1 << 20)))
    with pytest.raises(ListError, match="damaged gzip"):
        walk("sitemap", column(URL), lambda request: b"\x1f\x8b\x08broken")


def test_entities_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    entities = f'<!ENTITY f SYSTEM "{(tmp_path / "secret").as_uri()}"><!ENTITY g "secret">'
    answer = f"<!DOCTYPE x [{entities}]><urlset><url><loc>https://a.cn/&f;&g;</loc></url></urlset>"
    seen = walk("sitemap", column(URL), lambda request: answer)
    assert [item.url.startswith("https://a.cn/") for item in seen.items] == [True]
    assert "secret" not in seen.items[0].url


@pytest.mark.parametrize("markup", [PAGES, INDEX, "<rss version='2.0'></rss>", "<?xml version='1.0'?>\n<feed></feed>"])
def test_the_fingerprint(markup: str) -> None:
    assert detect(markup, URL) == "sitemap"


def test_each_sitemap_of_an_index_is_a_list_of_its_own() -> None:
    """So that one that is missing is no end of the list."""
    read = sitemap.Sitemap().read(ListRequest(url=f"{URL}?index"), INDEX.encode(), (), column(f"{URL}?index"))
    assert [(request.number, request.branch) for request in read.following] == [(1, ""), (1, "")]
    assert len({request.list_id for request in read.following}) == 2
