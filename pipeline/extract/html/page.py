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
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.extract.html.containers import UNNAMED as _UNNAMED
from pipeline.extract.html.containers import is_mark, judge
from pipeline.extract.html.datatable import read_table
from pipeline.extract.html.elements import APART, INLINE, LEADING, LEAVES, PLAIN, SILENT, UNSEEN, is_hidden, style_of
from pipeline.extract.html.line import Line, PageLines, Span
from pipeline.extract.html.pieces import Pieces
from pipeline.extract.html.stylesheet import hidden_names, is_named
from pipeline.extract.html.tree import text_of
from pipeline.extract.tables.markdown import to_markdown
from pipeline.text import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

__all__ = ["Line", "PageLines", "Span", "page_lines"]

_ASIDE = 60  # characters: 您的浏览器不支持JavaScript
_PARTS = frozenset(("thead", "tbody", "tfoot", "tr", "td", "th"))
_PARAGRAPHS = LEAVES - _PARTS


def page_lines(tree: _Element) -> PageLines:
    """The lines of a page."""
    body = tree.find("body")
    return _Walk(tree if body is None else body, hidden=hidden_names(tree)).read()


class _Walk(Pieces):
    """One pass over a tree. Without recursion: pages nest without bound. flat: take tables apart. hidden: names that
    the page's style sheets hide.

    Half of the time that a page takes goes by here: what most elements need not do is asked for before it is called.
    """

    def __init__(self, root: _Element, *, flat: bool = False, hidden: frozenset[str] = frozenset()) -> None:
        super().__init__(root)
        self.root, self.flat, self.hidden = root, flat, hidden
        self.marks: list[tuple[int, str]] = []
        self.anchors: list[tuple[int, _Element]] = []
        self.spans: list[Span] = []

    def read(self) -> PageLines:
        root, opened, pieces = self.root, self.open, self.pieces
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                if not self._start(element):
                    walker.skip_subtree()
                continue
            if event == "end":
                if opened[-1][0] is element:
                    self._close(element)
                else:
                    self.boxed = True
                    if self.links and element.tag == "a":
                        self.links -= 1
            elif event == "comment":
                self._mark(element.text or "")
            tail = element.tail
            if tail and (pieces or self.kept or not tail.isspace()) and element is not root:
                self.add(tail)
        self.flush()
        return PageLines(tuple(self.lines), tuple(self.marks), tuple(self.anchors), tuple(self.spans))

    def _start(self, element: _Element) -> bool:
        """Enter an element; False if its content is not walked."""
        tag = str(element.tag)
        if tag == "br":
            self.flush(broken=True)
            return True
        if tag in APART and not self._sets_apart(element):
            return False
        said, id_, classes = element.get("style"), element.get("id"), element.get("class")
        style = style_of(said) if said else PLAIN
        if self.hidden and (id_ or classes) and is_named(self.hidden, id_, classes):
            style = style._replace(hides=True)
        known = judge(tag, id_, classes) if id_ or classes or tag in _UNNAMED else None
        if (tag not in INLINE and ":" not in tag) or known or style.begins_lines:
            if self.pieces:
                self.flush()
            self.broken = False
            self.open.append((element, len(self.lines), known, style))
            if style.keeps_breaks or tag == "pre":
                self.kept += 1
            if tag == "table" and not self.flat and self._table(element):
                return False
        elif (style.hides or element.get("hidden") is not None) and element is not self.root:
            if hidden := tidy(text_of(element)):
                self.lines.append(Line(hidden, element, hidden=True))
            return False
        if text := element.text:
            if self.pieces:
                self.part(text.lstrip())
            if self.pieces or self.kept or not text.isspace():
                self.add(text)
        self.boxed = False
        return True

    def _sets_apart(self, element: _Element) -> bool:
        """Enter an element that leads somewhere, or says nothing to a reader; False if its content is not walked."""
        tag = element.tag
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
        return True

    def _close(self, element: _Element) -> None:
        """Leave an element that began lines."""
        if self.pieces:
            self.flush()
        self.broken = False
        _, start, known, style = self.open[-1]
        tag = element.tag
        if known or start < len(self.lines):
            hides = style.hides or tag in UNSEEN or element.get("hidden") is not None
            if known or hides or tag not in _PARAGRAPHS:
                self.spans.append(Span(element, start, len(self.lines), known, hides))
        if element is not self.root:
            self.open.pop()
            if self.kept:
                self.kept -= style.keeps_breaks or tag == "pre"
            if self.links:
                self.links -= tag == "a"

    def _table(self, element: _Element) -> bool:
        """Take a table that holds data as one line, and one that was read and only arranges the page as its lines;
        False for any other.
        """
        read: list[PageLines] = []
        found = read_table(element, lambda part: _lines_in(part, read), is_hidden)
        if found is None:
            return bool(read) and self._take(element, read[0])
        self.lines += [Line(text, element) for text in found.above]
        self.anchors += [(len(self.lines), link) for link in element.iter(*LEADING)]
        self.lines.append(Line(to_markdown(found.grid.rows), element, found.linked, found.grid))
        self.lines += [Line(text, element) for text in found.below]
        self.lines += [Line(text, element, hidden=True) for text in found.hidden]
        return True

    def _take(self, table: _Element, read: PageLines) -> bool:
        """The lines of a table as those of the page; False if they would be others here than apart."""
        if self.links or self.kept or next(itertools.islice(table.iter("table"), 1, None), None) is not None:
            return False
        above = len(self.lines)
        self.lines += read.lines
        self.marks += [(at + above, name) for at, name in read.marks]
        self.anchors += [(at + above, link) for at, link in read.links]
        self.spans += [
            span._replace(start=span.start + above, stop=span.stop + above)
            for span in read.spans
            if span.element is not table
        ]
        return True

    def _mark(self, name: str) -> None:
        if is_mark(name):
            self.flush()
            self.marks.append((len(self.lines), name))


def _lines_in(element: _Element, read: list[PageLines]) -> Mapping[_Element, Sequence[Line]]:
    """The lines of an element and of each row and cell in it, tables taken apart. read: takes what the walk found."""
    page = _Walk(element, flat=True).read()
    read.append(page)
    parts = {span.element: page.lines[span.start : span.stop] for span in page.spans if span.element.tag in _PARTS}
    return {**parts, element: page.lines}
