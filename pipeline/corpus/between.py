"""What stands between documents, cut into files so that a day's news rewrite few bytes.

Enters: relations, clusters and pairs, and the documents that they speak of. Leaves: the rows of relations/, clusters/
and audit/pairs/, each with the name of the file that it belongs to.

    relations     with the document that says it: what others say later is not in its file
    audit/pairs   with the one of the two that was seen last: a decision is new when one of the two is, so that the
                  decisions on a new page stand in the file of new pages, however old the other one is
    clusters      with the member that was seen first: a new copy rewrites this row and no document, and the row stays
                  where it is

What is new in relations is of these days, wherever it comes from: its files are cut by year, 2022 or 2022-Q3. A copy
may be one of a document of any year, and a new page may take the place of another one among the neighbours that are
told of: these two are cut as fine as documents are, 32-2022 or 32-2022-Q3.

>>> between(relations, duplicates, documents, spill)["clusters"]["file"].to_pylist()
['32-2022']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.corpus.schemas import CLUSTERS, PAIRS, RELATIONS
from pipeline.corpus.sql import query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from pipeline.corpus.duplicates.find import Duplicates

_RELATIONS = """
SELECT substr(d.release_shard, 4) AS file, r.*
FROM relations r JOIN documents d ON d.id = r.document_id
ORDER BY file, document_id, start, "end", type, target_id
"""

_CLUSTERS = """
WITH members AS (SELECT id AS cluster, canonical, unnest(members) AS id FROM clusters),
     places AS (
       SELECT m.cluster, list(struct_pack(id := d.id, url := d.url, source := d.source, source_kind := d.source_kind)
                              ORDER BY d.id) AS also_at
       FROM members m JOIN documents d USING (id) WHERE m.id <> m.canonical GROUP BY m.cluster)
SELECT d.release_shard AS file, c.id, c.canonical, c.members, p.also_at, c.rule, c.evidence
FROM clusters c JOIN documents d USING (id) JOIN places p ON p.cluster = c.id
ORDER BY file, c.id
"""

_PAIRS = """
SELECT CASE WHEN (one.first_seen, one.id) > (other.first_seen, other.id) THEN one.release_shard
            ELSE other.release_shard END AS file, p.*
FROM pairs p JOIN documents one ON one.id = p.document_id JOIN documents other ON other.id = p.other_id
ORDER BY file, document_id, other_id, verdict, rule, evidence
"""

FOLDERS = {"relations": RELATIONS, "clusters": CLUSTERS, "audit/pairs": PAIRS}

_COLUMNS = ("id", "url", "source", "source_kind", "first_seen", "release_shard")

__all__ = ["FOLDERS", "between"]


def between(relations: pa.Table, duplicates: Duplicates, documents: pa.Table, spill: Path) -> Mapping[str, pa.Table]:
    """The rows of each of FOLDERS, sorted by their file: its name in front, then the columns of the folder's schema.

    documents: id, url, source, source_kind, first_seen and release_shard of all that the tables speak of.
    """
    known = documents.select(list(_COLUMNS))
    found = {
        "relations": query(_RELATIONS, spill=spill, relations=relations, documents=known),
        "clusters": query(_CLUSTERS, spill=spill, clusters=duplicates.clusters, documents=known),
        "audit/pairs": query(_PAIRS, spill=spill, pairs=duplicates.pairs, documents=known),
    }
    return {folder: found[folder].select(["file", *schema.names]) for folder, schema in FOLDERS.items()}
