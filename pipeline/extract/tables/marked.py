"""Tables whose cells are still marked in the text: pipe tables, tab-separated rows, tab-led cells.

Enters and leaves: blocks; the lines of one table become one table block in Markdown, with a repair that can undo it.
Tab-led cells are what document-to-text converters make of a Word table (seed page Kunshan 001): a tab opens a cell, a
line without one continues it, a lone tab is an empty cell, an empty line closes the row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.draft import Block
from pipeline.extract.tables.markdown import cells, is_rule, merged_columns, merged_places, to_markdown
from pipeline.model import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MIN_BARE_ROWS = 3  # rows held apart by bars alone; fewer may be a menu
_NOTE = re.compile(r"^(?:备注|注|说明|附注)\d*:")
_NUMBER_HEAD = re.compile(r"^(序号|编号|项次|no\.?)$")


def marked_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with every marked table put together. Tables of HTML stay as they are; lines with stray tabs that are no
    table lose only the tabs.
    """
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        style = _style(blocks[at])
        run = _run(blocks, at, style)
        match style:
            case "pipe":
                out += _pipe_table(run)
            case "rows":
                out += _tab_rows(run)
            case "led":
                out += _tab_led(run)
            case bars if bars.startswith("bars") and len(run) >= _MIN_BARE_ROWS:
                out.append(table_block(run, [cells(block.text) for block in run], "table.pipes"))
            case _:
                out += run
        at += len(run)
    return tuple(block for block in out if block.text)


def _run(blocks: Sequence[Block], at: int, style: str) -> list[Block]:
    """The blocks of one style from `at` on; a tab-led table takes the lines that continue its cells along."""
    end = at + 1
    while end < len(blocks):
        below = blocks[end].line == blocks[end - 1].line + 1 and "\t" not in blocks[end].text
        continues = style == "led" and below and blocks[end].kind != "table" and not _NOTE.match(blocks[end].key)
        if _style(blocks[end]) != style and not continues:
            break
        end += 1
    return list(blocks[at:end])


def table_block(source: Sequence[Block], rows: Sequence[Sequence[str]], rule: str) -> Block:
    """One table from the blocks it was spread over; the repair holds the lines as they stood."""
    rows = span_heading(rows)
    text = to_markdown(rows)
    before = "\n".join(block.text for block in source)
    earlier: list[Repair] = []
    at = 0
    for block in source:
        earlier += [Repair(r.rule, r.start + at, r.before, r.after) for r in block.repairs]
        at += len(block.text) + 1
    merged = merged_places(rows)
    if before == text:
        return Block(text, source[0].line, "table", tuple(earlier), merged)
    # Repairs made before the table stand inside its `before`; only the table's own can be placed in the new text.
    for repair in reversed(earlier):
        before = before[: repair.start] + repair.before + before[repair.start + len(repair.after) :]
    return Block(text, source[0].line, "table", (Repair(rule, 0, before, text),), merged)


def span_heading(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows with a heading as wide as they are. A heading that is one cell short spans the merged column and the next.

    A column of groups and the column of their items stand under one heading (任务清单, 重点工作 in the seed pages).
    """
    head, *body = [list(row) for row in rows]
    width = max((len(row) for row in body), default=len(head))
    if len(head) == width - 1:
        groups = [column for column in merged_columns(body) if column + 1 < width]
        after_number = 1 if _NUMBER_HEAD.match(head[0].lower()) else 0
        head.insert((groups[0] if groups else after_number) + 1, "")
    return [head + [""] * (width - len(head)), *body]


def _style(block: Block) -> str:
    if block.kind == "table":
        return "table"
    text = block.text
    if text.startswith("|") and text.rstrip().endswith("|") and len(cells(text)) > 1:
        return "pipe"
    if (bars := text.count("|")) and "。" not in text and ">" not in text:
        return f"bars{bars}"
    if "\t" in text.strip("\t"):
        return "rows"
    return "led" if text.startswith("\t") else ""


def _pipe_table(run: list[Block]) -> Iterable[Block]:
    rows = [cells(block.text) for at, block in enumerate(run) if at != 1 or not is_rule(block.text)]
    return [table_block(run, rows, "table.pipes")] if len(rows) > 1 else run


def _tab_rows(run: list[Block]) -> Iterable[Block]:
    rows = [block.text.split("\t") for block in run]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return [
            block.edit("tab", [(m.start(), m.end(), " ") for m in re.finditer(r"\t+", block.text)]) for block in run
        ]
    return [table_block(run, rows, "table.tabs")]


def _tab_led(run: list[Block]) -> Iterable[Block]:
    rows: list[list[str]] = [[]]
    for index, block in enumerate(run):
        if index and block.line > run[index - 1].line + 1:
            rows.append([])
        if block.text.startswith("\t") or not rows[-1]:
            rows[-1].append(block.text.strip("\t"))
        else:
            rows[-1][-1] += block.text
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        return [block.edit("tab", [(0, len(block.text) - len(block.text.lstrip("\t")), "")]) for block in run]
    return [table_block(run, rows, "table.tab_cells")]
