"""What documents are to each other: copies, successors, relations, and what their servers took down.

Enters: the corpus. Leaves: `Surroundings`: tables that stand beside the documents, each a function of the whole corpus
and of nothing else, so that any order of arrival gives the same.

>>> look_around(corpus, withheld={}).duplicates.clusters.num_rows
1
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import compute as pc

from pipeline.corpus.duplicates.find import find_duplicates
from pipeline.corpus.index import UNDATED
from pipeline.corpus.moved import find_moved
from pipeline.corpus.resolve import resolve
from pipeline.corpus.schemas import RELATIONS
from pipeline.corpus.sql import column, query
from pipeline.corpus.withdrawn import find_withdrawn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from pipeline.corpus.corpus import Corpus
    from pipeline.corpus.duplicates.find import Duplicates
    from pipeline.corpus.withhold import Withheld

_SAID = """
SELECT id AS document_id, unnest(relations, recursive := true)
FROM (SELECT id, relations FROM read_parquet($catalogue) SEMI JOIN documents USING (id, shard, row))
"""

MANY = 400
"""Documents of a province and year (about 0.6 MB) from which on each quarter has a file of its own: a night's news then
touches few bytes of a large corpus, and a small one is not cut into crumbs.

So has each quarter since the year in which the corpus saw its first page, for that is where the news of its nights go.
What was there before came in one piece. That year never moves, so that no file is ever cut anew for it."""

_CUT = f"""
SELECT release_shard || CASE
         WHEN refused IS NULL AND NOT ends_with(release_shard, '-{UNDATED}')
              AND (count(*) FILTER (refused IS NULL) OVER (PARTITION BY release_shard) > {MANY}
                   OR substr(release_shard, 4) >= strftime(timezone('Asia/Shanghai', min(first_seen) OVER ()), '%Y'))
         THEN '-Q' || quarter(coalesce(CAST(timezone('Asia/Shanghai', published) AS DATE), written)) ELSE '' END AS name
FROM live ORDER BY id
"""

_CANONICAL = """
SELECT d.*, coalesce(c.canonical, d.id) AS canonical
FROM documents d LEFT JOIN (SELECT canonical, unnest(members) AS id FROM clusters) c USING (id) ORDER BY id
"""

_RELATIONS = """
SELECT * FROM (
  SELECT document_id, type, target_number, target_title, target_id, target_url, start, "end" FROM said
  UNION ALL BY NAME
  SELECT n.document_id, n.type, d.doc_number AS target_number, d.title AS target_title, n.target_id, NULL AS target_url,
         0 AS start, 0 AS "end"
  FROM neighbours n JOIN documents d ON d.id = n.target_id)
ORDER BY ALL
"""

__all__ = ["Surroundings", "look_around"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """live: captures that count, without what is withheld or known by a newer id. documents: those that gave one.

    events: id, withdrawn and aliases, of the documents that have any. excused: ids that a release may lose.
    """

    live: pa.Table
    documents: pa.Table
    duplicates: Duplicates
    relations: pa.Table
    events: pa.Table
    withheld: Collection[str]
    excused: Collection[str]
    spill: Path


def look_around(corpus: Corpus, withheld: Mapping[str, Withheld], pool: Executor | None = None) -> Surroundings:
    """Withdrawals, moves, duplicates and relations. withheld: ids that stay out of everything, wherever they move."""
    withdrawn = find_withdrawn(corpus.catalogue)
    moved = find_moved(corpus.catalogue, corpus.documents, withdrawn)
    former = {alias for aliases in column(moved, "aliases") for alias in aliases}
    kept_out = {*withheld, *(row["id"] for row in moved.to_pylist() if not withheld.keys().isdisjoint(row["aliases"]))}
    live = _cut(_without(corpus.live, former | kept_out))
    documents = live.filter(pc.is_null(live["refused"]))
    duplicates = find_duplicates(documents, corpus.catalogue, corpus.cache, pool)
    said = query(_SAID, {"catalogue": [str(file) for file in corpus.catalogue]}, documents=documents)
    relations = query(_RELATIONS, said=said, neighbours=duplicates.neighbours, documents=documents)
    known = query(_CANONICAL, documents=documents, clusters=duplicates.clusters)
    return Surroundings(
        live=live,
        documents=documents,
        duplicates=duplicates,
        relations=resolve(relations.cast(RELATIONS), known, corpus.cache / "spill"),
        events=query("SELECT * FROM withdrawn FULL JOIN moved USING (id)", withdrawn=withdrawn, moved=moved),
        withheld=kept_out,
        excused=kept_out | former,
        spill=corpus.cache / "spill",
    )


def _cut(live: pa.Table) -> pa.Table:
    """The captures with the files that they belong to: 32-2022, or 32-2022-Q3 where a year holds many documents."""
    names = query(_CUT, live=live.select(["id", "refused", "release_shard", "published", "written", "first_seen"]))[
        "name"
    ]
    return live.set_column(live.column_names.index("release_shard"), "release_shard", names)


def _without(live: pa.Table, ids: Collection[str]) -> pa.Table:
    return live.filter(pc.invert(pc.is_in(live["id"], value_set=pa.array(sorted(ids), pa.string())))) if ids else live
