"""Word 97 to 2003 and WPS -> blocks, without an office program.

Enters: the bytes of a doc or wps. Leaves: a `FileRead` with paragraphs, tables with merged cells and footnotes; what
was deleted or hidden stands apart. Automatic numbers of paragraphs stay unread (flag `needs_office`): they are counted
from tables that LibreOffice knows.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

import olefile

from pipeline.extract.files.doc import properties as known
from pipeline.extract.files.doc.fields import plain
from pipeline.extract.files.doc.pieces import (
    BOXES,
    ENDNOTES,
    FOOTNOTES,
    MAIN,
    fonts,
    footnote_marks,
    read_header,
    read_text,
)
from pipeline.extract.files.doc.properties import CHARACTERS, PARAGRAPHS, Properties, read_properties
from pipeline.extract.files.doc.rows import edges
from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.heading import HEAD, Printed, leading_title
from pipeline.extract.files.paper import Paper
from pipeline.extract.files.rtf.table import Row, spans
from pipeline.extract.files.symbols import symbol
from pipeline.model import Removal
from pipeline.text import tidy

if TYPE_CHECKING:
    from pipeline.extract.files.doc.pieces import Header, Text
    from pipeline.extract.files.fileread import Limits

_END = re.compile(r"[\r\x07\x0c]")
_SIGN = struct.Struct("<HH")  # font and character of a sign
_CITED = "\x02"
_PICTURES = frozenset("\x01\x08")
"""What stands for a picture in the line, and for one beside it."""
_USUAL = 20  # half-points
_TRACKED, _HIDDEN = "files.tracked_deletion", "files.hidden_text"
_WHY = {_TRACKED: "deleted, with the deletion tracked", _HIDDEN: "hidden from readers of the file"}


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a document. Raises FileRefused: damaged, encrypted."""
    del limits  # nothing is packed in it
    with olefile.OleFileIO(BytesIO(body)) as ole:

        def stream(name: str) -> bytes:
            return bytes(ole.openstream(name).read()) if ole.exists(name) else b""

        header = read_header(stream("WordDocument"), stream)
        macros = ole.exists("Macros")
    text = read_text(header)
    taken = _Reader(text, read_properties(header, CHARACTERS), read_properties(header, PARAGRAPHS))
    taken.read(header)
    told = (
        ("macros", macros),
        ("needs_office", True),
        ("tracked_changes", taken.changed),
        ("hidden_text", any(removal.rule == _HIDDEN for removal in taken.removals)),
    )
    return FileRead(
        kind="doc",
        blocks=tuple(taken.paper.blocks),
        title=leading_title(taken.head, max(taken.sizes, key=lambda size: taken.sizes[size], default=0)),
        flags=taken.paper.flags(pictured=not _PICTURES.isdisjoint(str(text))) | {flag for flag, holds in told if holds},
        removals=tuple(taken.removals),
    )


@dataclass(slots=True)
class _Reader:
    """One pass over the text, paragraph by paragraph."""

    text: Text
    characters: Properties
    paragraphs: Properties
    paper: Paper = field(default_factory=Paper)
    removals: list[Removal] = field(default_factory=list)
    changed: bool = False
    head: list[Printed] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    _numbers: dict[int, int] = field(default_factory=dict)
    _fonts: tuple[str, ...] = ()
    _cell: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)

    def read(self, header: Header) -> None:
        """Take the text, then the notes, each after its own mark, and what stands in boxes."""
        everything = str(self.text)
        first, end = header.bounds(MAIN)
        marks = [at for at in range(min(end, len(everything))) if everything[at] == _CITED]
        self._numbers = {mark: number for number, mark in enumerate(marks, 1)}
        self._fonts = fonts(header)
        self._take(everything, first, end)
        notes = {part: iter(self._notes(everything, *header.bounds(part))) for part in (FOOTNOTES, ENDNOTES)}
        feet = footnote_marks(header) if header.sizes[ENDNOTES] else frozenset(marks)
        for mark, number in self._numbers.items():
            if note := next(notes[FOOTNOTES if mark in feet else ENDNOTES], ""):
                self.paper.add(f"[{number}] {note}")
        self._take(everything, *header.bounds(BOXES))

    def _take(self, everything: str, start: int, end: int) -> None:
        """The paragraphs and tables of a part of the text."""
        end = min(end, len(everything))
        for match in _END.finditer(everything, start, end):
            self._paragraph(everything, start, match.start())
            start = match.end()
        if start < end:
            self._paragraph(everything, start, end)
        self._end_table()

    def _notes(self, everything: str, start: int, end: int) -> list[str]:
        shown, _ = self._shown(everything, start, min(end, len(everything)))
        return [plain(note) for note in shown.split(_CITED)[1:]]

    def _paragraph(self, everything: str, start: int, end: int) -> None:
        here = self.paragraphs.at(self.text.place(end))
        said, size = self._shown(everything, start, end)
        text = plain(said)
        mark = everything[end] if end < len(everything) else "\r"
        if _is(here, known.ROW_END) and mark == "\x07":
            self._rows.append(Row(edges(here.get(known.TABLE, b"")), tuple(self._cells)))
            self._cells = []
        elif _is(here, known.IN_TABLE) or mark == "\x07":
            self._cell.append(text)
            if mark == "\x07":
                self._cells.append("\n".join(self._cell))
                self._cell = []
        else:
            self._end_table()
            if len(self.head) < HEAD and tidy(text):
                self.head.append(Printed(tidy(text), size))
            self.sizes[size] += len(text)
            self.paper.add(text)

    def _end_table(self) -> None:
        if self._cells:
            self._rows.append(Row((), tuple(self._cells)))
        if self._rows:
            self.paper.table(spans(self._rows))
        self._rows, self._cells = [], []

    def _shown(self, everything: str, start: int, end: int) -> tuple[str, int]:
        """The characters that a reader sees, and the size of the first of them."""
        shown: list[str] = []
        apart: dict[str, list[str]] = {_TRACKED: [], _HIDDEN: []}
        size = 0
        at = start
        while at < end:
            here = self.characters.at(self.text.place(at))
            until = self.text.same_until(at, end, self.characters.starts)
            piece = everything[at:until]
            if _is(here, known.DELETED):
                apart[_TRACKED].append(piece)
                self.changed = True
            elif _is(here, known.HIDDEN):
                apart[_HIDDEN].append(piece)
            else:
                self.changed = self.changed or _is(here, known.INSERTED)
                shown.append(self._signs(piece, at, here))
                size = size or (int.from_bytes(here.get(known.SIZE, b""), "little") or _USUAL) * bool(piece.strip())
            at = until
        for rule, pieces in apart.items():
            if said := tidy(plain("".join(pieces))):
                self.removals.append(Removal(rule, _WHY[rule], said, self.paper.line + 1, scope="span"))
        return "".join(shown), size

    def _signs(self, piece: str, at: int, here: dict[int, bytes]) -> str:
        """A run with the numbers of its notes, and as signs what stands for those of Symbol and Wingdings."""
        if len(sign := here.get(known.SYMBOL, b"")) == _SIGN.size:
            font, code = _SIGN.unpack(sign)
            return symbol(self._fonts[font] if font < len(self._fonts) else "", code) * len(piece)
        if _CITED not in piece:
            return piece
        numbers = ((self._numbers.get(place), letter) for place, letter in enumerate(piece, at))
        return "".join(f"[{number}]" if number and letter == _CITED else letter for number, letter in numbers)


def _is(found: dict[int, bytes], code: int) -> bool:
    """A property that is on."""
    return found.get(code, b"\0")[:1] in (b"\x01", b"\x81")
