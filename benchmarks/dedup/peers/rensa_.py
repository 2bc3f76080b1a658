"""rensa alone: signatures of Python strings of five letters, its LSH index, its own answers; nothing is verified."""

from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING

from pyarrow import parquet
from rensa import RMinHash, RMinHashLSH

from benchmarks.dedup.peers.outcome import (
    BANDS,
    PERMUTATIONS,
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
    from pathlib import Path

_BATCH = 1_000


def signatures(file: Path) -> list[RMinHash]:
    """Of one file of texts."""
    found: list[RMinHash] = []
    for batch in parquet.ParquetFile(file).iter_batches(_BATCH, columns=["letters"]):
        sets = [pieces(str(text)) for text in batch.column(0).to_pylist()]
        found += RMinHash.from_token_sets(sets, PERMUTATIONS, SEED)
    return found


def main() -> None:
    given, steps = arguments(), Steps()
    with steps.timed("signatures"):
        if given.processes > 1:
            with get_context("spawn").Pool(given.processes) as pool:
                parts = pool.map(signatures, files(given.texts), chunksize=1)
        else:
            parts = [signatures(file) for file in files(given.texts)]
        sketches = [sketch for part in parts for sketch in part]
    with steps.timed("index"):
        index = RMinHashLSH(0.8, PERMUTATIONS, BANDS)
        index.insert_many(sketches)
        edges = ((one, min(found)) for one, found in enumerate(index.query_all(sketches)) if found)
        clusters = components(len(sketches), edges)
    write_clusters(given.out, ids(given.texts), clusters)
    steps.write(given.out)


if __name__ == "__main__":
    main()
