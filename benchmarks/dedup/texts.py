"""The texts of a corpus in the form in which the peers get them.

Enters: shards of the clean step. Leaves: FOLDER/texts-0.parquet to texts-N.parquet with id, letters (folded width and
script, no punctuation: the peers are spared what ours does for itself) and spaced (a blank after each character).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from benchmarks.dedup.jaccard import letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SCHEMA = pa.schema([pa.field(name, pa.string()) for name in ("id", "letters", "spaced")])


def write_texts(shards: Sequence[Path], folder: Path, parts: int) -> None:
    """Share the shards out to that many files."""
    folder.mkdir(parents=True)
    for part in range(parts):
        with parquet.ParquetWriter(folder / f"texts-{part}.parquet", SCHEMA, compression="zstd") as writer:
            for shard in shards[part::parts]:
                table = parquet.ParquetFile(shard).read(["document.id", "document.text"])
                documents = table.flatten()
                plain = [letters(str(text)) for text in documents["document.text"].to_pylist()]
                spaced = pa.array([" ".join(text) for text in plain])
                names = documents["document.id"].combine_chunks()
                writer.write_table(pa.table({"id": names, "letters": pa.array(plain), "spaced": spaced}, schema=SCHEMA))
