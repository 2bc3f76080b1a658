"""generic: rows told by their dates, next pages by their links, in the layouts that sites write by hand."""

from __future__ import annotations

import pytest
from platform_lists import column, day, row, title, walk

from crawler.platforms import PLATFORMS, ListRequest, detect

URL = "http://www.example.gov.cn/tzgg/list.htm"


def rows(markup: str) -> list[tuple[str, str | None, str | None]]:
    read = PLATFORMS["generic"].read(ListRequest(url=URL), markup.encode(), (), column(URL))
    return [(item.url.removeprefix("http://www.example.gov.cn"), item.title, item.published) for item in read.items]


TWO = [("/a1.htm", title(1), "2024-01-05"), ("/a2.htm", title(2), "2024-01-06")]


@pytest.mark.parametrize(
    "layout",
    [
        '<li><a href="/a{n}.htm">{t}</a><span>{d}</span></li>',
        '<li><span class="lb-time">[{d}]</span><a href="/a{n}.htm">{t}</a></li>',
        '<li><a href="/a{n}.htm"><p>{t}</p><i>{d}</i></a></li>',
        '<li><a href="/col/1.htm">政策</a> <a href="/a{n}.htm" title="{t}">关于…</a><b>发布时间：{d}</b></li>',
        '<table><tr><td>{n}</td><td><a href="/a{n}.htm">{t}</a></td><td>{d}</td></tr></table>',
        "<dl><dt><a href='../a{n}.htm'>{t}</a></dt><dd>2024年1月5日会议通过的决定</dd><dd>{d}</dd></dl>",
        '<div><div><a href="/a{n}.htm#top">{t}</a></div><div><a href="/dl{n}"> </a><i>{d}</i></div></div>',
        '<p><a href="/a{n}.htm">{t}</a></p><p>{d}</p>',
        '<a href="javascript:void(0)" onclick="open(\'/a{n}.htm\')">{t}</a><span>{d}</span><br>',
    ],
)
def test_layouts(layout: str) -> None:
    listed = "".join(layout.format(n=n, t=title(n), d=f"2024-01-0{n + 4}") for n in (1, 2))
    assert rows(f"<html><body><ul><li><a href='/'>首页</a></li></ul><div>{listed}</div></body></html>") == TWO


@pytest.mark.parametrize("printed", ["2024/1/5", "2024.01.05", "2024年1月5日", "2024-01-05 09:30", "01-05"])
def test_dates_as_printed(printed: str) -> None:
    assert rows(row(1, "/a1.htm").replace(day(1), f"（{printed}）"))[0][2] == printed


def test_two_dates_in_a_row_are_none() -> None:
    two = "<table><tr><td><a href='/a1.htm'>某市促进办法</a></td><td>2024-01-05</td><td>2024-01-09</td></tr></table>"
    assert rows(two) == [("/a1.htm", "某市促进办法", None)]


@pytest.mark.parametrize(
    "href",
    ["javascript:;", "mailto:a@b.cn", "#", "file:///etc/passwd", r"C:\a.doc", "http://[broken", "ftp://a.cn/b", ""],
)
def test_links_that_lead_to_no_page(href: str) -> None:
    assert rows(row(1, href) + row(2, "/a2.htm")) == [("/a2.htm", title(2), day(2))]


def test_the_encodings_of_old_pages() -> None:
    markup = f'<head><meta charset="gb2312"></head><ul>{row(1, "/a1.htm").replace("方案", "镕基")}</ul>'
    read = PLATFORMS["generic"].read(ListRequest(url=URL), markup.encode("gb18030"), (), column(URL))
    assert read.items[0].title == title(1).replace("方案", "镕基")
    headers = (("Content-Type", "text/html; charset=ISO-8859-1"),)
    read = PLATFORMS["generic"].read(ListRequest(url=URL), row(1, "/a1.htm").encode(), headers, column(URL))
    assert read.items[0].title == title(1)


def site(request: ListRequest, pager: str) -> str:
    number = int("".join(filter(str.isdigit, request.url.rpartition("/")[2])) or 1)
    listed = "".join(row(n, f"/info/{n}.htm") for n in range(3 * number - 3, 3 * number))
    return f"<body><ul>{listed}</ul>{pager.format(here=number, next=min(number + 1, 3))}</body>"


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="list1.htm">首页</a><a href="list{next}.htm">下一页</a><a href="list3.htm">尾页</a>',
        '<a href="list{next}.htm"> 下页 &gt;</a>',
        '<a href="list1.htm">1</a><a href="list2.htm">2</a><a href="list3.htm">3</a>',
    ],
)
def test_next_pages(pager: str) -> None:
    seen = walk("generic", column(URL), lambda request: site(request, pager))
    assert (seen.titles, len(seen.requests), seen.ends) == ([title(n) for n in range(9)], 3, ["no next page"])


def test_pages_that_the_card_tells() -> None:
    seen = walk("generic", column(URL, pages="list{n}.htm"), lambda r: site(r, "共 9 条 共3页"))
    assert (seen.titles, seen.ends) == ([title(n) for n in range(9)], ["last page"])
    of = column(URL, pages="list_{n}.htm", first=0)
    seen = walk("generic", of, lambda r: f"<ul>{row(r.number, f'/info/{r.number}.htm')}</ul>", 3)
    assert [request.url.rpartition("/")[2] for request in seen.requests] == ["list.htm", "list_1.htm", "list_2.htm"]


def test_a_counter_that_counts_something_else() -> None:
    seen = walk("generic", column(URL), lambda r: site(r, '<p>共2条评论</p><a href="list{next}.htm">下一页</a>'))
    assert len(seen.items) == 9


def test_a_next_page_on_another_host_is_not_followed() -> None:
    seen = walk("generic", column(URL), lambda r: site(r, '<a href="http://evil.example.com/list2.htm">下一页</a>'))
    assert (len(seen.requests), seen.ends) == (1, ["no next page"])


def test_links_without_dates_by_a_selector() -> None:
    markup = (
        "<ul class='list'><li><a href='/a1.htm'>某市促进办法</a></li></ul>"
        "<ul><li><a href='/b.htm'>关于我们的网站</a></li></ul>"
    )
    read = PLATFORMS["generic"].read(ListRequest(url=URL), markup.encode(), (), column(URL, item="ul.list a"))
    assert [item.url for item in read.items] == ["http://www.example.gov.cn/a1.htm"]


@pytest.mark.parametrize(
    "markup", ["", "<!-- -->", "\x00", "<?xml version='1.0'?>", "<p>" * 5000, "<html><body>维护中</body></html>"]
)
def test_a_page_without_a_list(markup: str) -> None:
    read = PLATFORMS["generic"].read(ListRequest(url=URL), markup.encode(), (), column(URL))
    assert (read.items, read.following, read.ended) == ((), (), "empty answer")


def test_an_address_is_listed_once() -> None:
    assert len(rows(row(1, "/a1.htm") + row(1, "/a1.htm#x") + row(2, "/a2.htm"))) == 2


def test_no_fingerprint_is_generic() -> None:
    assert detect(f"<ul>{row(1, '/info/1/2.htm')}</ul>", URL) == "generic"
