"""A table of Word -> rows of cells with their spans.

Enters: the rows as Word has them: for each cell its first column, the cell, and whether it goes on with the one above.
Leaves: rows for a paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.files.cell import Cell
from pipeline.extract.files.docx.names import child, number, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

_WIDEST = 1000  # columns, as for HTML
_CONTINUE = "continue"


class Placed(NamedTuple):
    """left: the first column of a cell."""

    left: int
    cell: Cell
    goes_on: bool = False


def placed(row: _Element, cells: Iterable[tuple[_Element, Cell]]) -> Iterator[Placed]:
    """The cells of a row, from its w:tr and those of its w:tc that were not deleted."""
    left = min(number(row, "trPr", "gridBefore") or 0, _WIDEST)
    if left:
        yield Placed(0, Cell(columns=left))
    last: Placed | None = None
    for element, cell in cells:
        width = max(1, min(number(element, "tcPr", "gridSpan") or 1, _WIDEST - left))
        if last is not None and _merge(element, "hMerge") == _CONTINUE and not cell.text:
            last = last._replace(cell=last.cell.over(last.cell.columns + width))
        else:
            if last is not None:
                yield last
            last = Placed(left, cell.over(width), _merge(element, "vMerge") == _CONTINUE)
        left += width
        if left >= _WIDEST:
            break
    if last is not None:
        yield last


def spanned(grid: Sequence[Sequence[Placed]]) -> Iterator[list[Cell]]:
    """The rows, with the cells that vMerge joins downwards as one."""
    for at, row in enumerate(grid):
        cells: list[Cell] = []
        for left, cell, goes_on in row:
            if goes_on and at and any(left == one.left for one in grid[at - 1]):
                continue
            height = 1
            while at + height < len(grid) and any(one.left == left and one.goes_on for one in grid[at + height]):
                height += 1
            cells.append(cell.over(cell.columns, height))
        yield cells


def _merge(element: _Element, name: str) -> str | None:
    """restart, continue, or nothing for a cell that is not merged that way."""
    merge = child(element, "tcPr", name)
    return None if merge is None else value(element, "tcPr", name) or _CONTINUE
