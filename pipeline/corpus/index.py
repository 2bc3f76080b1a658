"""What the corpus must know of a cleaned shard without reading its texts again: one row a capture.

Enters: a shard of the clean step (schema CLEANED). Leaves: its index in a folder beside it, small beside the texts:
identity, fields, counts, rules, relations and the fingerprint. A million of these rows fit where the texts do not.

>>> index_shard(Path("clean/.cache/9f86….parquet"))
PosixPath('clean/.cache/index/9f86….parquet')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from pipeline.corpus.content import FIELDS
from pipeline.corpus.duplicates.fingerprint import FINGERPRINT, fingerprint
from pipeline.corpus.files import replacing
from pipeline.corpus.schemas import RELATION, STRING, STRINGS
from pipeline.corpus.sql import query
from pipeline.corpus.tables import ROW_GROUP

if TYPE_CHECKING:
    from pathlib import Path

UNDATED, CENTRAL = "0000", "00"
NATION = "10"
"""100000 stands for the whole country in common data sets; GB/T 2260 has no province 10."""

STRING_FIELDS = tuple(name for name in FIELDS if name not in {"written", "effective", "expires", "published", "text"})

_FIELDS: list[pa.Field[Any]] = [
    *(pa.field(name, STRING) for name in ("id", "url", "source", "raw_sha256")),
    pa.field("captured", pa.timestamp("us", tz="UTC")),
    pa.field("row", pa.int32()),
    *(pa.field(name, STRING) for name in ("refused", "reason", "release_shard", "content_hash", "source_kind")),
    *(pa.field(name, STRING) for name in STRING_FIELDS),
    *(pa.field(name, pa.date32()) for name in ("written", "effective", "expires")),
    pa.field("published", pa.timestamp("s", tz="Asia/Shanghai")),
    *(pa.field(name, pa.int32()) for name in ("characters", "repairs", "removed")),
    *(pa.field(name, STRINGS) for name in ("flags", "removal_rules", "repair_rules")),
    pa.field("extractor", STRING),
    pa.field("compromised", pa.bool_()),
    pa.field("relations", pa.list_(RELATION)),
    *FINGERPRINT,
]
INDEX = pa.schema(_FIELDS)
"""row: place of the capture in its shard. refused, reason: the rule that refused the page, and its words.
release_shard: the file of a release that it belongs to. characters, repairs, removed: counts. The rest stands as it
stands in the document. The fingerprint's columns are explained where they are made.
"""

_OF_THE_DOCUMENT = ("content_hash", "source_kind", "extractor", "flags", *FIELDS)

_SELECT = f"""
SELECT CAST(file_row_number AS INTEGER) AS row, id, url, source, raw_sha256, captured,
       page.rule AS refused, page.reason AS reason, {{shard}} AS release_shard,
       {", ".join(f"document.{name} AS {name}" for name in _OF_THE_DOCUMENT)},
       length(document.text) AS characters, len(document.repairs) AS repairs, len(removals) AS removed,
       list_transform(removals, lambda r: r.rule) AS removal_rules,
       list_transform(document.repairs, lambda r: r.rule) AS repair_rules,
       coalesce(list_contains(document.flags, 'compromised'), false)
           OR len(list_filter(removals, lambda r: starts_with(r.rule, 'spam.'))) > 0 AS compromised,
       relations
FROM (SELECT *, list_filter(removals, lambda r: document IS NULL AND r.scope = 'page')[1] AS page
      FROM read_parquet($shard, file_row_number = true))
ORDER BY row
"""

_DAY = "coalesce(CAST(timezone('Asia/Shanghai', document.published) AS DATE), document.written)"

_SHARD = f"""
CASE WHEN coalesce(document.division, '{CENTRAL}')[1:2] = '{NATION}' THEN '{CENTRAL}'
     ELSE coalesce(document.division, '{CENTRAL}')[1:2] END || '-' || coalesce(strftime({_DAY}, '%Y'), '{UNDATED}')
"""
"""32-2022: province of the division, or 00 (central or unknown); year of publication, else of writing, else 0000."""

__all__ = ["INDEX", "index_path", "index_shard"]


def index_path(shard: Path) -> Path:
    """Where the index of a cleaned shard stands."""
    return shard.parent / "index" / shard.name


def index_shard(shard: Path) -> Path:
    """Makes the index of a cleaned shard, which appears only when it is complete. Raises CorpusError."""
    rows = query(_SELECT.format(shard=_SHARD), {"shard": str(shard)})
    marks = fingerprint(rows)
    table = pa.table([*rows.columns, *marks.columns], [*rows.column_names, *marks.column_names])
    target = index_path(shard)
    target.parent.mkdir(exist_ok=True)
    with replacing(target) as file:
        parquet.write_table(table.select(INDEX.names).cast(INDEX), file, compression="zstd", row_group_size=ROW_GROUP)
    return target
