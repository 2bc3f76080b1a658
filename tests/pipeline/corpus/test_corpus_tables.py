"""Parquet gives back every record as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from corpus_factory import cleaned, document, refused
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.tables import (
    CLEANED,
    DOCUMENTS,
    RECORD,
    document_from_row,
    document_row,
    read_cleaned,
    write_cleaned,
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
    from pathlib import Path

text = st.text(
    st.sampled_from("苏府〔２０22〕33号，。\n 著𫝈a\x00|\"'") | st.characters(exclude_categories=["Cs"]), max_size=12
)
maybe = st.none() | text
offset = st.integers(0, 2**31 - 1)
day = st.none() | st.dates()
cells = st.lists(text, max_size=3).map(tuple)
# Shanghai had no summer time after 1991: every naive moment since then exists once.
moment = st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1)).map(lambda one: one.replace(microsecond=0))


def tuples(record: type, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.builds(record, **fields), max_size=2).map(tuple)


documents = st.builds(
    Document,
    id=text,
    source=text,
    url=text,
    source_kind=st.sampled_from(["origin", "repost", "mirror", "file"]),
    text=text,
    **dict.fromkeys(["title", "doc_number", "issuer", "genre", "index_number", "theme", "division", "validity"], maybe),
    **dict.fromkeys(["written", "effective", "expires"], day),
    published=st.none() | moment,
    parts=tuples(Part, kind=st.sampled_from(["cover", "payload", "annex"]), start=offset, end=offset),
    sections=tuples(Section, level=st.integers(0, 4), number=text, heading=text, start=offset, end=offset),
    tables=tuples(
        Table, caption=maybe, header=cells, rows=st.lists(cells, max_size=2).map(tuple), start=offset, end=offset
    ),
    attachments=tuples(Attachment, name=text, url=text, media_type=maybe, raw_sha256=maybe, document_id=maybe),
    provenance=st.lists(st.tuples(text, text), max_size=2).map(tuple),
    repairs=tuples(Repair, rule=text, start=offset, before=text, after=text),
    flags=cells,
    raw_sha256=text,
    extractor=text,
    content_hash=text,
)
pages = st.builds(
    Cleaned,
    id=text,
    url=text,
    source=text,
    raw_sha256=text,
    captured=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    document=st.none() | documents,
    removals=tuples(
        Removal,
        rule=text,
        reason=text,
        evidence=text,
        line=offset,
        field=maybe,
        scope=st.sampled_from(["page", "block", "span"]),
    ),
    relations=tuples(
        Relation,
        type=st.sampled_from(["issues", "cites"]),
        target_number=maybe,
        target_title=maybe,
        start=offset,
        end=offset,
        target_id=maybe,
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(pages, max_size=3))
def test_pages_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, many: list[Cleaned]) -> None:
    folder = tmp_path_factory.mktemp("shard")
    write_cleaned(folder / "one.parquet", many)
    back = read_cleaned(folder / "one.parquet")
    assert back == many
    write_cleaned(folder / "two.parquet", back)
    assert (folder / "one.parquet").read_bytes() == (folder / "two.parquet").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["one.parquet", "two.parquet"]


def test_a_document_without_any_field_is_not_a_refused_page(tmp_path: Path) -> None:
    bare = Document(id="", source="", url="", source_kind="file", text="", raw_sha256="", extractor="")
    many = [cleaned(bare), refused("x")]
    write_cleaned(tmp_path / "shard.parquet", many)
    assert [one.document for one in read_cleaned(tmp_path / "shard.parquet")] == [bare, None]


def test_published_is_the_clock_on_the_wall_in_china(tmp_path: Path) -> None:
    write_cleaned(tmp_path / "shard.parquet", [cleaned(document())])
    [row] = parquet.read_table(tmp_path / "shard.parquet").to_pylist()
    assert row["document"]["published"].isoformat() == "2022-05-23T09:00:00+08:00"


def test_the_schema_is_the_one_that_was_promised() -> None:
    assert RECORD.field("published").type == pa.timestamp("s", tz="Asia/Shanghai")
    assert set(RECORD.names) == set(Document.__slots__)
    assert DOCUMENTS.names == [*RECORD.names, "withdrawn", "aliases"]
    assert set(CLEANED.names) == set(Cleaned.__slots__)
    one = document()
    assert document_from_row(document_row(one)) == one


def test_a_value_that_fits_no_column_is_named_and_leaves_no_file(tmp_path: Path) -> None:
    broken = cleaned(replace(document(), text="\ud800"))
    with pytest.raises(CorpusError, match="shard"):
        write_cleaned(tmp_path / "shard.parquet", [broken])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PAR1 but not really"])
def test_a_damaged_shard_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "shard.parquet").write_bytes(content)
    with pytest.raises(CorpusError, match=r"shard\.parquet.*clean again"):
        read_cleaned(tmp_path / "shard.parquet")


def test_a_missing_or_foreign_shard_is_named(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"other": [1]}), tmp_path / "foreign.parquet")
    for name in ("missing", "foreign"):
        with pytest.raises(CorpusError, match=name):
            read_cleaned(tmp_path / f"{name}.parquet")
