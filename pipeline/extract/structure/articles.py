"""Which lines 第X条 are articles of the document.

Enters: the marks of its lines, in order. Leaves: the places of those that are articles. A line whose number stands
apart (第三条 国家…) is one. Where text follows at once (第三条国家…) it may be the rest of a broken line that speaks
of another law, so the count decides: the number goes on from the article before, or the next line goes on from it.

>>> lines = ["第一条 为了规范管理，制定本办法。", "第三十八条第一款的规定处罚。", "第二条本市适用。"]
>>> sorted(articles([read_mark(line) for line in lines]))
[0, 2]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.structure.numbering import ARTICLE, Mark, read_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GLUED = re.compile(r"(?<=[。；：”）]) (?=第[^ ]{1,8}条(?:之[^ ]{1,2})? )")
"""Between two articles of a page that lost its paragraphs: a stop, a blank, a number, a blank."""


def articles(marks: Sequence[Mark | None]) -> frozenset[int]:
    """The indices of the marks that are articles."""
    found = [(index, mark) for index, mark in enumerate(marks) if mark and mark.kind is ARTICLE]
    ahead: dict[tuple[int, int], int] = {}  # number -> where it stands apart next
    rival: list[bool] = []
    for index, mark in reversed(found):
        rival.append(mark.value in ahead)
        if mark.apart:
            ahead = {} if mark.value == (1, 0) else ahead  # what stands below is counted anew
            ahead[mark.value] = index
    rival.reverse()
    accepted: set[int] = set()
    last = (0, 0)
    for place, (index, mark) in enumerate(found):
        after = found[place + 1][1].value if place + 1 < len(found) else (0, 0)
        before, behind = follows(last, mark.value) or mark.value == (1, 0), follows(mark.value, after)
        counted = (before and behind) if mark.doubtful else (before or behind)
        if mark.apart or (counted and not rival[place]):
            accepted.add(index)
            last = mark.value
    return frozenset(accepted)


def follows(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """第三条 follows 第二条 and 第二条之一; 第二条之一 follows 第二条."""
    return other == (one[0] + 1, 0) or (other[0] == one[0] and other[1] == one[1] + 1)


def glued_articles(text: str, last: tuple[int, int]) -> Iterator[tuple[int, Mark]]:
    """(place in the text, mark) of articles that stand inside a paragraph, each the next of the one before."""
    for gap in _GLUED.finditer(text):
        mark = read_mark(text[gap.end() : gap.end() + 20])
        if mark and follows(last, mark.value):
            last = mark.value
            yield gap.end(), mark
