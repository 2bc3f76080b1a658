"""Text saved by somebody's scraper -> blocks, one a line; the page furniture is still between them.

Enters: decoded text. Leaves: `Block`s with the number of the line they came from. Tabs are kept, because exports of
word-processor tables mark cells with them (see `extract.tables.marked`).
"""

from __future__ import annotations

import html
import re

from pipeline.draft import Block
from pipeline.text import tidy

_SPACE = r"(?:&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#x3000|#xa0);?|[?？]nbsp;|\s)+"
_NAMES = "ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot"
_ENTITIES = re.compile(
    rf"(?P<outer>^{_SPACE}|(?<=[^\s]){_SPACE}$)|[?？](?P<broken>{_NAMES}|nbsp);"
    rf"|&(?:nbsp|ensp|emsp|thinsp|{_NAMES}|times|amp|lt|gt|quot|#\d{{2,6}}|#x[0-9a-fA-F]{{2,5}});?"
)


def blocks_of(text: str) -> tuple[Block, ...]:
    """One block a non-empty line; entities that the scraper left in are read (rule "entity").

    >>> [block.text for block in blocks_of("一、总体要求\\n\\n&ldquo;十四五&rdquo;期间")]
    ['一、总体要求', '“十四五”期间']
    """
    blocks = []
    for number, line in enumerate(text.splitlines(), 1):
        content = "\t".join(tidy(cell) for cell in line.split("\t"))
        if content.strip(" ") and (content.strip() or line.startswith("\t")):
            block = Block(content, number)
            blocks.append(_read_entities(block) if "&" in content or ";" in content else block)
    return tuple(blocks)


def _read_entities(block: Block) -> Block:
    edits = [
        (
            m.start(),
            m.end(),
            "" if m.lastgroup == "outer" else html.unescape(f"&{m['broken']};") if m["broken"] else _read(m[0]),
        )
        for m in _ENTITIES.finditer(block.text)
    ]
    return block.edit("entity", edits)


def _read(entity: str) -> str:
    """The character of an entity; every kind of space as a blank."""
    return tidy(html.unescape(entity)) or " "
