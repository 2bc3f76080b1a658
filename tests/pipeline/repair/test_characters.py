"""Lost characters come back where there is one reading; where there are two, a flag says so."""

from __future__ import annotations

from datetime import date

import pytest
from pagemaker import cleaned, draft, texts

from pipeline.draft import Block
from pipeline.repair.characters import date_readings, restore_characters

SUSPECT = {"suspect_lost_chars"}


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("2022519", [date(2022, 5, 19)]),
        ("20221231", [date(2022, 12, 31)]),
        ("2022111", [date(2022, 1, 11), date(2022, 11, 1)]),
        ("2022年519日", [date(2022, 5, 19)]),
        ("2022年5月19", [date(2022, 5, 19)]),
        ("20225月19日", [date(2022, 5, 19)]),
        ("2022年111日", [date(2022, 1, 11), date(2022, 11, 1)]),
        ("2022年5月19日", []),
        ("2022", []),
        ("215021", []),
        ("2022999", []),
        ("20221345", []),
        ("1850519", []),
        ("共2022519元", []),
    ],
)
def test_readings_of_a_date(line: str, readings: list[date]) -> None:
    assert date_readings(line) == readings


def restored(*lines: str, published: date | None = None, years: set[int] | None = None) -> tuple[list[str], set[str]]:
    page = restore_characters(draft(*lines), published, frozenset(years or ()))
    return texts(page), set(page.flags)


def test_one_reading_under_a_signature_is_repaired_and_flagged() -> None:
    assert restored("苏州市人民政府", "2022519") == (["苏州市人民政府", "2022年5月19日"], SUSPECT)


def test_one_reading_in_a_year_of_the_page_is_repaired() -> None:
    assert restored("2022519", years={2022}) == (["2022年5月19日"], SUSPECT)
    assert restored("2022年519日") == (["2022年5月19日"], SUSPECT)


def test_two_readings_stay_and_are_flagged() -> None:
    assert restored("苏州市人民政府", "2022111") == (["苏州市人民政府", "2022111"], SUSPECT)


def test_the_day_of_publication_may_leave_one_of_two() -> None:
    lines = ["苏州市人民政府", "2022111"]
    assert restored(*lines, published=date(2022, 3, 1)) == (["苏州市人民政府", "2022年1月11日"], SUSPECT)
    assert restored(*lines, published=date(2022, 12, 1)) == (lines, SUSPECT)


def test_a_date_after_its_publication_is_no_reading() -> None:
    lines = ["苏州市人民政府", "2022519"]
    assert restored(*lines, published=date(2022, 5, 1)) == (lines, SUSPECT)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("三年行动计划（20212023）", "三年行动计划（2021—2023）"),
        ("三年行动计划(20212023年)", "三年行动计划(2021—2023年)"),
    ],
)
def test_a_range_of_years_in_brackets_gets_its_dash(line: str, expected: str) -> None:
    assert restored(line) == ([expected], SUSPECT)


@pytest.mark.parametrize(
    "line",
    [
        "计划（20232021）",
        "编号（20212099）",
        "电话20212023",
        "邮编215021",
        "投资2022519元",
        "215021",
        "2022",
        "苏府〔2022〕33号",
        "计划（2021—2023）",
        "新增1520家企业",
        "2022年5月19日",
    ],
)
def test_ordinary_numbers_stay_without_a_flag(line: str) -> None:
    assert restored("请认真贯彻执行。", line) == (["请认真贯彻执行。", line], set())


def test_a_row_of_digits_without_signature_or_year_is_no_date() -> None:
    assert restored("请认真贯彻执行。", "2022519") == (["请认真贯彻执行。", "2022519"], set())


def test_a_row_of_digits_of_another_year_than_the_page_is_no_date() -> None:
    assert restored("2012519", years={2022})[0] == ["2012519"]


def test_a_table_is_never_touched_by_a_date() -> None:
    table = Block("| 2022519 | 2022111 |\n| --- | --- |\n| 215021 | 100 |", 1, "table")
    page = restore_characters(draft("x").amend(lambda _: table), None, frozenset({2022}))
    assert page.blocks == (table,)
    assert not page.flags


@pytest.mark.parametrize("line", ["推进落实，，确保到位", "市财政局、、市科技局", "苏府〔202233号文件规定"])
def test_traces_of_a_loss_without_one_reading_are_flagged_and_left(line: str) -> None:
    assert restored(line) == ([line], SUSPECT)


def test_repair_and_account_in_a_whole_page() -> None:
    found = cleaned(
        *("市政府关于印发三年行动计划的通知", "苏府〔2022〕33号", "各县级市(区)人民政府:"),
        *("《三年行动计划(20212023)》已经同意,邮编215021,请认真执行。", "苏州市人民政府", "2022519"),
    ).document
    assert found
    assert found.written == date(2022, 5, 19)
    assert found.text.endswith(
        "《三年行动计划（2021—2023）》已经同意，邮编215021，请认真执行。\n苏州市人民政府\n2022年5月19日"
    )
