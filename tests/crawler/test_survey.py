"""A look around unknown sites: all columns of all families are found, and nothing is taken for one that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from crawler.site import Answer, Site
from crawler.source import Column
from crawler.survey import Survey
from tests.city import city

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.city import City

HOME = "https://www.example.gov.cn/"
ROWS = "".join(f'<li><a href="/a/{n}.html">关于第{n}件事的通知</a><span>2024-01-0{n}</span></li>' for n in range(1, 6))


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    with city(bulk=20) as running:
        yield running


def ask(url: str) -> Answer:
    try:
        with urlopen(url) as answer:
            return Answer(url, answer.url, answer.read(), tuple(answer.headers.items()))
    except HTTPError as error:
        return Answer(url, url, trouble=f"http_{error.code}")


def survey(url: str) -> Site:
    looking = Survey(url)
    while address := looking.next():
        looking.take(ask(address))
    return looking.site


def told(pages: dict[str, str], start: str = HOME, most: int = 12) -> tuple[Site, list[str]]:
    """What a survey finds where the answers are these, and what it asked for."""
    looking, asked = Survey(start, most), []
    while address := looking.next():
        asked.append(address)
        trouble = None if address in pages else "http_404"
        looking.take(Answer(address, address, pages.get(address, "").encode(), trouble=trouble))
    return looking.site, asked


FAMILIES = ("ucap", "jcms", "jpaas", "trs", "shpt", "shanghai", "gov_library", "gkmlpt", "epoint", "truecms", "generic")


@pytest.mark.parametrize("key", FAMILIES)
def test_the_columns_of_a_family_are_found_from_the_front_page(town: City, key: str) -> None:
    list_page = urlsplit(town.sites[key])
    home = f"http://{list_page.netloc}/"
    site = survey(home)
    here = {url: town.families[name] for name, url in town.sites.items() if url.startswith(home)}
    here.pop(town.sites["generic_dede"], None)  # 产业规划 is no name of a policy column
    assert {column.url: column.platform for column in site.columns} == here
    place = town.columns[key].place
    assert (site.name, site.publisher) == (f"{place.name}人民政府", place.office)
    assert site.code == f"{place.code}0001"
    for column in site.columns:  # each can stand in a card
        Column(id="c", url=column.url, platform=column.platform, options=column.options)


def test_a_list_that_is_given_comes_first_whatever_its_name(town: City) -> None:
    site = survey(town.sites["generic_dede"])
    assert [column.url for column in site.columns] == [town.sites["generic_dede"], town.sites["generic"]]
    assert (site.columns[0].told, site.columns[0].rows) == ("given", 6)


def test_a_site_of_news_has_no_column() -> None:
    front = '<a href="/xw/">本地要闻</a><a href="/zcwj/">政策文件</a>'
    site, asked = told({HOME: front, f"{HOME}xw/": ROWS, f"{HOME}zcwj/": "<p>正在建设中</p>"})
    assert (site.columns, asked) == ((), [HOME, f"{HOME}zcwj/"])
    with_rows, _ = told({HOME: front, f"{HOME}zcwj/": ROWS})
    assert [column.name for column in with_rows.columns] == ["政策文件"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://other.example.com/zcwj/">政策文件</a>',
        '<a href="/zwgk/202401/t20240105_12.html">政策文件</a>',
        '<a href="/zcwj/a.pdf">政策文件</a>',
        '<a href="javascript:void(0)">政策文件</a>',
        '<a href="/zcwj/">关于印发某市政策文件管理办法和其他五项办法的通知</a>',
        '<a href="/zjdc/">政策文件意见征集</a>',
        '<a href="/ldzc/">领导之窗</a>',
    ],
)
def test_links_that_lead_to_no_column_are_not_followed(link: str) -> None:
    assert told({HOME: link})[1] == [HOME]


def test_a_hall_is_entered_and_the_best_name_first() -> None:
    pages = {
        HOME: '<a href="/zwgk/">政务公开</a><a href="/tzgg/">通知公告</a>',
        f"{HOME}zwgk/": '<a href="/zwgk/gfxwj/">规范性文件</a>',
        f"{HOME}zwgk/gfxwj/": f"<meta name=' ColumnName ' content='规范性文件'>{ROWS}",
        f"{HOME}tzgg/": ROWS.replace("/a/", "/b/"),
    }
    site, asked = told(pages)
    assert set(asked) == set(pages)
    assert [(column.name, column.kind, column.told) for column in site.columns] == [
        ("规范性文件", "policy", "ColumnName"),
        ("通知公告", "notice", "link"),
    ]


def test_a_survey_ends() -> None:
    endless = "".join(f'<a href="/zcwj/{n}/">政策文件{n}</a>' for n in range(100))
    site, asked = told({HOME: endless}, most=7)
    assert (len(asked), len(site.trouble), site.pages) == (7, 6, 1)


def test_a_missing_page_with_status_200_is_no_column() -> None:
    gone = f"<title>页面不存在</title><meta name='ColumnName' content='政策文件'>您访问的页面不存在{'<!-- -->' * 9}"
    site, _ = told({HOME: '<a href="/zcwj/">政策文件</a>', f"{HOME}zcwj/": gone})
    assert site.trouble == {f"{HOME}zcwj/": "soft_404"}


def test_a_whole_catalogue_is_narrowed_to_policy(town: City) -> None:
    catalogue = town.sites["gkmlpt"].partition("#")[0]
    column = survey(catalogue).columns[0]
    assert (column.url, column.platform) == (catalogue, "gkmlpt")
    assert column.options == {"under": "规范性文件|规章|政策|政府文件"}


def test_a_list_that_is_linked_three_times_is_one_column() -> None:
    links = '<a href="/zcwj/">政府文件</a><a href="/zcwj/index.html">政策文件</a><a href="/zcwj/?from=home">文件</a>'
    pages = dict.fromkeys((f"{HOME}zcwj/", f"{HOME}zcwj/index.html", f"{HOME}zcwj/?from=home"), ROWS)
    site, asked = told({HOME: links} | pages)
    assert len(asked) == 4
    assert [column.url for column in site.columns] == [f"{HOME}zcwj/"]


LEADS = '<script>window.location.href="{}";</script>'


def test_a_front_page_that_only_leads_on_is_followed_once() -> None:
    front = {f"{HOME}site/": '<a href="/zcwj/">政策文件</a>', f"{HOME}zcwj/": ROWS}
    site, asked = told({HOME: LEADS.format("/site/")} | front)
    assert asked == [HOME, f"{HOME}site/", f"{HOME}zcwj/"]
    assert [column.name for column in site.columns] == ["政策文件"]
    circle = {HOME: LEADS.format("/a/"), f"{HOME}a/": LEADS.format("/b/"), f"{HOME}b/": LEADS.format("/c/")}
    assert told(circle)[1] == [HOME, f"{HOME}a/"]
    site, asked = told({HOME: LEADS.format("https://other.example.com/")})
    assert (asked, site.trouble) == ([HOME], {HOME: "off_card"})
