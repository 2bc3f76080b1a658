"""TRS: four arguments counted from 0, numbers in the name, stubs, and related pages that pop up in a row."""

from __future__ import annotations

import pytest
from platform_lists import column, day, row, title, walk

from crawler.platforms import PLATFORMS, ListRequest, detect

URL = "https://www.example.gov.cn/zwgk/zfwj/"
STUB = "<html><head><title>提示</title></head><body>" + "<p>您访问的页面。</p>" * 12 + "</body></html>"


def page(index: int, rows: range, pages: int = 3, name: str = "index") -> str:
    listed = "".join(row(n, f"./202401/t20240105_{1000 + n}.html") for n in rows)
    call = f'createPageHTML({pages}, {index}, "{name}", "html");'
    return f'<html><body><ul class="u-list">{listed}</ul><script>{call}</script></body></html>'


def test_a_list_of_three_pages() -> None:
    pages = {
        URL: page(0, range(3)),
        f"{URL}index_1.html": page(1, range(3, 6)),
        f"{URL}index_2.html": page(2, range(6, 8)),
    }
    seen = walk("trs", column(URL), lambda request: pages[request.url])
    assert seen.titles == [title(n) for n in range(8)]
    assert seen.ends == ["last page"]
    assert (seen.items[4].url, seen.items[4].published) == (f"{URL}202401/t20240105_1004.html", day(4))


def test_a_number_in_the_name() -> None:
    url = "https://www.example.gov.cn/zdgk/index_18086.html"
    read = PLATFORMS["trs"].read(ListRequest(url=url), page(0, range(3), name="index_18086").encode(), (), column(url))
    assert [request.url for request in read.following] == ["https://www.example.gov.cn/zdgk/index_18086_1.html"]


def test_arguments_that_are_variables() -> None:
    markup = page(0, range(3)).replace(
        'createPageHTML(3, 0, "index", "html")',
        'var countPage = 7; var currentPage = 0;\n// createPageHTML(9, 0, "old", "html")\n'
        'createPageHTML(countPage, currentPage, "index", "shtml")',
    )
    read = PLATFORMS["trs"].read(ListRequest(url=URL), markup.encode(), (), column(URL))
    assert (read.pages, [request.url for request in read.following]) == (7, [f"{URL}index_1.shtml"])


def test_a_stub_with_status_200() -> None:
    assert 300 < len(STUB.encode()) < 500
    seen = walk("trs", column(URL), lambda request: page(0, range(3), 50) if request.number == 1 else STUB)
    assert (len(seen.items), len(seen.requests), seen.ends) == (3, 2, ["stub"])


def test_page_1_for_every_number() -> None:
    seen = walk("trs", column(URL), lambda request: page(0, range(3), 50))
    assert (len(seen.items), seen.ends) == (3, ["repeats page 1"])


def test_related_pages_that_pop_up_in_a_row() -> None:
    related = '<li><a href="../../jd/t20240106_9.html">专家解读之一，题目比通知的更长一些</a></li>'
    pop = f'<div class="popbox"><h3>相关解读</h3><ul>{related}</ul></div>'
    markup = page(0, range(3), 1).replace("<span>", f"{pop}<span>")
    seen = walk("trs", column(URL), lambda request: markup)
    assert seen.titles == [title(n) for n in range(3)]


def test_a_list_without_dates() -> None:
    listed = "".join(f'<li><a href="./202401/t20240105_{n}.html">{title(n)}</a></li>' for n in range(4))
    menu = '<ul class="menu"><li><a href="/a/">机构</a></li></ul>'
    markup = f'{menu}<ul>{listed}</ul><script>createPageHTML(1,0,"index","html")</script>'
    seen = walk("trs", column(URL), lambda request: markup)
    assert seen.titles == [title(n) for n in range(4)]
    assert {item.published for item in seen.items} == {None}


@pytest.mark.parametrize(
    "call", ['createPageHTML(20, 0, "index", "html");', "createPageHTML(1,0,'t20190918_69','shtml')"]
)
def test_the_fingerprint(call: str) -> None:
    assert detect(f"<script>{call}</script>", URL) == "trs"


@pytest.mark.parametrize(
    "call",
    [
        "createPageHTML('page_div',22,1,'common_list','shtml',325)",
        "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}",
        '// createPageHTML(20, 0, "index", "html");',
    ],
)
def test_what_only_looks_like_it(call: str) -> None:
    assert detect(f"<script>{call}</script>", URL) != "trs"


OLD = """<script>
var currentPage = {current};//所在页从0开始
var prevPage = currentPage-1;
var nextPage = currentPage+1;//下一页
var countPage = 3;//共多少页
if(currentPage!=(countPage-1)) document.write("<a href=\\"index"+"_" + nextPage + "."+"html\\">下一页</a>&nbsp;");
</script>"""


def test_an_older_template_that_writes_its_links_itself() -> None:
    def serve(request: ListRequest) -> str:
        index = request.number - 1
        return page(index, range(3 * index, 3 * index + 3)).partition("<script>")[0] + OLD.format(current=index)

    seen = walk("trs", column(URL), serve)
    assert (seen.titles, seen.ends) == ([title(n) for n in range(9)], ["last page"])
    assert [request.url for request in seen.requests[1:]] == [f"{URL}index_1.html", f"{URL}index_2.html"]
    assert detect(OLD.format(current=0), URL) == "trs"
    assert detect("<script>var countPage = 3; var currentPage = 0;</script>", URL) == "generic"
