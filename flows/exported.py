"""How documents are written in other forms: read batch by batch, so that a corpus of any size fits into
memory.

Enters: a release, a condition in SQL, a path. Leaves: the file or folder, and an `Exported`. Only documents/ is
read: each document once. Texts are written as they are.

>>> export_csv(release, Path("notices.csv"), "genre = '通知'", None)
Exported(path=PosixPath('notices.csv'), version='2026-01-31-5d41402a', documents=3, chunks=None)
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import zstandard

from flows.errors import FlowError, WrongUse
from pipeline.corpus.chunks import chunks
from pipeline.corpus.files import PARTIAL, replacing, sync_directory
from pipeline.corpus.markdown import as_markdown
from pipeline.corpus.tables import SHANGHAI, document_from_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.direct import Watch
    from pipeline.corpus.release import Release
    from pipeline.corpus.tables import Row
    from pipeline.model import Document

BATCH = 1_000
"""Documents in memory at a time: about 10 MB of text."""

LEVEL = 10
"""Of zstd: 15 % smaller than its default for Chinese text, and still faster than the reading."""

FLAT = (
    *("id", "source", "url", "source_kind", "title", "doc_number", "issuer", "genre", "index_number", "theme"),
    *(
        "division",
        "written",
        "effective",
        "expires",
        "published",
        "validity",
        "withdrawn",
        "flags",
        "cluster",
        "also_at",
        "text",
    ),
)
"""Columns of a CSV: those of the record that one cell can hold."""

CONTEXT = ("title", "doc_number", "issuer", "genre", "division", "published", "validity", "withdrawn", "url")
"""What a chunk repeats of its document, so that an answer can be filtered and cited without a second look-up."""

CHUNK = ("id", "document_id", *CONTEXT, "headings", "table_header", "start", "end", "text")

_CLUSTERS = """
CREATE TEMP TABLE clusters AS SELECT canonical, id AS cluster, also_at FROM read_parquet($clusters)
"""
_DOCUMENTS = """
SELECT d.*, c.cluster, coalesce(c.also_at, []) AS also_at
FROM read_parquet($file) d LEFT JOIN clusters c ON c.canonical = d.id ORDER BY d.id
"""

__all__ = ["Exported", "export_csv", "export_jsonl", "export_markdown"]


@dataclass(frozen=True, slots=True)
class Exported:
    """chunks: None if documents were written whole."""

    path: Path
    version: str
    documents: int
    chunks: int | None


def export_jsonl(release: Release, target: Path, where: str | None, cut: int | None, watch: Watch) -> Exported:
    """JSON lines, compressed with zstd. cut: characters of a chunk; None: whole documents, every column."""
    count: Counter[str] = Counter()
    with replacing(_made(target)) as file, zstandard.ZstdCompressor(LEVEL).stream_writer(file, closefd=False) as packed:
        for _, row in _rows(release, where, count, watch):
            for record in _chunked(row, cut) if cut else [row]:
                packed.write((json.dumps(record, ensure_ascii=False, default=_as_text) + "\n").encode())
                count["records"] += 1
    return _exported(release, target, count, cut)


def export_csv(release: Release, target: Path, where: str | None, cut: int | None, watch: Watch) -> Exported:
    """A table in UTF-8 with the mark that spreadsheets look for. cut: as in `export_jsonl`."""
    count: Counter[str] = Counter()
    with replacing(_made(target)) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        table = csv.DictWriter(text, CHUNK if cut else FLAT, extrasaction="ignore")
        table.writeheader()
        for _, row in _rows(release, where, count, watch):
            for record in _chunked(row, cut) if cut else [row]:
                table.writerow({name: _cell(name, value) for name, value in record.items()})
                count["records"] += 1
        text.detach()  # writes what it holds back, and leaves the file open
    return _exported(release, target, count, cut)


def export_markdown(release: Release, target: Path, where: str | None, watch: Watch) -> Exported:
    """A folder with one file for each document: <province>-<year>/<id>.md. Raises WrongUse if it exists already."""
    if target.exists():
        raise WrongUse(f"{target}: exists already; remove it or choose another --to")
    count: Counter[str] = Counter()
    partial = _made(target).with_name(f".{target.name}.{os.getpid()}{PARTIAL}")
    try:
        for shard, row in _rows(release, where, count, watch):
            document = document_from_row(row)
            path = partial / shard / f"{document.id}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_markdown(document, row["withdrawn"]), encoding="utf-8")
        partial.mkdir(exist_ok=True)
        partial.rename(target)
        sync_directory(target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return _exported(release, target, count, None)


def _rows(release: Release, where: str | None, count: Counter[str], watch: Watch) -> Iterator[tuple[str, Row]]:
    """Documents for which the condition holds, each with the name of its shard (32-2022), file by file; and with where
    else it stands, which is told by clusters/."""
    files = sorted(release.path.glob("documents/*.parquet"))
    clusters = [str(path) for path in release.path.glob("clusters/*.parquet")]
    if not files or not clusters:
        raise FlowError(f"{release.path}: is not a release (no documents/ or no clusters/)")
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as database:
        database.sql("SET TimeZone = 'Asia/Shanghai'")
        try:
            database.execute(_CLUSTERS, {"clusters": clusters})
            for file in files:
                found = database.sql(_DOCUMENTS, params={"file": str(file)})
                for batch in (found.filter(where) if where else found).to_arrow_reader(BATCH):
                    for row in batch.to_pylist():
                        count["documents"] += 1
                        if row["published"] is not None:
                            row["published"] = row["published"].astimezone(SHANGHAI)
                        yield file.stem, row
                watch("exporting", count["documents"], release.documents)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            if where:
                raise WrongUse(f"--where {where!r}: {reason}; docs/record.md lists the columns") from error
            raise FlowError(f"{release.path}: cannot be read ({reason})") from error


def _chunked(row: Row, size: int) -> Iterator[Row]:
    document: Document = document_from_row(row)
    for number, chunk in enumerate(chunks(document, size), 1):
        yield {
            "id": f"{document.id}-{number:04}",
            "document_id": document.id,
            **{name: row[name] for name in CONTEXT},
            "headings": list(chunk.headings),
            "table_header": list(chunk.table_header),
            "start": chunk.start,
            "end": chunk.end,
            "text": document.text[chunk.start : chunk.end],
        }


def _as_text(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _cell(name: str, value: Any) -> Any:
    """A list in one cell."""
    match name:
        case "also_at":
            return " ".join(place["url"] for place in value or ())
        case "headings":
            return " > ".join(value)
        case "flags" | "table_header":
            return " | ".join(value or ())
    return value.isoformat() if isinstance(value, date) else value


def _made(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _exported(release: Release, target: Path, count: Counter[str], cut: int | None) -> Exported:
    return Exported(target, release.version, count["documents"], count["records"] if cut else None)
