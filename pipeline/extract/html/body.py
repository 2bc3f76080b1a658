"""Where the document stands on the page: known containers, then the text under the title, trafilatura, density.

Enters: a parsed page, its lines, and where its title stands. Leaves: which of the lines are the body, and the rule that
said so. A known container needs no heuristics and gives every line that stands in it. Without one, the text under a
title that the page shows is the surest sign. Where no title is known, trafilatura says which lines are text, and the
element is taken that fits these lines best: nothing that trafilatura drops inside it is lost. Where it finds too little
(short notices, tables), the page's own prose decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trafilatura
from lxml import etree, html
from lxml.cssselect import CSSSelector

from pipeline.extract.html import containers
from pipeline.extract.html.boxes import Box, Boxes, best, goes_on, outermost
from pipeline.extract.html.edges import is_signed
from pipeline.extract.html.hidden import settle_hidden
from pipeline.extract.html.links import is_file
from pipeline.extract.html.page import Line, PageLines, page_lines
from pipeline.extract.html.run import run_below
from pipeline.filters.furniture import is_strong
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from crawler.source import Rule

_SENTENCE = re.compile(r"[。；！？;]|，.{8}")
_FOOT = 120  # characters of a sentence that a site prints under its pages (浏览器 to use, whom to call)
_MOST = 0.5  # of the page's prose: what holds less is not the body
_ENOUGH = 40  # characters of prose in an editor's field that are believed whatever else the page says
_CUT_OFF, _REST = 100, 0.3  # characters of prose under an editor's field, and their share of it: the field lost its end
_TEXT = 0.6  # of what stands under a field: with less prose it is comments and lists
_MORE = 2  # times the prose of the box under a title that a run of lines there must have
_SHOWS = ("img", "iframe", "embed", "object", "video")
_BOXES = ("p", "div", "td", "li", "section", "article", "center", "body")
_TELLING = 2  # tier of names that only sound like a body
_KEY = 40  # letters of a line that are looked for in what trafilatura found


@dataclass(frozen=True, slots=True)
class Body:
    """inside: which lines are the body, by index.

    extractor: rule (of the card), container, trafilatura, density or lines. evidence: the name of the container.
    elements: what holds the body, where that is known.
    """

    inside: frozenset[int]
    extractor: str
    evidence: str = ""
    elements: tuple[_Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A page read once: tree, lines, their weights (characters of running text), and the boxes they stand in."""

    tree: _Element
    page: PageLines
    prose: tuple[int, ...]
    boxes: Boxes


def read_page(tree: _Element) -> Read:
    """The lines of a page, with all that tells which of them are the body."""
    page = page_lines(tree)
    prose = list(map(_prose, page.lines))
    page = settle_hidden(page, prose)
    return Read(tree, page, tuple(prose), Boxes(page.lines, prose, page.spans))


def _prose(line: Line) -> int:
    """How many characters of running text a line has: sentences and tables, no links."""
    if line.hidden or line.is_link:
        return 0
    size = len(line.text)
    if line.is_table or (size > _FOOT and _SENTENCE.search(line.text)):
        return size
    return size if _SENTENCE.search(line.text) and not is_strong(fold(line.text)) else 0


def by_rule(read: Read, rule: Rule) -> Body | None:
    """The element that the source's card names, by the first of its selectors that finds one with text."""
    for selector in rule.body:
        for element in CSSSelector(selector, translator="html")(read.tree):
            span = next((span for span in read.page.spans if span.element is element), None)
            if span and span.start < span.stop:
                return Body(frozenset(range(span.start, span.stop)), "rule", selector, (element,))
    return None


def find_body(read: Read, title: int | None) -> Body:
    """Choose the body (see module). title: the line that shows the title, if it is known.

    A page where nothing is found is all body: the filters see to it.
    """
    return (
        _by_container(read, title)
        or _quiet(read, title)
        or _under_title(read, title)
        or _by_trafilatura(read)
        or _body("density", read.boxes.densest(_MOST))
        or Body(frozenset(range(len(read.page.lines))), "lines")
    )


def _run(read: Read, title: int | None) -> range:
    """The run of text under the title; empty without one."""
    return run_below(read.page.lines, title) if title is not None else range(0)


def _by_container(read: Read, title: int | None) -> Body | None:
    """The best of the known containers that holds enough of the page's prose."""
    boxes = read.boxes
    spans = sorted((span for span in read.page.spans if span.known), key=lambda span: span.start)
    named = [boxes.box(span.start, span.stop, span.known.tier, span.known.name) for span in spans if span.known]
    found = [one for one in (*_between_marks(read), *named) if one.prose]
    if title is not None:  # a box above the title is a banner
        found = [one for one in found if one.stop > title + 1] or found
    fields = boxes.without_copies(outermost([one for one in found if one.tier == 0]))
    weight = sum(field.prose for field in fields)
    if fields and (weight >= _MOST * boxes.total or weight >= _ENOUGH or title is not None):
        return _body("container", *_completed(read, fields, title))
    large = [one for one in found if one.prose >= _MOST * boxes.total]
    if not large:
        return None
    chosen = best(large)
    under = boxes.below(title) if title is not None else None
    if under and chosen.holds(under) and not goes_on(under, chosen):
        return _under_title(read, title)  # the template's box holds comments or other articles too
    return _body("container", chosen)


def _completed(read: Read, fields: Sequence[Box], title: int | None) -> list[Box]:
    """Fields of an editor, with the headings between them, and with the text below that a stray </div> cut off."""
    first, last = fields[0], fields[-1]
    between = [
        read.boxes.box(span.start, span.stop)
        for span in read.page.spans
        if span.known and span.known.tier == 0 and first.stop <= span.start and span.stop <= last.start
    ]
    if not any(read.prose[last.stop :]):
        return [*fields, *between]
    run = _run(read, title)
    rest = read.boxes.box(last.stop, max(last.stop, run.stop))
    much = rest.prose >= max(_CUT_OFF, _REST * sum(field.prose for field in fields), _TEXT * rest.size)
    ends = is_signed(read.page.lines[rest.start : rest.stop]) and not is_signed(
        read.page.lines[first.start : last.stop]
    )
    if first.start in run and rest.prose and (much or ends) and rest in read.boxes.without_copies([*fields, rest]):
        return [*fields, *between, rest]
    return [*fields, *between]


def _under_title(read: Read, title: int | None) -> Body | None:
    """The element that holds the text under the title, or the run of lines there if that says much more."""
    if title is None:
        return None
    under, run = read.boxes.below(title), _run(read, title)
    rows = read.boxes.box(run.start, run.stop)
    if run and (under is None or under.start >= run.stop or rows.prose > _MORE * under.prose or _is_table(read, under)):
        return _body("density", rows)
    return _body("density", under)


def _is_table(read: Read, box: Box) -> bool:
    """True for a box that holds one table and nothing else: the lines around it (项目编号：…) are no sentences."""
    return box.stop - box.start == 1 and read.page.lines[box.start].is_table


def _between_marks(read: Read) -> Iterator[Box]:
    """What stands between the comments that a template writes around the body."""
    for marker in containers.markers():
        begin = next(((at, text) for at, text in read.page.marks if marker.begin.search(text)), None)
        end = next((at for at, text in reversed(read.page.marks) if marker.end.search(text)), None)
        if begin is not None and end is not None and begin[0] < end:
            yield read.boxes.box(begin[0], end, name=f"<!--{begin[1].strip()}-->")


def _quiet(read: Read, title: int | None) -> Body | None:
    """Of a page without prose: the container under the title (scans, links to files, names), else the run of lines."""
    if title is None or read.boxes.total:
        return None
    known = ((span.known, span) for span in read.page.spans if span.known)
    for names, span in sorted(known, key=lambda one: (one[0].tier, one[0].rank, one[1].start)):
        shows = span.start < span.stop or next(span.element.iter(*_SHOWS), None) is not None
        if names.tier < _TELLING and span.start > title and shows:
            return Body(frozenset(range(span.start, span.stop)), "container", names.name, (span.element,))
    if run := _run(read, title):
        return Body(frozenset(run), "density")
    for at, element in read.page.links:
        if at > title and (element.tag in _SHOWS or is_file(element)):
            box = next(e for e in element.iterancestors() if e.tag in _BOXES)
            inside = (span for span in read.page.spans if span.element is box)
            lines = next((range(span.start, span.stop) for span in inside), range(0))
            return Body(frozenset(at for at in lines if at > title), "density", "", (box,))
    return Body(frozenset(range(title + 1, len(read.page.lines))), "lines")


def _by_trafilatura(read: Read) -> Body | None:
    """The element that fits best what trafilatura keeps; None if it kept too little of the page's prose."""
    page = html.fromstring(etree.tostring(read.tree))
    found = trafilatura.extract(page, output_format="txt", include_comments=False, favor_recall=True)
    body = letters(found or "")
    voted = [
        weight if weight and letters(line.text)[:_KEY] in body else 0
        for weight, line in zip(read.prose, read.page.lines, strict=True)
    ]
    if sum(voted) < _MOST * read.boxes.total:
        return None
    return _body("trafilatura", Boxes(read.page.lines, voted, read.page.spans).densest(_MOST))


def _body(extractor: str, *boxes: Box | None) -> Body | None:
    found = [box for box in boxes if box]
    inside = frozenset(at for box in found for at in range(box.start, box.stop))
    return Body(inside, extractor, found[0].name) if found else None
