"""The day in an address: dialects of the CMS families, and numbers that only look like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fields.urldate import date_of

SITE = "https://www.example.gov.cn"


@pytest.mark.parametrize(
    "path",
    [
        "/zwgk/202205/t20220519_88341.html",
        "/art/2022/5/19/art_12_34.html",
        "/art/2022/05/19/art_12_34.html",
        "/zhengce/2022-05/19/content_5690872.htm",
        "/c100/20220519/0a1b2c3d.html",
        "/xw/2022/0519/123.shtml",
        "/zwgk/t20220519_88341.html?from=2021/1/1/a.html#t20210101_1",
    ],
)
def test_the_dialects_of_the_cms_families_are_read(path: str) -> None:
    assert date_of(SITE + path) == date(2022, 5, 19)


@pytest.mark.parametrize(
    "path",
    [
        "/zwgk/202205/content_12.html",
        "/2022/286/1234.html",
        "/zwgk/2022/05/",
        "/art/20220519.html",
        "/t20221319_1.html",
        "/t20220230_1.html",
        "/2022/13/19/a.html",
        "/2022-05/32/a.html",
        "/c/18220519/a.html",
        "/post_8812044.html",
        "/a.html?from=/t20220519_1.html",
        "",
    ],
)
def test_other_numbers_are_no_day(path: str) -> None:
    assert date_of(SITE + path) is None


@pytest.mark.parametrize("url", ["", "urn:zhengce:test/t20220519_1.html", "file:///tmp/t20220519_1.html"])
def test_any_string_may_be_asked(url: str) -> None:
    assert date_of(url) in (None, date(2022, 5, 19))


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_day_written_into_an_address_is_read_back(day: date) -> None:
    assert date_of(f"{SITE}/t{day:%Y%m%d}_1.html") == day
    assert date_of(f"{SITE}/art/{day.year}/{day.month}/{day.day}/art_1_2.html") == day
    assert date_of(f"{SITE}/{day:%Y-%m}/{day:%d}/content_1.htm") == day
