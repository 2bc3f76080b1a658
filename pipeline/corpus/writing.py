"""The tables of a release, in the order in which they are written.

Enters: the documents and what surrounds them. Leaves: documents/, reposts/, clusters/, audit/removed/ and audit/pairs/,
each a file for a province and year, relations/, each a file for a year, and sources.parquet. A file of which nothing
differs is not written again but shared with the version before.

>>> write_corpus(Shards(folder, previous), look_around(corpus, {}), sources, rules)
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import ipc

from pipeline.corpus.between import FOLDERS, between
from pipeline.corpus.gather import gathered, runs
from pipeline.corpus.placement import document_rows, inputs_of, placement, removed_rows
from pipeline.corpus.schemas import DOCUMENTS, REMOVED, SOURCES
from pipeline.corpus.sql import column, query

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from crawler.source import Source
    from pipeline.corpus.gather import Flatten
    from pipeline.corpus.shards import Shards
    from pipeline.corpus.surroundings import Surroundings

_REMOVED = """
SELECT id, shard, row, removed AS characters, 'audit/removed/' || release_shard || '.parquet' AS file
FROM live WHERE removed > 0 ORDER BY id
"""

__all__ = ["write_corpus"]


def write_corpus(shards: Shards, around: Surroundings, sources: Mapping[str, Source], rules: str) -> None:
    """Writes everything that the digest covers, but for stats.json. rules: of the code and libraries that write it."""
    placed = placement(around.documents, around.duplicates.clusters, around.events)
    _write(shards, placed, rules, ("document",), document_rows, around)
    shards.fill("documents", DOCUMENTS)
    shards.fill("reposts", DOCUMENTS)
    for folder, table in between(around.relations, around.duplicates, around.documents, around.spill).items():
        for name, rows in runs(table, "file"):
            part = rows.drop_columns("file").cast(FOLDERS[folder]).combine_chunks()
            _write_rows(shards, f"{folder}/{name}.parquet", part, rules)
        shards.fill(folder, FOLDERS[folder])
    shards.table("sources.parquet", _sources({*column(around.live, "source")}, sources))
    removed = query(_REMOVED, live=around.live)
    columns = ("id", "source", "url", "raw_sha256", "removals")
    _write(shards, removed, rules, columns, removed_rows, around)
    shards.fill("audit/removed", REMOVED)


def _write(
    shards: Shards, placed: pa.Table, rules: str, columns: Sequence[str], flatten: Flatten, around: Surroundings
) -> None:
    """Writes the files of which something differs, and shares the others."""
    inputs = inputs_of(placed, rules)
    new = [file for file, digest in inputs.items() if not shards.shared(file, digest)]
    wanted = placed.filter(pc.is_in(placed["file"], value_set=pa.array(new, pa.string())))
    for file, rows in gathered(wanted, columns, flatten, around.spill):
        shards.table(file, rows, inputs[file])


def _write_rows(shards: Shards, path: str, rows: pa.Table, rules: str) -> None:
    """Writes one file whose rows are at hand already, unless the last version has it."""
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    inputs = hashlib.sha256(f"{rules}\0{path}\0".encode() + sink.getvalue().to_pybytes()).hexdigest()
    if not shards.shared(path, inputs):
        shards.table(path, rows, inputs)


def _sources(used: Collection[str], cards: Mapping[str, Source]) -> pa.Table:
    """One row for each source of the corpus; a folder of files has no card and is known by its name alone."""
    rows = [
        {"id": name} if (card := cards.get(name)) is None else {field: getattr(card, field) for field in SOURCES.names}
        for name in sorted(used)
    ]
    return pa.Table.from_pylist(rows, schema=SOURCES)
