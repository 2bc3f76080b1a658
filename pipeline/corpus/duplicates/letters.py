"""The letters of many texts at once, as one array of numbers instead of many strings.

Enters: an Arrow column of strings. Leaves: folded code points (half width, Simplified, lower case), letters and digits
only, and where each string's letters begin. What `pipeline.text.letters` says of one string, this says of a shard: one
lookup a character, no Python loop over texts. The two differ only where NFKC joins characters (an accent that stands
apart), and a decimal point between two digits counts as a letter here: 1.5万 is not 15万.

>>> letters_of(pa.array(["投资１.5億元，", None])).text(0)
'投资1.5亿元'
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline.corpus.duplicates.columns import compute
from pipeline.text import simplified_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.columns import Array, Column

    Codes = NDArray[np.uint32]
    Places = NDArray[np.int64]

PIECE = 1 << 19
"""Characters that are worked on together: arrays of 4 MB stay near the processor, which is twice as fast as 64 MB."""

_MANY = 0x110000
"""Marks in the table a character that folds to several letters (㎡, ﬁ)."""

_POINT = ord(".")

__all__ = ["Letters", "letters_of", "pieces"]


@dataclass(frozen=True, slots=True)
class Letters:
    """codes: the letters of all texts. starts: one more than there are texts; text i is
    codes[starts[i]:starts[i+1]]."""

    codes: Codes
    starts: Places

    @property
    def counts(self) -> Places:
        """How many letters each text has."""
        return np.diff(self.starts)

    def text(self, row: int) -> str:
        """The letters of one text."""
        return self.codes[self.starts[row] : self.starts[row + 1]].tobytes().decode("utf-32-le")


def pieces(column: Column | Array) -> Iterator[Array]:
    """The column in slices of about PIECE characters, a longer text alone."""
    sizes = np.cumsum(compute.fill_null(compute.utf8_length(column), 0).to_numpy().astype(np.int64))
    start = 0
    while start < len(column):
        done = int(sizes[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(sizes, done + PIECE, side="right")))
        piece = column.slice(start, end - start)
        yield piece.combine_chunks() if isinstance(piece, pa.ChunkedArray) else piece
        start = end


def letters_of(texts: Array, blanks: bool = False) -> Letters:
    """The letters of a column's strings; null has none. blanks: one blank stands for every other character."""
    texts = compute.fill_null(texts.cast(pa.large_string()), "")
    sizes = compute.utf8_length(texts).to_numpy()
    codes = np.frombuffer("".join(map(str, texts.to_pylist())).encode("utf-32-le", "replace"), dtype=np.uint32)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    folded = _table()[codes]
    many = np.flatnonzero(folded == _MANY)
    if many.size:
        codes, folded, starts = _expanded(codes, folded, starts, many)
    _keep_decimal_points(codes, folded)
    if blanks:
        folded[folded == 0] = ord(" ")
    kept = folded != 0
    places = np.concatenate([[0], np.cumsum(kept)])
    return Letters(folded[kept], places[starts])


def _keep_decimal_points(codes: Codes, folded: Codes) -> None:
    points = np.flatnonzero((codes == _POINT) | (codes == 0xFF0E))
    points = points[(points > 0) & (points < len(codes) - 1)]
    digit = (folded >= ord("0")) & (folded <= ord("9"))
    folded[points[digit[points - 1] & digit[points + 1]]] = _POINT


def _expanded(codes: Codes, folded: Codes, starts: Places, many: Places) -> tuple[Codes, Codes, Places]:
    """Puts the letters of each character that folds to several in its place."""
    table = _several()
    width = np.ones(len(codes), dtype=np.int64)
    width[many] = [len(table[code]) for code in codes[many].tolist()]
    ends = np.concatenate([[0], np.cumsum(width)])
    wide = np.repeat(folded, width)
    for letter in range(int(width.max())):
        some = many[width[many] > letter]
        wide[ends[some] + letter] = [table[code][letter] for code in codes[some].tolist()]
    return np.repeat(codes, width), wide, ends[starts]


@cache
def _table() -> Codes:
    """Code point -> its letter, 0 for none, _MANY for several."""
    table = np.zeros(0x110000, dtype=np.uint32)
    table[0x20000:0x323B0] = np.arange(0x20000, 0x323B0)  # rare characters, letters all of them
    for code in (*range(0x3400), *range(0xA000, 0xD800), *range(0xF900, 0x1FC00), *range(0x2F800, 0x2FA20)):
        found = _fold(code)
        table[code] = found[0] if len(found) == 1 else _MANY if found else 0
    table[0x3400:0xA000] = np.arange(0x3400, 0xA000)
    table[0x4DC0:0x4E00] = 0  # hexagrams
    for code, simple in simplified_table().items():
        table[code] = ord(simple)
    return table


@cache
def _several() -> dict[int, list[int]]:
    return {code: _fold(code) for code in np.flatnonzero(_table() == _MANY).tolist()}


def _fold(code: int) -> list[int]:
    plain = unicodedata.normalize("NFKC", chr(code)).lower()
    simple = simplified_table()
    return [ord(simple.get(ord(letter), letter)) for letter in plain if letter.isalnum()]
