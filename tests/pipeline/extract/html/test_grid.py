"""A table is formed as browsers form it, whatever its spans claim."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.extract.html.grid import Formed, fill, form
from pipeline.extract.tables.markdown import read_back, to_markdown

CELLS = st.tuples(st.integers(0, 4), st.integers(0, 4))
"""rowspan and colspan, good and bad."""
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5)


def formed(inner: str) -> Formed:
    return form(html.fromstring(f"<table>{inner}</table>"))


def placed(inner: str) -> list[tuple[str, int, int, int, int]]:
    """Text, row, column, height and width of each cell."""
    return [(c.element.text_content().strip(), c.row, c.column, c.height, c.width) for c in formed(inner).cells]


def shown(inner: str) -> list[list[str]]:
    """The table with every merged place filled, all rows and columns kept in which a cell begins."""
    cells = formed(inner).cells
    texts = [cell.element.text_content().strip() for cell in cells]
    found = fill(cells, texts, sorted({c.row for c in cells}), sorted({c.column for c in cells}))
    assert found
    header, rows = read_back(to_markdown(found.rows), found.merged)
    return [list(header), *map(list, rows)]


def test_a_rowspan_and_a_colspan_fill_what_they_cover() -> None:
    source = "<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁<tr><td>戊<td>己<td>庚"
    assert shown(source) == [["甲", "乙", "乙"], ["甲", "丙", "丁"], ["戊", "己", "庚"]]


def test_a_cell_may_reach_over_rows_and_columns_at_once() -> None:
    source = "<tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙<tr><td>丁<td>戊<td>己"
    assert shown(source) == [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "己"]]


@pytest.mark.parametrize(
    ("span", "height"),
    [
        ("9", 2),
        ("0", 2),
        ("2", 2),
        (" 2", 2),
        ("2px", 2),
        ("+2", 2),
        ("-2", 1),
        ("two", 1),
        ("", 1),
        ("99999999999", 2),
    ],
)
def test_a_rowspan_ends_with_the_table_and_0_reaches_there(span: str, height: int) -> None:
    assert placed(f"<tr><td rowspan='{span}'>甲<td>乙<tr><td>丙")[0][3] == height


@pytest.mark.parametrize(("span", "width"), [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("2.5", 2), ("5000", 1000)])
def test_a_colspan_is_at_most_1000_and_0_is_1(span: str, width: int) -> None:
    assert placed(f"<tr><td colspan='{span}'>甲")[0][4] == width


def test_a_rowspan_ends_with_its_row_group() -> None:
    source = "<thead><tr><td rowspan=3>甲<td>乙<tbody><tr><td>丙<td>丁"
    assert shown(source) == [["甲", "乙"], ["丙", "丁"]]
    assert shown("<tbody><tr><td rowspan=0>甲<td>乙<tr><td>丙</tbody><tbody><tr><td>丁<td>戊") == [
        ["甲", "乙"],
        ["甲", "丙"],
        ["丁", "戊"],
    ]


def test_the_head_stands_on_top_and_the_foot_at_the_bottom() -> None:
    source = "<tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>甲<td>1</tbody><thead><tr><td>地区<td>数</thead>"
    assert shown(source) == [["地区", "数"], ["甲", "1"], ["合计", "3"]]


def test_where_cells_overlap_the_place_stays_with_the_first() -> None:
    source = "<tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=3>丁"
    assert shown(source) == [["甲", "乙", "丙"], ["丁", "乙", "丁"]]


@pytest.mark.parametrize(
    "source",
    [
        "<tr><td>甲<td>乙<tr><td>丙<td>丁",
        "<tbody><tr><td>甲</td><td>乙</td></tr></tbody><tr><td>丙</td><td>丁</td></tr>",
        "<form><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></form>",
        "<tr><th>甲<!-- x --><th>乙</tr><!-- y --><tr><td>丙<td>丁",
        "<td>甲</td><td>乙</td><tr><td>丙</td><td>丁</td></tr>",
        "<colgroup><col><col></colgroup><tr><td>甲<td>乙<tr><td>丙<td>丁",
    ],
    ids=["open tags", "rows beside a group", "a form", "comments", "cells without a row", "columns"],
)
def test_rows_are_rows_wherever_they_stand(source: str) -> None:
    assert shown(source) == [["甲", "乙"], ["丙", "丁"]]


def test_what_stands_outside_the_cells_is_above_the_table() -> None:
    found = formed("<caption>附表</caption>单位：元<tr><td>甲</td>乙<td>丙</td></tr><tr><td>丁<td>戊")
    texts = [part if isinstance(part, str) else part.text_content() for part in found.above]
    assert sorted(texts) == ["乙", "单位：元", "附表"]
    assert [cell.element.text_content() for cell in found.cells] == ["甲", "丙", "丁", "戊"]


def test_the_cells_of_a_table_inside_a_cell_are_its_own() -> None:
    source = "<tr><td>甲<td><table><tr><td>乙<td>丙<tr><td>丁</table><tr><td>戊<td>己"
    assert [(row, column) for _, row, column, _, _ in placed(source)] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_rows_and_cells_that_are_not_shown_take_no_place() -> None:
    table = html.fromstring("<table><tr><td>甲<td class=x>乙<td>丙<tr class=x><td>丁<tr><td>戊<td>己</table>")
    found = form(table, lambda element: element.get("class") == "x")
    assert [(c.element.text, c.row, c.column) for c in found.cells] == [
        *(("甲", 0, 0), ("丙", 0, 1)),
        *(("戊", 1, 0), ("己", 1, 1)),
    ]
    assert [element.text_content() for element in found.hidden] == ["乙", "丁"]


@pytest.mark.parametrize(
    "source",
    [
        "<tr>" + "<td rowspan=1000 colspan=1000>甲" * 3,
        "<tr>" + "<td rowspan=0>甲" * 1100 + "<tr><td>乙" * 300,
        "".join(f"<tr><td colspan={width}>甲<td rowspan=0>乙" for width in range(1, 900)),
        "<tr><td rowspan=0>甲<td colspan=1000>乙" * 900,
    ],
    ids=["large spans", "wider than 1000", "stairs", "growing under wide ones"],
)
def test_spans_that_claim_the_world_get_no_grid(source: str) -> None:
    cells = formed(source).cells
    assert not cells or fill(cells, ["甲"] * len(cells), range(900), range(1000)) is None


def test_a_wide_colspan_in_a_long_table_is_harmless() -> None:
    found = shown("<tr><td colspan=1000>甲" + "<tr><td>乙<td>丙" * 400)
    assert found[0] == ["甲", "甲"]
    assert len(found) == 401


@given(st.lists(ROWS, min_size=1, max_size=3))
def test_the_grid_is_that_of_the_standard_taken_word_by_word(groups: list[Any]) -> None:
    numbers = iter(range(1000))
    source = ""
    slots: dict[tuple[int, int], str] = {}
    begun: set[int] = set()
    y = 0
    for group in groups:
        source += "<tbody>"
        bottom = y + len(group)
        for row in group:
            source += "<tr>"
            x = 0
            for down, across in row:
                text = str(next(numbers))
                source += f"<td rowspan={down} colspan={across}>{text}</td>"
                while (y, x) in slots:
                    x += 1
                begun.add(x)
                for place in [
                    (below, right)
                    for below in range(y, bottom if down == 0 else min(y + down, bottom))
                    for right in range(x, x + max(across, 1))
                ]:
                    slots.setdefault(place, text)
                x += max(across, 1)
            source += "</tr>"
            y += 1
        source += "</tbody>"
    assert shown(source) == [[slots.get((row, column), "") for column in sorted(begun)] for row in range(y)]
