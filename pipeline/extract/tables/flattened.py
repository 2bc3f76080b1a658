"""Tables that a scraper flattened to one cell a line, rebuilt where a column of numbers holds the rows apart.

Enters and leaves: blocks. A table is only rebuilt when a heading cell 序号 stands before its "1": bare numbers alone
prove nothing (they may be list items or page numbers). Evidence for the layout, in this order:
  regular   the numbers stand at equal distance: every row has every cell;
  before    a group cell stands before the number, so it trails the row above (Pudong 004);
  after     a group cell stands after the number, in the first row of its group only (Suzhou 000).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.tables.marked import table_block
from pipeline.extract.tables.rows import (
    cells_per_row,
    group_after,
    group_before,
    heading,
    last_is_optional,
    last_row_size,
    ordinal,
    without,
)
from pipeline.filters.furniture import is_strong
from pipeline.model import Repair
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block

_NUMBER_HEAD = re.compile(r"^(?:序号|编号|项次)$")
_NOT_A_CELL = re.compile(r"^(?:附件\d*|附表\d*|附录\d*)[:：]?$|^[一二三四五六七八九十]+、.")
_TOTAL = re.compile(r"^(?:合计|总计|共计)$")
_MAX_CELL = 30  # characters of a wrapped line of a narrow cell
_MAX_HEAD = 12  # heading lines; wider tables are published as files
_MAX_ROW = 16  # lines one row may take, wrapped cells included


def rebuild_flattened(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with every flattened table rebuilt; what is no table stays as it is."""
    if not any(_NUMBER_HEAD.match(block.key) for block in blocks):
        return tuple(blocks)
    blocks = _join_adjacent(blocks)
    page = letters("".join(block.text for block in blocks))
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        if _NUMBER_HEAD.match(blocks[at].key) and (built := _table_at(blocks, at, page, out[-1:])):
            table, taken_before, at = built
            del out[len(out) - taken_before :]
            out.append(table)
        else:
            out.append(blocks[at])
            at += 1
    return tuple(out)


def _table_at(blocks: Sequence[Block], number: int, page: str, last: Sequence[Block]) -> tuple[Block, int, int] | None:
    """The table whose heading 序号 is block `number`, how many blocks it takes before that, and the index after it."""
    one = _first_number(blocks, number)
    if one is None or one == number + 1:
        return None
    head = [block.text for block in blocks[number + 1 : one]]
    at = _regular(blocks, one, len(head) + 1) or _numbers(blocks, one)
    if any(block.kind == "table" for block in blocks[number : at[-1]]):
        return None
    sizes = [b - a - 1 for a, b in pairwise(at)]
    regular = len(set(sizes)) == 1 and sizes[0] == len(head)
    cells = sizes[0] if regular else cells_per_row(sizes)
    if not cells or len(at) < (2 if regular else 3):
        return None
    body = [[block.text for block in blocks[a + 1 : b]] for a, b in pairwise(at)]
    tail = _cell_lines(blocks, at[-1] + 1, cells + 1, sentences=any("。" in line for lines in body for line in lines))
    body.append(tail[: last_row_size(body, tail, cells)])
    end = at[-1] + 1 + len(body[-1])
    above = blocks[number - 1] if last and last[0] is blocks[number - 1] else None  # not a cell of a table before
    before = len(head) == cells + 1 and sizes[0] <= cells and above is not None and len(above.text) <= _MAX_CELL // 3
    repeated = [*([above.text] if above and before else []), blocks[number].text, *head[: len(head) - before]]
    body = [without(lines, repeated) for lines in body]
    numbers = [blocks[row].text for row in at]
    if before and above:
        rows = group_before(numbers, body, head.pop(), cells, page)
        labels = [above.text, blocks[number].text, *heading(head, cells)]
    elif len(head) == cells + 1 and last_is_optional(head, body, cells):
        rows = [[n, *lines, *[""] * (cells + 1 - len(lines))] for n, lines in zip(numbers, body, strict=True)]
        labels = [blocks[number].text, *head]
    else:
        rows = group_after(numbers, body, cells, page)
        labels = [blocks[number].text, *heading(head, cells)]
    total = _cell_lines(blocks, end, cells + 1)
    if total and _TOTAL.match(blocks[end].key) and all(cell[:1].isdigit() for cell in total[1:]):
        rows.append([total[0], *[""] * (len(rows[0]) - len(total)), *total[1:]])
        end += len(total)
    return table_block(blocks[number - before : end], [labels, *rows], "table.flattened"), int(before), end


def _first_number(blocks: Sequence[Block], number: int) -> int | None:
    head = range(number + 1, min(number + 1 + _MAX_HEAD, len(blocks)))
    return next((i for i in head if ordinal(blocks[i].key) == 1), None)


def _cell_lines(blocks: Sequence[Block], start: int, most: int, *, sentences: bool = True) -> list[str]:
    """Up to `most` lines from `start` on that can be cells. sentences: whether the table's cells hold any."""
    lines: list[str] = []
    for block in blocks[start : start + most]:
        ends = block.key.endswith("。") and not sentences
        if ends or block.kind == "table" or is_strong(block.key) or _NOT_A_CELL.match(block.key):
            break
        lines.append(block.text)
    return lines


def _regular(blocks: Sequence[Block], one: int, width: int) -> list[int]:
    """Where the numbers stand if every row has all `width` cells; empty if they do not."""
    found: list[int] = []
    at = one
    while at < len(blocks) and ordinal(blocks[at].key) == len(found) + 1:
        found.append(at)
        at += width
    later = {ordinal(block.key) for block in blocks[found[-1] + 1 : at + _MAX_ROW]}
    return found if len(found) >= 2 and len(found) + 1 not in later else []


def _numbers(blocks: Sequence[Block], one: int) -> list[int]:
    """Where 1, 2, 3 … stand, each within reach of the one before."""
    found = [one]
    while True:
        following = None
        for at in range(found[-1] + 1, min(found[-1] + _MAX_ROW, len(blocks))):
            if _NOT_A_CELL.match(blocks[at].key) or blocks[at].kind != "paragraph":
                break
            if ordinal(blocks[at].key) == len(found) + 1:
                following = at
                break
        if following is None:
            return found
        found.append(following)


def _join_adjacent(blocks: Sequence[Block]) -> Sequence[Block]:
    """Where empty lines stand between the cells, short lines without one between are one cell that was wrapped."""
    out = list(blocks)
    for head in [i for i, block in reversed(list(enumerate(blocks))) if _NUMBER_HEAD.match(block.key)]:
        one = _first_number(out, head)
        numbers = _numbers(out, one) if one else []
        if len(numbers) < 2:
            continue
        steps = [out[i + 1].line - out[i].line for i in range(head, numbers[-1])]
        if sum(step > 1 for step in steps) < 0.7 * len(steps):
            continue
        last = numbers[-1] + len(_cell_lines(out, numbers[-1] + 1, _MAX_ROW))
        for at in range(last, head, -1):
            above, block = out[at - 1], out[at]
            narrow = max(len(above.text), len(block.text)) <= _MAX_CELL
            if narrow and block.line == above.line + 1 and not ordinal(above.key) and not ordinal(block.key):
                moved = (replace(r, start=r.start + len(above.text)) for r in block.repairs)
                wrap = Repair("table.wrap", len(above.text), "\n", "")
                whole = replace(above, text=above.text + block.text, repairs=(*above.repairs, wrap, *moved))
                out[at - 1 : at + 1] = [whole]
    return out
