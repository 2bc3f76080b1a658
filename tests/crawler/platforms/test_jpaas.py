"""jpaas: a column page that is empty but for its units, fragments of HTML in JSON, page numbers in compact JSON."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from platform_lists import HEX, column, day, row, title, walk

from crawler.platforms import PLATFORMS, ListRequest, detect

URL = "https://www.example.gov.cn/col/col1638/index.html"
API = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def unit(tag: str, rows: int = 0) -> str:
    sized = f",'rows':'{rows}'" if rows else ""
    query = (
        "{'parseType':'bulidstatic','webId':'52','tplSetId':'MsPk','pageType':'column','tagId':'" + tag + "',"
        "'editType':'null','pageId':'1638'" + sized + "}"
    )
    return f'<script parsetype="bulidstatic" url="{API}" querydata="{query}"></script>'


PAGE = f"<html><body>{unit('导航')}{unit('信息列表', 3)}</body></html>"


def fragment(rows: range, count: int | None = 8) -> str:
    listed = "".join(row(n, f"/col/col1638/art/2024/art_{HEX[:-2]}{n:02d}.html") for n in rows)
    pager = f'<div class="pagination" rows="3" count="{count}"></div>' if count else ""
    return json.dumps({"success": True, "code": "200", "data": {"html": f"<ul>{listed}</ul>{pager}"}})


def number(request: ListRequest) -> int:
    asked = parse_qs(urlsplit(request.url).query)
    assert (asked["tagId"], asked["webId"], asked["pageId"]) == (["信息列表"], ["52"], ["1638"])
    assert ("Referer", URL) in request.headers
    return int(json.loads(asked.get("paramJson", ['{"pageNo":1}'])[0])["pageNo"])


def test_a_list_of_three_pages() -> None:
    def serve(request: ListRequest) -> str:
        return fragment(range(8)[3 * number(request) - 3 : 3 * number(request)]) if API in request.url else PAGE

    seen = walk("jpaas", column(URL), serve)
    assert (seen.titles, seen.ends, seen.total) == ([title(n) for n in range(8)], ["last page"], 8)
    assert (seen.items[7].url, seen.items[7].published) == (
        f"https://www.example.gov.cn/col/col1638/art/2024/art_{HEX[:-2]}07.html",
        day(7),
    )
    assert seen.requests[2].url.endswith("&paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A3%7D")


def test_page_1_for_every_number() -> None:
    seen = walk("jpaas", column(URL), lambda request: fragment(range(3), 99) if API in request.url else PAGE)
    assert (len(seen.items), len(seen.requests), seen.ends) == (3, 3, ["repeats page 1"])


def test_a_fragment_without_counts() -> None:
    def serve(request: ListRequest) -> str:
        page = number(request) if API in request.url else 0
        return fragment(range(6)[3 * page - 3 : 3 * page], None) if page else PAGE

    seen = walk("jpaas", column(URL), serve)
    assert (seen.titles, seen.ends) == ([title(n) for n in range(6)], ["empty answer"])


def test_units_without_rows() -> None:
    plain = f"<body>{unit('导航')}{unit('正文')}</body>"
    read = PLATFORMS["jpaas"].read(ListRequest(url=URL), plain.encode(), (), column(URL))
    assert len(read.following) == 2
    read = PLATFORMS["jpaas"].read(ListRequest(url=URL), plain.encode(), (), column(URL, tag="正文"))
    assert [parse_qs(urlsplit(request.url).query)["tagId"] for request in read.following] == [["正文"]]


def test_a_page_without_units() -> None:
    read = PLATFORMS["jpaas"].read(ListRequest(url=URL), b"<html></html>", (), column(URL))
    assert (read.following, read.ended) == ((), "no list unit")


def test_the_fingerprint() -> None:
    assert detect(PAGE, URL) == "jpaas"
