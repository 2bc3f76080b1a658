"""The corpus as it is now: of each page the one capture that counts.

Enters: cleaned shards. Leaves: a `Corpus`: its catalogue on disk, and the live captures as an Arrow table, small beside
the texts, which stay where they are until something asks for them.

>>> corpus = Corpus.of([Path("clean/.cache/9f86….parquet")], Path("clean/.cache"))
>>> corpus.live.num_rows, corpus.documents.num_rows
(6, 5)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import parquet

from pipeline.corpus.catalogue import CATALOGUE, catalogue
from pipeline.corpus.duplicates.columns import compute, joined
from pipeline.corpus.duplicates.fingerprint import BAND_NAMES
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.gather import by_shard, read_rows
from pipeline.corpus.schemas import CLEANED
from pipeline.corpus.sql import query
from pipeline.corpus.tables import cleaned_from_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.model import Cleaned

HEAVY = {"relations", *BAND_NAMES}
"""Columns that stay in the catalogue: a step that needs them reads them there."""

_FROM_CATALOGUE: list[pa.Field[Any]] = [
    pa.field("shard", pa.string()),
    *(field for field in CATALOGUE if field.name not in {"shard", *HEAVY}),
]
LIVE = pa.schema([*_FROM_CATALOGUE, pa.field("first_seen", pa.timestamp("us", tz="UTC"))])
"""first_seen: when the first capture of the page was made, whatever it gave. Whoever comes later is later."""

_NEWEST = """
SELECT file_row_number AS row_of, filename AS file, first_seen FROM (
  SELECT file_row_number, filename, min(captured) OVER (PARTITION BY id) AS first_seen, row_number() OVER (
    PARTITION BY id ORDER BY refused IS NOT NULL, captured DESC, raw_sha256 DESC, source DESC, url DESC, shard, row
  ) AS place
  FROM read_parquet($catalogue, filename = true, file_row_number = true) SEMI JOIN several USING (id)
) WHERE place = 1
"""
"""Of the pages that were captured several times."""

__all__ = ["LIVE", "Corpus"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """live: a row for each id, sorted by it: the newest capture that gave a document, else the newest one. A page that
    was good and is refused today is not withdrawn by that: only its server's word withdraws a document.
    """

    cache: Path
    catalogue: tuple[Path, ...]
    live: pa.Table

    @classmethod
    def of(cls, shards: Sequence[Path], cache: Path) -> Corpus:
        """The corpus that these cleaned shards make. Raises CorpusError if one of them cannot be read."""
        files = catalogue(shards, cache)
        return cls(cache, files, _live(files, cache / "spill"))

    @property
    def documents(self) -> pa.Table:
        """The live captures that gave a document."""
        return self.live.filter(pc.is_null(self.live["refused"]))

    def pages(self, ids: Sequence[str]) -> list[Cleaned]:
        """Live pages with all that the clean step found, in the order of `ids`; those that are unknown are left out."""
        wanted = self.live.filter(pc.is_in(self.live["id"], value_set=pa.array(ids, pa.string())))
        found = {page.id: page for page in _read(wanted)}
        return [found[id_] for id_ in ids if id_ in found]

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of live documents, by id."""
        return {page.id: page.document.text for page in self.pages(ids) if page.document}


def _live(files: Sequence[Path], spill: Path) -> pa.Table:
    """The rows of the catalogue that count, sorted by id. One file of it is held beside them."""
    ids = [_columns(file, ["id"])["id"] for file in files]
    counted = _once(ids)
    several = pa.table([pa.chunked_array(ids, pa.string())], ["id"]).filter(pa.array(~counted))
    newest = query(_NEWEST, {"catalogue": [str(file) for file in files]}, spill=spill, several=several)
    found, start = [], 0
    for file, held in zip(files, ids, strict=True):
        rows = _columns(file, [field.name for field in _FROM_CATALOGUE])
        rows = rows.append_column("first_seen", rows["captured"]).cast(LIVE)
        own = counted[start : start + len(held)]
        chosen = newest.filter(compute.equal(newest["file"], str(file)))
        if not own.all():
            some = rows.take(chosen["row_of"])
            seen = chosen["first_seen"].cast(LIVE.field("first_seen").type)
            some = some.set_column(len(LIVE) - 1, LIVE.field("first_seen"), seen)
            rows = pa.concat_tables([rows.filter(pa.array(own)), some])
        found.append(rows)
        start += len(held)
    live = pa.concat_tables(found)
    return live.take(pc.sort_indices(live["id"])).combine_chunks()


def _once(ids: Sequence[pa.ChunkedArray[Any]]) -> NDArray[np.bool_]:
    """Which of the ids occur a single time."""
    every = pa.chunked_array(ids, pa.string())
    order = compute.sort_indices(every).to_numpy()
    ordered = joined(every.take(order))
    same = np.asarray(compute.equal(ordered[1:], ordered[:-1]).to_numpy(zero_copy_only=False), np.bool_)
    once = np.ones(len(every), np.bool_)
    once[order[1:][same]] = False
    once[order[:-1][same]] = False
    return once


def _columns(file: Path, names: Sequence[str]) -> pa.Table:
    try:
        return parquet.read_table(file, columns=list(names), partitioning=None)
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{file}: cannot be read ({error}); delete it and release again") from error


def _read(wanted: pa.Table) -> Iterator[Cleaned]:
    for shard, rows in by_shard(wanted):
        for row in read_rows(shard, rows["row"], CLEANED.names).to_pylist():
            yield cleaned_from_row(row)
