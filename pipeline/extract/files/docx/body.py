"""The body of a Word document -> a paper: paragraphs with their automatic numbers, tables, notes at the end.

Enters: the parts of the package that say something of the text. Leaves: blocks, and what does not count as text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.files.docx.names import W, child, is_on, number, value
from pipeline.extract.files.docx.runs import read_paragraph
from pipeline.extract.files.heading import HEAD, Printed
from pipeline.extract.files.paper import Cell, Paper
from pipeline.model import Removal
from pipeline.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from pipeline.extract.files.docx.numbering import Numbering
    from pipeline.extract.files.docx.runs import Paragraph
    from pipeline.extract.files.docx.styles import Styles

_HOLDERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "sect", "sub-section", "body"))
"""Elements around paragraphs that mean nothing for the text; sect and sub-section are Word 2003's."""
_GONE = frozenset(("del", "moveFrom"))
_WIDEST = 1000  # columns, as for HTML
_TRACKED, _HIDDEN = "files.tracked_deletion", "files.hidden_text"


@dataclass(slots=True)
class Body:
    """One pass over a document. notes: footnotes and endnotes by kind and id."""

    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], _Element]
    paper: Paper = field(default_factory=Paper)
    removals: list[Removal] = field(default_factory=list)
    changed: bool = False
    head: list[Printed] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    _cited: list[tuple[str, str]] = field(default_factory=list)
    _pending: str = ""

    def read(self, root: _Element) -> None:
        """Take the body, then the notes that it cites, in the order of their marks."""
        self._take(root)
        self._flush()
        for at, key in enumerate(self._cited, 1):  # a note may cite another
            text = "\n".join(self._texts(self.notes[key])).strip()
            self.paper.add(f"[{at}] {text}")

    def _take(self, parent: _Element) -> None:
        for element in parent:
            name = _name(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._flush()
                self.paper.table(list(self._rows(element)))
            elif name in _HOLDERS:
                self.changed = self.changed or name in ("ins", "moveTo")
                self._take(element)
            elif name in _GONE:
                self.changed = True
                self._remove(_TRACKED, "".join(element.itertext()))

    def _paragraph(self, element: _Element) -> None:
        found, label = self._read(element)
        text = self._pending + label + found.text
        if found.joins:
            self._pending = text
            return
        self._pending = ""
        if len(self.head) < HEAD and (plain := tidy(text)):
            style = self.styles.of_paragraph(value(element, "pPr", "pStyle"))
            self.head.append(Printed(plain, found.size, style.is_title and not label))
        self.sizes[found.size] += len(text)
        self.paper.add(text)
        for box in found.boxes:
            self._take(box)

    def _flush(self) -> None:
        """End a paragraph whose mark was deleted before something that is no paragraph."""
        self.paper.add(self._pending)
        self._pending = ""

    def _read(self, element: _Element) -> tuple[Paragraph, str]:
        """A paragraph, and the number that Word prints before it."""
        found = read_paragraph(element, self.styles, self._cite)
        self.changed = self.changed or found.changed
        if found.deleted:
            self._remove(_TRACKED, found.deleted)
        if found.hidden:
            self._remove(_HIDDEN, found.hidden)
        return found, self._label(element) if found.text.strip() else ""

    def _label(self, element: _Element) -> str:
        properties = child(element, "pPr")
        style = self.styles.of_paragraph(value(properties, "pStyle"))
        printed = element.find(f"{W}pPr/{W}listPr/{{*}}t")  # Word 2003 says it itself
        if printed is not None:
            return next((text for name, text in printed.items() if name.endswith("}val")), "")
        own = child(properties, "numPr")
        list_id = value(own, "numId") or style.list_id
        if not list_id or list_id == "0":
            return ""
        level = number(own, "ilvl")
        if level is None:
            level = style.level if style.level is not None else self.numbering.level_of_style(list_id, style.id)
        return self.numbering.count(list_id, level)

    def _cite(self, kind: str, key: str) -> str:
        if (kind, key) not in self.notes:
            return ""
        if (kind, key) not in self._cited:
            self._cited.append((kind, key))
        return f"[{self._cited.index((kind, key)) + 1}]"

    def _remove(self, rule: str, text: str) -> None:
        if plain := tidy(text):
            why = "deleted, with the deletion tracked" if rule == _TRACKED else "hidden from readers of the file"
            self.removals.append(Removal(rule, why, plain, self.paper.line + 1, scope="span"))

    def _texts(self, parent: _Element) -> Iterator[str]:
        """The paragraphs of a cell or a note, without the tables in it."""
        joined = ""
        for element in parent:
            name = _name(element)
            if name == "p":
                found, label = self._read(element)
                joined += label + found.text
                if not found.joins:
                    yield joined
                    joined = ""
                for box in found.boxes:
                    yield from self._texts(box)
            elif name in _HOLDERS:
                yield from self._texts(element)
        if joined:
            yield joined

    def _rows(self, table: _Element) -> Iterator[list[Cell]]:
        """The rows of a table, with the cells that vMerge joins downwards as one."""
        grid = [list(self._cells(row)) for row in self._held(table, "tr")]
        for at, row in enumerate(grid):
            cells: list[Cell] = []
            for left, cell, goes_on in row:
                if goes_on and at and any(left == one for one, _, _ in grid[at - 1]):
                    continue
                height = 1
                while at + height < len(grid) and any(
                    one == left and below_goes_on for one, _, below_goes_on in grid[at + height]
                ):
                    height += 1
                cells.append(Cell(cell.text, cell.columns, height, cell.tables))
            yield cells

    def _held(self, parent: _Element, wanted: str) -> Iterator[_Element]:
        """The rows of a table or the cells of a row that were not deleted."""
        for element in parent:
            name = _name(element)
            if name == wanted:
                properties = child(element, f"{wanted}Pr")
                mark = "del" if wanted == "tr" else "cellDel"
                if child(properties, mark) is not None:
                    self.changed = True
                    self._remove(_TRACKED, "".join(element.itertext(f"{W}t", f"{W}delText")))
                elif wanted == "tr" and is_on(properties, "hidden"):
                    self._remove(_HIDDEN, "".join(element.itertext(f"{W}t")))
                else:
                    yield element
            elif name in _HOLDERS:
                yield from self._held(element, wanted)

    def _cells(self, row: _Element) -> Iterator[tuple[int, Cell, bool]]:
        """The first column of each cell, the cell, and whether it goes on with the one above."""
        left = min(number(row, "trPr", "gridBefore") or 0, _WIDEST)
        if left:
            yield 0, Cell(columns=left), False
        for element in self._held(row, "tc"):
            properties = child(element, "tcPr")
            width = max(1, min(number(properties, "gridSpan") or 1, _WIDEST - left))
            merge = child(properties, "vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") != "restart"
            tables = tuple(list(self._rows(one)) for one in element.iterfind(f"{W}tbl"))
            yield left, Cell("\n".join(self._texts(element)), width, tables=tables), goes_on
            left += width
            if left >= _WIDEST:
                return


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
