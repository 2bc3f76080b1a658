"""Rows of real layouts: pinned ones, odd and even ones, groups, undated ones, and lists beside the list."""

from __future__ import annotations

import pytest

from crawler.platforms.dates import read
from crawler.platforms.rows import Page

URL = "http://www.example.gov.cn/zw/"


def row(number: int, date: str = "<span>2024-01-05</span>") -> str:
    return f'<a href="{number}.html">关于第{number}号工作的通知</a>{date}'


def listed(first: int, last: int, wrap: str = "<li>{}</li>") -> str:
    return "".join(wrap.format(row(number)) for number in range(first, last))


def found(markup: str, url: str = URL) -> list[tuple[str, str | None]]:
    around = '<div class="nav"><a href="/">首页</a></div>{}<div class="foot"><a href="/a">联系我们</a></div>'
    return [(item.url.removeprefix(URL), item.published) for item in Page(around.format(markup), url).rows()]


TEN = [(f"{number}.html", "2024-01-05") for number in range(10)]
PINNED = f'<ul class="top">{listed(0, 2)}</ul><ul class="list">{listed(2, 10)}</ul>'
ELSEWHERE = listed(0, 9).replace('href="', 'href="/xw/')


@pytest.mark.parametrize(
    "markup",
    [
        f"<ul>{listed(0, 10)}</ul>",
        PINNED,
        "".join(f'<div class="{"odd" if n % 2 else "even"}"><p>{row(n)}</p></div>' for n in range(10)),
        "".join(f'<div class="{"odd" if n % 2 else "even"}">{row(n)}</div>' for n in range(10)),
        "".join(f'<ul class="g{n}">{listed(5 * n, 5 * n + 5)}</ul>' for n in range(2)),
        "".join(f'<div class="con{n}"><ul>{listed(5 * n, 5 * n + 5)}</ul></div>' for n in range(2)),
        f'<ul class="list">{listed(0, 10)}</ul><div class="side"><ul>{listed(100, 115)}</ul></div>',
        f'<ul class="list">{listed(0, 10)}</ul><ul class="hot">{listed(100, 115)}</ul>',
        f'<ul class="list">{listed(0, 10)}</ul><ul class="xw">{ELSEWHERE}</ul>',
        f'<div class="side"><ul>{listed(0, 10)}</ul></div><p><a href="/xw/1.html">今日要闻</a><i>2024-01-05</i></p>',
    ],
)
def test_the_list_is_whole_and_alone(markup: str) -> None:
    assert found(markup) == TEN


def test_rows_whose_date_is_a_picture() -> None:
    new = "".join(f"<li>{row(n, '<img src=new.gif>')}</li>" for n in range(3))
    more = "<li><a href='list_2.html'>下一页</a></li><li><a href='/xw/1.html'>另一个栏目的要闻</a></li>"
    assert found(f"<ul>{new}{listed(3, 10)}{more}</ul>") == [(f"{n}.html", None) for n in range(3)] + TEN[3:]


def test_page_2_has_the_list_that_page_1_had() -> None:
    side = f'<div class="con"><ol>{listed(100, 104)}</ol></div>'
    first, second = Page(PINNED + side, URL), Page(f'<ul class="list">{listed(10, 12)}</ul>{side}', URL)
    assert [item.url for item in second.rows(first.place)] == [f"{URL}10.html", f"{URL}11.html"]
    assert Page(side, URL).rows(first.place) == []


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2024-01-05 来源：市政府办", "2024-01-05"),
        ("发布时间：2024-01-05 浏览次数：33", "2024-01-05"),
        ("来源：市政府办 发布时间：2024年1月5日", "2024年1月5日"),
        ("24-01-05", "2024-01-05"),
        ("2024-01-05T10:00:00+08:00", "2024-01-05 10:00:00"),
        ("[01-05]", "01-05"),
        ("2024年1月5日会议通过的决定", None),
        ("自2024-01-05起施行", None),
        ("电话：0512-12345678 2024", None),
        ("第24-01号", None),
    ],
)
def test_dates_among_other_facts(printed: str, date: str | None) -> None:
    assert read(printed) == date


@pytest.mark.parametrize(
    "date",
    ["<div><b>05</b><span>2024-01</span></div>", "<i>2024年01月</i><b>05日</b>", "<b>2024</b><i>01-05</i>"],
)
def test_day_and_month_in_elements_of_their_own(date: str) -> None:
    assert found("<ul>" + "".join(f"<li>{date}{row(n, '')}</li>" for n in range(10)) + "</ul>") == TEN


def test_dates_that_stand_bare_between_links() -> None:
    assert found("<div>" + "".join(row(n, " 2024-01-05<br>") for n in range(10)) + "</div>") == TEN


@pytest.mark.parametrize("base", ["http://[x", "http://a:99999/", "javascript:void(0)", ""])
def test_a_base_that_is_no_address(base: str) -> None:
    assert found(f'<base href="{base}"><ul>{listed(0, 10)}</ul>') == TEN


def test_a_query_in_the_letters_of_its_page() -> None:
    markup = '<ul><li><a href="show.asp?n=国">关于甲的通知</a><i>2024-01-05</i></li></ul>'
    assert Page(markup, URL, "gb18030").rows()[0].url == f"{URL}show.asp?n=%B9%FA"
