"""What a page is taken apart into: lines, and what stands where among them.

Enters: what `extract.html.page` reads. Leaves: shapes only; every rule of this package reads lines, not the tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pipeline.extract.html.containers import Known
    from pipeline.extract.html.grid import Grid


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
