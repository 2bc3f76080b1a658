"""UCAP: HTML lists counted from 1, the szinf interfaces, and days of regeneration that are no days of publication."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from platform_lists import HEX, column, day, row, title, walk

from crawler.errors import ListError
from crawler.platforms import PLATFORMS, ListRequest, detect

if TYPE_CHECKING:
    from crawler.platforms import Item

URL = "https://www.example.gov.cn/xss/zfwj/common_list.shtml"


def page(number: int, rows: range, pages: int = 3, total: int = 8) -> str:
    listed = "".join(row(n, f"/xss/zfwj/2024{n % 12 + 1:02d}/{HEX[:-2]}{n:02d}.shtml") for n in rows)
    return (
        f'<html><body><ul class="nav"><li><a href="/">首页</a></li></ul><div class="list"><ul>{listed}</ul></div>'
        f"<div id='page_div'></div><script>createPageHTML('page_div',{pages}, {number},'common_list','shtml',{total});"
        "</script></body></html>"
    )


PAGES = {
    "common_list.shtml": page(1, range(3)),
    "common_list_2.shtml": page(2, range(3, 6)),
    "common_list_3.shtml": page(3, range(6, 8)),
}


def test_a_list_of_three_pages() -> None:
    seen = walk("ucap", column(URL), lambda request: PAGES[request.url.rpartition("/")[2]])
    assert seen.titles == [title(n) for n in range(8)]
    assert [request.number for request in seen.requests] == [1, 2, 3]
    assert (seen.ends, seen.total) == (["last page"], 8)
    assert seen.items[0].url == f"https://www.example.gov.cn/xss/zfwj/202401/{HEX[:-2]}00.shtml"
    assert seen.items[0].published == day(0)


def test_pages_in_the_query() -> None:
    of = column(URL, paging="query")
    first = PLATFORMS["ucap"].read(ListRequest(url=URL), PAGES["common_list.shtml"].encode(), (), of)
    assert [request.url for request in first.following] == [f"{URL}?2"]


def test_page_1_for_every_number() -> None:
    seen = walk("ucap", column(URL), lambda request: page(request.number, range(3), pages=99, total=0))
    assert (len(seen.items), len(seen.requests), seen.ends) == (3, 2, ["repeats page 1"])


def test_the_last_page_for_every_number_too_high() -> None:
    pages = [range(3), range(3, 6), range(3, 6), range(3, 6)]
    seen = walk("ucap", column(URL), lambda request: page(request.number, pages[request.number - 1], 99, 0))
    assert (len(seen.items), len(seen.requests), seen.ends) == (6, 3, ["repeats the page before"])


def test_a_side_list_that_is_longer_than_the_last_page() -> None:
    hot = "".join(row(n, f"/hot/2020{n % 12 + 1:02d}/{HEX[:-2]}{n:02d}.shtml") for n in range(50, 52))

    def serve(request: ListRequest) -> str:
        rows = range(6) if request.number == 1 else range(6, 7)
        return page(request.number, rows, 2, 7).replace("</body>", f'<div class="hot"><ul>{hot}</ul></div></body>')

    assert walk("ucap", column(URL), serve).titles == [title(n) for n in range(7)]


API = "http://www.example.gov.cn/szinf/xxgk/interfacesWebZcwj/loadData"


def szinf(request: ListRequest) -> str:
    asked = parse_qs(request.body.decode())
    assert (request.method, asked["channel_id"]) == ("POST", ["abc"])
    index, size = int(asked["pageIndex"][0]), 2
    rows = [
        {
            "TITLE": title(n),
            "URL": f"http://www.example.gov.cn/zfwj/202401/{HEX[:-2]}{n:02d}.shtml",
            "C_WJBH": f"某府〔2024〕{n}号",
            "C_SYH": f"014149/2024-{n:05d}",
            "PUBLISHED_TIME_FORMAT": "2024-01-15" if n else "2025-02-11",
            "C_FWRQ_FORMAT": "2024-01-12",
        }
        for n in range(5)[(index - 1) * size : index * size]
    ]
    return json.dumps({"data": {"allRow": 5, "totalPage": 3, "list": rows}})


def test_the_interface() -> None:
    seen = walk("ucap", column(API, channel="abc", size=2), szinf)
    assert seen.titles == [title(n) for n in range(5)]
    assert (seen.ends, seen.total, len(seen.requests)) == (["last page"], 5, 3)
    assert all(urlsplit(request.url).query == "pageSize=2" for request in seen.requests)
    assert dict(seen.items[1].hints) == {
        "doc_number": "某府〔2024〕1号",
        "index_number": "014149/2024-00001",
        "written": "2024-01-12",
    }


def test_a_page_that_loads_the_interface() -> None:
    frame = (
        "<html><ul id='list'></ul><script>var channel_id='abc'; $.ajax({type:'post',"
        "url:'/szinf/xxgk/interfacesWebZcwj/loadData?pageSize=2',data:{pageIndex:1,channel_id:channel_id}})</script>"
    )
    url = "http://www.example.gov.cn/zfxxgkzl/xxgkml.shtml?para=zcwj"
    seen = walk("ucap", column(url, size=2), lambda request: frame if request.url == url else szinf(request))
    assert (seen.titles, seen.requests[1].url) == ([title(n) for n in range(5)], f"{API}?pageSize=2")


def test_the_day_of_a_regeneration_is_no_day_of_publication() -> None:
    items: list[Item] = walk("ucap", column(API, channel="abc", size=2), szinf).items
    assert [item.published for item in items] == [None, *["2024-01-15"] * 4]


def test_news_by_get() -> None:
    def serve(request: ListRequest) -> str:
        asked = parse_qs(urlsplit(request.url).query)
        assert (request.method, asked["channelid"]) == ("GET", ["7"])
        rows = (
            [{"title": title(1), "link": "/xw/a.shtml", "pubtime": "2024-01-02"}] if asked["currpage"] == ["1"] else []
        )
        return json.dumps({"infolist": rows})

    seen = walk("ucap", column("http://www.example.gov.cn/szinf/info/getInfoCommon", channel="7"), serve)
    assert [(item.url, item.published) for item in seen.items] == [
        ("http://www.example.gov.cn/xw/a.shtml", "2024-01-02")
    ]
    assert seen.ends == ["empty answer"]


def test_a_page_where_json_should_be() -> None:
    with pytest.raises(ListError, match=r"loadData.*not the JSON object"):
        walk("ucap", column(API, channel="abc"), lambda request: "<html>请开启JavaScript</html>")


@pytest.mark.parametrize(
    "markup",
    [PAGES["common_list.shtml"], "<UCAPCONTENT><p>正文</p></UCAPCONTENT>", '$.post("/szinf/interfaceZcwjkAll/page")'],
)
def test_the_fingerprint(markup: str) -> None:
    assert detect(markup, URL) == "ucap"
