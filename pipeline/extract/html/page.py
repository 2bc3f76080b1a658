"""An HTML tree -> the lines a reader sees, complete: a line a block element, one line a data table.

Enters: a parsed page. Leaves: lines in reading order, each with the element that holds it, so that
`extract.html.body` can say which of them are the document. Text split over inline tags stays together, however short
its pieces (extractors that drop text nodes of one character lose 年 and 月 out of dates). Tables that hold data
become Markdown (`extract.html.grid`); tables that only arrange the page, or that are the 信息公开 fact table, become
lines.

>>> from lxml import html
>>> [line.text for line in page_lines(html.fromstring("<div><p>2022<b>年</b>5月</p><p>二</p></div>")).lines]
['2022年5月', '二']
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pipeline.extract.html.containers import UNNAMED as _UNNAMED
from pipeline.extract.html.containers import is_mark, judge
from pipeline.extract.html.datatable import read_table
from pipeline.extract.html.elements import INLINE, LEADING, LEADS, LEAVES, PLAIN, SILENT, UNSEEN, is_hidden, style_of
from pipeline.extract.html.tree import text_of
from pipeline.extract.tables.markdown import to_markdown
from pipeline.fields.labels import is_label, opens_label
from pipeline.text import CJK, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.containers import Known
    from pipeline.extract.html.elements import Style
    from pipeline.extract.html.grid import Grid

_ASIDE = 60  # characters: 您的浏览器不支持JavaScript
_PARTS = frozenset(("thead", "tbody", "tfoot", "tr", "td", "th"))
_LABEL = 4  # pieces of text that a label in a row of boxes may have
_BREAK = re.compile(r"\r\n?|\n")
_PAGE_BREAK = re.compile(r"(#?PAGE_?BREAK#?)")
"""Where UCAP cuts a text into pages; its script hides the mark."""
_WRAP = re.compile(rf"(?<=[{CJK}，。；：、）》”])[ \t]*[\r\n]\s*(?=[{CJK}（《“])")
"""A line break of the source between Chinese characters is no blank (CSS Text 3, 4.1.2, segment breaks); between two
elements it is one: it keeps the boxes of a source line apart."""


class Line(NamedTuple):
    """One line. owner: the element that holds it. linked: how many of its characters are links. hidden: a reader does
    not see it, though what stands around it is shown. table: of a table that holds data, whose Markdown the text is.
    goes_on: only a line break (<br>, a newline of <pre>) parts it from the line above.
    """

    text: str
    owner: _Element
    linked: int = 0
    table: Grid | None = None
    hidden: bool = False
    goes_on: bool = False

    @property
    def is_link(self) -> bool:
        """True for a line that is mostly links."""
        return self.linked * 2 > len(self.text)

    @property
    def is_table(self) -> bool:
        """True for a table that holds data."""
        return self.table is not None


class Span(NamedTuple):
    """The lines start to stop (exclusive) that one element holds. known: what its names say, if they sound like a body.

    hidden: the element does not show what it holds.
    """

    element: _Element
    start: int
    stop: int
    known: Known | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines, and what stands where among them.

    marks: comments that mark a place, with the index of the line that follows. links: links and pictures, with the
    index of the line that they stand in or before. spans: elements that hold lines, from the inside outwards; those
    that hold one paragraph are left out.
    """

    lines: tuple[Line, ...]
    marks: tuple[tuple[int, str], ...]
    links: tuple[tuple[int, _Element], ...]
    spans: tuple[Span, ...]


def page_lines(tree: _Element) -> PageLines:
    """The lines of a page."""
    body = tree.find("body")
    return _Walk(tree if body is None else body).read()


class _Walk:
    """One pass over a tree. Without recursion: pages nest without bound. flat: take tables apart."""

    def __init__(self, root: _Element, *, flat: bool = False) -> None:
        self.root, self.flat = root, flat
        self.lines: list[Line] = []
        self.marks: list[tuple[int, str]] = []
        self.anchors: list[tuple[int, _Element]] = []
        self.spans: list[Span] = []
        self.pieces: list[str] = []
        self.linked = self.links = self.kept = 0
        self.broken = False  # a line break is all that stands between the last line and the next
        self.boxed = False  # an inline element ends here
        self.open: list[tuple[_Element, int, Known | None, Style]] = [(root, 0, None, PLAIN)]

    def read(self) -> PageLines:
        walker = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                if not self._start(element):
                    walker.skip_subtree()
            elif event == "end":
                if self.open[-1][0] is element:
                    self._close(element)
                else:
                    self.links -= element.tag == "a"
                    self.boxed = True
                if (tail := element.tail) and element is not self.root:
                    self._add(tail)
            else:
                if event == "comment":
                    self._mark(element.text or "")
                if element.tail:
                    self._add(element.tail)
        self._flush()
        return PageLines(tuple(self.lines), tuple(self.marks), tuple(self.anchors), tuple(self.spans))

    def _start(self, element: _Element) -> bool:
        """Enter an element; False if its content is not walked."""
        tag = str(element.tag)
        if tag in LEADING:
            self.anchors.append((len(self.lines), element))
            self.links += tag == "a"
        if tag in SILENT:
            return False
        if tag == "meta":  # <meta name="ContentStart"> inside the body of JCMS pages
            self._mark(element.get("name") or "")
            return False
        if tag in UNSEEN and len(unseen := tidy(text_of(element))) < _ASIDE:
            if unseen:
                self.lines.append(Line(unseen, element, hidden=True))
            return False
        said, id_, classes = element.get("style"), element.get("id"), element.get("class")
        style = style_of(said) if said else PLAIN
        known = judge(tag, id_, classes) if id_ or classes or tag in _UNNAMED else None
        if known or style.begins_lines or not (tag in INLINE or ":" in tag):
            self._flush(broken=tag == "br")
            self.open.append((element, len(self.lines), known, style))
            self.kept += style.keeps_breaks or tag == "pre"
            if tag == "table" and not self.flat and self._table(element):
                return False
        elif (style.hides or element.get("hidden") is not None) and element is not self.root:
            if hidden := tidy(text_of(element)):
                self.lines.append(Line(hidden, element, hidden=True))
            return False
        if text := element.text:
            if self.pieces:
                self._part(text.lstrip())
            self._add(text)
        self.boxed = False
        return True

    def _close(self, element: _Element) -> None:
        """Leave an element that began lines."""
        self._flush(broken=element.tag == "br")
        _, start, known, style = self.open[-1]
        tag = element.tag
        hides = style.hides or tag in UNSEEN or element.get("hidden") is not None
        if known or (start < len(self.lines) and (hides or tag in _PARTS or tag not in LEAVES)):
            self.spans.append(Span(element, start, len(self.lines), known, hides))
        if element is not self.root:
            self.open.pop()
            self.kept -= style.keeps_breaks or tag == "pre"
            self.links -= tag == "a"

    def _part(self, opening: str) -> None:
        """Keep facts apart whose boxes stand side by side on one line."""
        if (
            self.boxed
            and len(self.pieces) <= _LABEL
            and not opening.startswith((":", "："))
            and is_label("".join(self.pieces))
        ):
            self._flush()  # a label in one box, its value in the next: 文号 青政发〔2022〕33号
        elif opens_label(opening):
            self.pieces.append(" ")  # two facts on one line: 来源：某局 时间：2022-05-19

    def _table(self, element: _Element) -> bool:
        """Take a table that holds data as one line; False for any other."""
        found = read_table(element, _lines_in, is_hidden)
        if found is None:
            return False
        self.lines += [Line(text, element) for text in found.above]
        self.anchors += [(len(self.lines), link) for link in element.iter(*LEADS)]
        self.lines.append(Line(to_markdown(found.grid.rows), element, found.linked, found.grid))
        self.lines += [Line(text, element) for text in found.below]
        self.lines += [Line(text, element, hidden=True) for text in found.hidden]
        return True

    def _mark(self, name: str) -> None:
        if is_mark(name):
            self._flush()
            self.marks.append((len(self.lines), name))

    def _add(self, text: str) -> None:
        if not self.pieces and not self.kept and text.isspace():
            return  # between two elements of the source
        self.boxed = self.boxed and text.isspace()
        if "PAGE" in text and (parts := _PAGE_BREAK.split(text))[1:]:
            for part, mark in itertools.zip_longest(parts[::2], parts[1::2]):
                if part:
                    self._add(part)
                if mark:
                    self._flush()
                    self.lines.append(Line(mark, self.open[-1][0], hidden=True))
            return
        if self.links:
            self.linked += len(text.strip())
        if self.kept:
            first, *rest = _BREAK.split(text)
            self.pieces.append(first)
            for line in rest:
                self._flush(broken=True)
                self.pieces.append(line)
        else:
            self.pieces.append(_WRAP.sub("", text) if "\n" in text else text)

    def _flush(self, *, broken: bool = False) -> None:
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


def _lines_in(element: _Element) -> Mapping[_Element, Sequence[Line]]:
    """The lines of an element and of each row and cell in it, tables taken apart."""
    page = _Walk(element, flat=True).read()
    parts = {span.element: page.lines[span.start : span.stop] for span in page.spans if span.element.tag in _PARTS}
    return {**parts, element: page.lines}
