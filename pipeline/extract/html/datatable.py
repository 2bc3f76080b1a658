"""The tables of a page that hold data, and what they say.

Enters: a table element. Leaves: its grid, with the lines that stand above and below it; nothing for a table that only
arranges the page (`extract.html.arranging` tells), whose cells become lines of the page like those of any other box.

A cell's paragraphs and line breaks are one text, without a blank beside a Chinese character or mark. A table in a cell
is part of that cell's text. Rows and columns that hold nothing are left out. First rows that span all columns, or give
the unit (单位：万元), stand above the table; last rows that are a note (注：…) stand below it.

>>> from lxml import html
>>> from pipeline.extract.html.page import page_lines
>>> source = "<table border=1><tr><td colspan=2>附表<tr><td>地区<td>数<tr><td>甲<br>县<td>1</table>"
>>> [line.text.splitlines() for line in page_lines(html.fromstring(source)).lines]
[['附表'], ['| 地区 | 数 |', '| --- | --- |', '| 甲县 | 1 |']]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.html.arranging import arranges, holds_many, holds_rows, is_ruled, may_hold_data
from pipeline.extract.html.grid import Cell, Grid, fill, form
from pipeline.extract.tables.caption import is_unit
from pipeline.text import CJK, fold, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.page import Line

    _Test = Callable[[list["Entry"], list[int]], bool]

_NOTE = re.compile(r"^(?:备?注|说明|填表说明|附注)\d*[:：]|^\*?注\d")
_MARKS = r"\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u303f\uff00-\uffef"
_WIDE = re.compile(rf"[{CJK}{_MARKS}]")


class Entry(NamedTuple):
    """A cell and what it says. linked: how many of its characters are links. paragraphs: how many lines it has."""

    cell: Cell
    text: str
    linked: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table, the lines above and below it, and the texts inside it that a reader does not see."""

    above: tuple[str, ...]
    grid: Grid
    below: tuple[str, ...]
    hidden: tuple[str, ...]
    linked: int


def read_table(
    table: _Element,
    lines_in: Callable[[_Element], Mapping[_Element, Sequence[Line]]],
    is_hidden: Callable[[_Element], bool],
) -> DataTable | None:
    """The table, if it holds data. lines_in: the lines of an element and of each row and cell in it, taken apart."""
    if holds_many(table) or not holds_rows(table):
        return None
    formed = form(table, is_hidden)
    if not may_hold_data(table, formed):
        return None
    read = lines_in(table)
    hidden = [line for element in formed.hidden for line in read.get(element) or lines_in(element)[element]]
    entries = []
    taken = set(map(id, hidden))
    for cell in reversed(formed.cells):  # a cell that was left open holds those after it too
        inside = read.get(cell.element)
        if not inside:
            entries.append(Entry(cell, "", 0, 0))
            continue
        lines = [line for line in inside if id(line) not in taken]
        taken.update(map(id, lines))
        if len(lines) == 1 and not lines[0].hidden:  # nearly all
            entries.append(Entry(cell, lines[0].text, lines[0].linked, 1))
            continue
        hidden += [line for line in lines if line.hidden]
        shown = [line for line in lines if not line.hidden]
        text = joined(line.text for line in shown)
        entries.append(Entry(cell, text, sum(line.linked for line in shown), len(shown)))
    entries.reverse()
    rows = _rows(entries)
    entries = _in(entries, rows)
    columns = sorted({entry.cell.column for entry in entries})
    above = _take(entries, rows, columns, _stands_above, at=0)
    below = _take(entries, rows, columns, _stands_below, at=-1)
    entries = _in(entries, rows)
    columns = _columns(entries, is_ruled(table))
    if len(rows) < 2 or len(columns) < 2:
        return None
    grid = fill([entry.cell for entry in entries], [entry.text for entry in entries], rows, columns)
    if grid is None or arranges(table, entries, grid):
        return None
    outside: list[str] = []
    for part in formed.above:
        if isinstance(part, str):
            outside.append(tidy(part))
            continue
        stray = read.get(part) or lines_in(part)[part]
        outside += [line.text for line in stray if not line.hidden]
        hidden += [line for line in stray if line.hidden]
    return DataTable(
        (*outside, *above),
        grid,
        tuple(reversed(below)),
        tuple(line.text for line in hidden),
        sum(entry.linked for entry in entries),
    )


def joined(lines: Iterable[str]) -> str:
    """Lines of a cell as one text; a blank stays between Latin words and figures."""
    text = ""
    for line in lines:
        blank = text and line and not (_WIDE.match(text[-1]) or _WIDE.match(line[0]))
        text += f" {line}" if blank else line
    return text


def _in(entries: Sequence[Entry], rows: Sequence[int]) -> list[Entry]:
    kept = set(rows)
    return [entry for entry in entries if entry.cell.row in kept]


def _rows(entries: Sequence[Entry]) -> list[int]:
    """The rows in which a cell begins and something stands; Word writes rows without height to fix its columns."""
    filled = _covered((entry.cell.row, entry.cell.row + entry.cell.height) for entry in entries if entry.text)
    return sorted(filled & {entry.cell.row for entry in entries})


def _columns(entries: Sequence[Entry], ruled: bool) -> list[int]:
    """The columns in which a cell begins. Without lines around the cells, a column that holds nothing is a gap."""
    columns = sorted({entry.cell.column for entry in entries})
    if ruled:
        return columns
    filled = _covered(
        (entry.cell.column, entry.cell.column + entry.cell.width)
        for entry in entries
        if entry.text and not _spans(entry, columns)
    )
    return [column for column in columns if column in filled]


def _covered(spans: Iterable[tuple[int, int]]) -> set[int]:
    """All numbers in some ranges."""
    found: set[int] = set()
    reached = 0
    for start, end in sorted(spans):
        found.update(range(max(start, reached), end))
        reached = max(reached, end)
    return found


def _spans(entry: Entry, columns: Sequence[int]) -> bool:
    """True for a cell as wide as the table."""
    return entry.cell.column <= columns[0] and entry.cell.column + entry.cell.width > columns[-1]


def _take(entries: Sequence[Entry], rows: list[int], columns: list[int], belongs: _Test, at: int) -> list[str]:
    """Take rows off the top (0) or the bottom (-1) as long as they do not belong to the table; what they say."""
    taken: list[str] = []
    for _, cells in groupby(entries if at == 0 else reversed(entries), lambda entry: entry.cell.row):
        row = list(cells)
        if at:
            row.reverse()
        if len(rows) <= 2 or not belongs(row, columns):
            break
        rows.pop(at)
        taken.append(joined(entry.text for entry in row))
    return taken


def _stands_above(row: list[Entry], columns: list[int]) -> bool:
    """True for the table's title or unit: a cell over all columns, or alone at the left in a wide table."""
    filled = [entry for entry in row if entry.text]
    if len(filled) > 1 or not filled:
        unit = bool(filled) and all(is_unit(entry.text) for entry in filled[1:])
        return unit and (len(row) > len(filled) or ":" in fold(filled[0].text))
    (only,) = filled
    alone = only.cell.column == columns[0] and len(columns) > 2 and len(row) > 1
    return alone or _spans(only, columns) or is_unit(only.text)


def _stands_below(row: list[Entry], columns: list[int]) -> bool:
    filled = [entry for entry in row if entry.text]
    return len(filled) == 1 and _spans(filled[0], columns) and _NOTE.match(fold(filled[0].text)) is not None
