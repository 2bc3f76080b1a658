"""The texts of some documents, brought together from their shards, so that workers can read them in any order.

Enters: shards, and the rows of them that are wanted. Leaves: Arrow files that are mapped, not loaded. Only the row
groups that hold a wanted row are read, one at a time.

>>> with gathered(shards, rows, cache, pool=None) as texts:
...     texts.files
(PosixPath('…/texts-…/0.arrow'),)
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from pipeline.corpus.duplicates.columns import compute
from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.columns import Array

    Ints = NDArray[np.int64]
    Task = tuple[list[tuple[str, Ints]], Path]

SHARDS = 8
"""Shards that one worker reads into one file."""

COLUMNS = [f"document.{name}" for name in ("title", "text")]

__all__ = ["Texts", "gathered", "taken"]


@dataclass(frozen=True, slots=True)
class Texts:
    """file, place: where the text of each wanted document stands, in the order of the question."""

    files: tuple[Path, ...]
    file: Ints
    place: Ints


@contextmanager
def gathered(shards: Array, rows: Ints, spill: Path, pool: Executor | None) -> Iterator[Texts]:
    """The texts at (shard, row), for as long as the block lasts. Raises CorpusError if a shard cannot be read."""
    with tempfile.TemporaryDirectory(prefix="texts-", dir=spill) as folder:
        encoded = shards.dictionary_encode()
        names = encoded.dictionary.to_pylist()
        of = encoded.indices.to_numpy()
        order = np.lexsort([rows, of])
        used, starts = np.unique(of[order], return_index=True)
        bounds = [*starts.tolist(), len(order)]
        file = np.zeros(len(rows), np.int64)
        place = np.zeros(len(rows), np.int64)
        tasks: list[Task] = []
        for first in range(0, len(used), SHARDS):
            group = range(first, min(first + SHARDS, len(used)))
            start, end = bounds[group[0]], bounds[group[-1] + 1]
            file[order[start:end]] = len(tasks)
            place[order[start:end]] = np.arange(end - start)
            wanted = [(names[used[one]], rows[order[bounds[one] : bounds[one + 1]]]) for one in group]
            tasks.append((wanted, Path(folder) / f"{len(tasks)}.arrow"))
        for _ in pool.map(_extract, tasks) if pool else map(_extract, tasks):
            pass
        yield Texts(tuple(path for _, path in tasks), file, place)


def taken(files: tuple[Path, ...], file: Ints, place: Ints) -> tuple[list[str | None], list[str]]:
    """Titles and texts at (file, place), in that order."""
    titles: list[str | None] = [None] * len(file)
    texts = [""] * len(file)
    for one in np.unique(file).tolist():
        where = np.flatnonzero(file == one)
        with pa.memory_map(str(files[one])) as source:
            table = pa.ipc.open_file(source).read_all().take(place[where])
            found = table.to_pydict()
        for at, title, text in zip(where.tolist(), found["title"], found["text"], strict=True):
            titles[at], texts[at] = title, text
    return titles, texts


def _extract(task: Task) -> None:
    wanted, target = task
    schema = pa.schema([pa.field("title", pa.string()), pa.field("text", pa.string())])
    with pa.OSFile(str(target), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for shard, rows in wanted:
            try:
                for title, text in _rows(shard, rows):
                    writer.write_batch(pa.record_batch([title, text], schema=schema))
            except (pa.ArrowException, OSError, KeyError) as error:
                raise CorpusError(f"{shard}: cannot be read ({error}); delete it and clean again") from error


def _rows(shard: str, rows: Ints) -> Iterator[tuple[Array, Array]]:
    """The wanted rows (ascending) of a shard, row group by row group."""
    with parquet.ParquetFile(shard) as file:
        start = 0
        for group in range(file.num_row_groups):
            end = start + file.metadata.row_group(group).num_rows
            first, last = np.searchsorted(rows, [start, end])
            if first < last:
                document = file.read_row_group(group, columns=COLUMNS)["document"]
                some = document.take(rows[first:last] - start).combine_chunks()
                text = compute.struct_field(some, "text")
                yield compute.struct_field(some, "title"), compute.fill_null(text, "")
            start = end
