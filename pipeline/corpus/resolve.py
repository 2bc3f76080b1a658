"""Which document of the corpus a relation means.

Enters: relations as the pages state them (a link, a 发文字号, a title) and the documents. Leaves: the same relations,
target_id filled where exactly one document is meant. The rest stay open: `zhengce status --wanted` lists them.

A link is believed first, then a number, then a title. Copies of one document count as one, and the target is its
canonical copy. A number without an agency (第5号), and a title that several places use (物业管理办法), mean a document
of the same issuer or place, or a central one. What was written later than the page that speaks of it is not meant.
Of the dated versions of a law the one in force on that day is.

>>> resolve(relations, documents).filter(pc.field("type") == "repeals")["target_id"].to_pylist()
['0f3a5c6d7e8f9012', None]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.corpus.keys import issuer_said, link_ids, number_key, title_key, without_issuer
from pipeline.corpus.schemas import RELATIONS
from pipeline.corpus.sql import query

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NEEDED", "SLICE", "resolve"]

NEEDED = ("id", "title", "doc_number", "issuer", "division", "written", "published", "canonical")
"""Columns of the documents. canonical: id of the copy that stands for the document; its own, if it is the only one."""

SLICE = 1_000_000
"""Relations that are resolved together: about 500 MB at work."""

_VERSIONED = "(法|法典|条例|规定|办法|细则|规则|章程|目录|规范|标准)$"
"""Titles that keep their name from version to version; a notice of the same name is another notice."""

_COPIES = 4  # of one document under one title that are asked for their day, issuer and place
_MANY = 40  # documents of one title: a yearly notice of four decades
_SAME_DAYS = 31  # a site puts the plan that a notice carries on a page of its own within days; a month is far out

_PLACE = """
SELECT id, canonical, issuer, key, tail, head, number, left(issuer, 2) AS town, written,
       coalesce(written, CAST(published AS DATE)) AS day,
       -- '' is the whole country; trailing zeros tell the level: 32 holds 3205 holds 320583
       CASE WHEN division IS NULL OR starts_with(division, '10') THEN ''
            ELSE regexp_replace(division, '(00)+$', '') END AS within
FROM documents
"""
_SPOKEN = """
SELECT relations.nth, relations.type, relations.key, relations.tail, relations.head, relations.number, link_id,
       document_id, self.canonical AS self, self.issuer, self.within, self.day, self.written,
       coalesce(relations.key = self.key, false) OR carried.name IS NOT NULL AS namesake
FROM relations LEFT JOIN place AS self ON self.id = relations.document_id
LEFT JOIN carried ON carried.id = relations.document_id AND carried.name = relations.key AND relations.type <> 'issues'
WHERE relations.target_id IS NULL
"""
_CARRIED = """
SELECT DISTINCT document_id AS id, key AS name FROM relations
WHERE type = 'issues' AND "end" = 0 AND length(key) > 5
"""
"""The plans that notices carry: 《某市供水办法》 means the notice that issued it, where it has no page of its own."""

_BY_LINK = """
SELECT nth, any_value(place.canonical) AS target FROM spoken JOIN place ON place.id = spoken.link_id
WHERE place.canonical IS DISTINCT FROM self GROUP BY nth
"""
_NUMBERED = """
SELECT nth, place.canonical AS target, place.key = spoken.key OR ends_with(place.key, spoken.tail) AS same_title,
       self, spoken.number, spoken.issuer, place.issuer AS target_issuer
FROM spoken JOIN place ON place.number = spoken.number
"""
_BY_NUMBER = """
SELECT nth, CASE WHEN count(DISTINCT target) = 1 THEN any_value(target)
                 WHEN count(DISTINCT target) FILTER (same_title) = 1 THEN any_value(target) FILTER (same_title)
            END AS target
FROM pairs
WHERE target IS DISTINCT FROM self
  AND (NOT regexp_matches(number, '^((19|20)[0-9]{2}年)?第') OR target_issuer = issuer OR same_title)
GROUP BY nth
"""

_NAMES = f"""
WITH said AS (
    SELECT id, key AS name, 2 AS exactness FROM place WHERE key <> ''
    UNION ALL SELECT id, tail, 1 FROM place WHERE tail <> key AND length(tail) > 8
    UNION ALL SELECT id, name, 0 FROM carried
), held AS (
    SELECT said.*, canonical, issuer FROM said JOIN place USING (id)
    QUALIFY row_number() OVER (PARTITION BY name, canonical ORDER BY exactness DESC, day NULLS LAST, id) <= {_COPIES}
)
SELECT *, count(DISTINCT canonical) OVER (PARTITION BY name) AS holders,
       count(DISTINCT canonical) OVER (PARTITION BY name, issuer) AS holders_of_issuer
FROM held
"""
"""A document by its own title (2), by the title without who issued it (1), by the plan that it carries (0)."""
_ASKED = """
SELECT nth, key AS name FROM spoken WHERE key <> '' AND number IS NULL
UNION SELECT nth, tail FROM spoken WHERE tail <> key AND length(tail) > 8 AND number IS NULL
"""
_TITLED = """
SELECT spoken.*, exactness, place.canonical AS target, place.day AS target_day, place.written AS target_written,
       place.issuer AS target_issuer, place.within AS target_within, place.key AS target_key,
       place.head AS target_head, place.town AS target_town
FROM asked JOIN spoken USING (nth) JOIN {names} JOIN place USING (id)
"""
_RARE = f"(SELECT id, name, exactness FROM names WHERE holders <= {_MANY}) AS called USING (name)"
_OWN = f"""(
    SELECT id, name, exactness, issuer FROM names WHERE holders > {_MANY} AND holders_of_issuer <= {_MANY}
) AS called USING (name, issuer)"""
"""A title that many documents bear (行政处罚决定书) means one of the speaker's own issuer or none: every document that
names it, with every one that bears it, would be all pairs."""
_BY_TITLE = f"""
WITH fitting AS (
    SELECT nth, target, target_day AS day, CASE WHEN target_key = key THEN 3 ELSE exactness END AS exactness,
           target_issuer, target_within, regexp_matches(key, '{_VERSIONED}') AS versioned
    FROM pairs
    WHERE target IS DISTINCT FROM self
      -- the plan that a notice carries, on a page of its own, is of the same days; all else was there before
      AND CASE WHEN type = 'issues' THEN target_key = key AND abs(date_diff('day', target_day, day)) <= {_SAME_DAYS}
               ELSE target_day IS NULL OR day IS NULL OR target_day <= day END
      -- an act that replaces its namesake means an older one; the day of publication on some site does not tell
      AND (NOT namesake OR target_written < written)
      -- both name an issuer: it must be one (国务院办公厅关于… is not 某省人民政府关于…)
      AND (target_key = key OR head = '' OR target_head = '' OR ends_with(target_head, head)
           OR ends_with(head, target_head))
      AND (head = '' OR target_head <> '' OR target_key = key OR exactness = 0 OR starts_with(target_issuer, head))
      -- whose it is: this place's, or that of one above it, or the country's, or the title begins with its own place
      AND (target_within = '' OR starts_with(within, target_within) OR target_issuer = issuer
           OR (target_town <> '' AND starts_with(key, target_town)))
      -- 关于…的通知 with no issuer is said by many: only of one's own issuer or place
      AND (head <> '' OR NOT starts_with(key, '关于') OR target_issuer = issuer
           OR (within <> '' AND target_within = within))
), closest AS (
    SELECT *, max(day) OVER (PARTITION BY nth) AS latest
    FROM (SELECT * FROM fitting QUALIFY exactness = max(exactness) OVER (PARTITION BY nth))
)
SELECT nth, CASE
    WHEN count(DISTINCT target) = 1 THEN any_value(target)
    WHEN bool_and(versioned) AND count(DISTINCT coalesce(target_issuer, '')) = 1 AND bool_and(day IS NOT NULL)
         AND count(DISTINCT target_within) = 1 AND count(DISTINCT target) FILTER (day = latest) = 1
    THEN any_value(target) FILTER (day = latest) END AS target
FROM closest GROUP BY nth
"""
_FILLED = """
SELECT document_id, type, target_number, target_title,
       coalesce(target_id, by_link.target, by_number.target, by_title.target) AS target_id, target_url, start, "end"
FROM relations LEFT JOIN by_link USING (nth) LEFT JOIN by_number USING (nth) LEFT JOIN by_title USING (nth)
ORDER BY nth
"""


def resolve(relations: pa.Table, documents: pa.Table, spill: Path | None = None) -> pa.Table:
    """Relations in their order, schema RELATIONS. documents: the columns NEEDED, each id once.

    spill: a folder for what does not fit into memory. A target_id that is there already stays. Ids, numbers and titles
    are compared by joins; only addresses of unusual form are hashed one by one, each once.
    """

    def run(sql: str, **tables: pa.Table) -> pa.Table:
        return query(sql, None, spill=spill, **tables)

    def titled(spoken: pa.Table) -> pa.Table:
        asked = run(_ASKED, spoken=spoken)
        both = (_TITLED.format(names=called) for called in (_RARE, _OWN))
        return pa.concat_tables(run(sql, asked=asked, spoken=spoken, names=names, place=place) for sql in both)

    # One join a query: DuckDB would try the conditions of _BY_TITLE on all pairs of documents if it saw them together.
    place = run(_PLACE, documents=_keyed(documents.select(list(NEEDED)), "title", "doc_number"))
    issues = relations.filter(pc.field("type") == "issues")
    carried = run(_CARRIED, relations=_keyed(issues, "target_title", "target_number"))
    names = run(_NAMES, place=place, carried=carried)
    resolved = []
    for start in range(0, relations.num_rows, SLICE):
        some = _keyed(relations.slice(start, SLICE), "target_title", "target_number")
        some = some.append_column("link_id", link_ids(some["target_url"]))
        spoken = run(_SPOKEN, relations=some, place=place, carried=carried)
        filled = run(
            _FILLED,
            relations=some,
            by_link=run(_BY_LINK, spoken=spoken, place=place),
            by_number=run(_BY_NUMBER, pairs=run(_NUMBERED, spoken=spoken, place=place)),
            by_title=run(_BY_TITLE, pairs=titled(spoken)),
        )
        resolved.append(filled.cast(RELATIONS))
    return pa.concat_tables(resolved) if resolved else RELATIONS.empty_table()


def _keyed(table: pa.Table, title: str, number: str) -> pa.Table:
    """The table with the forms in which titles and numbers are compared, and nth, the place of each row."""
    keys = title_key(table[title])
    columns = {
        "key": keys,
        "tail": without_issuer(keys),
        "head": issuer_said(keys),
        "number": number_key(table[number]),
    }
    for name, values in columns.items():
        table = table.append_column(name, values)
    return table.append_column("nth", pa.array(range(table.num_rows), pa.int64()))
