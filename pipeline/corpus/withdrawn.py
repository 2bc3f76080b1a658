"""Documents whose page is gone, on its server's word alone.

Enters: the catalogue, one row for each capture of a page. Leaves: the id of each withdrawn document and the day on
which the word was complete. A server says it with two answers 404 or 410, 24 hours apart or more, and the page was not
seen after the first of them: one night's 404 may be a fence, an outage, a move. The document stays in the release, text
and all, with that day in its column `withdrawn`; a page that comes back loses it again.

>>> find_withdrawn(catalogue).to_pylist()
[{'id': '3b7209d5870134ff', 'withdrawn': datetime.date(2026, 2, 3)}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from crawler.page import APART
from pipeline.corpus.schemas import DOCUMENTS
from pipeline.corpus.sql import query
from pipeline.judge import GONE, NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WITHDRAWN = pa.schema([DOCUMENTS.field("id"), DOCUMENTS.field("withdrawn")])

_WITHDRAWN = """
WITH gone AS (SELECT id, captured FROM read_parquet($catalogue) WHERE refused = $gone),
     held AS (
       SELECT id, max(captured) FILTER (refused IS NULL OR refused NOT IN ($gone, $no_answer)) AS seen
       FROM read_parquet($catalogue) SEMI JOIN gone USING (id)
       GROUP BY id HAVING bool_or(refused IS NULL)),
     missed AS (
       SELECT id, captured, min(captured) OVER (PARTITION BY id) AS first
       FROM gone JOIN held USING (id) WHERE captured > seen)
SELECT id, CAST(timezone('Asia/Shanghai', min(captured)) AS DATE) AS withdrawn
FROM missed WHERE captured - first >= $apart GROUP BY id ORDER BY id
"""
"""An error of another kind (503) tells neither way. A page that answers 200 with what is no document (a challenge, a
login form) was seen: the server has something there."""

__all__ = ["WITHDRAWN", "find_withdrawn"]


def find_withdrawn(catalogue: Sequence[Path]) -> pa.Table:
    """The withdrawn documents, sorted by id; schema WITHDRAWN.

    catalogue: Parquet files with the columns id, captured and refused (the rule that refused the page, null for a
    document). Raises CorpusError if one of them cannot be read.
    """
    if not catalogue:
        return WITHDRAWN.empty_table()
    values = {"catalogue": [str(path) for path in catalogue], "gone": GONE, "no_answer": NO_ANSWER, "apart": APART}
    return query(_WITHDRAWN, values).cast(WITHDRAWN)
