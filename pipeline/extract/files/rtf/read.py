"""RTF -> blocks: text, lists, tables with merged cells, footnotes.

Enters: bytes. Leaves: a `FileRead`. striprtf, the library for this, gives the cells of a row with bars between them and
knows neither merged cells nor hidden text, so the tokens are read here.
"""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.files.errors import TOO_DEEP, FileRefused
from pipeline.extract.files.rtf.state import State, changed
from pipeline.extract.files.rtf.tokens import Token, tokens
from pipeline.extract.files.rtf.words import (
    CHARSETS,
    CODECS,
    LABELS,
    PARAGRAPH_ENDS,
    SIGNS,
    SILENT,
    SPEAKING,
    SYMBOLS,
)
from pipeline.extract.files.rtf.written import Written
from pipeline.extract.files.symbols import PRIVATE, symbol

if TYPE_CHECKING:
    from pipeline.extract.files.fileread import FileRead, Limits

_DEEPEST = 1000  # groups in groups
_WESTERN = 1252
_LETTERS = 0xC0  # of cp1252 above that: letters with accents, of which no text has many in a row


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a file. Raises FileRefused if its groups are nested too deeply."""
    del limits  # a token is taken once, and nothing is unpacked
    reader = _Reader()
    for token in tokens(body):
        reader.take(token)
    reader.decode()
    return reader.written.end()


class _Reader:
    """One pass over the tokens. bytes: text whose encoding is told by the font. left_out: characters still to pass over
    after a \\u.
    """

    def __init__(self) -> None:
        self.written = Written()
        self.state = State()
        self.stack: list[State] = []
        self.bytes = bytearray()
        self.left_out = 0
        self.code_page = _WESTERN
        self.charsets: dict[int, int] = {}
        self.names: dict[int, str] = {}

    def take(self, token: Token) -> None:
        word, number, data = token
        if not word or word == "'":
            self._data(data)
            return
        self.decode()
        if word == "{":
            if len(self.stack) >= _DEEPEST:
                raise FileRefused(TOO_DEEP, f"more than {_DEEPEST} groups inside each other")
            self.stack.append(self.state)
            self.state = replace(self.state, starred=False)
            self.left_out = 0
        elif word == "}":
            self._close()
        elif word == "u":
            letter = chr((number or 0) % 0x10000)
            font = self.names.get(self.state.font, "")
            self.written.say(symbol(font, ord(letter)) if font and PRIVATE.match(letter) else letter, self.state)
            self.left_out = self.state.skipped
        elif self.left_out:
            self.left_out -= 1
        else:
            self._word(word, number)

    def _word(self, word: str, number: int | None) -> None:
        state = self.state
        if word == "*":
            self.state = replace(state, starred=True)
        elif word in SILENT:
            self.state = replace(state, silent=True, fonts=word == "fonttbl")
            self.written.pictured = self.written.pictured or word == "pict"
        elif word == "ud":  # in \\upr, which said the same in the file's own code page
            self.state = replace(state, starred=False, silent=len(self.stack) > 1 and self.stack[-2].silent)
        elif word in SPEAKING:
            self.state = replace(state, starred=False, label=state.label or word in LABELS)
        elif state.starred:
            self.state = replace(state, silent=True, starred=False, fonts=False)
        elif word == "footnote":
            self.state = replace(state, note=True)
        elif word in SIGNS:
            self.written.say(SIGNS[word], state)
        elif word in PARAGRAPH_ENDS:
            self.written.end_paragraph(state)
        else:
            self._layout(word, number)

    def _layout(self, word: str, number: int | None) -> None:
        written = self.written
        match word:
            case "cell":
                written.end_cell(self.state)
            case "nestcell" | "nestrow":
                written.say("\n", self.state)
            case "row":
                written.end_row()
            case "trowd":
                written.begin_row()
            case "cellx":
                written.end_edge(number or 0)
            case "clvmrg" | "clmrg":
                written.merge(down=word == "clvmrg", along=word == "clmrg")
            case "chftn":
                written.cite(self.state)
            case "ansicpg":
                self.code_page = number or _WESTERN
            case "fcharset" if self.state.fonts:
                self.charsets[self.state.font] = number or 0
            case _:
                written.changed = written.changed or word in ("deleted", "revised")
                self.state = changed(self.state, word, number)

    def _close(self) -> None:
        if self.stack:
            inside, self.state = self.state, self.stack.pop()
            self.left_out = 0
            if inside.note and not self.state.note:
                self.written.end_note()

    def _data(self, data: bytes) -> None:
        if self.left_out:
            dropped = min(self.left_out, len(data))
            self.left_out -= dropped
            data = data[dropped:]
        if self.state.fonts and self.charsets.get(self.state.font) == SYMBOLS:
            known = self.names.get(self.state.font, "")
            self.names[self.state.font] = known + data.decode("ascii", "replace").strip("; ")
        if not self.state.silent:
            self.bytes += data

    def decode(self) -> None:
        """Say what stands in the buffer, in the code page of its font."""
        if not self.bytes:
            return
        data = bytes(self.bytes)
        self.bytes.clear()
        charset = self.charsets.get(self.state.font)
        if charset == SYMBOLS:
            font = self.names.get(self.state.font, "")
            self.written.say("".join(symbol(font, byte) for byte in data), self.state)
            return
        page = CHARSETS.get(charset, self.code_page) if charset else self.code_page
        codec = CODECS.get(page, f"cp{page}")
        if page == _WESTERN and sum(byte >= _LETTERS for byte in data) > 1:
            codec = "gb18030"  # a Chinese program that says nothing of its code page
        try:
            codecs.lookup(codec)
        except LookupError:
            codec = "gb18030"
        self.written.say(data.decode(codec, "replace"), self.state)
