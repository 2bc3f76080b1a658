"""RTF -> its tokens: braces, control words, bytes of text.

Enters: the bytes of a file. Leaves: `Token`s in order; the data of \\bin is passed over.

>>> [(token.word, token.number, token.data) for token in tokens(rb"{\\b1 A\\'b9}")]
[('{', None, b''), ('b', 1, b''), ('', None, b'A'), ("'", None, b'\\xb9'), ('}', None, b'')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\$",
    re.S,
)


class Token(NamedTuple):
    """word: a control word, a control sign or a brace; "'" for a byte in hexadecimal; empty for text, which a backslash
    or a brace after a backslash is.
    """

    word: str
    number: int | None = None
    data: bytes = b""


def tokens(body: bytes) -> Iterator[Token]:
    """The tokens (see module)."""
    at = 0
    while match := _TOKEN.match(body, at):
        at = match.end()
        kind = match.lastgroup
        if kind in ("word", "number"):
            word = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if word == "bin":
                at += max(0, number or 0)
            yield Token(word, number)
        elif kind == "hex":
            yield Token("'", None, bytes.fromhex(match["hex"].decode("ascii")))
        elif kind == "text":
            yield Token("", None, match["text"])
        elif kind == "sign" and match["sign"] in (b"\\", b"{", b"}"):
            yield Token("", None, match["sign"])
        elif kind:
            yield Token(match[kind].decode("latin-1"))
