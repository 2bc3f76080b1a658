"""The tables of a small release on disk, as any release has them, and their entries in the manifest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from crawler.page import document_id
from pipeline.corpus import schemas
from pipeline.corpus.files import sha256_of
from pipeline.corpus.manifest import FileEntry
from pipeline.corpus.tables import document_row
from pipeline.model import Attachment, Document, Part, Repair, Section, Table

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.corpus.tables import Row

VERSION = "2026-01-31-5d41402a"

TEXT = "各有关单位：\n现将方案印发给你们。\n一、总体要求\n建成公共服务平台若干。"


def _document(name: str, **fields: object) -> Document:
    url = f"http://www.suzhou.gov.cn/{name}.shtml"
    known = {"source": "suzhou", "text": TEXT, "raw_sha256": "0" * 64, "extractor": "text"}
    return Document(id=document_id(url), url=url, **known, **fields)  # type: ignore[arg-type]


FIRST = _document(
    "a",
    source_kind="origin",
    title="市政府关于印发数字经济发展实施方案的通知",
    division="320500",
    published=datetime(2022, 5, 23, 9, 0),
    written=date(2022, 5, 19),
    parts=(Part("cover", 0, 18), Part("payload", 18, len(TEXT))),
    sections=(Section(1, "一", "总体要求", 18, len(TEXT)),),
    tables=(Table(None, ("序号", "任务"), (("1", "建设平台"), ("2", "")), 10, 30),),
    attachments=(Attachment("任务清单.docx", "http://www.suzhou.gov.cn/a.docx", None, None, None),),
    provenance=(("title", "body"), ("published", "body:date")),
    repairs=(Repair("punctuation", 5, ",", "，"),),
    flags=("effective_relative",),
)
SECOND = _document("c", source_kind="origin", title="无日期的文件")
REPOST = replace(FIRST, id=document_id("http://www.suzhou.gov.cn/b.shtml"), source_kind="repost")


def write_release(folder: Path) -> list[FileEntry]:
    """Two documents in two files, a repost, a cluster, a relation; no changes."""
    tables: dict[str, tuple[pa.Schema, list[Row]]] = {
        "documents/00-0000.parquet": (schemas.DOCUMENTS, [joined(SECOND)]),
        "documents/32-2022.parquet": (schemas.DOCUMENTS, [joined(FIRST)]),
        "reposts/32-2022.parquet": (schemas.DOCUMENTS, [joined(REPOST)]),
        "relations/0000.parquet": (schemas.RELATIONS, []),
        "relations/2022.parquet": (schemas.RELATIONS, [relation(FIRST)]),
        "clusters/32-2022.parquet": (schemas.CLUSTERS, [cluster(FIRST, REPOST)]),
        "changes.parquet": (schemas.CHANGES, []),
        "sources.parquet": (schemas.SOURCES, [{"id": "suzhou", "title": "苏州市人民政府", "hosts": ["a.cn", "b.cn"]}]),
        "audit/pairs/00-0000.parquet": (schemas.PAIRS, []),
    }
    return [_write(folder, path, schema, rows) for path, (schema, rows) in tables.items()]


def joined(one: Document) -> Row:
    return {**document_row(one), "aliases": []}


def relation(one: Document) -> Row:
    return {"document_id": one.id, "type": "cites", "target_number": "苏府〔2021〕1号", "start": 3, "end": 12}


def cluster(canonical: Document, *others: Document) -> Row:
    also_at = [{"id": other.id, "url": other.url, "source": other.source} for other in others]
    ids = sorted(one.id for one in (canonical, *others))
    row = {"id": ids[0], "canonical": canonical.id, "members": ids, "also_at": also_at}
    return row | {"rule": "exact.letters", "evidence": "all"}


def _write(folder: Path, path: str, schema: pa.Schema, rows: list[Row]) -> FileEntry:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), target)
    return FileEntry(path=path, sha256=sha256_of(target), bytes=target.stat().st_size, rows=len(rows))
