"""Where each document goes in a release, and what is known of it besides its page.

Enters: live documents, clusters, withdrawals. Leaves: for each document the file that it belongs to and the columns
that a document by itself does not have; for each file a digest of all that it is made from.

>>> placed = placement(corpus.documents, clusters, withdrawn)
>>> placed["file"].to_pylist()
['documents/32-2022.parquet', 'reposts/32-2022.parquet']
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import compute as pc

from pipeline.corpus.schemas import DOCUMENTS, JOINED, RECORD, REMOVAL, REMOVED
from pipeline.corpus.sql import column, query

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACED = """
WITH copies AS (SELECT id FROM (SELECT canonical, unnest(members) AS id FROM clusters) WHERE id <> canonical)
SELECT d.id, d.shard, d.row, d.characters,
       CASE WHEN c.id IS NULL THEN 'documents/' ELSE 'reposts/' END || d.release_shard || '.parquet' AS file,
       w.withdrawn, coalesce(w.aliases, []) AS aliases
FROM documents d LEFT JOIN copies c ON c.id = d.id LEFT JOIN events w ON w.id = d.id
ORDER BY d.id
"""

_INPUTS = """
WITH one AS (SELECT file, id, row, sha256(concat_ws('|', id, parse_filename(shard), row, {joined})) AS own FROM placed)
SELECT file, sha256(string_agg(own, '' ORDER BY id, row)) AS inputs FROM one GROUP BY file ORDER BY file
"""

__all__ = ["document_rows", "inputs_of", "placement", "removed_rows"]


def placement(documents: pa.Table, clusters: pa.Table, events: pa.Table) -> pa.Table:
    """A row for each document, sorted by id: shard and row, file, and the columns JOINED.

    clusters: schema GROUPS. events: id, withdrawn (the day) and aliases of the documents that have any.
    """
    placed = query(_PLACED, documents=documents, clusters=clusters, events=events)
    return placed.cast(pa.schema([*list(placed.schema)[:5], *JOINED]))


def inputs_of(placed: pa.Table, rules: str) -> Mapping[str, str]:
    """The digest of what each file is made from. rules: of the code and the libraries that make it."""
    joined = ", ".join(f"{name}::VARCHAR" for name in placed.column_names if name in JOINED.names) or "''"
    found = query(_INPUTS.format(joined=joined), placed=placed)
    digests = zip(column(found, "file"), column(found, "inputs"), strict=True)
    return {file: hashlib.sha256(f"{rules}\0{file}\0{digest}".encode()).hexdigest() for file, digest in digests}


def document_rows(placed: pa.Table, read: pa.Table) -> pa.Table:
    """Rows of DOCUMENTS, and where each goes. read: the column `document` of the same captures."""
    record = [pc.struct_field(read["document"], name) for name in RECORD.names]
    joined = [placed[name] for name in JOINED.names]
    return pa.table([*record, *joined], DOCUMENTS.names).cast(DOCUMENTS).append_column("file", placed["file"])


def removed_rows(placed: pa.Table, read: pa.Table) -> pa.Table:
    """Rows of REMOVED, and where each goes. read: the columns id, source, url, raw_sha256 and removals."""
    removals = read["removals"].combine_chunks()
    parents = pc.list_parent_indices(removals)
    flat = pc.list_flatten(removals)
    page = [read[name].take(parents) for name in ("id", "source", "url", "raw_sha256")]
    removal = [pc.struct_field(flat, field.name) for field in REMOVAL]
    names = ["document_id", "source", "url", "raw_sha256", *(field.name for field in REMOVAL)]
    return (
        pa.table([*page, *removal], names)
        .select(REMOVED.names)
        .cast(REMOVED)
        .append_column("file", placed["file"].take(parents))
    )
