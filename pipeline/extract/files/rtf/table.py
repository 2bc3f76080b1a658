"""Rows of an RTF table -> rows of cells with their spans.

Enters: rows as RTF has them: for each cell its right edge in twips, how it is merged, and its text. Leaves: rows for a
paper. RTF has no columns; the edges of all rows together make them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.files.cell import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEAR = 20  # twips; edges of one column differ by a point where somebody dragged them


@dataclass(frozen=True, slots=True)
class Edge:
    """right: where a cell ends. along: it goes on with the cell to the left; down: with the one above."""

    right: int
    along: bool = False
    down: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """As many edges as texts, but for files that break the rule. left: where the row begins."""

    edges: tuple[Edge, ...]
    texts: tuple[str, ...]
    left: int = 0


def spans(rows: Sequence[Row]) -> list[list[Cell]]:
    """The rows with what each cell covers."""
    places = _columns([edge.right for row in rows for edge in row.edges])
    grid = [_along(row, places) for row in rows]
    found = []
    for at, row in enumerate(grid):
        cells = []
        for left, width, text, goes_on in row:
            if goes_on and at and any(left == one for one, _, _, _ in grid[at - 1]):
                continue
            height = 1
            while at + height < len(grid) and any(left == one and down for one, _, _, down in grid[at + height]):
                height += 1
            cells.append(Cell(text, width, height))
        found.append(cells)
    return found


def _columns(rights: Sequence[int]) -> dict[int, int]:
    """The column that each right edge closes, from 1."""
    found: dict[int, int] = {}
    column, last = 0, None
    for right in sorted(set(rights)):
        if last is None or right - last > _NEAR:
            column += 1
            last = right
        found[right] = column
    return found


def _along(row: Row, places: dict[int, int]) -> list[tuple[int, int, str, bool]]:
    """First column, width, text and whether it goes on with the cell above, for each cell of a row."""
    if len(row.edges) < len(row.texts):
        return [(at, 1, text, False) for at, text in enumerate(row.texts)]
    cells: list[tuple[int, int, str, bool]] = []
    left = 0
    for edge, text in zip(row.edges, (*row.texts, *[""] * len(row.edges)), strict=False):
        width = max(1, places[edge.right] - left)
        if edge.along and cells:
            first, before, said, down = cells[-1]
            cells[-1] = (first, before + width, said + text, down)
        else:
            cells.append((left, width, text, edge.down))
        left += width
    return cells
