"""Records to Parquet and back, without losing anything.

Enters: frozen records of the model. Leaves: Parquet files whose bytes depend on the records alone, and records read
back.

>>> write_cleaned(Path("clean.parquet"), [cleaned])
>>> read_cleaned(Path("clean.parquet")) == [cleaned]
True
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO
from zoneinfo import ZoneInfo

import pyarrow as pa
from pyarrow import parquet

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import replacing
from pipeline.corpus.schemas import (
    CHANGES,
    CLEANED,
    CLUSTERS,
    DOCUMENTS,
    PAIRS,
    RECORD,
    RELATIONS,
    REMOVED,
    SOURCES,
)
from pipeline.model import (
    Attachment,
    Cleaned,
    Document,
    Part,
    Relation,
    Removal,
    Repair,
    Section,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHANGHAI = ZoneInfo("Asia/Shanghai")

Row = dict[str, Any]
"""A row as Arrow takes and gives it. This module is the edge: rows do not travel beyond the corpus."""

ROW_GROUP = 4096
"""Rows of a Parquet row group: about 40 MB of policy text, a piece that every reader can hold."""

FEW = 256
"""Rows of a row group of a cleaned shard, from which single texts are read: forty of them come four times as fast as
from groups of ROW_GROUP, for 6 % more bytes."""

__all__ = [
    "CHANGES",
    "CLEANED",
    "CLUSTERS",
    "DOCUMENTS",
    "PAIRS",
    "RECORD",
    "RELATIONS",
    "REMOVED",
    "SHANGHAI",
    "SOURCES",
    "Row",
    "cleaned_from_row",
    "document_from_row",
    "document_row",
    "read_cleaned",
    "relation_from_row",
    "removal_from_row",
    "row_of",
    "write_cleaned",
    "write_rows",
]


def row_of(record: Any) -> Row:
    """The fields of a slotted record by name, one level deep."""
    return {name: getattr(record, name) for name in record.__slots__}


def document_row(document: Document) -> Row:
    """A document as a row of the schema RECORD."""
    row = row_of(document)
    for name in ("parts", "sections", "tables", "attachments", "repairs"):
        row[name] = [row_of(item) for item in row[name]]
    row["provenance"] = [{"field": field, "where": where} for field, where in document.provenance]
    if document.published is not None:
        row["published"] = document.published.replace(tzinfo=SHANGHAI)
    return row


def document_from_row(row: Row) -> Document:
    """The document of a row of RECORD or DOCUMENTS; the columns that only a release has are left aside."""
    values = {name: row[name] for name in RECORD.names}
    values["parts"] = tuple(Part(**item) for item in row["parts"])
    values["sections"] = tuple(Section(**item) for item in row["sections"])
    values["tables"] = tuple(_table(item) for item in row["tables"])
    values["attachments"] = tuple(Attachment(**item) for item in row["attachments"])
    values["provenance"] = tuple((item["field"], item["where"]) for item in row["provenance"])
    values["repairs"] = tuple(Repair(**item) for item in row["repairs"])
    values["flags"] = tuple(row["flags"])
    if row["published"] is not None:
        values["published"] = row["published"].astimezone(SHANGHAI).replace(tzinfo=None)
    return Document(**values)


def _table(row: Row) -> Table:
    cells = {"header": tuple(row["header"]), "rows": tuple(tuple(line) for line in row["rows"])}
    return Table(**{**row, **cells})


def removal_from_row(row: Row) -> Removal:
    return Removal(**{name: row[name] for name in Removal.__slots__})


def relation_from_row(row: Row) -> Relation:
    return Relation(**{name: row[name] for name in Relation.__slots__})


def write_rows(file: BinaryIO, schema: pa.Schema, rows: Iterable[Row]) -> int:
    """Writes one Parquet file and returns the number of its rows. The same rows give the same bytes."""
    try:
        table = pa.Table.from_pylist(list(rows), schema=schema)
    except (pa.ArrowException, UnicodeEncodeError) as error:
        raise CorpusError(f"{getattr(file, 'name', 'table')}: a value does not fit its column: {error}") from error
    parquet.write_table(table, file, compression="zstd", row_group_size=FEW)
    return table.num_rows


def write_cleaned(path: Path, cleaned: Iterable[Cleaned]) -> None:
    """Writes one shard of the clean step in the order given; the file appears only when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        write_rows(file, CLEANED, map(_cleaned_row, cleaned))


def _cleaned_row(cleaned: Cleaned) -> Row:
    row = row_of(cleaned)
    row["document"] = None if cleaned.document is None else document_row(cleaned.document)
    row["removals"] = [row_of(item) for item in cleaned.removals]
    row["relations"] = [row_of(item) for item in cleaned.relations]
    return row


def read_cleaned(path: Path) -> list[Cleaned]:
    """What `write_cleaned` wrote. Raises CorpusError if the file is missing, damaged or has other columns."""
    try:
        rows = parquet.read_table(path, columns=CLEANED.names, partitioning=None).to_pylist()
        return [cleaned_from_row(row) for row in rows]
    except (pa.ArrowException, OSError, KeyError, TypeError) as error:
        raise CorpusError(f"{path}: not a shard of cleaned pages ({error}); delete it and clean again") from error


def cleaned_from_row(row: Row) -> Cleaned:
    return Cleaned(
        id=row["id"],
        url=row["url"],
        source=row["source"],
        raw_sha256=row["raw_sha256"],
        captured=row["captured"].astimezone(UTC),
        document=None if row["document"] is None else document_from_row(row["document"]),
        removals=tuple(removal_from_row(item) for item in row["removals"]),
        relations=tuple(relation_from_row(item) for item in row["relations"]),
    )


def shanghai_day(moment: datetime) -> str:
    """The calendar day of an aware moment in China, as 2026-01-31."""
    return moment.astimezone(SHANGHAI).date().isoformat()
