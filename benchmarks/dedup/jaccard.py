"""How alike two texts are: the Jaccard index of their five-grams of letters.

Enters: texts. Leaves: numbers from 0 to 1. Letters are counted after folding width and script and dropping all
punctuation and space, with the standard library and OpenCC's table only: the judge does not borrow our own engine.

>>> jaccard(five_grams("统筹安排人防、交通"), five_grams("統籌安排人防，交通"))
1.0
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LENGTH = 5
_PLANE = 0x10000


@cache
def _folding() -> NDArray[np.uint16]:
    """For each character of the basic plane its folded form, 0 if it is no letter."""
    table = np.zeros(_PLANE, np.uint16)
    for code in range(_PLANE):
        one = chr(code - 0xFEE0) if 0xFF01 <= code < 0xFF5F else chr(code)
        table[code] = ord(one.lower()[0]) if one.isalnum() else 0
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        one, _, many = line.partition("\t")
        if len(one) == 1 and ord(one) < _PLANE and ord(many[0]) < _PLANE:
            table[ord(one)] = ord(many[0])
    return table


def letters(text: str) -> str:
    """The letters and digits of a text, folded."""
    return _letters(text).tobytes().decode("utf-16-le")


def _letters(text: str) -> NDArray[np.uint16]:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    folded = _folding()[np.minimum(codes, _PLANE - 1)]
    return folded[folded > 0]


def five_grams(text: str) -> NDArray[np.uint64]:
    """Hashes of the five-grams, each once, sorted. A text of fewer than five letters has none."""
    codes = _letters(text).astype(np.uint64)
    grams = np.zeros(max(0, len(codes) - LENGTH + 1), np.uint64)
    for shift in range(LENGTH if len(grams) else 0):
        grams = grams * np.uint64(0x9E3779B97F4A7C15) + codes[shift : shift + len(grams)]
    return np.unique(grams)


def jaccard(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """Of two sorted sets of hashes; 1.0 for two empty ones."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - shared
    return shared / union if union else 1.0
