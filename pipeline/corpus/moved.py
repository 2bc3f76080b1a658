"""Documents that came back at another address of their site.

Enters: the catalogue, the documents and which of them are withdrawn. Leaves: for each document that moved the ids it
had before, its `aliases`. The pages of one source that carry the same 发文字号 and issuer are one document that moved,
when each was seen for the first time after the one before it was last seen, and all but the last are withdrawn. Pages
that stood side by side are copies, not stations of a move. All is read from raw/'s captures and nothing from earlier
releases: a rebuild gives the same aliases.

>>> find_moved(catalogue, documents, withdrawn).to_pylist()
[{'id': '9c1185a5c5e9fc54', 'aliases': ['3b7209d5870134ff']}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.corpus.schemas import DOCUMENTS
from pipeline.corpus.sql import query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ALIASES = pa.schema([DOCUMENTS.field("id"), DOCUMENTS.field("aliases")])

_LETTERS = r"lower(regexp_replace({}, '[^\p{{L}}\p{{N}}]', '', 'g'))"
"""Fields are repaired already; only brackets and blanks may differ between two templates of one site."""

_MOVED = f"""
WITH keyed AS (
       SELECT id, source, {_LETTERS.format("doc_number")} AS number, {_LETTERS.format("issuer")} AS issuer
       FROM documents WHERE doc_number IS NOT NULL AND issuer IS NOT NULL),
     dead AS (SELECT DISTINCT source, number, issuer FROM keyed SEMI JOIN withdrawn USING (id)),
     stations AS (SELECT * FROM keyed SEMI JOIN dead USING (source, number, issuer)),
     seen AS (
       SELECT id, min(captured) AS first, max(captured) AS last
       FROM read_parquet($catalogue) SEMI JOIN stations USING (id) WHERE refused IS NULL GROUP BY id),
     ordered AS (
       SELECT id, source, number, issuer, first, w.id IS NOT NULL AS gone, lag(last) OVER way AS earlier,
              lead(id) OVER way IS NULL AS final
       FROM stations JOIN seen USING (id) LEFT JOIN withdrawn w USING (id)
       WINDOW way AS (PARTITION BY source, number, issuer ORDER BY first, id)),
     ways AS (
       SELECT list(id ORDER BY first, id) AS ids FROM ordered GROUP BY source, number, issuer
       HAVING count(*) > 1 AND bool_and(coalesce(first > earlier, true)) AND bool_and(gone OR final))
SELECT ids[-1] AS id, list_sort(ids[:-2]) AS aliases FROM ways ORDER BY id
"""

__all__ = ["ALIASES", "find_moved"]


def find_moved(catalogue: Sequence[Path], documents: pa.Table, withdrawn: pa.Table) -> pa.Table:
    """The documents that moved and the ids they had before (sorted); schema ALIASES, sorted by id.

    catalogue: Parquet files with the columns id, captured and refused. documents: one row for each document, with id,
    source, doc_number and issuer. withdrawn: schema WITHDRAWN. Raises CorpusError if a file cannot be read.
    """
    if not withdrawn.num_rows:
        return ALIASES.empty_table()
    values = {"catalogue": [str(path) for path in catalogue]}
    return query(_MOVED, values, documents=documents, withdrawn=withdrawn).cast(ALIASES)
