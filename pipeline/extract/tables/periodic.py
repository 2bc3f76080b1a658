"""Flattened tables without a column of numbers, rebuilt where figures come back at equal distance.

Enters and leaves: blocks. In a run of short lines the heading is k different words, and every k lines after it the
same columns hold figures and the same hold words: 地区 部级 其他人员 / 北京 1100 500 / 上海 1100 500. Runs of words
alone are left as they are (names, addresses and menus look the same whatever their period), and so is a run with a
line too many.

>>> from pipeline.draft import Block
>>> lines = "地区 部级 其他 北京 1100 500 上海 900 500".split()
>>> rebuild_periodic([Block(line, 2 * n) for n, line in enumerate(lines, 1)])[0].kind
'table'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.tables.marked import table_block
from pipeline.fields.dates import DATE_LINE
from pipeline.filters.furniture import is_strong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block

_FIGURE = re.compile(r"^[<>≤≥±约]?\d[\d.,%/~\-—×]*[^\d]{0,8}$|^\d[\d,]*[a-z]{2,4}/\d+[a-z]{1,3}$")
_NO_CELL = re.compile(
    r"[。；;:：]$|^附件|^附表|^[一二三四五六七八九十]+、|^\([一二三四五六七八九十]+\)|^\(.*\)$|^\d+[.、]\D"
)
_LONGEST = 40  # characters of a cell
_WIDTHS = range(3, 10)  # columns; with two, any list of names and figures would do
_MIN_ROWS = 2
_CAPTION = 4  # lines that may stand between the text and the heading


def rebuild_periodic(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with such tables rebuilt."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and _is_cell(blocks[end]):
            end += 1
        out += _rebuild(blocks[at:end]) if end - at >= 3 * (_MIN_ROWS + 1) else blocks[at:end]
        out += blocks[end : end + 1]
        at = end + 1
    return tuple(out)


def _is_cell(block: Block) -> bool:
    key = block.key
    if block.kind == "table" or len(key) > _LONGEST:
        return False
    return not (_NO_CELL.search(key) or DATE_LINE.match(key) or is_strong(key))


def _rebuild(run: Sequence[Block]) -> list[Block]:
    for start in range(min(_CAPTION, len(run))):
        cells = run[start:]
        for width in _WIDTHS:
            if len(cells) % width == 0 and len(cells) // width > _MIN_ROWS and _is_table(cells, width):
                rows = [[cell.text for cell in cells[i : i + width]] for i in range(0, len(cells), width)]
                return [*run[:start], table_block(cells, rows, "table.periodic")]
    return list(run)


def _is_table(cells: Sequence[Block], width: int) -> bool:
    """True if the heading has no figure and each column below it is all figures or all words, with some of each."""
    heading = [cell.key for cell in cells[:width]]
    if any(map(_FIGURE.match, heading)) or len(set(heading)) < width:
        return False
    columns = [[bool(_FIGURE.match(cell.key)) for cell in cells[width + i :: width]] for i in range(width)]
    if not all(all(column) or not any(column) for column in columns):
        return False
    return not any(columns[0]) and any(map(all, columns))
