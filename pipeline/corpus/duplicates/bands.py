"""The bands of the units, read from the catalogue: the persistent files of the locality-sensitive hash.

Enters: catalogue files and the contents of the units. Leaves: a matrix with a row a unit and a column a band, on
the disk and not in memory, 0 in a row without bands. A few columns of one file are held at a time.

>>> with bands_of(catalogue, contents, cache) as bands:
...     bands.shape
(1000000, 20)
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from pipeline.corpus.duplicates.columns import compute
from pipeline.corpus.duplicates.fingerprint import BAND_NAMES, BANDS, ROWS
from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.columns import Column

    Matrix = NDArray[np.uint64]

PAIRS = 1 << 14
"""Pairs whose sketches are compared together: pieces of 2.6 MB, which stay in the processor's cache."""

_HIGH, _LOW = np.uint64(0x8080808080808080), np.uint64(0x7F7F7F7F7F7F7F7F)

TOGETHER = 5
"""Bands that are read together: 40 MB of a million documents."""

__all__ = ["bands_of", "equal_bytes", "prefixes"]


@contextmanager
def bands_of(catalogue: Sequence[Path], contents: NDArray[np.uint64], spill: Path) -> Iterator[Matrix]:
    """The matrix, for as long as the block lasts. contents: of the units, rising, as `prefixes` gives them.

    Raises CorpusError if a file cannot be read.
    """
    with tempfile.TemporaryFile(dir=spill) as file:
        bands = np.memmap(file, dtype=np.uint64, mode="w+", shape=(max(1, len(contents)), BANDS))
        for path in catalogue:
            try:
                found = prefixes(parquet.read_table(path, columns=["content_hash"], partitioning=None)["content_hash"])
                places = np.minimum(np.searchsorted(contents, found), max(0, len(contents) - 1))
                rows = np.flatnonzero(contents[places] == found) if len(contents) else places[:0]
                for first in range(0, BANDS, TOGETHER):
                    names = list(BAND_NAMES[first : first + TOGETHER])
                    table = parquet.read_table(path, columns=names, partitioning=None)
                    columns = [compute.fill_null(table[name], 0).to_numpy()[rows] for name in names]
                    bands[places[rows], first : first + TOGETHER] = np.stack(columns, axis=1)
            except (pa.ArrowException, OSError) as error:
                raise CorpusError(f"{path}: cannot be read ({error}); delete it and release again") from error
        yield bands


def prefixes(hashes: Column) -> NDArray[np.uint64]:
    """The first 64 bits of each content hash, 0 for null: among a million contents two agree in them with a probability
    of 3e-8."""
    short = (
        compute.fill_null(compute.utf8_slice_codeunits(hashes, 0, 16), "0" * 16)
        .combine_chunks()
        .cast(pa.large_string())
    )
    start = int(np.frombuffer(short.buffers()[1], np.int64)[short.offset]) if len(short) else 0
    data = short.buffers()[2]
    digits = data.to_pybytes()[start : start + 16 * len(short)] if data else b""
    return np.frombuffer(bytes.fromhex(digits.decode()), ">u8").astype(np.uint64)


def equal_bytes(bands: Matrix, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.uint8]:
    """How many bytes of two sketches are equal, of BANDS * ROWS: the share estimates that of equal pieces."""
    found = np.zeros(len(one), np.uint8)
    matrix = np.asarray(bands)
    for start in range(0, len(one), PAIRS):
        part = slice(start, start + PAIRS)
        differ, right = matrix[one[part]], matrix[other[part]]
        short = (differ[:, 0] == 0) | (right[:, 0] == 0)
        differ ^= right
        # the high bit of each byte that is not zero: eight bytes at a time
        marks = np.bitwise_and(differ, _LOW, out=right)
        marks += _LOW
        marks |= differ
        marks &= _HIGH
        found[part] = BANDS * ROWS - np.bitwise_count(marks).sum(axis=1, dtype=np.uint8)
        found[part][short] = 0
    return found
