"""An HTML table -> its rows, wherever they stand.

Enters: a table element. Leaves: its rows by row group, and what stands outside its cells. Rows may stand in a group, in
the table itself or in a form that broke in; cells without a row make one; a thead stands on top, a tfoot at the bottom.
What stands between the cells is put above the table, where browsers show it (HTML Living Standard, 13.2.6.1, foster
parents). Tables inside cells are left alone.

>>> from lxml import html
>>> source = "<table><caption>附表</caption><tr><td>甲<td>乙<tr><td>丙</table>"
>>> rows = Rows(html.fromstring(source), lambda element: False)
>>> [[cell.text for cell in row] for _, group in rows.groups for row in group], rows.above[0].text
([['甲', '乙'], ['丙']], '附表')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_CELLS = ("td", "th")
_PARTS = frozenset((*_GROUPS, "tr", *_CELLS))


@dataclass(slots=True)
class Rows:
    """groups: (0 on top, 1 in the middle, 2 at the bottom; rows of cells). above: captions, and what stands outside the
    cells. hidden: rows, cells and other parts that are not shown.
    """

    table: _Element
    is_hidden: Callable[[_Element], bool]
    groups: list[tuple[int, list[list[_Element]]]] = field(default_factory=list)
    above: list[_Element | str] = field(default_factory=list)
    hidden: list[_Element] = field(default_factory=list)
    row: list[_Element] | None = None
    torn: list[_Element] = field(default_factory=list)  # open cells with others inside

    def __post_init__(self) -> None:
        self._stray(self.table.text)
        opened = [(self.table, iter(self.table))]  # without recursion: pages nest without bound
        while opened:
            holder, inside = opened[-1]
            for element in inside:
                if isinstance(element.tag, str) and self._start(element):
                    self._stray(element.text)
                    opened.append((element, iter(element)))
                    break
                self._stray(element.tail)
            else:
                opened.pop()
                if opened:
                    self._end(holder)
                    self._stray(holder.tail)

    def _start(self, element: _Element) -> bool:
        """Enter an element; False if it is taken as a whole."""
        tag = element.tag
        if self.torn and tag not in _PARTS:
            return tag != "table"
        if self.is_hidden(element):
            self.hidden.append(element)
            self._end(element)
            return False
        if tag in _CELLS:
            (self._cells() if self.row is None else self.row).append(element)
            if len(element) and self._is_torn(element):
                self.torn.append(element)
                return True
            return False
        if tag in _GROUPS:
            self.groups.append((_GROUPS[tag], []))
            self.row = None
        elif tag == "tr":
            self.row = None
            self.row = self._cells()
        elif next(element.iter("tr", *_CELLS), None) is None or tag == "table":
            self.above.append(element)
            return False
        return True

    def _end(self, element: _Element) -> None:
        if element.tag in _GROUPS:
            self.row = None
            self.groups.append((_GROUPS["tbody"], []))  # rows beside the groups
        elif element.tag == "tr":
            self.row = None
        elif self.torn and self.torn[-1] is element:
            self.torn.pop()

    def _is_torn(self, cell: _Element) -> bool:
        """True for a cell that parsers leave open over the next ones (<td><div>甲<td>乙); browsers close it there."""
        if next(cell.iterdescendants(*_CELLS), None) is None:
            return False
        walker = etree.iterwalk(cell, events=("start",), tag=("table", *_CELLS))
        for _, one in walker:
            if one.tag == "table":
                walker.skip_subtree()
            elif one is not cell:
                return True
        return False

    def _cells(self) -> list[_Element]:
        """The row that is open; a new one if none is."""
        if self.row is None:
            if not self.groups:
                self.groups.append((_GROUPS["tbody"], []))
            self.row = []
            self.groups[-1][1].append(self.row)
        return self.row

    def _stray(self, text: str | None) -> None:
        if text and not text.isspace() and not self.torn:
            self.above.append(text)
