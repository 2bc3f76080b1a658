"""Tables as Markdown pipe tables: how they stand in `Document.text`, and how they are read back.

Enters: rows of cells, the first of them the heading. Leaves: text with one row a line, merged cells blank. Reading back
fills them again: HTML says which places a cell reaches over; text does not, and what was merged is told by where blanks
stand (`merged_places`).

>>> to_markdown([["序号", "任务"], ["1", "甲|乙"]]).splitlines()[2]
'| 1 | 甲\\\\|乙 |'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.draft import Merged

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")

_GROUPS = 3  # columns at the left that may hold merged groups


def to_markdown(rows: Sequence[Sequence[str]]) -> str:
    """First row is the heading. Bars inside cells are escaped, short rows filled up with blanks."""
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in padded]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def cells(line: str) -> list[str]:
    """The cells of one Markdown row."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]


def filled_cells(markdown: str) -> list[str]:
    """What the cells of a Markdown table say, row by row, without the blank ones."""
    rows = (line for line in markdown.split("\n") if not is_rule(line))
    return [cell for line in rows for cell in cells(line) if cell]


def is_rule(line: str) -> bool:
    """True for the line of dashes under the heading."""
    return _RULE.match(line.strip()) is not None


def read_back(markdown: str, merged: Sequence[Merged]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heading and rows, with the merged places filled."""
    lines = markdown.split("\n")
    rows = [cells(line) for line in (lines[0], *lines[2:])]
    for row, column, above, left in merged:
        rows[row][column] = rows[above][left]
    header, *rest = map(tuple, rows)
    return header, tuple(rest)


def merged_places(rows: Sequence[Sequence[str]]) -> tuple[Merged, ...]:
    """The merged places of a table that is only text: blanks of the heading repeat what stands to their left, blanks of

    merged columns what stands above them. rows: all as wide as the heading, which is the first.
    """
    return tuple(sorted((*_across(rows[0]), *_down(rows))))


def _across(heading: Sequence[str]) -> Iterator[Merged]:
    filled = None
    for column, text in enumerate(heading):
        if text:
            filled = column
        elif filled is not None:
            yield 0, column, 0, filled


def _down(rows: Sequence[Sequence[str]]) -> Iterator[Merged]:
    for column in merged_columns(rows[1:]):
        filled = 1
        for at, row in enumerate(rows[1:], 1):
            if column < len(row) and row[column]:
                filled = at
            else:
                yield at, column, filled, column


def merged_columns(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Columns whose blanks repeat the cell above: among the first three, filled in the first row, then mostly blank.

    Vertically merged group cells stand at the left in every export seen (Kunshan, Suzhou, Pudong); a column that is
    merely optional (备注) stands at the right and has blanks anywhere.
    """
    found = []
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        values = [row[column] if column < len(row) else "" for row in rows]
        filled = [value for value in values if value]
        if column >= _GROUPS or 0 < column == width - 1:
            continue
        if values and values[0] and len(filled) < len(values) and len(filled) <= 0.67 * len(values):
            found.append(column)
    return tuple(found)
