"""How many cells of a page's tables stand where they should.

Enters: tables as grids of cells, merged cells filled in. Leaves: `Cells`. A cell is right when its letters are, and its
column, and its row beside the rows around it. So a caption taken for a row costs one row, and a dropped blank costs
every cell that it shifts. Empty cells are not counted.

>>> gold = [(("序号", "任务"), ("1", "创新"))]
>>> score_cells(gold, [(("序号", "任务"), ("创新", ""))])
Cells(right=2, gold=4, found=3)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from benchmarks.quality.score import f1
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Row = tuple[str, ...]
Grid = tuple[Row, ...]
"""One table: its header rows, if it has any, then the others."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells with text in them: found in their place, in the gold tables, in the tables found."""

    right: int
    gold: int
    found: int

    @property
    def f1(self) -> float:
        return f1(self.right, self.gold, self.found)


def score_cells(gold: Sequence[Grid], found: Sequence[Grid]) -> Cells:
    """Compare the tables of one page, both in the order of the page."""
    expected, given = [plain(grid) for grid in gold], [plain(grid) for grid in found]
    return Cells(align(expected, given, grids_agree), count(expected), count(given))


def plain(grid: Grid) -> Grid:
    """Cells by their letters; a cell without letters (√, —) by its signs."""
    return tuple(tuple(letters(cell) or fold(cell) for cell in row) for row in grid)


def count(grids: Sequence[Grid]) -> int:
    return sum(bool(cell) for grid in grids for row in grid for cell in row)


def rows_agree(gold: Row, found: Row) -> int:
    return sum(bool(a) and a == b for a, b in zip(gold, found, strict=False))


def grids_agree(gold: Grid, found: Grid) -> int:
    return align(gold, found, rows_agree)


def align(gold: Sequence[T], found: Sequence[T], agree: Callable[[T, T], int]) -> int:
    """The most that two sequences agree when each item has at most one partner and partners keep their order."""
    best = [0] * (len(found) + 1)  # best[j]: the gold items so far beside the first j found
    for one in gold:
        above = best
        best = [0]
        for j, other in enumerate(found):
            best.append(max(above[j + 1], best[j], above[j] + agree(one, other)))
    return best[-1]
