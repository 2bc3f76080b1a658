"""croissant.json, read by the reference library: valid, complete, and without the network."""

from __future__ import annotations

import hashlib
import json
import logging
import socket
from typing import TYPE_CHECKING, Any

import mlcroissant
import pandas
import pyarrow as pa
import pytest
from small_release import FIRST, REPOST, SECOND, VERSION, write_release

from pipeline.corpus import croissant as module
from pipeline.corpus.croissant import croissant
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.manifest import FileEntry
from pipeline.corpus.meanings import SCHEMAS

if TYPE_CHECKING:
    from pathlib import Path

    from mlcroissant import Dataset

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph", "ignore:The inplace keyword")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release on a machine without a network."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("croissant.json wants something from the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (tmp_path / "croissant.json").write_bytes(croissant(VERSION, write_release(tmp_path)))
    return tmp_path


@pytest.fixture
def corpus(folder: Path) -> Dataset:
    return mlcroissant.Dataset(folder / "croissant.json")


def rows(corpus: Dataset, table: str) -> list[dict[str, Any]]:
    """Records under the names of the columns, texts as text."""
    return [_plain(record) for record in corpus.records(table)]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name.rpartition("/")[2]: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def test_it_is_valid_without_a_warning(corpus: Dataset) -> None:
    issues = corpus.metadata.ctx.issues
    assert (sorted(issues.errors), sorted(issues.warnings)) == ([], [])
    assert corpus.metadata.ctx.is_v1_1()
    assert corpus.metadata.version == "2026.1.31+5d41402a"


def test_the_check_would_see_a_mistake(folder: Path) -> None:
    content = json.loads((folder / "croissant.json").read_bytes())
    content["recordSet"][0]["field"][0]["source"]["fileSet"]["@id"] = "nowhere"
    with pytest.raises(mlcroissant.ValidationError, match="nowhere"):
        mlcroissant.Dataset(content)


def test_all_columns_of_all_tables_are_there(corpus: Dataset) -> None:
    said = {one.name: [field.name for field in one.fields] for one in corpus.metadata.record_sets}
    assert said == {name: schema.names for name, schema in SCHEMAS.items()}
    assert all(field.description["zh"] and field.description["en"] for field in corpus.metadata.record_sets[0].fields)


def test_the_documents_come_out_as_they_are(corpus: Dataset) -> None:
    undated, first = rows(corpus, "documents")
    assert (first["id"], first["text"], first["title"]) == (FIRST.id, FIRST.text, FIRST.title)
    assert first["published"] == pandas.Timestamp("2022-05-23 09:00", tz="Asia/Shanghai")
    assert first["written"] == pandas.Timestamp("2022-05-19")
    assert first["flags"] == list(FIRST.flags)
    assert [tuple(part.values()) for part in first["parts"]] == [(p.kind, p.start, p.end) for p in FIRST.parts]
    assert [tuple(one.values()) for one in first["provenance"]] == list(FIRST.provenance)
    [table] = first["tables"]
    assert (table["caption"], table["header"]) == (None, list(FIRST.tables[0].header))
    assert table["rows"] == [list(row) for row in FIRST.tables[0].rows]
    assert first["attachments"][0]["name"] == "任务清单.docx"
    assert first["attachments"][0]["document_id"] is None
    assert (undated["id"], undated["published"], undated["division"]) == (SECOND.id, None, None)
    assert (undated["tables"], undated["flags"]) == ([], [])


def test_the_other_tables_too_and_empty_ones_are_empty(corpus: Dataset) -> None:
    assert [row["id"] for row in rows(corpus, "reposts")] == [REPOST.id]
    [relation] = rows(corpus, "relations")
    assert (relation["target_number"], relation["target_id"], relation["start"]) == ("苏府〔2021〕1号", None, 3)
    [cluster] = rows(corpus, "clusters")
    assert (cluster["canonical"], cluster["members"]) == (FIRST.id, sorted([FIRST.id, REPOST.id]))
    assert cluster["also_at"] == [{"id": REPOST.id, "url": REPOST.url, "source": "suzhou", "source_kind": None}]
    assert [row["hosts"] for row in rows(corpus, "sources")] == [["a.cn", "b.cn"]]
    assert rows(corpus, "changes") == []


def test_every_file_is_named_with_its_digest(folder: Path, corpus: Dataset) -> None:
    named = {file.content_url: file.sha256 for file in corpus.metadata.file_objects}
    assert named == {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.parquet")
        if "audit" not in path.parts
    }


def test_the_context_is_the_standard_one_and_stands_in_the_file(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads((folder / "croissant.json").read_bytes())
    monkeypatch.setattr(logging.getLogger("absl"), "handlers", [caplog.handler])
    mlcroissant.Dataset(content)
    assert "`@context` is not standard" not in caplog.text
    del content["@context"]["samplingRate"]
    mlcroissant.Dataset(content)
    assert "`@context` is not standard" in caplog.text


def test_the_same_release_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    assert croissant(VERSION, write_release(again)) == (folder / "croissant.json").read_bytes()


def test_files_that_are_no_tables_are_left_out() -> None:
    files = [FileEntry(path=path, sha256="0" * 64, bytes=1) for path in ("stats.json", "audit/removed/32-2022.parquet")]
    content = json.loads(croissant(VERSION, files))
    assert (content["distribution"], content["recordSet"]) == ([], [])


def test_a_column_that_croissant_cannot_name() -> None:
    with pytest.raises(CorpusError, match=r"documents/photo is of type binary"):
        module._field("documents/photo", pa.list_(pa.binary()), {})
