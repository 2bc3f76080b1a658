"""Cells of one flattened table -> rows of equal width.

Enters: the numbers of the rows and the lines that stand between them. Leaves: rows. A row has one line a cell, less
those that were merged away and more those that were wrapped: what is a group, what a wrapped cell, is told by the
page itself (the joined words stand elsewhere on it) and, failing that, by length.

>>> ordinal("(12)"), ordinal("三"), ordinal("3.5")
(12, 3, None)
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.fields.dates import TENS, from_numeral
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORDINAL = re.compile(r"^\(?(\d{1,3})\)?[.、]?$")
_NUMERAL = re.compile(rf"^\(?({TENS})\)?[.、]?$")
_SECOND_HALF = re.compile(
    r"^(?:单位|部门|时限|时间|任务|内容|名称|措施|主体|目标|领导|人|要求|事项|备注|[(（].{1,6}[)）])$"
)
_SHORT = 4  # characters of the first half of a heading cell (责任 + 单位)
_ORGANISATION = re.compile(r"[局委办院厅会部处府]$|政府|单位|部门|公司|中心|管委|银行|集团|[局委办厅]、|等$|[)）]$")


def ordinal(key: str) -> int | None:
    """The number of a row as tables print it: 1, 1., （1）, 一; None if a folded line is no number."""
    if match := _ORDINAL.match(key):
        return int(match[1])
    if match := _NUMERAL.match(key):
        return from_numeral(match[1])
    return None


def heading(cells: Sequence[str], width: int) -> list[str]:
    """Heading cells, with those joined that were broken over two lines, down to `width` cells at the least."""
    cells = list(cells)
    at = 0
    while at + 1 < len(cells) and len(cells) > width:
        if len(cells[at]) <= _SHORT and _SECOND_HALF.match(cells[at + 1]):
            cells[at : at + 2] = [cells[at] + cells[at + 1]]
        at += 1
    return cells


def without(lines: list[str], repeated: Sequence[str]) -> list[str]:
    """Lines without the heading that was printed again at the top of a page."""
    size = len(repeated)
    for at in range(len(lines) - size + 1):
        if size > 1 and lines[at : at + size] == list(repeated):
            return lines[:at] + lines[at + size :]
    return lines


def cells_per_row(sizes: Sequence[int]) -> int:
    """How many cells follow the number in a row without a group cell: the smallest size that is common."""
    common = Counter(size for size in sizes if size)
    return min((size for size, times in common.items() if times >= max(2, len(sizes) // 5)), default=0)


def last_row_size(body: Sequence[Sequence[str]], lines: Sequence[str], cells: int) -> int:
    """How many of `lines` belong to the last row, which has no number after it: up to a cell like the last
    ones above.
    """
    endings = [row[-1] for row in body if row]
    responsible = bool(endings) and sum(map(_names_bodies, endings)) >= 0.8 * len(endings)
    size = min(cells, len(lines))
    if responsible and 0 < size < len(lines) and not _names_bodies(lines[size - 1]) and _names_bodies(lines[size]):
        return size + 1
    return size


def _names_bodies(cell: str) -> bool:
    return _ORGANISATION.search(cell) is not None


def last_is_optional(head: Sequence[str], body: Sequence[Sequence[str]], cells: int) -> bool:
    """True if rows with one cell more have it at the end (备注), not a group at the start."""
    if max(map(len, body)) > cells + 1:
        return False
    if head[-1] in ("备注", "说明"):
        return True
    longer = [row for row in body if len(row) == cells + 1]
    shorter = [row for row in body if len(row) == cells]
    agree = sum(_names_bodies(row[-1]) for row in shorter) > 0.8 * len(shorter)
    return agree and sum(_names_bodies(row[-2]) and not _names_bodies(row[-1]) for row in longer) > 0.8 * len(longer)


def group_before(numbers: Sequence[str], body: list[list[str]], first: str, cells: int, page: str) -> list[list[str]]:
    """Rows whose group cell stands before the number, so that it trails the row above. first: the group of row 1."""
    groups = [first]
    for lines in body[:-1]:
        groups.append(lines.pop() if len(lines) > cells else "")
    return [[g, n, *_fit(lines, cells, page)] for g, n, lines in zip(groups, numbers, body, strict=True)]


def group_after(numbers: Sequence[str], body: Sequence[list[str]], cells: int, page: str) -> list[list[str]]:
    """Rows whose group cell, if the table has any, stands after the number of the first row of its group."""
    joined = [_join_known(lines, cells, page) for lines in body]
    grouped = any(len(lines) > cells for lines in joined)
    rows = []
    for number, lines in zip(numbers, joined, strict=True):
        if grouped:
            lines = _fit(lines, cells + 1, page) if len(lines) > cells else ["", *_fit(lines, cells, page)]
        rows.append([number, *(lines if grouped else _fit(lines, cells, page))])
    return rows


def _join_known(lines: Sequence[str], cells: int, page: str) -> list[str]:
    """Join neighbours whose joined letters stand elsewhere on the page too, as long as there are too many cells."""
    lines = list(lines)
    at = 0
    while at + 1 < len(lines) and len(lines) > cells:
        if page.count(letters(lines[at] + lines[at + 1])) > 1:
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        else:
            at += 1
    return lines


def _fit(lines: Sequence[str], cells: int, page: str) -> list[str]:
    """Exactly `cells` cells: wrapped ones joined, the shortest pair first; missing ones blank at the end."""
    lines = _join_known(lines, cells, page)
    while len(lines) > cells > 0:
        at = min(range(1, len(lines)), key=lambda i: len(lines[i - 1]) + len(lines[i]))
        lines[at - 1 : at + 1] = [lines[at - 1] + lines[at]]
    return lines + [""] * (cells - len(lines))
