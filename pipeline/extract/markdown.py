"""Tables as Markdown pipe tables: how they stand in `Document.text`, and how they are read back.

Enters: rows of cells. Leaves: text with one row a line, merged cells blank. Reading back fills them again.

>>> to_markdown([["序号", "任务"], ["1", "甲|乙"]]).splitlines()[2]
'| 1 | 甲\\\\|乙 |'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def is_rule(line: str) -> bool:
    """True for the line of dashes under the heading."""
    return _RULE.match(line.strip()) is not None


def read_back(markdown: str, fill: Sequence[int]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heading and rows with merged cells filled: headings from the left, `fill` columns from the row above."""
    lines = markdown.splitlines()
    header, *rest = [cells(line) for line in [lines[0], *lines[2:]]]
    for index in range(1, len(header)):
        header[index] = header[index] or header[index - 1]
    for row, above in zip(rest[1:], rest, strict=False):
        for column in fill:
            row[column] = row[column] or above[column]
    return tuple(header), tuple(tuple(row) for row in rest)


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
