"""The corpus as it is now: of each page the one capture that counts.

Enters: cleaned shards. Leaves: a `Corpus`: its catalogue on disk, and the live captures as an Arrow table, small beside
the texts, which stay where they are until something asks for them.

>>> corpus = Corpus.of([Path("clean/.cache/9f86….parquet")], Path("clean/.cache"))
>>> corpus.live.num_rows, corpus.documents.num_rows
(6, 5)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import compute as pc

from pipeline.corpus.catalogue import CATALOGUE, catalogue
from pipeline.corpus.duplicates.fingerprint import BAND_NAMES
from pipeline.corpus.gather import by_shard, read_rows
from pipeline.corpus.schemas import CLEANED
from pipeline.corpus.sql import query
from pipeline.corpus.tables import cleaned_from_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.model import Cleaned

HEAVY = {"relations", *BAND_NAMES}
"""Columns that stay in the catalogue: a step that needs them reads them there."""

LIVE = pa.schema(
    [pa.field("shard", pa.string()), *(field for field in CATALOGUE if field.name not in {"shard", *HEAVY})]
)

_LIVE = """
WITH captures AS (
  SELECT {columns}, row_number() OVER (
    PARTITION BY id ORDER BY refused IS NOT NULL, captured DESC, raw_sha256 DESC, source DESC, url DESC, shard, row
  ) AS place
  FROM read_parquet($catalogue)
)
SELECT * EXCLUDE (place) FROM captures WHERE place = 1 ORDER BY id
"""

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
        columns = ", ".join(LIVE.names)
        found = query(
            _LIVE.format(columns=columns), {"catalogue": [str(file) for file in files]}, spill=cache / "spill"
        )
        return cls(cache, files, found.select(LIVE.names).cast(LIVE))

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


def _read(wanted: pa.Table) -> Iterator[Cleaned]:
    for shard, rows in by_shard(wanted):
        for row in read_rows(shard, rows["row"], CLEANED.names).to_pylist():
            yield cleaned_from_row(row)
