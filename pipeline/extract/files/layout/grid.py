"""A frame of lines -> the cells that it encloses.

Enters: a frame. Leaves: cells with their places on the page and in the table; a cell reaches over every line that is
not drawn, so merged cells come out as they were made. The outermost lines may be missing: Chinese tables often have no
sides.

>>> from pipeline.extract.files.layout.edges import Frame
>>> frame = Frame(level=[(0, 0, 90), (20, 0, 90)], upright=[(40, 0, 20)])
>>> [(cell.column, cell.x0, cell.x1) for cell in cells_of(frame)]
[(0, 0, 40), (1, 40, 90)]
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.extract.files.layout.edges import Frame

_NEAR = 2.5  # points between two lines that bound no cell: the smallest type has 5
_SHARE = 0.6  # of a cell's side that a line must run along: rounded corners and gaps at crossings
_PLACES = 20_000  # of one table on one page


@dataclass(frozen=True, slots=True)
class Framed:
    """A cell: its first row and column, how many of each, and its place on the page."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    y0: float
    x1: float
    y1: float


def cells_of(frame: Frame) -> list[Framed]:
    """The cells, row by row; none if the lines enclose no two."""
    left, top, right, bottom = frame.box
    xs = _apart([left, *(x for x, _, _ in frame.upright), right])
    ys = _apart([top, *(y for y, _, _ in frame.level), bottom])
    width, height = len(xs) - 1, len(ys) - 1
    if width * height < 2 or width * height > _PLACES:
        return []
    beside = _drawn(frame.upright, xs, ys)  # (column, row): a line at the column's left side
    above = _drawn(frame.level, ys, xs)  # (row, column): a line at the row's upper side
    owner = list(range(width * height))
    for row in range(height):
        for column in range(width):
            at = row * width + column
            if column and (column, row) not in beside:
                owner[_root(owner, at)] = _root(owner, at - 1)
            if row and (row, column) not in above:
                owner[_root(owner, at)] = _root(owner, at - width)
    groups: dict[int, list[tuple[int, int]]] = {}
    for at in range(width * height):
        groups.setdefault(_root(owner, at), []).append(divmod(at, width))
    boxes = [box for group in groups.values() for box in _boxes(group)]
    if len(boxes) < 2:
        return []
    return [
        Framed(row, column, down, across, xs[column], ys[row], xs[column + across], ys[row + down])
        for row, column, down, across in sorted(boxes)
    ]


def _apart(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _drawn(
    lines: Sequence[tuple[float, float, float]], places: Sequence[float], marks: Sequence[float]
) -> set[tuple[int, int]]:
    """Which lines run along which cells: the index of the line's place, and of the cell along it."""
    along: dict[tuple[int, int], float] = {}
    for place, start, end in lines:
        at = max(0, bisect_right(places, place + 0.01) - 1)
        for cell in range(max(0, bisect_right(marks, start) - 1), len(marks) - 1):
            if marks[cell] >= end:
                break
            shared = min(end, marks[cell + 1]) - max(start, marks[cell])
            along[at, cell] = along.get((at, cell), 0) + shared
    return {(at, cell) for (at, cell), length in along.items() if length >= _SHARE * (marks[cell + 1] - marks[cell])}


def _root(owner: list[int], at: int) -> int:
    while owner[at] != at:
        owner[at] = owner[owner[at]]
        at = owner[at]
    return at


def _boxes(places: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A cell as row, column, rows and columns; one that is no rectangle as its pieces in each row."""
    rows, columns = sorted({row for row, _ in places}), sorted({column for _, column in places})
    if len(places) == len(rows) * len(columns):
        return [(rows[0], columns[0], len(rows), len(columns))]
    boxes: list[tuple[int, int, int, int]] = []
    for row, column in sorted(places, key=itemgetter(0, 1)):
        if boxes and boxes[-1][0] == row and boxes[-1][1] + boxes[-1][3] == column:
            boxes[-1] = (row, boxes[-1][1], 1, boxes[-1][3] + 1)
        else:
            boxes.append((row, column, 1, 1))
    return boxes
