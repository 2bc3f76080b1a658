"""What a release holds, counted: stats.json and coverage.json.

Enters: the live captures of the corpus (pipeline.corpus.corpus). Leaves: two models that are written as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from pipeline.corpus.content import FIELDS
from pipeline.corpus.sql import column, query

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Coverage", "SourceCoverage", "Stats", "count", "cover"]

FILLED = tuple(name for name in FIELDS if name != "text")


class Stats(BaseModel):
    """Counts over all documents, canonical ones and reposts. fill: share of documents that have the field, 0 to 1."""

    model_config = ConfigDict(frozen=True)

    documents: int
    characters: int
    source_kinds: dict[str, int]
    extractors: dict[str, int]
    flags: dict[str, int]
    removals: dict[str, int]
    repairs: dict[str, int]
    relations: dict[str, int]
    refusals: dict[str, int]
    fill: dict[str, float]


class SourceCoverage(BaseModel):
    """as_of: the day in China of the newest capture. refused: pages without a document. compromised: pages with spam,
    whether a document came of them or not.
    """

    model_config = ConfigDict(frozen=True)

    as_of: str
    documents: int
    refused: int
    compromised: int = 0


class Coverage(BaseModel):
    """How far each source reaches, by its id."""

    model_config = ConfigDict(frozen=True)

    sources: dict[str, SourceCoverage]


def count(live: pa.Table, relations: pa.Table) -> Stats:
    """Counts rules, flags, kinds and filled fields; the most frequent first, ties by name."""
    filled = ", ".join(f"round(count({name}) / greatest(count(*), 1), 4) AS {name}" for name in FILLED)
    [fill] = query(f"SELECT {filled} FROM live WHERE refused IS NULL", live=live).to_pylist()
    [sums] = query(
        """SELECT count(*) AS documents, coalesce(sum(characters), 0)::BIGINT AS characters
           FROM live WHERE refused IS NULL""",
        live=live,
    ).to_pylist()
    return Stats(
        **sums,
        source_kinds=_counted("SELECT source_kind AS name FROM live WHERE refused IS NULL", live),
        extractors=_counted("SELECT extractor AS name FROM live WHERE refused IS NULL", live),
        flags=_counted("SELECT unnest(flags) AS name FROM live", live),
        removals=_counted("SELECT unnest(removal_rules) AS name FROM live", live),
        repairs=_counted("SELECT unnest(repair_rules) AS name FROM live", live),
        relations=_counted("SELECT type AS name FROM live", relations),
        refusals=_counted("SELECT refused AS name FROM live WHERE refused IS NOT NULL", live),
        fill=fill,
    )


def cover(live: pa.Table) -> Coverage:
    """The as-of day and the number of pages of each source."""
    rows = query(
        """SELECT source, strftime(max(captured)::TIMESTAMP + INTERVAL 8 HOUR, '%Y-%m-%d') AS as_of,
                  count(*) FILTER (refused IS NULL) AS documents, count(*) FILTER (refused IS NOT NULL) AS refused,
                  count(*) FILTER (compromised) AS compromised
           FROM live GROUP BY source ORDER BY source""",
        live=live,
    ).to_pylist()
    return Coverage(sources={row.pop("source"): SourceCoverage(**row) for row in rows})


def _counted(names: str, live: pa.Table) -> dict[str, int]:
    found = query(f"SELECT name, count(*) AS n FROM ({names}) GROUP BY name ORDER BY n DESC, name", live=live)
    return dict(zip(column(found, "name"), column(found, "n"), strict=True))
