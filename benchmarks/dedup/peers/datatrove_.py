"""datatrove: its three stages of MinHash deduplication, given five-grams of characters instead of its words.

Its own words for Chinese are jieba's; with them its figures would not be comparable. Nothing is verified.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup.minhash import (
    MinhashConfig,
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupSignature,
)
from datatrove.pipeline.readers import ParquetReader
from pyarrow import parquet

from benchmarks.dedup.peers.outcome import (
    BANDS,
    LENGTH,
    ROWS,
    Steps,
    arguments,
    files,
    ids,
    pieces,
    write_clusters,
)

if TYPE_CHECKING:
    from pathlib import Path

_SPACED_LANGUAGE = "ace_Arab"  # any whose tokenizer is blanks: datatrove loads one although ours is not words


class Characters(MinhashDedupSignature):  # type: ignore[misc]
    """Signatures of the five-grams of characters."""

    def get_shingles(self, text: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
        hashes = [self._hash_func(piece) for piece in set(pieces(text))]
        return np.fromiter(hashes, dtype=np.uint64).reshape((-1, 1))


def run(folder: Path, name: str, pipeline: list[object], tasks: int, workers: int) -> None:
    """One stage."""
    logs = str(folder / "logs" / name)
    LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=workers, logging_dir=logs).run()


def clusters(folder: Path, texts: Path) -> list[int]:
    """Each document's cluster; one that has no copy is a cluster of its own."""
    found: list[int] = []
    for number, file in enumerate(files(texts)):
        start = len(found)
        found += [-1 - one for one in range(start, start + parquet.read_metadata(file).num_rows)]
        stored = folder / "removed" / f"{number:06d}.clusters"
        for row, cluster in struct.iter_unpack("<II", stored.read_bytes() if stored.exists() else b""):
            found[start + row] = cluster
    return found


def main() -> None:
    given, steps = arguments(), Steps()
    folder = given.out / "work"
    config = MinhashConfig(n_grams=LENGTH, num_buckets=BANDS, hashes_per_bucket=ROWS)
    tasks = len(files(given.texts))
    reader = ParquetReader(str(given.texts), text_key="letters", glob_pattern="texts-*.parquet", doc_progress=False)
    signed, paired, removed = (str(folder / name) for name in ("signatures", "pairs", "removed"))
    with steps.timed("signatures"):
        sign = Characters(output_folder=signed, config=config, language=_SPACED_LANGUAGE)
        run(folder, "signatures", [reader, sign], tasks, given.processes)
    with steps.timed("pairs"):
        pair = MinhashDedupBuckets(input_folder=signed, output_folder=paired, config=config)
        run(folder, "pairs", [pair], BANDS, given.processes)
    with steps.timed("clusters"):
        join = MinhashDedupCluster(input_folder=paired, output_folder=removed, config=config, save_cluster_id=True)
        run(folder, "clusters", [join], 1, 1)
    write_clusters(given.out, ids(given.texts), clusters(folder, given.texts))
    steps.write(given.out)


if __name__ == "__main__":
    main()
