"""The dates that stand in a page of HTML, and where: by them the rows of a list are told from all other links.

A date is the whole of its text node, or it stands there under a label among other labelled facts: dates inside titles
and summaries are none. Day and month may have elements of their own.

>>> read("发布时间：2024年1月5日"), read("[01-05]"), read("2024年1月5日会议通过的决定")
('2024年1月5日', '01-05', None)
>>> read("2024-01-05 来源：市政府办"), read("24-01-05"), read("2024-01-05T10:00:00")
('2024-01-05', '2024-01-05', '2024-01-05 10:00:00')
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["Dates", "Printed", "Text", "read"]

DATE = re.compile(
    r"(?:[^\s:：]{2,6}\s?[:：]\s?\S{1,30}\s)?"  # 来源：市政府办
    r"[\[(（【]?\s?(?:(?:发布|发文|成文)?(?:日期|时间)\s?[:：]\s?)?"
    r"((?:19|20)\d{2}\s?(?:[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
    r"(?:[\sT]\d{1,2}:\d{2}(?::\d{2})?)?|\d{2}-\d{2}(?:-\d{2})?)(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?\s?[\])）】]?"
    r"(?:\s[^\s:：]{2,6}\s?[:：].{0,80})?"  # 浏览次数：33
)
LONGEST = 160
"""Characters of a text node with a date and other facts."""

YEAR_MONTH = re.compile(r"((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?月?")
DAY = re.compile(r"(\d{1,2})\s?日?")
YEAR = re.compile(r"((?:19|20)\d{2})\s?年?")
MONTH_DAY = re.compile(r"(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?")
NEAR = 6
"""Begins and ends of elements between the two halves of a date at most."""

NOT_READ = ("script", "style", "option")
MANY = 20
"""Dates of one row; where there are more, none of them is the row's."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text node without the blanks around it. holder: its element; at: where, among begins and ends."""

    words: str
    holder: HtmlElement
    at: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A date, and where it stands."""

    date: str
    holder: HtmlElement
    at: float


class Dates:
    """The texts and dates of a tree, in the order of the page."""

    def __init__(self, root: HtmlElement) -> None:
        """Begins and ends of elements are counted together, so that a text lies between those it stands in."""
        self._elements = list(root.iter())  # kept: lxml's elements are the same only as long as somebody holds them
        depths: dict[HtmlElement, int] = {}
        for element in self._elements:
            above = element.getparent()
            depths[element] = depths[above] + 1 if above is not None and above in depths else 0
        self.begins = {element: 2 * number - depths[element] for number, element in enumerate(self._elements)}
        self.ends = {element: begin + 1 for element, begin in self.begins.items()}
        for element in reversed(self._elements):
            if (above := element.getparent()) is not None and above in self.ends:
                self.ends[above] = max(self.ends[above], self.ends[element] + 1)
        self.texts = sorted(self._texts(), key=lambda text: text.at)
        self.printed = list(_printed(self.texts))
        self._places = [printed.at for printed in self.printed]

    def of(self, element: HtmlElement) -> str | None:
        """The one date that stands in an element; None if there is none, or if there are several."""
        first = bisect_left(self._places, self.begins[element])
        last = bisect_left(self._places, self.ends[element], first)
        values = {printed.date for printed in self.printed[first : min(last, first + MANY)]}
        return values.pop() if len(values) == 1 and last - first < MANY else None

    def has(self, element: HtmlElement) -> bool:
        """True if any date stands in an element."""
        first = bisect_left(self._places, self.begins[element])
        return first < len(self._places) and self._places[first] < self.ends[element]

    def _texts(self) -> Iterator[Text]:
        for element in self._elements:
            is_read = isinstance(element.tag, str) and element.tag not in NOT_READ
            if is_read and (words := " ".join((element.text or "").split())):
                yield Text(words, element, self.begins[element] + 0.5)
            above = element.getparent()
            if above is not None and above in self.begins and (words := " ".join((element.tail or "").split())):
                yield Text(words, above, self.ends[element] + 0.5)


def read(words: str) -> str | None:
    """The date that a text node is, as printed but for a short year and the T of ISO 8601; None if it is none."""
    found = DATE.fullmatch(words) if len(words) <= LONGEST else None
    if found is None:
        return None
    date = found[1].replace("T", " ")
    return f"20{date}" if re.fullmatch(r"\d{2}-\d{2}-\d{2}", date) else date


def _printed(texts: list[Text]) -> Iterator[Printed]:
    used = False
    for number, text in enumerate(texts):
        if used:
            used = False
            continue
        after = texts[number + 1] if number + 1 < len(texts) else None
        if after is not None and after.at - text.at <= NEAR and (date := _put_together(text.words, after.words)):
            used = True
            yield Printed(date, after.holder, after.at)
        elif date := read(text.words):
            yield Printed(date, text.holder, text.at)


def _put_together(first: str, second: str) -> str | None:
    """A date whose halves are texts of their own: 05 and 2024-01, 2024 and 01-05, in either order."""
    if len(first) > 12 or len(second) > 12:
        return None
    for one, other in ((first, second), (second, first)):
        if (month := YEAR_MONTH.fullmatch(one)) and (day := DAY.fullmatch(other)):
            return f"{month[1]}-{int(month[2]):02}-{int(day[1]):02}"
        if (year := YEAR.fullmatch(one)) and (rest := MONTH_DAY.fullmatch(other)):
            return f"{year[1]}-{int(rest[1]):02}-{int(rest[2]):02}"
    return None
