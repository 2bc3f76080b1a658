"""datasketch: its MinHash in as many processes as one allows, its MinHashLSH in one; nothing is verified."""

from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash, MinHashLSH
from pyarrow import parquet

from benchmarks.dedup.peers.outcome import (
    BANDS,
    PERMUTATIONS,
    ROWS,
    SEED,
    Steps,
    arguments,
    components,
    files,
    ids,
    pieces,
    write_clusters,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_BATCH = 1_000


def signatures(file: Path) -> NDArray[np.uint64]:
    """Of one file of texts, a row a text."""
    rows = []
    for batch in parquet.ParquetFile(file).iter_batches(_BATCH, columns=["letters"]):
        sets = [[piece.encode() for piece in set(pieces(str(text)))] for text in batch.column(0).to_pylist()]
        rows += [sketch.hashvalues for sketch in MinHash.generator(sets, num_perm=PERMUTATIONS, seed=SEED)]
    return np.array(rows)


def edges(matrix: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Every text with those that came before it in one of its buckets."""
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    scheme = MinHash(num_perm=PERMUTATIONS, seed=SEED).scheme
    for one, values in enumerate(matrix):
        sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashvalues=values, scheme=scheme)
        for other in index.query(sketch):
            yield one, other
        index.insert(one, sketch, check_duplication=False)


def main() -> None:
    given, steps = arguments(), Steps()
    with steps.timed("signatures"):
        if given.processes > 1:
            with get_context("spawn").Pool(given.processes) as pool:
                parts = pool.map(signatures, files(given.texts), chunksize=1)
        else:
            parts = [signatures(file) for file in files(given.texts)]
        matrix = np.concatenate(parts)
    with steps.timed("index"):
        clusters = components(len(matrix), edges(matrix))
    write_clusters(given.out, ids(given.texts), clusters)
    steps.write(given.out)


if __name__ == "__main__":
    main()
