"""One sheet of a spreadsheet, whatever its format -> a table on a paper.

Enters: the texts of the cells by place, and which ranges are merged. Leaves: rows of cells with their spans; rows and
columns that hold nothing are left out.

>>> sheet = Sheet("汇总", {(0, 0): "地区", (0, 1): "资金", (2, 0): "甲", (2, 1): "12"}, [(0, 1, 0, 3)])
>>> [[(cell.text, cell.columns) for cell in row] for row in sheet.rows()]
[[('地区', 1), ('资金', 1)], [('甲', 1), ('12', 1)]]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.files.cell import Cell
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.files.paper import Paper

_UNNAMED = re.compile(r"\s*(?:sheet|工作表|表)\s*\d*\s*$|\s*\d*\s*$", re.I)

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0, all included."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """hidden: the sheet is not shown. hidden_rows, hidden_columns: nor are these."""

    name: str
    cells: dict[tuple[int, int], str]
    merged: Sequence[Range] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())

    def unseen(self) -> dict[tuple[int, int], str]:
        """The cells in rows and columns that are not shown."""
        return {
            at: text for at, text in self.cells.items() if at[0] in self.hidden_rows or at[1] in self.hidden_columns
        }

    def rows(self) -> list[list[Cell]]:
        """The rows that are shown and hold something."""
        unseen = self.unseen()
        shown = [place for place in self.cells if place not in unseen]
        rows, columns = sorted({row for row, _ in shown}), sorted({column for _, column in shown})
        spans = {(top, left): (top, left, bottom, right) for top, left, bottom, right in self.merged}
        covered: set[tuple[int, int]] = set()
        found = []
        for y, row in enumerate(rows):
            cells: list[Cell] = []
            for x, column in enumerate(columns):
                if (y, x) in covered:
                    continue
                _, _, bottom, right = spans.get((row, column), (row, column, row, column))
                height = bisect_left(rows, bottom + 1) - y
                width = bisect_left(columns, right + 1) - x
                if height > 1 or width > 1:
                    covered.update((y + down, x + across) for down in range(height) for across in range(width))
                cells.append(Cell(self.cells.get((row, column), ""), width, height))
            found.append(cells)
        return found


def put(sheet: Sheet, paper: Paper) -> None:
    """Write a sheet: its name as the caption, unless a program gave it or the sheet says it itself; then its table."""
    rows = sheet.rows()
    if not rows:
        return
    first = fold("".join(cell.text for cell in rows[0]))
    if not _UNNAMED.match(sheet.name) and fold(sheet.name) not in first:
        paper.add(sheet.name)
    paper.table(rows)
