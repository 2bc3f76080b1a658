"""Epoint: the site's id from a script, pages counted from 0, `custom` as an object and as a string."""

from __future__ import annotations

import json

import pytest
from platform_lists import column, day, title, walk

from crawler.errors import ListError
from crawler.platforms import ListRequest, detect

URL = "https://www.example.gov.cn/dynamic/zwgk/govInfoPub.html?categorynum=003001003"
SCRIPT = 'var siteInfo = {"siteGuid": "7eb5f7f1-9041", "projectName": "/EWB-FRONT", "isInDebug": false};'


def answer(request: ListRequest, as_text: bool, total: int = 5) -> str:
    asked = json.loads(request.body)
    assert (request.method, asked["categorynum"], asked["siteGuid"]) == ("POST", "003001003", "7eb5f7f1-9041")
    start = asked["pageIndex"] * asked["pageSize"]
    rows = [
        {"title": title(n)[:5], "realtitle": title(n), "infourl": f"/003/003001/20240105/{n}.html", "infodate": day(n)}
        for n in range(5)[start : start + asked["pageSize"]]
    ]
    custom: object = {"total": total, "data": rows}
    return json.dumps({"custom": json.dumps(custom) if as_text else custom, "status": {"code": 200}})


@pytest.mark.parametrize("as_text", [False, True])
def test_a_list_of_three_pages(as_text: bool) -> None:
    seen = walk("epoint", column(URL, size=2), lambda r: SCRIPT if r.method == "GET" else answer(r, as_text))
    assert (seen.titles, seen.ends, seen.total) == ([title(n) for n in range(5)], ["total reached"], 5)
    assert [json.loads(request.body)["pageIndex"] for request in seen.requests[1:]] == [0, 1, 2]
    assert [request.number for request in seen.requests[1:]] == [1, 2, 3]
    assert seen.requests[0].url == "https://www.example.gov.cn/js/webBuilderCommon.js"
    assert seen.requests[1].url == "https://www.example.gov.cn/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
    assert (seen.items[4].url, seen.items[4].published) == (
        "https://www.example.gov.cn/003/003001/20240105/4.html",
        day(4),
    )


def test_a_card_that_knows_the_id() -> None:
    of = column(URL.partition("?")[0], size=2, guid="7eb5f7f1-9041", category="003001003")
    seen = walk("epoint", of, lambda request: answer(request, False, 0))
    assert (len(seen.items), seen.requests[0].method, seen.ends) == (5, "POST", ["empty answer"])


def test_a_captcha_is_no_end() -> None:
    with pytest.raises(ListError, match="without `custom`, perhaps a captcha"):
        walk("epoint", column(URL), lambda r: SCRIPT if r.method == "GET" else '{"status": {"code": 403}}')


def test_a_script_without_the_id() -> None:
    with pytest.raises(ListError, match=r"webBuilderCommon.js: says no siteGuid"):
        walk("epoint", column(URL), lambda request: "var x = 1;")


def test_the_fingerprint() -> None:
    assert detect('<script src="/js/webBuilderCommon.js"></script>', "https://www.example.gov.cn/") == "epoint"
    assert detect("<html></html>", URL) == "epoint"
