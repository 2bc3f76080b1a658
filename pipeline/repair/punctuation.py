"""Folded punctuation: full-width marks that a scraper turned to ASCII, restored in Chinese context.

Enters and leaves: a draft (rule "width", one repair a mark). Scrapers that normalise FF01–FF5E to ASCII leave
、。《》“” alone (all five seed pages). A mark is Chinese when a neighbour is: its nearest character, past blanks and
quotes, on either side. Never between two digits (9:00, 1:3, 1,000), never between two Latin letters, never inside
addresses; brackets go in pairs.

>>> restore("各县级市(区)人民政府,现印发给你们:")
'各县级市（区）人民政府，现印发给你们：'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import holds_cjk, is_cjk

if TYPE_CHECKING:
    from pipeline.draft import Block, Draft

_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_SKIP = frozenset(" \u00a0\u3000\"'")
_CHINESE_MARKS = frozenset("、。《》“”‘’〔〕【】「」『』〈〉—…，；：！？（）％·～")
_OPAQUE = re.compile(
    r"(?:https?|ftp)://(?:[^\s\u3000-\u9fff，。；（）()]|\([^\s()]*\))+|www\.[\w./?=&%-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b\d{1,2}:\d{2}(?::\d{2})?\b"
)

_OPAQUE_SIGNS = (":", "@", "www.")
_MARKS = re.compile("[,;:!?]")
_BRACKETS = re.compile("[()]")


def restore(text: str) -> str:
    """The text with its Chinese punctuation at full width."""
    out = list(text)
    for start, _, mark in edits(text):
        out[start] = mark
    return "".join(out)


def edits(text: str) -> list[tuple[int, int, str]]:
    """The marks to widen, as (start, end, mark), ascending."""
    if not any(mark in text for mark in ",;:!?()"):
        return []
    may_be = any(sign in text for sign in _OPAQUE_SIGNS)
    opaque = {i for match in _OPAQUE.finditer(text) for i in range(*match.span())} if may_be else frozenset[int]()
    wide: set[int] = set()
    for start, end in _pairs(text):
        holds_chinese = holds_cjk(text, start, end)
        if start not in opaque and end not in opaque and (holds_chinese or _stands_in_chinese(text, start, end)):
            wide |= {start, end}
    for found in _MARKS.finditer(text):
        index = found.start()
        if index not in opaque and _mark_is_chinese(text, index, wide):
            wide.add(index)
    return [(i, i + 1, text[i].translate(_FULL)) for i in sorted(wide)]


def _pairs(text: str) -> list[tuple[int, int]]:
    open_at: list[int] = []
    found = []
    for bracket in _BRACKETS.finditer(text):
        if bracket[0] == "(":
            open_at.append(bracket.start())
        elif open_at:
            found.append((open_at.pop(), bracket.start()))
    return sorted(found)


def _beside(text: str, index: int, step: int) -> str:
    index += step
    while 0 <= index < len(text) and text[index] in _SKIP:
        index += step
    return text[index] if 0 <= index < len(text) and text[index] not in "|\n" else ""


def _chinese(character: str) -> bool:
    return bool(character) and (is_cjk(character) or character in _CHINESE_MARKS)


def _stands_in_chinese(text: str, start: int, end: int) -> bool:
    left, right = _beside(text, start, -1), _beside(text, end, 1)
    outside = [side for side in (left, right) if side]
    return (
        bool(outside) and all(_chinese(side) or side in ",;:!?()." for side in outside) and any(map(_chinese, outside))
    )


def _mark_is_chinese(text: str, index: int, wide: set[int]) -> bool:
    left, right = _beside(text, index, -1), _beside(text, index, 1)
    if left.isdigit() and right.isdigit():
        return False
    if left in ")(" and left and any(i in wide for i in (index - 1, index - 2)):
        return True
    return _chinese(left) or _chinese(right)


def restore_width(draft: Draft) -> Draft:
    """Full-width punctuation in every block."""

    def widen(block: Block) -> Block:
        return block.edit("width", edits(block.text))

    return draft.amend(widen)
