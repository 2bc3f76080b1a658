"""Tables are written as Markdown and read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.tables.markdown import cells, is_rule, merged_columns, merged_places, read_back, to_markdown

CELL = st.text(alphabet="甲乙1|\\ a", max_size=6).map(str.strip).filter(lambda cell: not cell.endswith("\\"))


def test_a_table_is_one_row_a_line() -> None:
    assert to_markdown([["序号", "任务"], ["1", "甲"], ["2"]]) == "| 序号 | 任务 |\n| --- | --- |\n| 1 | 甲 |\n| 2 |  |"


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=2, max_size=5)))
def test_cells_come_back_bars_and_all(rows: list[list[str]]) -> None:
    lines = to_markdown(rows).splitlines()
    assert is_rule(lines[1])
    assert [cells(line) for line in (lines[0], *lines[2:])] == rows


@pytest.mark.parametrize("line", ["| --- | --- |", "|---|:---:|", "--- | ---", "| --- |"])
def test_the_line_of_dashes_is_no_row(line: str) -> None:
    assert is_rule(line)


@pytest.mark.parametrize("line", ["| - | 1 |", "| 1 | --- |", "", "| 序号 |", "| 2021-2023 |"])
def test_other_lines_are_rows(line: str) -> None:
    assert not is_rule(line)


def test_reading_back_fills_what_was_merged() -> None:
    table = [["序号", "任务", "", "单位"], ["1", "甲", "一", ""], ["2", "", "二", ""], ["3", "", "三", "丙"]]
    header, rows = read_back(to_markdown(table), ((0, 2, 0, 1), (2, 1, 1, 1), (3, 1, 1, 1), (2, 3, 3, 3)))
    assert header == ("序号", "任务", "任务", "单位")
    assert [row[1] for row in rows] == ["甲", "甲", "甲"]
    assert [row[3] for row in rows] == ["", "丙", "丙"]


def test_text_tells_what_was_merged_by_its_blanks() -> None:
    table = [
        ["", "任务", "", ""],
        ["1", "甲", "一", ""],
        ["2", "", "二"],
        ["3", "", "三", "丙"],
        ["4", "乙", "四", "丁"],
    ]
    assert merged_places(table) == ((0, 2, 0, 1), (0, 3, 0, 1), (2, 1, 1, 1), (3, 1, 1, 1))
    assert merged_places([["序号", "任务"], ["1", "甲"], ["2", "乙"]]) == ()


@pytest.mark.parametrize(
    ("column", "merged"),
    [
        (["甲", "", "", "乙", ""], True),
        (["甲", "乙", "丙"], False),
        (["", "甲", ""], False),
        (["甲", "乙", "丙", ""], False),
        ([], False),
    ],
)
def test_a_merged_column_begins_filled_and_is_mostly_blank(column: list[str], merged: bool) -> None:
    assert merged_columns([["1", cell, "局"] for cell in column]) == ((1,) if merged else ())


def test_a_column_at_the_right_is_optional_and_never_merged() -> None:
    assert merged_columns([["1", "甲", "新增"], ["2", "乙", ""], ["3", "丙", ""]]) == ()
