"""What an RTF says, put on paper as it is read: paragraphs, tables, notes; what was deleted or hidden stands apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.heading import HEAD, Printed, leading_title
from pipeline.extract.files.paper import Paper
from pipeline.extract.files.rtf.table import Edge, Row, spans
from pipeline.model import Removal
from pipeline.text import tidy

if TYPE_CHECKING:
    from pipeline.extract.files.rtf.state import State

_LABEL = re.compile(r"(?<=[、）)])\t")  # between an automatic number and the text
_DELETED, _HIDDEN = "files.tracked_deletion", "files.hidden_text"
_WHY = {_DELETED: "deleted, with the deletion tracked", _HIDDEN: "hidden from readers of the file"}


@dataclass(slots=True)
class Written:
    """changed: the file has tracked changes. pictured: it holds pictures."""

    paper: Paper = field(default_factory=Paper)
    changed: bool = False
    pictured: bool = False
    _pieces: list[str] = field(default_factory=list)
    _note: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _apart: dict[str, list[str]] = field(default_factory=lambda: {_DELETED: [], _HIDDEN: []})
    _edges: list[Edge] = field(default_factory=list)
    _edge: Edge = field(default_factory=lambda: Edge(0))
    _cells: list[str] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _head: list[Printed] = field(default_factory=list)
    _sizes: Counter[int] = field(default_factory=Counter)
    _size: int = 0
    _says: bool = False

    def say(self, text: str, state: State) -> None:
        """Text, as its group has it."""
        if state.silent:
            return
        if state.deleted or state.hidden:
            self._apart[_DELETED if state.deleted else _HIDDEN].append(text)
            return
        if not self._size and text.strip():
            self._size = state.size
        self._says = self._says or (not state.label and bool(text.strip()))
        (self._note if state.note else self._pieces).append(text)

    def end_paragraph(self, state: State) -> None:
        if state.silent:
            return
        if state.note:
            self._note.append("\n")
        elif state.row:
            self._pieces.append("\n")
        else:
            self._end_table()
            self._put(self._paragraph())

    def end_cell(self, state: State) -> None:
        if not state.silent:
            self._cells.append(self._paragraph().strip("\n"))

    def end_row(self) -> None:
        if self._cells:
            self._rows.append(Row(tuple(self._edges), tuple(self._cells)))
        self._cells = []

    def begin_row(self) -> None:
        self._edges = []
        self._edge = Edge(0)

    def merge(self, *, along: bool = False, down: bool = False) -> None:
        """The next cell of the row goes on with its neighbour."""
        self._edge = replace(self._edge, along=self._edge.along or along, down=self._edge.down or down)

    def end_edge(self, right: int) -> None:
        self._edges.append(replace(self._edge, right=right))
        self._edge = Edge(0)

    def cite(self, state: State) -> None:
        """The mark of a footnote; the note's own mark is set when it is written."""
        if not state.note:
            self.say(f"[{len(self._notes) + 1}]", state)

    def end_note(self) -> None:
        self._notes.append(_taken(self._note).strip())

    def end(self) -> FileRead:
        """The file."""
        self.end_row()
        self._end_table()
        self._put(self._paragraph())
        for at, note in enumerate(self._notes, 1):
            self.paper.add(f"[{at}] {note}")
        removals = tuple(
            Removal(rule, _WHY[rule], said, scope="span")
            for rule, pieces in self._apart.items()
            if (said := tidy(_taken(pieces)))
        )
        told = (
            ("tracked_changes", self.changed),
            ("hidden_text", any(removal.rule == _HIDDEN for removal in removals)),
        )
        return FileRead(
            kind="rtf",
            blocks=tuple(self.paper.blocks),
            title=leading_title(self._head, max(self._sizes, key=lambda size: self._sizes[size], default=0)),
            flags=self.paper.flags(pictured=self.pictured) | {flag for flag, holds in told if holds},
            removals=removals,
        )

    def _paragraph(self) -> str:
        """What was said since the last one; a number before nothing says nothing."""
        text = _taken(self._pieces) if self._says else ""
        self._pieces.clear()
        self._says = False
        return text

    def _put(self, text: str) -> None:
        if plain := tidy(text):
            self._sizes[self._size] += len(plain)
            if len(self._head) < HEAD:
                self._head.append(Printed(plain, self._size))
        self._size = 0
        self.paper.add(text)

    def _end_table(self) -> None:
        if self._rows:
            self.paper.table(spans(self._rows))
            self._rows = []


def _taken(pieces: list[str]) -> str:
    """The pieces as one text, halves of surrogate pairs put together; the list is empty then."""
    text = "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    pieces.clear()
    return _LABEL.sub("", text)
