"""Ours on a corpus, from cleaned shards to clusters: `python -m benchmarks.dedup.ours CORPUS OUT`.

Enters: a folder that `generate` wrote. Leaves: OUT/clusters.parquet, neighbours.parquet, pairs.parquet and steps.json.
The cache holds links to the shards and what is kept from one run to the next; with --day the later shards come too.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import parquet

from benchmarks.dedup.peers.outcome import Steps
from pipeline.corpus.corpus import Corpus
from pipeline.corpus.duplicates.find import find_duplicates
from pipeline.corpus.index import index_path, index_shard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from pipeline.corpus.duplicates.find import Duplicates


def linked(corpus: Path, cache: Path, day: bool) -> list[Path]:
    """The shards of the corpus, in the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    found = []
    for folder in ("shards", "day") if day else ("shards",):
        for shard in sorted((corpus / folder).glob("*.parquet")):
            link = cache / f"{folder}-{shard.name}"
            if not link.exists():
                os.link(shard, link)
            found.append(link)
    return found


def deduplicate(shards: Sequence[Path], cache: Path, pool: Executor, steps: Steps) -> Duplicates:
    """As a release does it, step by step."""
    with steps.timed("index"):
        missing = [shard for shard in shards if not index_path(shard).exists()]
        list(pool.map(index_shard, missing))
    with steps.timed("catalogue"):
        corpus = Corpus.of(shards, cache)
    with steps.timed("duplicates"):
        return find_duplicates(corpus.documents, corpus.catalogue, corpus.cache, pool)


def membership(clusters: pa.Table) -> pa.Table:
    """A row for each member: id and cluster."""
    members = clusters["members"].combine_chunks()
    cluster = clusters["id"].combine_chunks().take(pc.list_parent_indices(members))
    return pa.table({"id": pc.list_flatten(members), "cluster": cluster})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--day", action="store_true")
    given = parser.parse_args()
    given.cache = given.cache or given.out / "cache"
    given.out.mkdir(parents=True, exist_ok=True)
    return given


def main() -> None:
    given, steps = arguments(), Steps()
    shards = linked(given.corpus, given.cache, given.day)
    with ProcessPoolExecutor(given.processes, mp_context=get_context("spawn")) as pool:
        found = deduplicate(shards, given.cache, pool, steps)
    parquet.write_table(membership(found.clusters), given.out / "clusters.parquet")
    parquet.write_table(found.neighbours, given.out / "neighbours.parquet")
    parquet.write_table(found.pairs, given.out / "pairs.parquet")
    steps.write(given.out)


if __name__ == "__main__":
    main()
