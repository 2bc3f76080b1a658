"""Where annexes begin, and where a notice lists them.

Enters: the blocks of the final text. Leaves: starts of annexes (附件 above an annex, GB/T 9704-2012, 7.3.7) and
ranges of lines that name annexes (附件说明 under the text, 7.3.4: 附件：1.… 2.…).

>>> blocks = [(0, "附件：1.任务清单"), (9, "2.名单"), (14, "附件1"), (18, "任务清单")]
>>> (annex_lists(blocks), annex_starts(blocks))
([range(0, 2)], [14])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
ANNEX = re.compile(rf"^附(?:件{_N}?)?[:.]?$")
"""The mark above an annex, on a folded line of its own; older documents print 附: (GB/T 9704-1988)."""
_TABLE_MARK = re.compile(rf"^附[表录]{_N}?[:.]?$")
_NAMED = re.compile(rf"^附(?:件{_N}?)?[:.、](?P<name>.{{2,}})$")
_ITEM = re.compile(r"^\d{1,2}[.、](?P<name>(?:\D|(?:19|20)\d{2}年).+)$")
_NAMES = 2  # names under a bare 附件: an annex begins with its title, a list with 1. and 2.
_MARK = 12  # characters: no mark is longer, blanks included
_NAME = 120  # characters: no name of an annex is longer


def annex_starts(blocks: Sequence[tuple[int, str]]) -> list[int]:
    """The start of each annex. 附件1：任务清单 begins one if a list named it before or its table follows; 附表 alone
    begins one where the document has no 附件.
    """
    lists = annex_lists(blocks)
    first = {found.start: found for found in lists}
    inside = {index for found in lists for index in found}
    named: set[str] = set()
    starts, tables = [], []
    for index, (start, text) in enumerate(blocks):
        if index in first:
            names = {_name(text) for _, text in blocks[index : first[index].stop]} - {""}
            below = blocks[index + 1][1] if index + 1 < len(blocks) else ""
            if len(first[index]) == 1 and (names <= named or below.startswith("|")):
                starts.append(start)
            named |= names
        elif index not in inside and len(text) <= _MARK and text.startswith("附"):
            if ANNEX.match(fold(text)):
                starts.append(start)
            elif _TABLE_MARK.match(fold(text)):
                tables.append(start)
    return starts or tables


def annex_lists(blocks: Sequence[tuple[int, str]]) -> list[range]:
    """The lines of each list of annexes, as ranges of indices."""
    found: list[range] = []
    for index, (_, text) in enumerate(blocks):
        if text.startswith("附") and not (found and index < found[-1].stop) and (run := _list_at(blocks, index)):
            found.append(run)
    return found


def _list_at(blocks: Sequence[tuple[int, str]], index: int) -> range:
    """附件：1.任务清单 and the names below it, 附件1：… over 附件2：…, or a bare 附件 over two numbered names."""
    bare = len(blocks[index][1]) <= _MARK and ANNEX.match(fold(blocks[index][1])) is not None
    if not bare and not _is_name(_NAMED, blocks[index][1]):
        return range(0)
    stop = index + 1
    while stop < len(blocks) and _is_name(_ITEM, blocks[stop][1]):
        stop += 1
    if bare:
        return (
            range(index, stop) if stop - index > _NAMES and blocks[index + 1][1].startswith(("1", "１")) else range(0)
        )
    while stop < len(blocks) and blocks[stop][1].startswith("附") and _is_name(_NAMED, blocks[stop][1]):
        stop += 1
    return range(index, stop)


def _is_name(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _NAME and "。" not in text and pattern.match(fold(text)) is not None


def _name(text: str) -> str:
    """The letters of an annex's name, without its number."""
    key = fold(text)
    if match := _NAMED.match(key):
        key = match["name"]
    if match := _ITEM.match(key):
        key = match["name"]
    return "" if ANNEX.match(key) else letters(key)
