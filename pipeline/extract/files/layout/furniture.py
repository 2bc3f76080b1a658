"""Page numbers, running heads and feet of the pages of a document.

Enters: the lines of each page from top to bottom, tables apart. Leaves: those that are furniture, each with its rule.
Sources: GB/T 9704-2012, 7.5 (— 1 —, at the foot outside); printed plans carry their name at the head of each page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pipeline.model import Removal
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.files.layout.lines import Line
    from pipeline.extract.files.layout.page import Page

NUMBER, HEAD = "files.page_number", "files.running_head"
_ROWS = 2  # rows at the head and at the foot of a page among which furniture stands
_MARGIN = 0.125
"""Of the page's height, where furniture stands; by GB/T 9704-2012, 5.2.1, the text begins 37 mm (0.125) from above."""
_FEWEST = 3  # pages that carry the same head
_LARGER = 1.2  # times: the title over its running head
_SAME = 4.0  # points up or down
_SURE = re.compile(
    r"^(?:[-–—―－─·•~]{1,3}\d{1,4}[-–—―－─·•~]{1,3}|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|共\d{1,4}页[,，]?第\d{1,4}页|\d{1,4}/\d{1,4}|page\d{1,4}(?:of\d{1,4})?)$"
)
_BARE = re.compile(r"^(?:\d{1,4}|[ivx]{1,6})$")
_DIGITS = re.compile(r"\d+")
_COUNTED = re.compile(r"^(?:附[件表录]|[表图])\d|^第\d+[编章节条部]")
"""Begins a part of the text: annex 1, 2 and 3 at the head of a page each are three annexes, not one running head."""


def furniture(pages: Sequence[Page]) -> dict[int, Removal]:
    """What is furniture, by the identity of its line."""
    found: dict[int, Removal] = {}
    _page_numbers(pages, found)
    _running(pages, found)
    _titles(pages, found)
    _page_numbers(pages, found)  # those that stood beside a running head
    return found


def _page_numbers(pages: Sequence[Page], found: dict[int, Removal]) -> None:
    bare: defaultdict[int, list[tuple[Page, Line]]] = defaultdict(list)
    for page in pages:
        for line in _outer(page, found):
            said = fold(line.text)
            if _SURE.match(said):
                _take(found, NUMBER, "the number of a page", page, line)
            elif _BARE.match(said) and said.isdigit():
                bare[int(said) - page.number].append((page, line))
            elif _BARE.match(said) and _is_marginal(page, line):
                _take(found, NUMBER, "the number of a page", page, line)
    for offset, counted in bare.items():
        for page, line in counted:
            is_alone = len({page.number for page, _ in counted}) == 1
            if not is_alone or (_is_marginal(page, line) and (not offset or line.base > page.height / 2)):
                _take(found, NUMBER, "the number of a page", page, line)


def _running(pages: Sequence[Page], found: dict[int, Removal]) -> None:
    """What stands in the margin at the same height on many pages, numbers aside. A page keeps one line."""
    for _ in range(_ROWS):
        seen: defaultdict[str, list[tuple[Page, Line]]] = defaultdict(list)
        for page in pages:
            left = [line for line in page.lines if id(line) not in found]
            for line in (left[0], left[-1]) if len(left) > 1 or (left and _has_table(page)) else ():
                if _is_marginal(page, line):
                    said = fold(line.text)
                    seen[said if _COUNTED.match(said) else _DIGITS.sub("#", said)].append((page, line))
        for same in seen.values():
            places = Counter(round(line.base / _SAME) for _, line in same)
            for page, line in same:
                place = round(line.base / _SAME)
                if sum(places[near] for near in (place - 1, place, place + 1)) >= _FEWEST:
                    _take(found, HEAD, "stands at the head or foot of many pages", page, line)


def _titles(pages: Sequence[Page], found: dict[int, Removal]) -> None:
    """The title once more, in small type in the margin: the running head of a document of few pages."""
    sizes: defaultdict[str, float] = defaultdict(float)
    for page in pages:
        for line in page.lines:
            sizes[fold(line.text)] = max(sizes[fold(line.text)], line.size)
    for page in pages:
        for line in _outer(page, found):
            if _is_marginal(page, line) and sizes[fold(line.text)] > _LARGER * line.size:
                _take(found, HEAD, "repeats the title in the margin", page, line)


def _has_table(page: Page) -> bool:
    return len(page.items) > len(page.lines)


def _outer(page: Page, found: dict[int, Removal]) -> Iterator[Line]:
    """The outermost lines of a page that are not known for furniture."""
    lines = [line for line in page.lines if id(line) not in found]
    yield from lines[:_ROWS]
    yield from lines[max(_ROWS, len(lines) - _ROWS) :]


def _is_marginal(page: Page, line: Line) -> bool:
    return line.base < _MARGIN * page.height or line.base > (1 - _MARGIN) * page.height


def _take(found: dict[int, Removal], rule: str, reason: str, page: Page, line: Line) -> None:
    found[id(line)] = Removal(rule, f"{reason} (page {page.number})", line.text)
