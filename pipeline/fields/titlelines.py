"""The title among the lines of a page's head, with the lines that it was broken over.

Enters: the blocks of the head. Leaves: the blocks of the title, in order; none if no line looks like one.

>>> from pipeline.draft import Block
>>> head = [Block("苏州市财政局", 1), Block("关于做好预算编制工作的通知", 2)]
>>> [block.line for block in title_lines(head, ())]
[1, 2]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.fields import title as titles
from pipeline.fields.organisation import ISSUER_LINE
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.draft import Block

MIDDLE = re.compile(r"(?:关于|印发|转发|批转|[的和与及、]|《[^》]*)$")
"""The end of a folded line at which no title ends."""


def title_lines(head: Sequence[Block], explained: Collection[int]) -> list[Block]:
    """The block or blocks of the title: the best line, with the lines it was broken over. explained: ids of
    the others.
    """
    scored = [(titles.score(b.text), -i, b) for i, b in enumerate(head) if id(b) not in explained]
    best = max(scored, key=lambda item: item[:2], default=None)
    if best is None or best[0] < 3:
        return []
    chosen = [best[2]]
    at = -best[1]
    headed = False  # 关于… begins: above it only the organisations that issue together
    if "关于" not in chosen[0].key or chosen[0].key.startswith("关于"):
        for above in reversed(head[max(0, at - 4) : at]):
            joined = above.key + chosen[0].key
            if (
                id(above) in explained
                or (titles.score(above.text) >= 3 and titles.genre(above.text))
                or len(above.key) < 3
                or len(joined) > 120
            ):
                break
            if "关于" in above.key and "关于" not in chosen[0].key[:2]:
                chosen.insert(0, above)
                if above.key.startswith("关于"):
                    continue
                break
            headed = headed or chosen[0].key.startswith("关于")
            if headed and not ISSUER_LINE.match(above.key):
                break
            chosen.insert(0, above)
        if "关于" not in "".join(b.key for b in chosen):
            whole = next((at for at in range(len(chosen) - 2, -1, -1) if not MIDDLE.search(chosen[at].key)), -1)
            chosen = chosen[whole + 1 :]  # above it only lines that end in the middle
    return [*chosen, *rest_of_title(chosen[-1], head[head.index(best[2]) + 1 :], explained)]


def rest_of_title(last: Block, below: Sequence[Block], explained: Collection[int]) -> list[Block]:
    """The lines that a title goes on over, up to the one that ends in its 文种."""
    if titles.genre(last.text):
        return []
    for count, block in enumerate(below[:3], 1):
        if id(block) in explained or len(block.key) > 45 or block.key.endswith(("。", ":", ";")):
            return []
        if titles.genre(block.text):
            return list(below[:count])
    return []


def same_title(line: str, title: str, *, exact: bool = False) -> bool:
    """True if a line is the title again, whole, in part, or (unless exact) with something stuck on it."""
    if titles.is_file_name(line):
        return False
    one, other = letters(titles.trim(line)), letters(titles.trim(title))
    return one == other or (
        len(one) >= 8
        and (one in letters(title) or (not exact and other in letters(line) and len(letters(line)) <= len(other) + 20))
    )
