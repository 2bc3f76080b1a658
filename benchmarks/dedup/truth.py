"""What was planted: which pages are one document, and which pairs are worth a look.

Enters: records. Leaves: truth/works.parquet (id, work, day) with a row for each page, and truth/pairs.parquet with the
planted pairs. Two pages with the same work are one document; nobody may join others. `day` marks the pages that come a
day later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

if TYPE_CHECKING:
    from pathlib import Path

_TYPES: dict[str, pa.DataType] = {"work": pa.int64(), "day": pa.bool_(), "jaccard": pa.float64()}


def _schema(*names: str) -> pa.Schema:
    return pa.schema([pa.field(name, _TYPES.get(name, pa.string())) for name in names])


WORKS = _schema("id", "work", "day")
PLANTED = _schema("document_id", "other_id", "kind", "expected", "jaccard")
"""expected: same, apart, or contains (the one carries the other, both stay)."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Both tables of a corpus."""

    works: pa.Table
    pairs: pa.Table


def read_truth(folder: Path) -> Truth:
    """Of a folder that `generate` wrote."""
    return Truth(
        parquet.read_table(folder / "truth" / "works.parquet"), parquet.read_table(folder / "truth" / "pairs.parquet")
    )


def write_truth(folder: Path, works: pa.Table, pairs: pa.Table) -> None:
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    parquet.write_table(works, folder / "truth" / "works.parquet", compression="zstd")
    parquet.write_table(pairs, folder / "truth" / "pairs.parquet", compression="zstd")
