"""shpt: the interface of Shanghai's districts, the city's sections with their archives by year."""

from __future__ import annotations

import json

from platform_lists import HEX, column, day, row, title, walk

from crawler.platforms import ListRequest, detect

API = "https://www.example.gov.cn/zwgk-search-front/api/data/search"
MILLISECONDS = 1643414400000  # 2022-01-29 08:00 in China


def district(request: ListRequest, total: int | None = 5) -> str:
    asked = json.loads(request.body)
    assert (request.method, asked["channelList"], asked["pageSize"]) == ("POST", ["5144"], 2)
    rows = [
        {
            "title": title(n),
            "url": f"https://www.example.gov.cn/zwgk/qt-qzf/2022/286/{n}.html",
            "display_date": MILLISECONDS,
            "attaches": [{"name": "附件.pdf", "url": f"/files/{n}.pdf"}] if n == 1 else [],
        }
        for n in range(5)[2 * asked["pageNo"] - 2 : 2 * asked["pageNo"]]
    ]
    return json.dumps({"code": 200, "data": {"list": rows} | ({"total": total} if total else {})})


def test_a_district() -> None:
    seen = walk("shpt", column(API, channel=5144, size=2), district)
    assert (seen.titles, seen.ends, seen.total) == ([title(n) for n in range(5)], ["total reached"], 5)
    assert seen.items[1].attachments == (("附件.pdf", "https://www.example.gov.cn/files/1.pdf"),)


def test_a_page_that_loads_the_interface() -> None:
    frame = "<script>var channelId='5144'; $.ajax({url:'/zwgk-search-front/api/data/search',type:'POST'})</script>"
    url = "https://www.example.gov.cn/zwgk/5144/index.html"
    seen = walk("shpt", column(url, size=2), lambda request: frame if request.url == url else district(request))
    assert (seen.titles, seen.requests[1].url) == ([title(n) for n in range(5)], API)


def test_the_day_in_the_address_is_not_read() -> None:
    items = walk("shpt", column(API, channel=5144, size=2), district).items
    assert {item.published for item in items} == {"2022-01-29 08:00:00"}  # the address says day 286 of the year


def test_a_district_that_does_not_count() -> None:
    seen = walk("shpt", column(API, channel=5144, size=2), lambda request: district(request, None))
    assert (len(seen.items), seen.ends) == (5, ["empty answer"])


SECTION = "https://www.example.gov.cn/nw39220/index.html"


def city(rows: range, pages: int, archives: str = "") -> str:
    listed = "".join(
        row(n, f"/nw12344/20240105/{HEX[:-2]}{n:02d}.html").replace("<span>", '<span class="time">') for n in rows
    )
    repeated = f"<!-- <ul>{row(99, f'/nw12344/20240105/{HEX}.html')}</ul> -->"
    script = f"<script>$('.pagination').pagination({{ currentPage: 1, totalPage: {pages} }})</script>"
    return f"<html><body>{archives}{repeated}<ul class='uli14'>{listed}</ul>{script}</body></html>"


def test_a_section_with_archives() -> None:
    links = '<div><a href="/nw39220/index.html">2024年</a><a href="/2023nw39/index.html"><h4>2023年</h4></a></div>'
    site = {
        SECTION: city(range(2), 2, links),
        SECTION.replace("index", "index_2"): city(range(2, 4), 2),
        "https://www.example.gov.cn/2023nw39/index.html": city(range(4, 6), 2, links),
        "https://www.example.gov.cn/2023nw39/index_2.html": city(range(6, 7), 2, links),
    }
    seen = walk("shpt", column(SECTION), lambda request: site[request.url])
    assert sorted(item.title or "" for item in seen.items) == sorted(title(n) for n in range(7))
    assert sorted(request.url for request in seen.requests) == sorted(site)
    assert (seen.ends, seen.items[0].published) == (["last page", "last page"], day(0))


def test_the_fingerprint() -> None:
    assert detect(city(range(2), 2), SECTION) == "shpt"
    assert detect('<script>axios.post("/zwgk-search-front/api/data/affair")</script>', SECTION) == "shpt"
    assert detect("<script>$('.pagination').pagination({totalPage: 3})</script>", SECTION) == "generic"
