"""TrueCMS: hidden first rows, then groups of three pages as records inside JSON."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from platform_lists import column, day, row, title, walk

from crawler.platforms import PLATFORMS, ListRequest, detect

URL = "https://www.example.gov.cn/sgaj/zcfg/zcfg.html"
UUID = "82e1eed4-ef97-4ba8-b3da-2299d731060c"


def address(number: int) -> str:
    return f"/sgaj/zcfg/content/{UUID[:-2]}{number:02d}.html"


def page(rows: range, script: str = "") -> str:
    hidden = "".join(row(n, address(n)) for n in rows)
    return (
        '<body><ul><li><a href="/">首页</a><i>2026-01-01</i></li></ul>'
        f'<div id="initData" style="display:none"><ul>{hidden}</ul>'
        f"</div><div id='list'></div><script>{script}</script></body>"
    )


SCRIPT = (
    f"$('#list').jpage({{perPage:10, totalRecord:75, columnId:'{UUID}', "
    "proxyUrl:'/truecms/messageController/getMessage.do'})"
)


@pytest.mark.parametrize("call", ["", "cb"])
def test_groups_of_thirty(call: str) -> None:
    def serve(request: ListRequest) -> str:
        if request.url == URL:
            return page(range(30), SCRIPT)
        asked = {key: value[0] for key, value in parse_qs(urlsplit(request.url).query).items()}
        assert (asked["columnId"], asked["perpage"], ("Referer", URL) in request.headers) == (UUID, "10", True)
        rows = range(75)[int(asked["startrecord"]) - 1 : int(asked["endrecord"])]
        records = "".join(f"<record><![CDATA[{row(n, address(n))}]]></record>" for n in rows)
        answer = json.dumps({"result": f"<datastore><recordset>{records}</recordset></datastore>"})
        return f"{call}({answer});" if call else answer

    seen = walk("truecms", column(URL), serve)
    assert (seen.titles, seen.ends, seen.total) == ([title(n) for n in range(75)], ["total reached"], 75)
    spans = [parse_qs(urlsplit(request.url).query)["startrecord"] for request in seen.requests[1:]]
    assert spans == [["31"], ["61"]]
    assert (seen.items[40].url, seen.items[40].published) == (f"https://www.example.gov.cn{address(40)}", day(40))


def test_an_empty_group_is_the_end() -> None:
    script = SCRIPT.replace("totalRecord:75, ", "")
    seen = walk(
        "truecms", column(URL), lambda request: page(range(4), script) if request.url == URL else '{"result": ""}'
    )
    assert (len(seen.items), seen.ends) == (4, ["empty answer"])


def test_only_first_rows() -> None:
    read = PLATFORMS["truecms"].read(ListRequest(url=URL), page(range(3)).encode(), (), column(URL))
    assert (len(read.items), read.following, read.ended) == (3, (), "no next page")


def test_links_in_onclick() -> None:
    link = f"""<a href="#" onclick="name2('{address(1)}')">{title(1)}</a>"""
    hidden = f'<div id="initData"><ul><li>{link}<i>{day(1)}</i></li></ul></div>'
    read = PLATFORMS["truecms"].read(ListRequest(url=URL), hidden.encode(), (), column(URL))
    assert [item.url for item in read.items] == [f"https://www.example.gov.cn{address(1)}"]


def test_the_fingerprint() -> None:
    assert detect(page(range(2)), URL) == "truecms"
    assert detect(f"<script>{SCRIPT}</script>", URL) == "truecms"
