"""Dates as Chinese pages print them, and the terms of documents."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fields.dates import DATE_LINE, STAMP_LINE, is_likely, parse_date, parse_stamp, parse_time, term


@pytest.mark.parametrize(
    "printed",
    [
        *("2022年5月19日", "2022年05月19日", "2022-05-19", "2022/5/19", "2022.05.19", "２０２２年５月１９日"),
        *(
            "二〇二二年五月十九日",
            "二○二二年五月十九日",
            "二零二二年五月十九日",
            "二O二二年五月十九日",
            "2022 年 5 月 19 日",
        ),
        *("成文日期：2022年5月19日", "2022-05-19 09:00:00"),
    ],
)
def test_a_date_in_every_form(printed: str) -> None:
    assert parse_date(printed) == date(2022, 5, 19)


@pytest.mark.parametrize(
    ("printed", "day"),
    [("二〇二〇年十二月三十一日", date(2020, 12, 31)), ("一九九九年十月二十日", date(1999, 10, 20))],
)
def test_chinese_numerals(printed: str, day: date) -> None:
    assert parse_date(printed) == day


@pytest.mark.parametrize(
    "line",
    [
        "2022519",
        "2022年5月",
        "2022-13-01",
        "2022-02-30",
        "12022-05-19",
        "22-05-19",
        "1850-01-01",
        "5月19日",
        "",
        "二〇二二年",
    ],
)
def test_what_is_no_date_is_none(line: str) -> None:
    assert parse_date(line) is None


@pytest.mark.parametrize(
    ("printed", "moment", "timed"),
    [
        ("2022-05-23 09:00", datetime(2022, 5, 23, 9, 0), True),
        ("2021-08-26 14:30:55 产业规划方案", datetime(2021, 8, 26, 14, 30, 55), True),
        ("2022年5月23日 9时05分", datetime(2022, 5, 23, 9, 5), True),
        ("2022-05-23T09:00:01", datetime(2022, 5, 23, 9, 0, 1), True),
        ("2022-05-23 09∶05", datetime(2022, 5, 23, 9, 5), True),
        ("2022-05-2309:05", datetime(2022, 5, 23, 9, 5), True),
        ("2022年5月23日 星期一 09:05", datetime(2022, 5, 23, 9, 5), True),
        ("2022-05-23（周一）09:05", datetime(2022, 5, 23, 9, 5), True),
        ("2022-05-23 星期一", datetime(2022, 5, 23), False),
        ("2024-09-29", datetime(2024, 9, 29), False),
        ("2024-09-29 25:00", datetime(2024, 9, 29), False),
        ("2024-09-29 点击:10:20", datetime(2024, 9, 29), False),
    ],
)
def test_a_time_says_whether_the_page_gave_the_clock(printed: str, moment: datetime, timed: bool) -> None:
    assert parse_time(printed) == (moment, timed)


def test_no_time_without_a_day() -> None:
    assert parse_time("09:00") is None


@pytest.mark.parametrize(
    ("line", "is_one"), [("2022年5月19日", True), ("二〇二二年五月十九日", True), ("2022-05-19", False)]
)
def test_a_date_line_is_the_date_of_a_signature(line: str, is_one: bool) -> None:
    assert bool(DATE_LINE.match(line)) == is_one
    assert not DATE_LINE.match(f"自{line}起")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        *(
            ("2022-05-19", True),
            ("2022.5.9", True),
            ("2022/5/9", True),
            ("(2022年5月9日)", True),
            ("(2022-05-09)", True),
        ),
        *(("2022年5月19日", False), ("2022-05.19", False), ("2022-05-1909:00", False), ("(2022年5月", False)),
    ],
)
def test_a_stamp_is_a_date_as_sites_print_it(line: str, is_one: bool) -> None:
    assert bool(STAMP_LINE.match(line)) == is_one
    assert not (STAMP_LINE.match(line) and DATE_LINE.match(line))


@pytest.mark.parametrize(
    ("value", "moment", "timed"),
    [
        ("20220509", datetime(2022, 5, 9), False),
        ("202205091008", datetime(2022, 5, 9, 10, 8), True),
        ("20220509100805", datetime(2022, 5, 9, 10, 8, 5), True),
        ("Mon May 09 10:08:00 CST 2022", datetime(2022, 5, 9, 10, 8), True),
        ("2022-05-09 10:08", datetime(2022, 5, 9, 10, 8), True),
    ],
)
def test_the_value_of_a_field_may_be_as_a_machine_wrote_it(value: str, moment: datetime, timed: bool) -> None:
    assert parse_stamp(value) == (moment, timed)


@pytest.mark.parametrize(
    "value",
    ["1652062080000", "20221309", "20220230", "2022050", "x20220509", "Mon Xyz 09 10:08:00 CST 2022", "0000-00-00"],
)
def test_other_digits_are_no_stamp(value: str) -> None:
    assert parse_stamp(value) is None


@pytest.mark.parametrize(
    ("day", "likely"),
    [
        *((date(2022, 5, 9), True), (date(1949, 10, 1), True), (date(1970, 1, 2), True)),
        *((date(1970, 1, 1), False), (date(1900, 1, 1), False), (date(2099, 12, 31), False)),
    ],
)
def test_days_that_templates_print_for_none_are_not_likely(day: date, likely: bool) -> None:
    assert is_likely(day) == likely


KNOWN = date(2022, 5, 19)


@pytest.mark.parametrize(
    ("clause", "effective", "expires"),
    [
        ("本办法自2022年6月1日起施行。", date(2022, 6, 1), None),
        ("本办法自2022年6月1日起施行，有效期5年。", date(2022, 6, 1), date(2027, 5, 31)),
        ("本办法自2022年6月1日起施行，有效期两年。", date(2022, 6, 1), date(2024, 5, 31)),
        ("本办法自2022年6月1日起施行，有效期至2025年12月31日。", date(2022, 6, 1), date(2025, 12, 31)),
        ("有效期自2022年6月1日至2025年5月31日。", date(2022, 6, 1), date(2025, 5, 31)),
        ("本办法自二〇二二年六月一日起施行。", date(2022, 6, 1), None),
        ("执行期限至2025年12月31日。", None, date(2025, 12, 31)),
        ("本意见自2022年2月28日起施行，试行期18个月。", date(2022, 2, 28), date(2023, 8, 27)),
        ("到2025年12月31日，产值达到100亿元。", None, None),
        ("施工期限为2年。", None, None),
        ("", None, None),
    ],
)
def test_terms_that_name_their_days(clause: str, effective: date | None, expires: date | None) -> None:
    found = term(clause, None)
    assert (found.effective, found.expires, found.relative) == (effective, expires, False)


@pytest.mark.parametrize(
    ("clause", "effective", "expires"),
    [
        ("本办法自印发之日起施行。", KNOWN, None),
        ("本办法自公布之日起30日后施行。", date(2022, 6, 18), None),
        ("本办法自印发之日起施行，有效期3年。", KNOWN, date(2025, 5, 18)),
        ("本办法自发布之日起一个月后施行。", date(2022, 6, 19), None),
    ],
)
def test_terms_counted_from_the_day_of_issue(clause: str, effective: date, expires: date | None) -> None:
    known = term(clause, KNOWN)
    assert (known.effective, known.expires, known.relative) == (effective, expires, False)
    unknown = term(clause, None)
    assert (unknown.effective, unknown.expires, unknown.relative) == (None, None, True)


def test_shenyang_ends_on_a_day_and_begins_on_an_unknown_one() -> None:
    found = term("执行期限从公布之日起30日后施行至2025年12月31日。", None)
    assert (found.effective, found.expires, found.relative) == (None, date(2025, 12, 31), True)


def test_a_clause_on_something_else_is_no_term() -> None:
    assert term("自收到申请之日起30日内作出决定。自公布之日起5个工作日内公示。", KNOWN).effective is None


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("《供水办法》已经市政府第5次常务会议审议通过，现予公布，自2022年6月1日起施行。", date(2022, 6, 1)),
        ("《安全生产法》已经全国人大常委会通过，自2022年6月1日起施行，请认真贯彻执行。", None),
    ],
)
def test_an_order_speaks_of_the_act_that_it_carries(sentence: str, effective: date | None) -> None:
    assert term(sentence, None).effective == effective


def test_an_end_before_the_beginning_is_none() -> None:
    assert term("本办法自2022年6月1日起施行，有效期至2012年12月31日。", None).expires is None


CLAUSES = st.lists(
    st.sampled_from(
        [
            *"自至起后满一二三两十百零〇年月日号2019，。",
            "有效期",
            "施行",
            "公布之日",
            "2022年6月1日",
            "个月",
            "试行期",
            "二〇",
        ]
    ),
    max_size=18,
).map("".join)


@given(CLAUSES)
def test_no_clause_breaks_it(clause: str) -> None:
    found = term(clause, KNOWN)
    assert not (found.effective and found.expires and found.expires < found.effective)
    parse_date(clause)
    parse_time(clause)


@pytest.mark.parametrize("count", ["三两", "2两", "十十", "百", "999", "0"])
def test_an_odd_number_of_years_breaks_nothing(count: str) -> None:
    assert term(f"本办法自2022年1月1日起施行，有效期{count}年。", None).effective == date(2022, 1, 1)
