"""Pagers: counts that are the list's own, and pages that only a script can turn to."""

from __future__ import annotations

import pytest
from platform_lists import column, row, title, walk

from crawler.platforms import PLATFORMS, Listing, ListRequest
from crawler.platforms.generic import SCRIPT_PAGER

URL = "http://www.example.gov.cn/tzgg/list.htm"
ARTICLES = "".join(row(n, f"/info/{n}.htm") for n in range(3))


def listing(pager: str) -> Listing:
    return PLATFORMS["generic"].read(ListRequest(url=URL), f"<ul>{ARTICLES}</ul>{pager}".encode(), (), column(URL))


@pytest.mark.parametrize(
    "pager",
    [
        '第1/5页 <a href="javascript:goPage(2)">下一页</a> <a href="javascript:goPage(5)">尾页</a>',
        "<span>共5页</span>",
        '<a onclick="turnpage(2)">下一页</a>',
        '<span onclick="next()">下一页 &gt;</span>',
    ],
)
def test_a_pager_that_only_a_script_turns_is_no_end(pager: str) -> None:
    found = listing(pager)
    assert (len(found.items), found.following, found.broken) == (3, (), SCRIPT_PAGER)


@pytest.mark.parametrize(
    "pager",
    [
        "",
        '第1/1页 <a href="javascript:goPage(2)">下一页</a>',
        '<a href="javascript:void(0)">下一页</a>',
        '<a href="#">下一页</a>',
        '<a class="disabled" onclick="turnpage(2)">下一页</a>',
        '<a onclick="turnpage(1)">下一页</a>',
        '<a href="list2.htm">下一页</a>',
        '第1/5页 <a href="list2.htm">下一页</a>',
    ],
)
def test_a_pager_that_turns_or_has_ended(pager: str) -> None:
    assert listing(pager).broken is None


def test_the_last_page_of_a_list_turned_by_the_card() -> None:
    of = column(URL, pages="list{n}.htm")
    read = PLATFORMS["generic"].read(ListRequest(url=URL), f"<ul>{ARTICLES}</ul>共5页".encode(), (), of)
    assert (read.broken, [request.url.rpartition("/")[2] for request in read.following]) == (None, ["list2.htm"])


COUNTING = "我市出台稳经济一揽子政策共4条措施"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_title_that_counts_does_not_end_a_list(number: int) -> None:
    def serve(request: ListRequest) -> str:
        listed = "".join(row(n, f"/info/{n}.htm") for n in range(3 * request.number - 3, 3 * request.number))
        if request.number == number:
            listed = listed.replace(title(3 * number - 2), COUNTING)
        onward = f'<a href="list{request.number + 1}.htm">下一页</a>' if request.number < 4 else ""
        return f"<ul>{listed}</ul><p>{onward}</p>"

    seen = walk("generic", column(URL), serve)
    assert (len(seen.items), seen.total, seen.ends) == (12, None, ["no next page"])


def test_a_count_is_believed_when_a_second_page_repeats_it() -> None:
    def serve(request: ListRequest) -> str:
        listed = "".join(row(n, f"/info/{n}.htm") for n in range(3 * request.number - 3, 3 * request.number))
        return f'<ul>{listed}</ul><p>共 6 条 <a href="list{request.number + 1}.htm">下一页</a></p>'

    seen = walk("generic", column(URL), serve)
    assert (len(seen.items), seen.total, seen.ends) == (6, 6, ["total reached"])
    assert listing("<p>共 6 条</p>").total is None
