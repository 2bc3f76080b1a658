"""Who found what: the clusters of a tool beside what was planted.

Enters: the truth of a corpus and clusters (id, cluster) of documents that have a copy. Leaves: a `Score`. A planted
pair counts as found when both its pages are in one cluster. Any pair in one cluster whose works are not the same is a
false merge, planted or not: they are counted by DuckDB from the sizes of clusters, none is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

    from benchmarks.dedup.truth import Truth

PROMISED = 0.8
"""The Jaccard index from which on a planted copy is to be found."""

EDITED = ("words", "abridged", "enlarged")


@dataclass(frozen=True, slots=True)
class Row:
    """Planted pairs of one kind, and how many of them share a cluster."""

    expected: str
    kind: str
    pairs: int
    joined: int

    @property
    def share(self) -> float | None:
        return self.joined / self.pairs if self.pairs else None


@dataclass(frozen=True, slots=True)
class Score:
    """rows: by kind. merged: pairs that share a cluster at all; wrong: those of them that are not one document."""

    rows: tuple[Row, ...]
    merged: int
    wrong: int

    def total(self, expected: str) -> Row:
        """All planted pairs of which this is expected; of copies those that are promised."""
        rows = [row for row in self.rows if row.expected == expected and not row.kind.endswith(BELOW)]
        return Row(expected, "all", sum(row.pairs for row in rows), sum(row.joined for row in rows))


BELOW = "below 0.8"

_ROWS = f"""
SELECT expected,
       CASE WHEN expected <> 'same' THEN kind
            WHEN jaccard < {PROMISED} THEN (CASE WHEN kind IN {EDITED} THEN kind ELSE 'reposts' END) || ', {BELOW}'
            WHEN kind IN {EDITED} THEN kind || (CASE WHEN jaccard < 0.9 THEN ', 0.8 to 0.9' ELSE ', 0.9 and more' END)
            ELSE kind END AS kind,
       count(*) AS pairs,
       count(*) FILTER (one.cluster = other.cluster) AS joined
FROM pairs
SEMI JOIN pages AS here ON here.id = document_id
SEMI JOIN pages AS there ON there.id = other_id
LEFT JOIN clusters AS one ON one.id = document_id
LEFT JOIN clusters AS other ON other.id = other_id
GROUP BY ALL ORDER BY expected, kind
"""

_WRONG = """
WITH sizes AS (SELECT cluster, work, count(*) AS n FROM clusters JOIN pages USING (id) GROUP BY cluster, work),
     totals AS (SELECT sum(n) AS n, sum(n * n) AS same FROM sizes GROUP BY cluster)
SELECT coalesce(sum(n * (n - 1)) // 2, 0), coalesce(sum(n * n - same) // 2, 0) FROM totals
"""


def score(truth: Truth, clusters: pa.Table, day: bool) -> Score:
    """day: whether the pages of the day after were there too."""
    with duckdb.connect() as database:
        database.register("works", truth.works)
        database.register("pairs", truth.pairs)
        database.register("clusters", clusters)
        database.execute(f"CREATE TEMP TABLE pages AS SELECT id, work FROM works WHERE {day} OR NOT day")
        rows = database.execute(_ROWS).fetchall()
        merged, wrong = database.execute(_WRONG).fetchall()[0]
    return Score(tuple(Row(*row) for row in rows), int(merged), int(wrong))


def related(truth: Truth, neighbours: pa.Table) -> dict[tuple[str, str], int]:
    """How many planted pairs the tool put beside each other without joining them, by kind and type of relation."""
    with duckdb.connect() as database:
        database.register("pairs", truth.pairs)
        database.register("neighbours", neighbours)
        rows = database.execute(
            "SELECT kind, type, count(*) FROM pairs JOIN neighbours AS n ON "
            "least(n.document_id, n.target_id) = pairs.document_id AND "
            "greatest(n.document_id, n.target_id) = pairs.other_id GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    return {(kind, type_): count for kind, type_, count in rows}
