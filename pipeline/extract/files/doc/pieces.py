"""The text of a Word 97 file: pieces that lie anywhere in its main stream, put in order ([MS-DOC] 2.4.1).

Enters: the streams WordDocument and 1Table or 0Table. Leaves: the characters in order, and where each stands in the
stream, which is how properties are found.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, NEEDS_OFFICE, FileRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MAGIC = 0xA5EC
_WORD_97 = 0x00C1  # nFib of the oldest format that has the tables below where we look for them
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_COUNTS, _CLX = 0x4C, 0x01A2  # offsets in the header: characters of each part of the text; place of the pieces
MAIN, FOOTNOTES, ENDNOTES, BOXES = 0, 1, 5, 6
_PARTS = 7
_FOOTNOTE_MARKS, _FONTS = 0x00AA, 0x0112  # where the header says where the marks of footnotes and the fonts are listed
_FONT_NAME = 39  # bytes of a font before its name
_PIECE, _PRC = 2, 1
_COMPRESSED = 0x40000000
_LONGEST = 1 << 26  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """first: number of its first character in the document. at: its place in the stream. width: bytes a character."""

    first: int
    text: str
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class Header:
    """The streams, and how many characters each part of the text has, as they follow each other: main, the footnotes,
    running heads, macros, comments, endnotes, boxes. data: what is too large for the other streams.
    """

    words: bytes
    table: bytes
    data: bytes
    sizes: tuple[int, ...]

    def bounds(self, part: int) -> tuple[int, int]:
        """The numbers of the first character of a part of the text, and of the one behind it."""
        return sum(self.sizes[:part]), sum(self.sizes[: part + 1])

    def part(self, offset: int) -> bytes:
        """The part of the table stream whose place and size stand in the header at an offset."""
        at, size = struct.unpack_from("<II", self.words, offset)
        return self.table[at : at + size]


@dataclass(frozen=True, slots=True)
class Text:
    """The pieces in the order of the document."""

    pieces: tuple[Piece, ...]
    _firsts: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def place(self, character: int) -> int:
        """Where a character stands in the main stream."""
        if not self._firsts:
            self._firsts.extend(piece.first for piece in self.pieces)
        piece = self.pieces[max(0, bisect_right(self._firsts, character) - 1)]
        return piece.at + (character - piece.first) * piece.width

    def same_until(self, character: int, end: int, runs: Sequence[int]) -> int:
        """The first character behind this one, up to an end, at which a piece or a run of properties begins."""
        place = self.place(character)
        piece = self.pieces[max(0, bisect_right(self._firsts, character) - 1)]
        following = bisect_right(runs, place)
        if following < len(runs):
            end = min(end, character + max(1, -(-(runs[following] - place) // piece.width)))
        return min(end, max(character + 1, piece.first + len(piece.text)))


def read_header(words: bytes, stream: Callable[[str], bytes]) -> Header:
    """The header. stream: another stream by its name, empty if there is none. Raises FileRefused."""
    if len(words) < _CLX + 8:
        raise FileRefused(DAMAGED, "the file is cut within its header")
    magic, version = struct.unpack_from("<HH", words)
    (flags,) = struct.unpack_from("<H", words, 0x0A)
    if flags & _ENCRYPTED:
        raise FileRefused(ENCRYPTED, "the file can be opened with a password only")
    if magic != _MAGIC:
        raise FileRefused(DAMAGED, "no document of Word")
    if version < _WORD_97:
        raise FileRefused(NEEDS_OFFICE, "a document of Word 95 or earlier; install LibreOffice to read it")
    sizes = tuple(max(0, size) for size in struct.unpack_from(f"<{_PARTS}i", words, _COUNTS))
    return Header(words, stream("1Table" if flags & _TABLE_1 else "0Table"), stream("Data"), sizes)


def footnote_marks(header: Header) -> frozenset[int]:
    """The numbers of the characters that are marks of footnotes; the other marks are those of endnotes."""
    listed = header.part(_FOOTNOTE_MARKS)
    count = max(0, len(listed) - 4) // 6
    return frozenset(struct.unpack_from(f"<{count}I", listed))


def fonts(header: Header) -> tuple[str, ...]:
    """The names of the fonts."""
    listed = header.part(_FONTS)
    found: list[str] = []
    at = 4
    while at < len(listed):
        size = listed[at]
        name = listed[at + 1 + _FONT_NAME : at + 1 + size]
        found.append(name.decode("utf-16-le", "replace").partition("\0")[0])
        at += 1 + size
    return tuple(found)


def read_text(header: Header) -> Text:
    """The text, notes and headers included, as the pieces say. Raises FileRefused if they say nonsense."""
    table = _piece_table(header.part(_CLX))
    count = (len(table) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table) if count > 0 else ()
    found = []
    for number, (first, end) in enumerate(pairwise(bounds)):
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        if not first <= end <= _LONGEST:
            raise FileRefused(DAMAGED, "the pieces of its text are out of order")
        wide = not place & _COMPRESSED
        at = place if wide else (place & ~_COMPRESSED) // 2
        body = header.words[at : at + (end - first) * (2 if wide else 1)]
        # cp1252 leaves five bytes undefined, and every character must keep its number
        text = body.decode("utf-16-le", "replace") if wide else body.decode("latin-1").translate(_WINDOWS)
        found.append(Piece(first, _padded(text, end - first), at, 2 if wide else 1))
    if not found:
        raise FileRefused(DAMAGED, "the file has no table of its text")
    return Text(tuple(found))


def _padded(text: str, size: int) -> str:
    """A piece with as many characters as it is said to have: those beyond U+FFFF count twice."""
    if len(text) == size:
        return text
    return "".join(one if ord(one) < 0x10000 else f"{one}\0" for one in text).ljust(size, "\0")[:size]


def _piece_table(clx: bytes) -> bytes:
    at = 0
    while at + 3 <= len(clx) and clx[at] == _PRC:
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    if at + 5 > len(clx) or clx[at] != _PIECE:
        raise FileRefused(DAMAGED, "the file has no table of its text")
    return clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]


_WINDOWS = {code: bytes((code,)).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
