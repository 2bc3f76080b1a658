"""An HTML table -> cells on a grid, as browsers form it.

Enters: a table element. Leaves: its cells with the places that each covers ("forming a table", HTML Living Standard,
4.9.12.1): a cell takes the first free column of its row; rowspan ends with the row group (0: reaches to its end),
colspan is at most 1000; cells that overlap are both kept, and the place stays with the first. Which rows there are,
`extract.html.tablerows` says.

>>> from lxml import html
>>> table = html.fromstring("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>")
>>> [(cell.element.text, cell.row, cell.column, cell.height) for cell in form(table).cells]
[('甲', 0, 0, 2), ('乙', 0, 1, 1), ('丙', 1, 1, 1)]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.html.tablerows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element

    from pipeline.draft import Merged

_WIDEST = 1000  # columns; browsers clip colspan there
_LARGEST = 200_000  # places; a county's list of subsidies has 30 000. What claims more is no table but an attack
_SPAN = re.compile(r"\s*\+?(\d+)")


class Cell(NamedTuple):
    """A td or th, and the places that it covers: its first row and column, and how many of each."""

    element: _Element
    row: int
    column: int
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Formed:
    """Cells in reading order. above: captions, and what stands outside the cells. hidden: rows and cells not shown."""

    cells: tuple[Cell, ...]
    above: tuple[_Element | str, ...]
    hidden: tuple[_Element, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """rows: the text of each place, blank where a merged cell goes on. merged: those places, see `draft.Block`."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merged, ...]


def form(table: _Element, is_hidden: Callable[[_Element], bool] = lambda element: False) -> Formed:
    """Place the cells of a table (see module); no cells if it is wider than 1000 columns.

    Tables inside its cells are left alone.
    """
    rows = Rows(table, is_hidden)
    cells: list[Cell] = []
    taken: list[int] = []  # for each column the first row in which it is free
    y = 0
    for _, group in sorted(rows.groups, key=lambda group: group[0]):
        end = y + len(group)
        for row in group:
            x = 0
            for element in row:
                while x < len(taken) and taken[x] > y:
                    x += 1
                if x >= _WIDEST:
                    return Formed((), tuple(rows.above), tuple(rows.hidden))
                across, down = element.get("colspan"), element.get("rowspan")
                width = min(_span(across) or 1, _WIDEST - x) if across else 1
                height = min(_span(down) or end - y, end - y) if down else 1
                if x + width > len(taken):
                    taken += [0] * (x + width - len(taken))
                for column in range(x, x + width):
                    if taken[column] < y + height:
                        taken[column] = y + height
                cells.append(Cell(element, y, x, height, width))
                x += width
            y += 1
    return Formed(tuple(cells), tuple(rows.above), tuple(rows.hidden))


def _span(said: str) -> int:
    """A span by the rules for parsing non-negative integers ("3 " and "3px" are 3); 1 if it is none."""
    match = _SPAN.match(said)
    return int(match[1][:9]) if match else 1


def fill(cells: Sequence[Cell], texts: Sequence[str], rows: Sequence[int], columns: Sequence[int]) -> Grid | None:
    """The grid of the cells in some rows and columns; None if it is larger than any table of a document."""
    covered = len(rows) * len(columns)
    if covered > _LARGEST:
        return None
    at_row, at_column = ({number: at for at, number in enumerate(kept)} for kept in (rows, columns))
    taken = [[False] * len(columns) for _ in rows]
    found = [[""] * len(columns) for _ in rows]
    merged: list[Merged] = []
    for cell, text in zip(cells, texts, strict=True):
        _, row, column, height, width = cell
        if height == width == 1 and row in at_row and column in at_column:  # nearly all
            y, x = at_row[row], at_column[column]
            covered += 1
            if not taken[y][x]:
                taken[y][x] = True
                found[y][x] = text
            continue
        down = _within(rows, row, height)
        across = _within(columns, column, width)
        covered += len(down) * len(across)
        if covered > 2 * _LARGEST:
            return None
        own = [(y, x) for y, x in product(down, across) if not taken[y][x]]
        for y, x in own:
            taken[y][x] = True
        if own:
            found[own[0][0]][own[0][1]] = text
            merged += [(y, x, *own[0]) for y, x in own[1:] if text]
    if covered > 2 * _LARGEST:
        return None
    return Grid(tuple(map(tuple, found)), tuple(sorted(merged)))


def _within(kept: Sequence[int], first: int, size: int) -> range:
    """The indexes of the rows or columns that a cell covers, among those that are kept (ascending)."""
    return range(bisect_left(kept, first), bisect_left(kept, first + size))
