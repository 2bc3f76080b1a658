"""Tables that were flattened to one cell a line, rebuilt where a column of numbers holds the rows apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import CELLS, SENTENCES, counted

from pipeline.extract.lines import blocks_of
from pipeline.extract.tables.flattened import rebuild_flattened
from pipeline.extract.tables.markdown import read_back
from pipeline.extract.tables.periodic import rebuild_periodic
from pipeline.repair.edits import revert
from pipeline.text import letters

if TYPE_CHECKING:
    from pipeline.draft import Block

TASKS = ("促进数字技术赋能", "加强早期支撑", "强化中后期服务", "加速方案推广", "加快供应链建设", "拓宽医疗应用")
BODIES = ("市工信局、市发改委", "市科技局", "市财政局、市工信局", "市商务局", "市卫健委", "市医保局")


def rebuilt(lines: list[str], gap: str = "\n\n") -> tuple[Block, ...]:
    return rebuild_flattened(blocks_of(gap.join(lines)))


def rows_of(lines: list[str], gap: str = "\n\n") -> list[tuple[str, ...]]:
    tables = [block for block in rebuilt(lines, gap) if block.kind == "table"]
    (table,) = tables
    assert letters(revert(table.text, table.repairs)) in letters("".join(lines))
    header, rows = read_back(table.text, table.merged)
    return [header, *rows]


def regular() -> list[str]:
    cells = [line for n, (task, body) in enumerate(zip(TASKS, BODIES, strict=True), 1) for line in (str(n), task, body)]
    return ["序号", "工作任务", "责任单位", *cells]


def after(groups: dict[int, str]) -> list[str]:
    lines = ["序号", "任务清单", "责任单位"]
    for n, (task, body) in enumerate(zip(TASKS, BODIES, strict=True), 1):
        lines += [str(n), *([groups[n]] if n in groups else []), task, body]
    return lines


def before(groups: dict[int, str]) -> list[str]:
    lines = ["重点任务", "序号", "具体工作", "责任部门"]
    for n, (task, body) in enumerate(zip(TASKS, BODIES, strict=True), 1):
        lines += [*([groups[n]] if n in groups else []), str(n), task, body]
    return lines


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_regular_table(gap: str) -> None:
    assert rows_of(regular(), gap) == [
        ("序号", "工作任务", "责任单位"),
        *((str(n), task, body) for n, (task, body) in enumerate(zip(TASKS, BODIES, strict=True), 1)),
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_group_that_stands_after_the_number(gap: str) -> None:
    found = rows_of(after({1: "数字融合工程", 4: "产业链提升工程"}), gap)
    assert found[0] == ("序号", "任务清单", "任务清单", "责任单位")
    assert [row[1] for row in found[1:]] == ["数字融合工程"] * 3 + ["产业链提升工程"] * 3
    assert [row[2] for row in found[1:]] == list(TASKS)
    assert [row[3] for row in found[1:]] == list(BODIES)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_group_that_stands_before_the_number(gap: str) -> None:
    found = rows_of(before({1: "数字融合工程", 4: "产业链提升工程"}), gap)
    assert found[0] == ("重点任务", "序号", "具体工作", "责任部门")
    assert [row[0] for row in found[1:]] == ["数字融合工程"] * 3 + ["产业链提升工程"] * 3
    assert [row[2] for row in found[1:]] == list(TASKS)
    assert [row[3] for row in found[1:]] == list(BODIES)


def test_a_group_that_a_page_break_repeats_is_one_group() -> None:
    found = rows_of(after({1: "数字融合工程", 3: "数字融合工程", 5: "产业链提升工程"}))
    assert [row[1] for row in found[1:]] == ["数字融合工程"] * 4 + ["产业链提升工程"] * 2


def test_a_heading_that_a_page_break_repeats_is_no_row() -> None:
    lines = regular()
    at = lines.index("4")
    found = rows_of([*lines[:at], "序号", "工作任务", "责任单位", *lines[at:]])
    assert [row[0] for row in found] == ["序号", *map(str, range(1, 7))]
    assert [row[1] for row in found[1:]] == list(TASKS)


def test_a_cell_that_was_wrapped_is_joined_without_a_blank() -> None:
    lines = regular()
    lines[lines.index(TASKS[2])] = "强化中后期\n服务"
    assert [row[1] for row in rows_of(lines)[1:]] == list(TASKS)


def test_a_cell_that_a_page_break_cut_is_known_by_its_words_elsewhere() -> None:
    lines = after({1: "数字融合工程", 4: "产业链提升工程"})
    at = lines.index(TASKS[4])
    lines[at : at + 1] = [TASKS[4][:4], TASKS[4][4:]]
    found = rows_of([f"5.{TASKS[4]}。支持企业协同。", *lines])
    assert found[5][2] == TASKS[4]


def test_what_stands_around_a_table_stays() -> None:
    found = rebuilt(["附件", "重点工作清单", *regular(), "注：本表自印发之日起执行。", "扫一扫在手机打开当前页"])
    assert [block.text for block in found if block.kind == "paragraph"] == [
        *("附件", "重点工作清单", "注：本表自印发之日起执行。", "扫一扫在手机打开当前页")
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["应当具备下列条件：", "1", "依法设立", "2", "守法经营", "3", "有固定场所"],
        ["请认真执行。", "1", "请认真执行。", "2", "请认真执行。", "3"],
        ["序号", "由市工信局统一编制。", "各单位不得擅自变更。"],
        ["序号", "1", "2", "3"],
        ["序号", "名称", "7", "甲", "9", "乙"],
        ["1.加强领导", "2.落实责任", "3.加强宣传"],
    ],
    ids=["a list", "page numbers", "a word of a text", "no heading", "other numbers", "numbered paragraphs"],
)
def test_numbers_elsewhere_make_no_table(lines: list[str]) -> None:
    assert [block.text for block in rebuilt(lines)] == lines


@pytest.mark.parametrize("lines", [regular(), after({1: "甲组", 3: "乙组"}), before({1: "甲组", 4: "乙组"})])
def test_the_lines_come_back(lines: list[str]) -> None:
    (table,) = (block for block in rebuilt(lines) if block.kind == "table")
    assert revert(table.text, table.repairs).splitlines() == lines
    assert counted(table.text) == counted(*lines)


@given(
    st.lists(st.sampled_from((*CELLS, "重点任务\n续行", SENTENCES[1], "附件")), max_size=40),
    st.sampled_from(("\n", "\n\n")),
)
def test_no_letter_of_any_cells_is_lost(lines: list[str], gap: str) -> None:
    page = gap.join(lines)
    found = rebuild_periodic(rebuild_flattened(blocks_of(page)))
    assert letters("".join(revert(block.text, block.repairs) for block in found)) == letters(page)


def test_a_table_without_numbers_is_known_by_its_figures() -> None:
    lines = ["地区", "部级", "其他人员", "北京", "1100", "500", "上海", "1100", "500", "江苏", "900", "490"]
    (table,) = rebuild_periodic(blocks_of("\n\n".join(lines)))
    header, rows = read_back(table.text, table.merged)
    assert header == ("地区", "部级", "其他人员")
    assert rows[2] == ("江苏", "900", "490")
    assert revert(table.text, table.repairs).splitlines() == lines


@pytest.mark.parametrize(
    "lines",
    [
        ["张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十", "郑一"],
        ["地区", "部级", "其他", "北京", "1100", "500", "上海", "1100", "500", "江苏"],
        ["2021", "2022", "2023", "1", "2", "3", "4", "5", "6"],
        [
            "甲局",
            "13800000000",
            "乙局",
            "13900000000",
            "丙局",
            "13700000000",
            "丁局",
            "13600000000",
            "戊局",
            "13500000000",
        ],
    ],
    ids=["names", "a line too many", "figures alone", "names and telephones"],
)
def test_other_short_lines_are_no_table(lines: list[str]) -> None:
    assert [block.text for block in rebuild_periodic(blocks_of("\n\n".join(lines)))] == lines
