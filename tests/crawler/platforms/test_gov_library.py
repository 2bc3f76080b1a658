"""The State Council's policy library: one list or four at once, <em> in titles, codes instead of statuses."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from platform_lists import column, title, walk

from crawler.errors import ListError
from crawler.platforms import ListRequest, detect

URL = "https://sousuo.example.gov.cn/search-gov/data"


def entry(number: int, kind: str = "gw") -> dict[str, object]:
    return {
        "title": title(number).replace("方案", "<em>方案</em>"),
        "url": f"https://www.example.gov.cn/zhengce/{kind}/content_{number}.htm",
        "pcode": f"国办发〔2024〕{number + 1}号",
        "puborg": "国务院办公厅",
        "childtype": "国务院组织机构\\其他",
        "pubtime": 1704384000000,
        "pubtimeStr": "2024.01.05",
    }


def page(request: ListRequest) -> int:
    asked = parse_qs(urlsplit(request.url).query, keep_blank_values=True)
    assert asked["n"] == ["2"]
    return int(asked["p"][0])


def test_one_library() -> None:
    def serve(request: ListRequest) -> str:
        assert "t=zhengcelibrary_gw&" in request.url
        rows = [entry(n) for n in range(5)[2 * page(request) - 2 : 2 * page(request)]]
        return json.dumps({"code": 200, "msg": "操作成功", "searchVO": {"totalCount": 5, "listVO": rows}})

    seen = walk("gov_library", column(URL, size=2), serve)
    assert (seen.titles, seen.ends, seen.total) == ([title(n) for n in range(5)], ["total reached"], 5)
    assert seen.items[0].published == "2024.01.05"
    assert dict(seen.items[0].hints) == {
        "doc_number": "国办发〔2024〕1号",
        "issuer": "国务院办公厅",
        "theme": "国务院组织机构\\其他",
    }


def test_a_page_that_loads_the_library() -> None:
    frame = "<script>var url='/search-gov/data?t=zhengcelibrary_bm&q=&sort=pubtime&p=1&n=20'; $.getJSON(url)</script>"
    front = "https://sousuo.example.gov.cn/zhengcewenjianku/bumen.htm"
    answer = json.dumps({"code": 200, "searchVO": {"totalCount": 1, "listVO": [entry(1)]}})
    seen = walk("gov_library", column(front), lambda request: frame if request.url == front else answer)
    assert (seen.titles, seen.ends) == ([title(1)], ["total reached"])
    assert seen.requests[1].url.startswith(f"{URL}?t=zhengcelibrary_bm&")
    assert walk("gov_library", column(front), lambda request: "<p>维护中</p>").ends == ["no interface"]


def test_four_lists_at_once_end_with_the_longest() -> None:
    lengths = {"gongwen": 1, "bumenfile": 5, "otherfile": 0, "gongbao": 3}

    def serve(request: ListRequest) -> str:
        start = 2 * page(request) - 2
        lists = {
            name: {"totalCount": length, "listVO": [entry(n, name) for n in range(length)[start : start + 2]]}
            for name, length in lengths.items()
        }
        return json.dumps({"code": 200, "searchVO": {"catMap": lists}})

    seen = walk("gov_library", column(URL, size=2, library="zhengcelibrary"), serve)
    assert (len(seen.items), seen.total, len(seen.requests), seen.ends) == (9, 9, 3, ["total reached"])


def test_nothing_found_is_the_end() -> None:
    answer = json.dumps({"code": 1001, "msg": "抱歉，没有找到相关结果"})
    assert walk("gov_library", column(URL), lambda request: answer).ends == ["empty answer"]


def test_another_code_is_an_error() -> None:
    with pytest.raises(ListError, match="code 500: 系统繁忙"):
        walk("gov_library", column(URL), lambda request: json.dumps({"code": 500, "msg": "系统繁忙"}))


def test_the_fingerprint() -> None:
    assert (
        detect('<script>fetch("//sousuo.example.gov.cn/search-gov/data?t=zhengcelibrary")</script>', URL)
        == "gov_library"
    )
