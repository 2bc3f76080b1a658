"""How each source stands in the corpus that is about to be released, and how it stood in the release before.

Enters: live captures and the folder of the release before. Leaves: facts by source, for the gate to compare.

>>> now, before = standings(live, withdrawn_and_moved, latest.path)
>>> now["suzhou"].lost
0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.corpus.gate import EXAMPLES, SourceFacts
from pipeline.corpus.manifest import read_json
from pipeline.corpus.sql import query
from pipeline.corpus.stats import FILLED, Coverage, SourceCoverage

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import pyarrow as pa

_FILLED = ", ".join(f"count({name}) AS {name}" for name in FILLED)

_NOW = f"""
SELECT source, count(*) FILTER (refused IS NULL) AS documents, count(*) AS pages,
       count(*) FILTER (compromised) AS compromised, {_FILLED}
FROM live GROUP BY source
"""

_BEFORE = f"SELECT source, count(*) AS documents, {_FILLED} FROM read_parquet($before) GROUP BY source"

_DIFFERENT = f"""
WITH now AS (SELECT id, content_hash FROM live WHERE refused IS NULL),
     fates AS (
       SELECT b.source, b.id, CASE WHEN n.id IS NULL THEN 'lost' ELSE 'altered' END AS fate
       FROM read_parquet($before) b LEFT JOIN now n USING (id)
       WHERE n.content_hash IS DISTINCT FROM b.content_hash AND NOT list_contains($excused, b.id))
SELECT source, fate, count(*) AS n, list_slice(list(id ORDER BY id), 1, {EXAMPLES}) AS ids
FROM fates GROUP BY source, fate
"""

NOT_COVERED = SourceCoverage(as_of="", documents=0, refused=0)
"""Of a source that a release's coverage.json does not name."""

__all__ = ["standings"]


def standings(
    live: pa.Table, excused: Collection[str], previous: Path | None
) -> tuple[Mapping[str, SourceFacts], Mapping[str, SourceFacts]]:
    """Facts of now and of before, by source. excused: ids that may be missing: withheld ones, and those that moved.

    previous: None for a first release, which has nothing to lose. Raises CorpusError if it cannot be read.
    """
    rows = query(_NOW, live=live).to_pylist()
    if previous is None:
        return {row["source"]: _facts(row) for row in rows}, {}
    files = [str(file) for folder in ("documents", "reposts") for file in sorted((previous / folder).glob("*.parquet"))]
    covered = read_json(Coverage, previous / "coverage.json").sources
    old = {row["source"]: row for row in query(_BEFORE, {"before": files}).to_pylist()}
    new = {row["source"]: row for row in rows}
    fates: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {
        (row["source"], row["fate"]): (row["n"], tuple(row["ids"]))
        for row in query(_DIFFERENT, {"before": files, "excused": sorted(excused)}, live=live).to_pylist()
    }
    now, before = {}, {}
    for source in sorted(new.keys() | old.keys()):
        lost, lost_ids = fates.get((source, "lost"), (0, ()))
        altered, altered_ids = fates.get((source, "altered"), (0, ()))
        facts = _facts(new.get(source, {}), lost=lost, lost_ids=lost_ids, altered=altered, altered_ids=altered_ids)
        now[source] = facts
        if source in old:
            one = covered.get(source, NOT_COVERED)
            pages = {"pages": old[source]["documents"] + one.refused, "compromised": one.compromised}
            before[source] = _facts({**old[source], **pages})
    return now, before


def _facts(row: Mapping[str, int], **fates: object) -> SourceFacts:
    return SourceFacts(
        documents=row.get("documents", 0),
        pages=row.get("pages", 0),
        compromised=row.get("compromised", 0),
        filled={name: row.get(name, 0) for name in FILLED},
        **fates,  # type: ignore[arg-type]
    )
