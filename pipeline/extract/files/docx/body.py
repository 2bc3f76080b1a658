"""The body of a Word document -> a paper: paragraphs with their automatic numbers, tables, notes at the end.

Enters: the parts of the package that say something of the text. Leaves: blocks, and what does not count as text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.files.cell import Cell
from pipeline.extract.files.docx.names import W, child, is_on, number, value
from pipeline.extract.files.docx.runs import read_paragraph
from pipeline.extract.files.docx.table import placed, spanned
from pipeline.extract.files.heading import HEAD, Printed
from pipeline.extract.files.paper import Paper
from pipeline.model import Removal
from pipeline.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from pipeline.draft import Block
    from pipeline.extract.files.cell import Table
    from pipeline.extract.files.docx.numbering import Numbering
    from pipeline.extract.files.docx.runs import Paragraph
    from pipeline.extract.files.docx.styles import Styles

_HOLDERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "sect", "sub-section", "body"))
"""Elements around paragraphs that mean nothing for the text; sect and sub-section are Word 2003's."""
_GONE = frozenset(("del", "moveFrom"))
_TRACKED, _HIDDEN = "files.tracked_deletion", "files.hidden_text"


@dataclass(slots=True)
class Body:
    """One pass over a document. notes: footnotes and endnotes by kind and id. chunks: pages that Word would convert,
    by the ids of their relations.
    """

    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], _Element]
    chunks: Mapping[str, Sequence[Block]] = field(default_factory=dict)
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
            self.paper.add(f"[{at}] {Cell.of(self._inside(self.notes[key])).said().strip()}")

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
            elif name == "AlternateContent":
                self._take(next(iter(element), element))
            elif name == "altChunk":
                self._flush()
                self.paper.put(self.chunks.get(next(iter(element.values()), ""), ()))
            elif name in _GONE:
                self.changed = True
                self._remove(_TRACKED, "".join(element.itertext()))

    def _paragraph(self, element: _Element) -> None:
        found, label = self._read(element)
        text = self._pending + found.text
        if found.joins:
            self._pending = text
            return
        self._pending = ""
        text = _labelled(label, text)
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
        """A paragraph, and the number that Word prints before it. One that goes on in the next has none of its own."""
        found = read_paragraph(element, self.styles, self._cite)
        self.changed = self.changed or found.changed
        if found.deleted:
            self._remove(_TRACKED, found.deleted)
        if found.hidden:
            self._remove(_HIDDEN, found.hidden)
        counts = not found.joins and not (found.hidden and not found.text.strip())
        return found, self._label(element) if counts else ""

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

    def _inside(self, parent: _Element) -> Iterator[str | Table]:
        """The paragraphs and tables of a cell, a note or a text box."""
        pending = ""
        for element in parent:
            name = _name(element)
            if name == "p":
                found, label = self._read(element)
                pending += found.text
                if not found.joins:
                    yield _labelled(label, pending)
                    pending = ""
                for box in found.boxes:
                    yield from self._inside(box)
            elif name == "tbl":
                yield list(self._rows(element))
            elif name in _HOLDERS:
                yield from self._inside(element)
        if pending:
            yield pending

    def _rows(self, table: _Element) -> Iterator[list[Cell]]:
        grid = [
            list(placed(row, ((one, Cell.of(self._inside(one))) for one in self._held(row, "tc"))))
            for row in self._held(table, "tr")
        ]
        return spanned(grid)

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


def _labelled(label: str, text: str) -> str:
    """A paragraph with its number; an empty one counts, but says nothing."""
    return label + text if text.strip() else ""


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
