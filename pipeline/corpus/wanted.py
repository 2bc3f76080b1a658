"""The documents that others speak of most and that the corpus does not hold: what to crawl next.

Enters: resolved relations. Leaves: one row a missing document, the most cited first. A title and a number that stand
together are one document. What a notice carries is not missing, and links of a page to its neighbours tell nothing.

>>> wanted(relations).to_pylist()[0]
{'target_number': '国发〔2021〕4号', 'target_title': '关于…的意见', 'documents': 17, 'types': ['cites', 'repeals']}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.corpus.keys import number_key, title_key
from pipeline.corpus.sql import query

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["SPEAKS_OF", "wanted"]

SPEAKS_OF = ("forwards", "amends", "repeals", "interprets", "cites")
"""Relations whose target stands by itself somewhere."""

_WANTED = f"""
WITH missing AS (
    SELECT * FROM relations
    WHERE target_id IS NULL AND type IN {SPEAKS_OF} AND coalesce(nullif(key, ''), number) IS NOT NULL
), numbered AS (  -- titles of one number only: 关于做好…工作的通知 has another one every year
    SELECT key, any_value(number) AS number FROM missing WHERE number IS NOT NULL AND key <> ''
    GROUP BY key HAVING count(DISTINCT number) = 1
), named AS (
    SELECT missing.* EXCLUDE (number), coalesce(missing.number, numbered.number) AS number
    FROM missing LEFT JOIN numbered USING (key)
)
SELECT mode(target_number ORDER BY target_number) AS target_number,
       mode(target_title ORDER BY target_title) AS target_title,
       count(DISTINCT document_id) AS documents, list_sort(list(DISTINCT type)) AS types
FROM named GROUP BY coalesce(number, key)
ORDER BY documents DESC, target_title, target_number LIMIT $most
"""


def wanted(relations: pa.Table, most: int = 20) -> pa.Table:
    """target_number, target_title (either may be null), documents that speak of it, types of relation; `most` rows."""
    keyed = relations.append_column("key", title_key(relations["target_title"]))
    keyed = keyed.append_column("number", number_key(relations["target_number"]))
    return query(_WANTED, {"most": most}, relations=keyed)
