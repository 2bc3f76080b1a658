"""Tables that a scraper flattened to one cell a line, rebuilt where a column of numbers 1, 2, 3 … holds the rows apart.

Enters and leaves: blocks. A table is only rebuilt when a heading cell 序号 stands before its "1": bare numbers alone
prove nothing (they may be list items or page numbers). Evidence for the layout, in this order:
  regular   the numbers stand at equal distance: every row has every cell;
  after     a group cell stands after the number, in the first row of its group only (Suzhou 000);
  before    a group cell stands before the number, so it trails the row above (Pudong 004).
A cell that the page broke over two lines is known by its joined text standing elsewhere on the page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extract.tables import table_block
from pipeline.filters.furniture import is_strong, is_tool
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block

_NUMBER_HEAD = re.compile(r"^(序号|编号|项次)$")
_NOT_A_CELL = re.compile(r"^(附件\d*|附表\d*|附录\d*)[:：]?$|^[一二三四五六七八九十]+、")
_ORGANISATION = re.compile(r"[局委办院厅会部处府]$|政府|单位|部门|公司|中心|管委|银行|集团|[局委办厅]、|等$")
_RESPONSIBLE = re.compile(r"责任|单位|部门|牵头|配合|主体")
_MAX_CELL = 30  # characters of a wrapped line of a narrow cell
_MAX_HEAD = 10  # heading cells; wider tables are published as files
_MAX_ROW = 16  # lines one row may take, wrapped cells included


@dataclass(frozen=True, slots=True)
class _Found:
    head: int  # index of the first heading cell
    number: int  # index of the cell 序号
    rows: tuple[int, ...]  # indices of the numbers 1, 2, 3 …


def rebuild_flattened(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with every flattened table rebuilt; what is no table stays as it is."""
    blocks = _join_adjacent(blocks)
    everything = letters("".join(block.text for block in blocks))
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        if _NUMBER_HEAD.match(blocks[at].key) and (built := _table_at(blocks, at, everything, len(out))):
            table, taken_before, end = built
            del out[len(out) - taken_before :]
            out.append(table)
            at = end
        else:
            out.append(blocks[at])
            at += 1
    return tuple(out)


def _join_adjacent(blocks: Sequence[Block]) -> Sequence[Block]:
    """Where every cell stands between empty lines, two short lines without one between are one cell that was
    wrapped.
    """
    heads = [i for i, block in enumerate(blocks) if _NUMBER_HEAD.match(block.key)]
    out = list(blocks)
    for head in reversed(heads):
        one = next((i for i in range(head + 1, min(head + 1 + _MAX_HEAD, len(out))) if out[i].key == "1"), None)
        numbers = _numbers(out, one) if one else []
        if len(numbers) < 2:
            continue
        end = min(numbers[-1] + _MAX_ROW, len(out) - 1)
        steps = [out[i + 1].line - out[i].line for i in range(head, numbers[-1])]
        if sum(step > 1 for step in steps) < 0.7 * len(steps):
            continue
        for at in range(end, head, -1):
            above, block = out[at - 1], out[at]
            if (
                block.line == above.line + 1
                and not above.key.isdigit()
                and max(len(above.text), len(block.text)) <= _MAX_CELL
            ):
                joined = above.edit("cell_wrap", [(len(above.text), len(above.text), block.text)])
                out[at - 1 : at + 1] = [replace(joined, repairs=above.repairs)]
    return out


def _table_at(blocks: Sequence[Block], number: int, everything: str, room: int) -> tuple[Block, int, int] | None:
    one = next((i for i in range(number + 1, min(number + 1 + _MAX_HEAD, len(blocks))) if blocks[i].key == "1"), None)
    if one is None or one == number + 1:
        return None
    head = [block.text for block in blocks[number + 1 : one]]
    if regular := _regular(blocks, one, len(head) + 1):
        end, last = _last_row(blocks, regular[-1], len(head), [])
        rows = [[block.text for block in blocks[at : at + len(head) + 1]] for at in regular[:-1]] + [
            [blocks[regular[-1]].text, *last]
        ]
        return table_block(blocks[number:end], [[blocks[number].text, *head], *rows], "table.flattened"), 0, end
    numbers = _numbers(blocks, one)
    if len(numbers) < 3:
        return None
    gaps = [b - a - 1 for a, b in itertools.pairwise(numbers)]
    cells = _cells_per_row(gaps)
    if not cells:
        return None
    label_before = room > 0 and len(blocks[number - 1].text) <= 8 and blocks[number - 1].kind == "paragraph"
    before = len(head) == cells + 1 and gaps[0] <= cells and label_before
    body = [[b.text for b in blocks[a + 1 : b]] for a, b in itertools.pairwise(numbers)]
    tail_at, tail = _last_row(blocks, numbers[-1], cells, body)
    body.append(tail)
    numbered = [blocks[at].text for at in numbers]
    if before:
        groups = [head.pop()]
        for cell_lines in body[:-1]:
            groups.append(cell_lines.pop() if len(cell_lines) > cells else "")
        rows = [[g, n, *_fit(row, cells, everything)] for g, n, row in zip(groups, numbered, body, strict=True)]
        source, heading = blocks[number - 1 : tail_at], [blocks[number - 1].text, blocks[number].text, *head]
    else:
        rows = _grouped(numbered, body, cells, everything)
        source, heading = blocks[number:tail_at], [blocks[number].text, *head]
    return table_block(source, [heading, *rows], "table.flattened"), int(before), tail_at


def _regular(blocks: Sequence[Block], one: int, width: int) -> list[int]:
    """Where the numbers stand if every row has all `width` cells; empty if they do not."""
    found = []
    at, n = one, 1
    while at < len(blocks) and blocks[at].key == str(n):
        found.append(at)
        at, n = at + width, n + 1
    later = {block.key for block in blocks[found[-1] + 1 : at + _MAX_ROW]} if found else set()
    return found if len(found) >= 2 and str(n) not in later else []


def _numbers(blocks: Sequence[Block], one: int) -> list[int]:
    found = [one]
    while True:
        window = range(found[-1] + 1, min(found[-1] + _MAX_ROW, len(blocks)))
        wanted = str(len(found) + 1)
        following = None
        for at in window:
            if _NOT_A_CELL.match(blocks[at].key) or blocks[at].kind != "paragraph":
                break
            if blocks[at].key == wanted:
                following = at
                break
        if following is None:
            return found
        found.append(following)


def _cells_per_row(gaps: Sequence[int]) -> int:
    """How many cells follow the number in a row without a group cell: the smallest gap that is common."""
    common = Counter(gap for gap in gaps if gap)
    return min((gap for gap, times in common.items() if times >= max(2, len(gaps) // 5)), default=0)


def _last_row(blocks: Sequence[Block], number: int, cells: int, body: list[list[str]]) -> tuple[int, list[str]]:
    """The last row has no number after it: it ends where the last column looks like the rows above."""
    endings = [row[-1] for row in body if row]
    stop = next(
        (i for i in range(number + 1, len(blocks)) if is_tool(blocks[i].key) or is_strong(blocks[i].key)), len(blocks)
    )
    blocks = blocks[:stop]
    responsible = bool(endings) and sum(bool(_ORGANISATION.search(cell)) for cell in endings) >= 0.8 * len(endings)
    widest = max(0, min(cells + 1, len(blocks) - number - 1))
    size = min(cells, widest)
    if responsible and size and not _ORGANISATION.search(blocks[number + size].text) and widest > size:
        size = widest if _ORGANISATION.search(blocks[number + widest].text) else size
    return number + 1 + size, [block.text for block in blocks[number + 1 : number + 1 + size]]


def _grouped(numbers: list[str], body: list[list[str]], cells: int, everything: str) -> list[list[str]]:
    """Rows whose group cell, if any, stands right after the number."""
    rows: list[list[str]] = []
    joined = [_join_wrapped(row, cells, everything) if len(row) > cells else row for row in body]
    with_groups = any(len(row) == cells + 1 for row in joined)
    for number, row in zip(numbers, joined, strict=True):
        group = [row[0]] if len(row) > cells else [""]
        rest = row[1:] if len(row) > cells else row
        rows.append(
            [number, *(group if with_groups else group[:0] if group == [""] else group), *_fit(rest, cells, everything)]
        )
    return rows


def _join_wrapped(row: list[str], cells: int, everything: str) -> list[str]:
    """Join neighbours whose joined text stands elsewhere on the page, down to a row without a group cell."""
    row = list(row)
    at = 0
    while at + 1 < len(row) and len(row) > cells:
        if everything.count(letters(row[at] + row[at + 1])) > 1:
            row[at : at + 2] = [row[at] + row[at + 1]]
        else:
            at += 1
    return row


def _fit(row: list[str], cells: int, everything: str) -> list[str]:
    """Exactly `cells` cells: wrapped ones joined (the shortest first), missing ones blank at the end."""
    row = _join_wrapped(row, cells, everything)
    while len(row) > cells:
        at = min(range(1, len(row)), key=lambda i: len(row[i]))
        row[at - 1 : at + 1] = [row[at - 1] + row[at]]
    return row + [""] * (cells - len(row))
