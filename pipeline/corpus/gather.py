"""Rows of many cleaned shards, brought together by the file of the release that they belong to.

Enters: which rows of which shards go to which file. Leaves: file by file its rows. A cleaned shard holds one source
and night, a file of the release one province and year: every shard is read once, its rows go to the bucket of their
file, and one bucket at a time is held in memory.

>>> for path, rows in gathered(wanted, ("document",), document_rows, Path("clean/.cache/spill")):
...     write(path, rows)
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import ipc, parquet

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.sql import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Flatten = Callable[[pa.Table, pa.Table], pa.Table]

BUCKET = 60_000_000
"""Characters of text in a bucket: some 300 MB as Arrow holds them, with their structure."""

__all__ = ["by_shard", "gathered", "read_rows", "runs"]


def gathered(wanted: pa.Table, columns: Sequence[str], flatten: Flatten, spill: Path) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each file, files by name, rows in the order of their ids.

    wanted: columns shard and row (where a row stands), file (where it goes), characters (its weight), and what
    `flatten` needs. columns: what is read of a shard. flatten: (rows of `wanted`, the same rows of their shard) -> rows
    of the file, with a column `file` and a column to sort by in front. spill: a folder of our own for the buckets.
    """
    shutil.rmtree(spill, ignore_errors=True)
    spill.mkdir(parents=True)
    with ExitStack() as stack:
        buckets: dict[int, ipc.RecordBatchStreamWriter] = {}
        for shard, rows in by_shard(wanted.append_column("bucket", _buckets(wanted))):
            found = flatten(rows, read_rows(shard, rows["row"], columns))
            bucket_of = dict(zip(column(rows, "file"), column(rows, "bucket"), strict=True))
            for bucket in sorted(set(bucket_of.values())):
                files = pa.array([file for file, one in bucket_of.items() if one == bucket])
                part = found.filter(pc.is_in(found["file"], value_set=files))
                if bucket not in buckets:
                    sink = stack.enter_context(pa.OSFile(str(spill / str(bucket)), "wb"))
                    buckets[bucket] = stack.enter_context(ipc.new_stream(sink, part.schema))
                buckets[bucket].write_table(part)
    for bucket in sorted(buckets):
        with pa.memory_map(str(spill / str(bucket))) as source, ipc.open_stream(source) as stream:
            rows = stream.read_all()
        key = rows.column_names[0]
        for file, part in runs(rows.sort_by([("file", "ascending"), (key, "ascending")]), "file"):
            yield file, part.drop_columns("file")
        (spill / str(bucket)).unlink()
    spill.rmdir()


def _buckets(wanted: pa.Table) -> pa.ChunkedArray[Any]:
    """The bucket of each row: files in the order of their names, as many together as weigh one bucket."""
    weights = wanted.group_by("file").aggregate([("characters", "sum")]).sort_by("file")
    before = np.cumsum(weights["characters_sum"].to_numpy()) - weights["characters_sum"].to_numpy()
    place = pc.index_in(wanted["file"], value_set=weights["file"])
    return pc.take(pa.chunked_array([pa.array(before // BUCKET, pa.int64())]), place)


def by_shard(wanted: pa.Table) -> Iterator[tuple[Path, pa.Table]]:
    """The rows of a table that lie in each shard, shard by shard, in the order in which they stand there."""
    for shard, rows in runs(wanted.sort_by([("shard", "ascending"), ("row", "ascending")]), "shard"):
        yield Path(shard), rows


def runs(table: pa.Table, key: str) -> Iterator[tuple[str, pa.Table]]:
    """A table cut where the value of a column changes; the table is sorted by it."""
    counts = table.group_by(key, use_threads=False).aggregate([([], "count_all")])
    start = 0
    for value, count in zip(column(counts, key), column(counts, "count_all"), strict=True):
        yield value, table.slice(start, count)
        start += count


def read_rows(shard: Path, rows: pa.ChunkedArray[Any], columns: Sequence[str]) -> pa.Table:
    """Some rows of a cleaned shard, in the order asked for. Raises CorpusError if it cannot be read."""
    try:
        return parquet.read_table(shard, columns=list(columns), partitioning=None).take(rows)
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{shard}: not a shard of cleaned pages ({error}); delete it and clean again") from error
