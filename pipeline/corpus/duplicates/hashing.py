"""Hashes of letters for many texts at once.

Enters: letters of many texts in one array. Leaves: 64-bit values of runs of letters, and digests of 128 bits a text:
polynomials in two odd bases over random values of the letters, modulo 2^64. They tell texts apart, they keep no
secrets: nobody gains by making two texts meet, since a text is merged only with one whose numbers agree.

>>> text_digests(letters_of(pa.array(["通知", "通 知。"])))[:, 0]
array([12157665459056928801, 12157665459056928801], dtype=uint64)
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.letters import Codes, Letters

    Hashes = NDArray[np.uint64]

_BASES = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F | 3)
"""Odd; a base and its inverse modulo 2^64 take a text's digest to wherever the text stands in the array."""

_MODULUS = 1 << 64

__all__ = ["letter_values", "mixed", "pair_digests", "text_digests"]


def letter_values(codes: Codes) -> Hashes:
    """A random value for each letter."""
    return _values()[codes]


def mixed(values: Hashes, length: int) -> Hashes:
    """A hash of each run of `length` values, fit for MinHash."""
    count = len(values) - length + 1
    base = np.uint64(_BASES[0])
    hashes = values[:count].copy()
    for place in range(1, length):
        hashes *= base
        hashes += values[place : place + count]
    return _avalanche(hashes)


def text_digests(letters: Letters) -> Hashes:
    """128 bits of each text, as two columns."""
    values = letter_values(letters.codes)
    starts, ends = letters.starts[:-1], letters.starts[1:]
    columns = []
    for base in _BASES:
        ups, downs = _powers(base, _room(len(values)))
        sums = np.zeros(len(values) + 1, np.uint64)
        np.cumsum(values * ups[: len(values)], out=sums[1:])
        digest = (sums[ends] - sums[starts]) * downs[starts]
        columns.append(_avalanche(digest + (ends - starts).astype(np.uint64) * np.uint64(base)))
    return np.stack(columns, axis=1)


def pair_digests(digests: Hashes, keys: Hashes) -> Hashes:
    """Digests that depend on a second key too."""
    return _avalanche(digests * np.uint64(_BASES[1]) + keys[:, None])


def _avalanche(values: Hashes) -> Hashes:
    """The end of MurmurHash3: every bit of the input moves every bit of the output."""
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


def _room(size: int) -> int:
    return max(1 << 20, 1 << (size + 1).bit_length())


@cache
def _values() -> Hashes:
    return _avalanche(np.arange(1, 0x110002, dtype=np.uint64) * np.uint64(_BASES[0]))


@cache
def _powers(base: int, size: int) -> tuple[Hashes, Hashes]:
    """base^i and base^-i modulo 2^64, for i below size."""
    return _power_series(base, size), _power_series(pow(base, -1, _MODULUS), size)


def _power_series(base: int, size: int) -> Hashes:
    steps = np.full(size, base, np.uint64)
    steps[0] = 1
    return np.cumprod(steps, dtype=np.uint64)
