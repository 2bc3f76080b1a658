"""Cells of a frame and characters of a page -> a table; the tables of pages that follow each other -> one.

Enters: a page. Leaves: its tables, and the characters that stand in none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from string import ascii_letters
from typing import TYPE_CHECKING

from pipeline.extract.files.cell import Cell
from pipeline.extract.files.layout.edges import frames
from pipeline.extract.files.layout.grid import cells_of
from pipeline.extract.files.layout.lines import lines_of
from pipeline.extract.files.layout.runs import runs_of
from pipeline.extract.files.layout.words import first_word, glued
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.files.layout.grid import Framed
    from pipeline.extract.files.layout.lines import Line
    from pipeline.extract.files.layout.sheet import Glyph, Sheet

_INSET = 12.0
"""Points that a cell keeps free at both sides together: Word's margins in cells are 0.19 cm, 5.4 pt, each."""
_SAME = 3.0  # points between the columns of a table on two pages
_COUNT = re.compile(r"\d{1,4}[.、]?$")
_LETTERS = ascii_letters + "_"
_LATIN = "".join(map(chr, range(0x21, 0x7F)))
_SENTENCE = 15  # characters: what is shorter may be a whole entry
_STOPS = tuple("。；！？：”）")
_COUNTED = ("序号", "编号", "项次")


@dataclass(slots=True)
class Ruled:
    """A table on a page. columns: the places of its upright lines."""

    rows: list[list[Cell]]
    columns: tuple[float, ...]
    top: float
    bottom: float
    x0: float
    x1: float
    sheet: int


def tables_of(sheet: Sheet) -> tuple[list[Ruled], list[Glyph]]:
    """The tables of a page, and the rest of its characters."""
    found: list[Ruled] = []
    rest = sheet.glyphs
    for frame in frames(sheet.rules):
        cells = cells_of(frame)
        if not cells:
            continue
        box = frame.box
        inside = [glyph for glyph in rest if _is_inside(glyph, box)]
        held = _held(cells, inside)
        if sum(any(not glyph.text.isspace() for glyph in glyphs) for glyphs in held) < 2:
            continue
        taken = set(map(id, inside))
        rest = [glyph for glyph in rest if id(glyph) not in taken]
        columns = tuple(sorted({cell.x0 for cell in cells} | {cell.x1 for cell in cells}))
        found.append(Ruled(_rows(cells, held), columns, box[1], box[3], box[0], box[2], sheet.number))
    return sorted(found, key=attrgetter("top")), rest


def continues(above: Ruled, table: Ruled) -> bool:
    """True if a table at the head of a page has the columns of the one at the foot of the page before."""
    return len(above.columns) == len(table.columns) and all(
        abs((one - above.columns[0]) - (other - table.columns[0])) <= _SAME
        for one, other in zip(above.columns, table.columns, strict=True)
    )


def join(above: Ruled, table: Ruled) -> list[str]:
    """Put a table below another. Returns the rows that repeat its heading, and are left out."""
    repeated = 0
    for row, other in zip(above.rows, table.rows, strict=False):
        if repeated == len(table.rows) - 1 or not any(cell.text for cell in row) or _said(row) != _said(other):
            break
        repeated += 1
    rows = table.rows[repeated:]
    if rows and _is_rest(above, rows[0]):
        for at, (cell, more) in enumerate(zip(above.rows[-1], rows[0], strict=True)):
            whole = cell.text and more.text and _is_word(cell.text, more.text)
            text = cell.text + more.text if whole else glued(cell.text, more.text)
            above.rows[-1][at] = Cell(text, cell.columns, cell.rows)
        rows = rows[1:]
    above.rows += rows
    above.sheet, above.bottom = table.sheet, table.bottom
    return [" | ".join(cell.text for cell in row if cell.text) for row in table.rows[:repeated]]


def _said(row: Sequence[Cell]) -> list[tuple[str, int, int]]:
    return [(fold(cell.text), cell.columns, cell.rows) for cell in row]


def _is_rest(above: Ruled, row: Sequence[Cell]) -> bool:
    """True if the page ended inside a row: the next begins without its number, or with sentences under way."""
    last = above.rows[-1]
    if not len(last) == len(row) == len(above.columns) - 1 or any(cell.rows > 1 for cell in (*last, *row)):
        return False
    pairs = [(cell.text, more.text) for cell, more in zip(last, row, strict=True) if more.text]
    if not pairs or not all(text for text, _ in pairs):
        return False
    if all(_is_word(text, more) for text, more in pairs):
        return any(cell.text and not more.text for cell, more in zip(last, row, strict=True))
    if row[0].text:
        return False
    if fold(above.rows[0][0].text) in _COUNTED and _COUNT.match(last[0].text.strip()):
        return True
    return all(_is_under_way(text) for text, _ in pairs)


def _is_word(text: str, more: str) -> bool:
    """True for the two halves of a Latin word that is wider than its cell."""
    return text[-1] in _LETTERS and more[0] in _LETTERS


def _is_under_way(text: str) -> bool:
    return len(text) >= _SENTENCE and not text.endswith(_STOPS)


def _is_inside(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] <= y <= box[3]


def _held(cells: Sequence[Framed], glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each cell, by the middle of each."""
    xs = sorted({x for cell in cells for x in (cell.x0, cell.x1)})
    ys = sorted({y for cell in cells for y in (cell.y0, cell.y1)})
    at_x, at_y = ({place: at for at, place in enumerate(places)} for places in (xs, ys))
    owner = {
        (x, y): number
        for number, cell in enumerate(cells)
        for x in range(at_x[cell.x0], at_x[cell.x1])
        for y in range(at_y[cell.y0], at_y[cell.y1])
    }
    held: list[list[Glyph]] = [[] for _ in cells]
    for glyph in glyphs:
        x = bisect_right(xs, (glyph.x0 + glyph.x1) / 2) - 1
        y = bisect_right(ys, (glyph.y0 + glyph.y1) / 2) - 1
        number = owner.get((min(max(x, 0), len(xs) - 2), min(max(y, 0), len(ys) - 2)))
        if number is not None:
            held[number].append(glyph)
    return held


def _rows(cells: Sequence[Framed], held: Sequence[list[Glyph]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(max(cell.row + cell.rows for cell in cells))]
    for cell, glyphs in zip(cells, held, strict=True):
        rows[cell.row].append(Cell(_text(glyphs, cell.x1 - cell.x0), cell.columns, cell.rows))
    return rows


def _text(glyphs: Sequence[Glyph], width: float) -> str:
    """The text of a cell; lines that fill it go on in the next."""
    text = ""
    last: Line | None = None
    for line in lines_of(runs_of(glyphs)):
        if last is None:
            text = line.text
        elif last.x1 - last.x0 + _word(line) > width - _INSET:
            text = text + line.text if _is_broken(last, line, width) else glued(text, line.text)
        else:
            text += f"\n{line.text}"
        last = line
    return text


def _word(line: Line) -> float:
    """How wide the first word of a line is, in points. Latin letters as wide as those of the line are."""
    word = len(line.text) - len(line.text.lstrip(_LATIN))
    return (
        (line.x1 - line.x0) * word / len(line.text)
        if word and line.text.isascii()
        else first_word(line.text) * line.size
    )


def _is_broken(above: Line, line: Line, width: float) -> bool:
    """True for a Latin word that is wider than its cell, and so stands on two lines (release_numb er)."""
    word = len(above.text) - len(above.text.rstrip(_LATIN))
    before = (above.x1 - above.x0) * word / len(above.text)
    return word > 0 and line.text[0] in _LATIN and before + _word(line) > width - _INSET
