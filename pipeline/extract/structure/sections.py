"""The tree of numbered headings.

Enters: the paragraphs of the final text with their places, and the parts. Leaves: `Section`s in the order of the text.
A section goes on to the next number of its own kind or of a wider one, and never over the border of a part: 章 hold
节, 节 hold 一、 or 条, a 条 holds its items （一）. Levels name the kind, as the record wants it: 编 0; 一、 and 章 1;
（一） and 节 2; 1. and 条 3; （1） 4.

>>> [(s.level, s.heading) for s in sections([(0, "一、总体要求"), (7, "（一）指导思想。以习近平……")], (), 20)]
[(1, '总体要求'), (2, '指导思想')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.structure.articles import articles, follows, glued_articles
from pipeline.extract.structure.contents import listed, quoted
from pipeline.extract.structure.numbering import ARTICLE, KINDS, Kind, Mark, read_mark
from pipeline.model import Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Part

_STOP = re.compile(r"[。：:；;]")
_RUN_IN = 40  # a heading that runs into its paragraph ends with a stop within so many characters
_ALONE = 60  # a line of its own without a stop is a heading up to this length
_BRACKETED = re.compile(r"[（(【\[]([^（）()【】\[\]。]{1,30})[）)】\]]")
"""第三条（管理部门）, 第三条 【适用范围】: how rules of Shanghai and drafts name their articles."""
_ASKS = re.compile(r"^问\s?[：:]\s?")  # 一、问：…？ of an official reading
_TITLED = KINDS[:4]  # 编 分编 章 节: their words may stand on the next line
_ITEM = ARTICLE.rank + 0.5
"""The rank of 一、 in a list that an article's colon opens: inside the article."""


@dataclass(slots=True)
class _Open:
    """A section whose end is not known yet."""

    rank: float
    mark: Mark
    heading: str
    start: int
    end: int = 0


def sections(paragraphs: Sequence[tuple[int, str]], parts: Sequence[Part], end: int) -> tuple[Section, ...]:
    """The numbered headings. paragraphs: (start, text) without tables; end: length of the text."""
    borders = sorted({part.start for part in parts if part.start} | {part.end for part in parts} | {end})
    found: list[_Open] = []
    stack: list[_Open] = []
    passed = 0
    for start, mark, rest, above in _headings(paragraphs, parts):
        at = start + mark.start
        while passed < len(borders) - 1 and borders[passed] <= at:
            _close(stack, -1, borders[passed])
            passed += 1
        rank = _rank(mark, stack, above)
        _close(stack, rank, start)
        stack.append(_Open(rank, mark, _heading(rest, mark.kind), at))
        found.append(stack[-1])
    _close(stack, -1, borders[passed])
    return tuple(Section(one.mark.kind.level, one.mark.number, one.heading, one.start, one.end) for one in found)


def _rank(mark: Mark, stack: Sequence[_Open], above: str) -> float:
    """What a mark may hold. 一、 ends an article, unless it is an item of the article: behind a colon, or next to
    such an item.
    """
    if mark.kind.name == "一、" and any(one.mark.kind is ARTICLE for one in stack):
        opened = mark.value == (1, 0) and above.endswith(("：", ":"))
        if opened or any(one.rank == _ITEM and follows(one.mark.value, mark.value) for one in stack):
            return _ITEM
    return mark.kind.rank


def _close(stack: list[_Open], rank: float, end: int) -> None:
    while stack and stack[-1].rank >= rank:
        stack.pop().end = end


def _headings(paragraphs: Sequence[tuple[int, str]], parts: Sequence[Part]) -> Iterator[tuple[int, Mark, str, str]]:
    """(start of the line, mark, text behind it, line above) of every line that is a heading."""
    texts = [text for _, text in paragraphs]
    silent = listed(texts) | quoted(texts) | _in_annex_list(paragraphs, parts)
    marks = [None if index in silent else read_mark(text) for index, text in enumerate(texts)]
    accepted = articles(marks)
    for index, ((start, text), mark) in enumerate(zip(paragraphs, marks, strict=True)):
        if mark is None or (mark.kind is ARTICLE and index not in accepted):
            continue
        rest = text[mark.end :]
        if not rest and mark.kind in _TITLED and index + 1 < len(texts) and marks[index + 1] is None:
            below = texts[index + 1]
            rest = below if len(below) <= _RUN_IN and not _STOP.search(below) else ""
        yield start, mark, rest, texts[index - 1] if index else ""
        if mark.kind is ARTICLE:
            for place, glued in glued_articles(text, mark.value):
                yield start + place, glued, text[place + glued.end :], ""


def _in_annex_list(paragraphs: Sequence[tuple[int, str]], parts: Sequence[Part]) -> frozenset[int]:
    """附件：1.… 2.…: names, not headings."""
    lists = [part for part in parts if part.kind == "annex_list"]
    found, place = set(), 0
    for index, (start, _) in enumerate(paragraphs):
        while place < len(lists) and lists[place].end <= start:
            place += 1
        if place < len(lists) and lists[place].start <= start:
            found.add(index)
    return frozenset(found)


def _heading(rest: str, kind: Kind) -> str:
    """The words of a heading, without the paragraph that it may run into; empty if they cannot be told apart."""
    rest = _ASKS.sub("", rest.strip("*# "))
    if kind is ARTICLE and (named := _BRACKETED.match(rest)):
        return named[1]
    stop = _STOP.search(rest)
    if stop and stop.start() <= _RUN_IN:
        return rest[: stop.start()]
    return rest if stop is None and len(rest) <= _ALONE else ""
