"""Pieces of text, as they stand between the tags of a page -> lines.

Enters: the texts of a page in reading order, and where a line begins. Leaves: lines. Text split over inline tags stays
together, however short its pieces; facts in boxes that stand side by side are kept apart, breaks of the source between
Chinese characters go.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from pipeline.extract.html.elements import PLAIN
from pipeline.extract.html.line import Line
from pipeline.fields.labels import is_label, opens_label
from pipeline.text import CJK, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pipeline.extract.html.containers import Known
    from pipeline.extract.html.elements import Style

_LABEL = 4  # pieces of text that a label in a row of boxes may have
_BREAK = re.compile(r"\r\n?|\n")
_PAGE_BREAK = re.compile(r"(#?PAGE_?BREAK#?)")
"""Where UCAP cuts a text into pages; its script hides the mark."""
_WRAP = re.compile(rf"(?<=[{CJK}，。；：、）》”])[ \t]*[\r\n]\s*(?=[{CJK}（《“])")
"""A line break of the source between Chinese characters is no blank (CSS Text 3, 4.1.2, segment breaks); between two
elements it is one: it keeps the boxes of a source line apart."""


class Pieces:
    """The line that is being read, and those that were. open: the elements around it that begin lines, each with the
    number of lines above it, what its names say, and its style; the last one owns the line.
    """

    def __init__(self, root: _Element) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.linked = 0  # characters of links in the line
        self.links = self.kept = 0  # links, and elements that keep the breaks of the source, that are open
        self.broken = False  # a line break is all that stands between the last line and the next
        self.boxed = False  # an inline element ends here
        self.valued = False  # a label stood alone in a box of this element
        self.open: list[tuple[_Element, int, Known | None, Style]] = [(root, 0, None, PLAIN)]

    def part(self, opening: str) -> None:
        """Keep facts apart whose boxes stand side by side on one line."""
        if (
            self.boxed
            and len(self.pieces) <= _LABEL
            and not opening.startswith((":", "："))
            and is_label("".join(self.pieces))
        ):
            self.flush()  # a label in one box, its value in the next: 文号 青政发〔2022〕33号
            self.valued = True
        elif self.boxed and self.valued and is_label(tidy(opening)):
            self.flush()  # and the next label in the box after that
        elif opens_label(opening):
            self.pieces.append(" ")  # two facts on one line: 来源：某局 时间：2022-05-19

    def add(self, text: str) -> None:
        """Take a text. What is only space between two elements of the source, and not kept, does not come here."""
        self.boxed = self.boxed and text.isspace()
        if "PAGE" in text and (parts := _PAGE_BREAK.split(text))[1:]:
            for part, mark in itertools.zip_longest(parts[::2], parts[1::2]):
                if part and (self.pieces or self.kept or not part.isspace()):
                    self.add(part)
                if mark:
                    self.flush()
                    self.lines.append(Line(mark, self.open[-1][0], hidden=True))
            return
        if self.links:
            self.linked += len(text.strip())
        if self.kept:
            first, *rest = _BREAK.split(text)
            self.pieces.append(first)
            for line in rest:
                self.flush(broken=True)
                self.pieces.append(line)
        else:
            self.pieces.append(_WRAP.sub("", text) if "\n" in text else text)

    def flush(self, *, broken: bool = False) -> None:
        """End the line that is being read. broken: by a line break, not by an element."""
        if not self.pieces:
            self.broken = broken and self.broken
            return
        text = tidy("".join(self.pieces))
        if text:
            self.lines.append(Line(text, self.open[-1][0], self.linked, goes_on=self.broken))
        self.broken = broken and (bool(text) or self.broken)
        self.pieces.clear()
        self.linked = 0
