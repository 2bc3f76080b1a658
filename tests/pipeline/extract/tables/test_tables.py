"""Tables whose cells are still marked: pipes, tabs between cells, tabs before cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import MARKED, SENTENCES

from pipeline.draft import Block
from pipeline.extract.lines import blocks_of
from pipeline.extract.tables.markdown import read_back
from pipeline.extract.tables.marked import marked_tables, span_heading
from pipeline.repair.edits import revert
from pipeline.text import letters

LED = """\t序号
\t重点工作
\t责任单位

\t1
\t实施关键核心
技术攻关计划
\t科技局

\t2
\t
\t工信局
"""


def only(page: str) -> Block:
    (block,) = marked_tables(blocks_of(page))
    assert block.kind == "table"
    return block


def body_of(page: str) -> tuple[tuple[str, ...], ...]:
    block = only(page)
    header, rows = read_back(block.text, block.merged)
    return (header, *rows)


def test_a_pipe_table_stays_a_table() -> None:
    page = "| 序号 | 任务 |\n| --- | --- |\n| 1 | 加强领导 |"
    assert only(page).text == page
    assert only(page).repairs == ()


def test_rows_held_apart_by_bars_are_a_table() -> None:
    assert body_of("序号|任务|单位\n1|甲|市工信局\n2|乙|市财政局") == (
        ("序号", "任务", "单位"),
        ("1", "甲", "市工信局"),
        ("2", "乙", "市财政局"),
    )


def test_rows_with_tabs_between_cells_are_a_table() -> None:
    assert body_of("序号\t任务\t单位\n1\t甲\t市工信局\n2\t\t市财政局") == (
        ("序号", "任务", "单位"),
        ("1", "甲", "市工信局"),
        ("2", "甲", "市财政局"),
    )


def test_cells_that_tabs_open_are_a_table_wraps_joined_and_groups_filled() -> None:
    assert body_of(LED) == (
        ("序号", "重点工作", "责任单位"),
        ("1", "实施关键核心技术攻关计划", "科技局"),
        ("2", "实施关键核心技术攻关计划", "工信局"),
    )
    assert "| 2 |  | 工信局 |" in only(LED).text


def test_a_table_of_html_stays_as_it_is_between_lines_that_look_like_its_rows() -> None:
    table = Block("| 1 | 2 |\n| --- | --- |\n| 3 |  |", 2, "table", merged=((1, 1, 0, 1),))
    around = [Block("| 甲 | 乙 |", 1), table, Block("| 丙 | 丁 |", 3), Block("\t戊", 4), table]
    assert [block for block in marked_tables(around) if block.kind == "table"] == [table, table]


def test_a_note_below_a_table_is_no_cell() -> None:
    found = marked_tables(blocks_of(LED.rstrip("\n") + "\n注：本表由市科技局负责解释。"))
    assert [block.kind for block in found] == ["table", "paragraph"]


@pytest.mark.parametrize("page", [LED, "序号\t任务\n1\t??甲&nbsp;乙\n2\t丙", "甲|乙|丙\n1|2|3\n4|5|6"])
def test_a_table_can_be_taken_apart_again(page: str) -> None:
    block = only(page)
    assert letters(revert(block.text, block.repairs)) == letters(page)
    assert letters(block.text) == letters(blocks_text(page))


def blocks_text(page: str) -> str:
    return "".join(block.text for block in blocks_of(page))


@pytest.mark.parametrize(
    "lines",
    [
        ["首页|政务公开|文件", "加强组织领导。"],
        ["甲|乙", "丙|丁"],
        ["首页>政务|公开", "政策>文件|通知", "新闻>动态|要闻"],
        ["加强|协同。", "推进|落实。", "抓好|督查。"],
        ["请认真执行。"],
    ],
)
def test_bars_and_tabs_elsewhere_make_no_table(lines: list[str]) -> None:
    found = marked_tables(blocks_of("\n".join(lines)))
    assert [block.text for block in found] == lines
    assert {block.kind for block in found} == {"paragraph"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [("\t加强组织领导。", "加强组织领导。"), ("苏州市人民政府\t2022年5月19日", "苏州市人民政府 2022年5月19日")],
)
def test_a_stray_tab_goes_with_a_repair(line: str, expected: str) -> None:
    (block,) = marked_tables(blocks_of(line))
    assert (block.kind, block.text) == ("paragraph", expected)
    assert [repair.rule for repair in block.repairs] == ["tab"]
    assert revert(block.text, block.repairs) == line


def test_a_heading_that_is_one_cell_short_spans_the_groups_and_their_items() -> None:
    rows = [["序号", "任务清单", "单位"], ["1", "甲", "一", "丙"], ["2", "", "二", "丙"], ["3", "", "三", "丁"]]
    assert span_heading(rows)[0] == ["序号", "任务清单", "", "单位"]
    full = [["序号", "任务", "单位"], ["1", "一", "丙"]]
    assert span_heading(full) == full


@given(st.lists(st.sampled_from((*MARKED, "", SENTENCES[1], "加强领导")), max_size=14))
def test_no_letter_of_any_lines_is_lost(lines: list[str]) -> None:
    page = "\n".join(lines)
    found = marked_tables(blocks_of(page))
    assert letters("".join(revert(block.text, block.repairs) for block in found)) == letters(page)
    assert sorted(letters("".join(block.text for block in found))) == sorted(letters(page.replace("---", "")))
