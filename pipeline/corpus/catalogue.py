"""The catalogue: the indexes of all cleaned shards in a few files, so that a night reads files and not thousands.

Enters: cleaned shards. Leaves: files under the cache whose rows are the shards' indexes with one more column, `shard`.
A night's new shards become one new file; when there are many files they become one. Each file is named by the digest
of the shards that it holds, and can be deleted like the rest of the cache.

>>> catalogue([Path("clean/.cache/9f86….parquet")], Path("clean/.cache"))
(PosixPath('clean/.cache/catalogue/5d41….parquet'),)
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import replacing
from pipeline.corpus.index import INDEX, index_path, index_shard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CATALOGUE = pa.schema([pa.field("shard", pa.dictionary(pa.int32(), pa.string())), *INDEX])
"""shard: path of the cleaned shard that the row's capture stands in."""

MANY = 16
"""Files of a catalogue before they are joined: a query opens them all, and joining reads them all."""

SHARDS = b"zhengce.shards"
"""Key of a file's metadata: the shards that it holds, as a JSON list."""

__all__ = ["CATALOGUE", "catalogue"]


def catalogue(shards: Sequence[Path], cache: Path) -> tuple[Path, ...]:
    """Files that hold the indexes of these shards, and of no others. Shards without an index get one.

    cache: the folder of the catalogue's folder. Raises CorpusError if a shard cannot be read.
    """
    folder = cache / "catalogue"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {str(shard): shard for shard in shards}
    kept: list[Path] = []
    missing = set(wanted)
    held = {path: set(_held(path)) for path in folder.glob("[!.]*.parquet")}
    for path in sorted(held, key=lambda path: (-len(held[path]), path)):
        if held[path] and held[path] <= missing:
            kept.append(path)
            missing -= held[path]
    if len(kept) >= MANY:
        kept, missing = [], set(wanted)
    if missing or not kept:  # a corpus without pages has a file without rows
        new = sorted(missing)
        path = folder / f"{hashlib.sha256(json.dumps(new).encode()).hexdigest()}.parquet"
        _write(path, [wanted[name] for name in new])
        kept.append(path)
    for path in folder.glob("[!.]*.parquet"):
        if path not in kept:
            path.unlink()
    return tuple(sorted(kept))


def _held(path: Path) -> list[str]:
    """The shards of a file; none if it cannot be read: then it is made again."""
    try:
        metadata = parquet.read_metadata(path).metadata or {}
    except (pa.ArrowException, OSError):
        return []
    held: list[str] = json.loads(metadata.get(SHARDS, b"[]"))
    return held


def _write(path: Path, shards: Sequence[Path]) -> None:
    schema = CATALOGUE.with_metadata({SHARDS: json.dumps([str(shard) for shard in shards]).encode()})
    with replacing(path) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for table in _indexes(shards):
            writer.write_table(table)


def _indexes(shards: Sequence[Path]) -> Iterator[pa.Table]:
    for shard in shards:
        index = index_path(shard)
        if not index.exists():
            index_shard(shard)
        try:
            rows = parquet.read_table(index, schema=INDEX, partitioning=None)
        except (pa.ArrowException, OSError) as error:
            raise CorpusError(f"{index}: cannot be read ({error}); delete it and release again") from error
        name = pa.DictionaryArray.from_arrays(pa.array([0] * len(rows), pa.int32()), pa.array([str(shard)]))
        yield rows.add_column(0, CATALOGUE.field("shard"), name).cast(CATALOGUE)
