"""The columns of every table of a release (docs/record.md says what each one means).

Lists of structs rather than Arrow maps: `datasets` cannot read a Parquet map, and DuckDB makes one of such a list with
`map_from_entries(provenance)`. Parquet has no timestamp in seconds; readers see `published` in milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    Columns = list[pa.Field[Any]]


def _columns(**types: pa.DataType) -> Columns:
    return [pa.field(name, type_) for name, type_ in types.items()]


def _strings(*names: str) -> Columns:
    return [pa.field(name, STRING) for name in names]


STRING, INT, DATE = pa.string(), pa.int32(), pa.date32()
STRINGS = pa.list_(STRING)

PART = pa.struct(_columns(kind=STRING, start=INT, end=INT))
SECTION = pa.struct(_columns(level=INT, number=STRING, heading=STRING, start=INT, end=INT))
TABLE = pa.struct(_columns(caption=STRING, header=STRINGS, rows=pa.list_(STRINGS), start=INT, end=INT))
ATTACHMENT = pa.struct(_strings("name", "url", "media_type", "raw_sha256", "document_id"))
EVIDENCE = pa.struct(_strings("field", "where"))
REPAIR = pa.struct(_columns(rule=STRING, start=INT, before=STRING, after=STRING))
SIGHTING = pa.struct(_strings("id", "url", "source", "source_kind"))
REMOVAL = pa.struct(_columns(scope=STRING, line=INT, rule=STRING, reason=STRING, field=STRING, evidence=STRING))
RELATION = pa.struct(
    _columns(
        type=STRING, target_number=STRING, target_title=STRING, target_id=STRING, target_url=STRING, start=INT, end=INT
    )
)

RECORD = pa.schema(
    _strings("id", "source", "url", "source_kind")
    + _strings("title", "doc_number", "issuer", "genre", "index_number", "theme", "division")
    + _columns(written=DATE, effective=DATE, expires=DATE, published=pa.timestamp("s", tz="Asia/Shanghai"))
    + _strings("validity", "text")
    + _columns(parts=pa.list_(PART), sections=pa.list_(SECTION), tables=pa.list_(TABLE))
    + _columns(attachments=pa.list_(ATTACHMENT), parent=STRING, provenance=pa.list_(EVIDENCE), repairs=pa.list_(REPAIR))
    + _columns(flags=STRINGS)
    + _strings("content_hash", "raw_sha256", "extractor")
)
"""A document by itself: what one raw page says."""

JOINED = pa.schema(_columns(withdrawn=DATE, aliases=STRINGS))
"""What only a release knows of a document: the day when its server took it down, and ids that it had before.

Nothing here may depend on other pages that come: a new copy would rewrite the file of an old document, texts and all.
What neighbours are to each other stands in clusters/ and relations/."""

DOCUMENTS = pa.schema([*RECORD, *JOINED])
"""A document in a release; `reposts` has the same columns."""

CLEANED = pa.schema(
    _strings("id", "url", "source", "raw_sha256")
    + _columns(captured=pa.timestamp("us", tz="UTC"), document=pa.struct(list(RECORD)))
    + _columns(removals=pa.list_(REMOVAL), relations=pa.list_(RELATION))
)
"""One shard of the clean step, between the steps; `document` is null where the page was refused."""

REMOVED = pa.schema([*_strings("document_id", "source", "url", "raw_sha256"), *REMOVAL])
RELATIONS = pa.schema([*_strings("document_id"), *RELATION])
GROUPS = pa.schema(_columns(id=STRING, canonical=STRING, members=STRINGS, rule=STRING, evidence=STRING))
"""Clusters as they are found, among documents that are known by their ids."""

CLUSTERS = pa.schema([*list(GROUPS)[:3], pa.field("also_at", pa.list_(SIGHTING)), *list(GROUPS)[3:]])
"""Clusters in a release: also_at tells where the members other than the canonical one stand."""
PAIRS = pa.schema(
    _strings("document_id", "other_id", "verdict", "rule") + _columns(score=pa.float64(), evidence=STRING)
)
CHANGES = pa.schema(
    _strings("id", "type", "url", "title", "previous_id", "before", "after") + _columns(fields=STRINGS, diff=STRING)
)
SOURCES = pa.schema(_strings("id", "title", "publisher", "division", "licence", "kind") + _columns(hosts=STRINGS))
