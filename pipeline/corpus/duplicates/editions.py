"""Texts of one title that are not one document: later versions, and this year's edition.

Enters: the canonical documents. Leaves: relations to the one before, in the columns NEIGHBOURS. `version_of`: a later
text of the same title, with the day that says so. `edition_of`: the same title but for its year.

>>> editions(canonical).to_pylist()
[{'document_id': '9c1f…', 'type': 'edition_of', 'target_id': '04aa…', 'score': None}]
"""

from __future__ import annotations

import pyarrow as pa

from pipeline.corpus.sql import query

_COLUMNS: dict[str, pa.DataType] = {
    "document_id": pa.string(),
    "type": pa.string(),
    "target_id": pa.string(),
    "score": pa.float64(),
}
NEIGHBOURS = pa.schema(_COLUMNS)
"""type: version_of (later -> earlier), edition_of (this year's -> last year's), contains (the whole -> the part).
score: share of equal pieces; of the first two estimated from the sketches, null where a text is too short for one."""

LIKE = 0.3
"""Share of equal pieces below which two texts of one title are no versions of one document, unless both are regulations
that say when they were changed: 商用密码管理条例 of 2023 has 0.03 in common with that of 1999."""

TITLE = 6
"""Letters of a title at least: 公告 and 通知 name nothing."""

_VERSIONS = f"""
SELECT unit, before, id AS document_id, 'version_of' AS type, target_id, both_revised FROM (
    SELECT *, lag(id) OVER w AS target_id, lag(unit) OVER w AS before, lag(day) OVER w AS day_before,
           revised IS NOT NULL AND lag(revised) OVER w IS NOT NULL AS both_revised
    FROM (SELECT *, coalesce(revised, written, CAST(published AS DATE), effective) AS day FROM canonical
          WHERE title_key IS NOT NULL AND length(title) >= {TITLE})
    WHERE day IS NOT NULL
    WINDOW w AS (PARTITION BY title_key, division ORDER BY day, id))
WHERE day_before < day
"""

_EDITIONS = rf"""
SELECT unit, before, id AS document_id, 'edition_of' AS type, target_id, true AS both_revised FROM (
    SELECT *, lag(id) OVER w AS target_id, lag(unit) OVER w AS before, lag(year) OVER w AS year_before
    FROM (SELECT *, regexp_extract(numbers, '\b((?:19|20)\d\d)\b', 1) AS year,
                 list_transform(string_split(numbers, ' '), lambda n: TRY_CAST(n AS DOUBLE)) AS places
          FROM canonical WHERE form_key IS NOT NULL AND length(title) >= {TITLE})
    WHERE year <> ''
    WINDOW w AS (PARTITION BY form_key, coalesce(division, ''), len(places) ORDER BY places, id))
WHERE year_before < year
"""

__all__ = ["LIKE", "NEIGHBOURS", "editions"]


def editions(canonical: pa.Table) -> pa.Table:
    """Pairs of neighbours among the canonical documents: id, title, division, written, published, effective, and of
    the fingerprint title_key, form_key, numbers, revised; unit: a number that the outcome repeats as unit and before.
    sure: likeness need not be asked for."""
    found = [query(sql, canonical=canonical) for sql in (_VERSIONS, _EDITIONS)]
    return pa.concat_tables(found).rename_columns(["unit", "before", "document_id", "type", "target_id", "sure"])
