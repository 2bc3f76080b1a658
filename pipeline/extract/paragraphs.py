"""Lines that were wrapped in mid-sentence -> paragraphs.

Enters and leaves: blocks. GB/T 9704 pages have 28 characters a line, and converters keep the breaks: where many lines
of a page are equally long and do not end like a sentence, a full line is joined to the next (rule "hard_wrap"). Where
the markup begins a paragraph (<p>, <li>, <div>), nothing is joined: equal lines there are the items of a list.

>>> two = Block("为贯彻落实国务院关于促进产业发展的精神，", 1), Block("现就有关事项通知如下。", 2)
>>> len(join_wrapped(two))
1
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.draft import Block
from pipeline.model import Repair
from pipeline.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = re.compile(r"[。；;：:！!？?…]$|[。；！？][”）)]$")
_NEW = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百]+[编章节条]|\d{1,3}[.．、]|附件|附表|附[:：]|[①-⑳]|[?？]{2}|\||[—-]{2})"
)
_COMMA = re.compile(r"[,，、]$")
_MIN_FULL = 5
_MAX_WIDTH = 60


def join_wrapped(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with wrapped lines joined; headings, list items and table rows begin anew."""
    width = _wrap_width(blocks)
    out: list[Block] = []
    full = 0  # length of the last source line of the block being built
    for block in blocks:
        above = out[-1] if out else None
        if above and above.kind == block.kind == "paragraph" and _goes_on(above, block, full, width):
            out[-1] = _join(above, block)
        else:
            out.append(block)
        full = len(block.text)
    return tuple(out)


def _wrap_width(blocks: Sequence[Block]) -> int:
    """Length of a full line if the page is hard-wrapped, else 0."""
    blocks = [
        b
        for b, below in itertools.zip_longest(blocks, blocks[1:])
        if b.kind == "paragraph" and not (b.begins and (below is None or below.begins))
    ]
    lengths = sorted(len(b.text) for b in blocks if len(b.text) >= 15)
    if len(lengths) < _MIN_FULL:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    full = [b for b in blocks if width - 3 <= len(b.text) <= width + 2]
    open_ended = [b for b in full if not _END.search(b.text)]
    wrapped = (
        width <= _MAX_WIDTH and len(full) >= max(_MIN_FULL, 0.3 * len(lengths)) and len(open_ended) >= 0.5 * len(full)
    )
    return width if wrapped else 0


def _goes_on(above: Block, block: Block, full: int, width: int) -> bool:
    if block.begins or _END.search(above.text[-3:]) or _NEW.match(block.text):
        return False
    if width and width - 3 <= full:
        return True
    return bool(_COMMA.search(above.text[-1:])) and len(above.text) >= 15 and len(block.text) >= 4


def _join(above: Block, block: Block) -> Block:
    latin = (
        above.text[-1].isalnum()
        and block.text[0].isalnum()
        and not is_cjk(above.text[-1])
        and not is_cjk(block.text[0])
    )
    glue = " " if latin else ""
    at = len(above.text) + len(glue)
    moved = tuple(replace(r, start=r.start + at) for r in block.repairs)
    joined = Repair("hard_wrap", len(above.text), "\n", glue)
    repairs = (*above.repairs, joined, *moved)
    return Block(above.text + glue + block.text, above.line, repairs=repairs, begins=above.begins)
