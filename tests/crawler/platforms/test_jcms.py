"""JCMS: the store in the page, records by POST, next groups followed as they stand, and the catalogue's search."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from platform_lists import column, day, row, title, walk

from crawler.errors import ListError
from crawler.platforms import PLATFORMS, ListRequest, detect

URL = "https://www.example.gov.cn/col/col3296/index.html"
EMPTY = "<?xml version='1.0' encoding='UTF-8'?>".ljust(54)
"""Beyond the end: 54 bytes without a record."""


def store(rows: range, total: int | None = None, group: str = "") -> str:
    records = "".join(f"<record><![CDATA[{row(n, f'/art/2024/1/5/art_3296_{n}.html')}]]></record>\n" for n in rows)
    counted = f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // 2)}</totalpage>" if total else ""
    link = f'<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup>' if group else ""
    return f"<datastore>{link}{counted}<recordset>{records}</recordset></datastore>"


def inline(stored: str, script: str = "") -> str:
    return (
        '<html><head><meta name="ColumnName" content="通知公告"></head><body><a href="/">首页</a>'
        f'<div id="10264" class="list"><script type="text/xml">{stored}</script></div>'
        f"<script>{script}</script></body></html>"
    )


SCRIPT = """
$('#10264').jpage({theme:'default', perPage:2, totalRecord:9, groupSize:3,
  proxyUrl:'/module/web/jpage/dataproxy.jsp'});
var param_10264 = {col:1, appid:1, webid:'36', path:'/', columnid:3296, sourceContentType:1, unitid:'10264',
  webname:'某市财政局', permissiontype:0};
"""


def test_records_by_post() -> None:
    def serve(request: ListRequest) -> str:
        if request.method == "GET":
            return inline(store(range(6), 9), SCRIPT)
        asked = {key: int(value[0]) for key, value in parse_qs(urlsplit(request.url).query).items()}
        fields = parse_qs(request.body.decode())
        assert (fields["columnid"], fields["unitid"], fields["webid"]) == (["3296"], ["10264"], ["36"])
        assert fields["webname"] == ["某市财政局"]
        assert ("Referer", URL) in request.headers
        return store(range(9)[asked["startrecord"] - 1 : asked["endrecord"]])

    seen = walk("jcms", column(URL), serve)
    assert seen.titles == [title(n) for n in range(9)]
    assert (seen.ends, seen.total) == (["total reached"], 9)
    assert urlsplit(seen.requests[1].url).path == "/module/web/jpage/dataproxy.jsp"
    assert (seen.items[8].url, seen.items[8].published) == (
        "https://www.example.gov.cn/art/2024/1/5/art_3296_8.html",
        day(8),
    )


def group(page: int) -> str:
    return f"/module/web/jpage/dataproxy.jsp?page={page}&amp;webid=1&amp;columnid=k3Jx%2BQ%3D%3D&amp;unitid=9aZ%2F"


def test_encrypted_groups_are_followed_as_they_stand() -> None:
    def serve(request: ListRequest) -> str:
        if "dataproxy" not in request.url:
            return inline(store(range(3), group=group(2)))
        asked = parse_qs(urlsplit(request.url).query)
        assert (request.method, asked["columnid"], asked["unitid"]) == ("GET", ["k3Jx+Q=="], ["9aZ/"])
        page = int(asked["page"][0])
        return store(range(3 * page - 3, 3 * page), group=group(page + 1)) if page < 4 else EMPTY

    seen = walk("jcms", column(URL), serve)
    assert seen.titles == [title(n) for n in range(9)]
    assert (len(seen.requests), seen.ends) == (4, ["empty answer"])
    assert seen.requests[1].url == "https://www.example.gov.cn" + group(2).replace("&amp;", "&")


def test_a_group_that_is_page_1_again() -> None:
    seen = walk("jcms", column(URL), lambda request: inline(store(range(3), group=group(2))))
    assert (len(seen.items), seen.ends) == (3, ["repeats page 1"])


def test_two_units_in_a_page() -> None:
    side = store(range(70, 75), group=group(2).replace("9aZ%2F", "777"))
    both = inline(store(range(2), 2), SCRIPT).replace("</body>", f'<div id="777"><script>{side}</script></div></body>')
    assert walk("jcms", column(URL), lambda request: both, 1).titles == [title(n) for n in range(70, 75)]
    assert walk("jcms", column(URL, unit="10264"), lambda request: both, 1).titles == [title(0), title(1)]
    assert walk("jcms", column(URL, unit=777), lambda request: both, 1).titles == [title(n) for n in range(70, 75)]


def test_a_column_rendered_by_the_server() -> None:
    def serve(request: ListRequest) -> str:
        number = int(parse_qs(urlsplit(request.url).query).get("pageNum", ["1"])[0])
        listed = "".join(row(n, f"/art/2024/1/5/art_3296_{n}.html") for n in range(3 * number - 3, 3 * number))
        onward = f'<a href="/col/col3296/index.html?uid=5&pageNum={number + 1}">下一页</a>' if number < 3 else ""
        return f"<body><ul>{listed}</ul><div>{onward}</div></body>"

    seen = walk("jcms", column(URL), serve)
    assert (seen.titles, seen.ends) == ([title(n) for n in range(9)], ["no next page"])


SEARCH = "https://www.example.gov.cn/module/xxgk/search.jsp"


def catalogue(request: ListRequest) -> str:
    fields = parse_qs(request.body.decode(), keep_blank_values=True)
    assert (request.method, fields["area"], fields["jdid"]) == ("POST", ["11370600004260512U"], ["1"])
    page = int(fields["currpage"][0])
    rows = "".join(
        f'<tr><td>11370600004260512U/2024-{n:05d}</td><td><a href="/art/2024/1/5/art_{3296 + n % 2}_{n}.html" '
        f'title="{title(n)}">{title(n)[:6]}...</a></td><td>{day(n)}</td></tr>'
        for n in range(5)[2 * page - 2 : 2 * page]
    )
    return f"<table><tr><th>索引号</th><th>名称</th><th>日期</th></tr>{rows}</table><div>共5条 共3页</div>"


def test_the_catalogue() -> None:
    seen = walk("jcms", column(SEARCH, area="11370600004260512U"), catalogue)
    assert (seen.titles, seen.ends, seen.total) == ([title(n) for n in range(5)], ["last page"], 5)
    assert seen.items[3].hints == (("index_number", "11370600004260512U/2024-00003"),)


def test_the_catalogue_of_one_column() -> None:
    of = column(SEARCH, area="11370600004260512U", match="art_3297_")
    assert walk("jcms", of, catalogue).titles == [title(1), title(3)]


def test_a_column_page_that_loads_the_catalogue() -> None:
    page = "<script>loadDynamic('/module/xxgk/search.jsp?divid=div1&infotypeId='+a+'&area=11370600004260512U')</script>"
    seen = walk("jcms", column(URL), lambda request: catalogue(request) if "search.jsp" in request.url else page)
    assert seen.titles == [title(n) for n in range(5)]
    assert [parse_qs(request.body.decode())["divid"] for request in seen.requests[1:]] == [["div1"]] * 3


@pytest.mark.parametrize("markup", [inline(store(range(2)), SCRIPT), "<script src='/module/xxgk/tree.jsp?area=1'>"])
def test_the_fingerprint(markup: str) -> None:
    assert detect(markup, URL) == "jcms"


def test_a_unit_that_is_gone_is_no_other_unit() -> None:
    page = inline(store(range(6), 6)) + inline(store(range(6, 9), 3)).replace("10264", "3333")
    read = PLATFORMS["jcms"].read(ListRequest(url=URL), page.encode(), (), column(URL, unit="3333"))
    assert [item.title for item in read.items] == [title(n) for n in range(6, 9)]
    with pytest.raises(ListError, match="no list unit 2222"):
        PLATFORMS["jcms"].read(ListRequest(url=URL), page.encode(), (), column(URL, unit="2222"))


@pytest.mark.parametrize("group", ["http://[x", "file:///etc/passwd"])
def test_a_next_group_that_is_no_address(group: str) -> None:
    page = inline(store(range(3), group=group))
    with pytest.raises(ListError, match="no address"):
        PLATFORMS["jcms"].read(ListRequest(url=URL), page.encode(), (), column(URL))
