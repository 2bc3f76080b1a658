"""Two releases compared: what came, changed, moved, was withdrawn or dropped, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from corpus_factory import TEXT, document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus.changes import find_changes
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.paragraphs import MOST, paragraph_diff
from pipeline.corpus.schemas import CHANGES, DOCUMENTS, RECORD
from pipeline.corpus.tables import document_row, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

    from pipeline.model import Document

GONE = date(2026, 2, 4)


def version(
    folder: Path,
    documents: Iterable[Document],
    reposts: Iterable[Document] = (),
    *,
    withdrawn: Iterable[str] = (),
    aliases: dict[str, list[str]] | None = None,
    schema: pa.Schema = DOCUMENTS,
) -> Path:
    """The two folders of a release that are compared; a file for each year."""
    for name, many in (("documents", documents), ("reposts", reposts)):
        shards: dict[int, list[dict[str, Any]]] = {2000: []}
        for one in sorted(many, key=lambda one: one.id):
            row = document_row(one) | {
                "withdrawn": GONE if one.id in withdrawn else None,
                "aliases": (aliases or {}).get(one.id, []),
            }
            shards.setdefault(one.published.year if one.published else 0, []).append(row)
        (folder / name).mkdir(parents=True)
        for year, rows in shards.items():
            with (folder / name / f"32-{year}.parquet").open("wb") as file:
                write_rows(file, schema, [{name: row[name] for name in schema.names} for row in rows])
    return folder


def changes(current: Path, previous: Path | None, **how: Any) -> list[tuple[str, str]]:
    found = find_changes(current, previous, **how)
    assert found.schema == CHANGES
    return list(zip(found["type"].to_pylist(), found["id"].to_pylist(), strict=True))


A, B, C = (document(name, text=name * 60) for name in "abc")


def test_at_first_everything_is_added(tmp_path: Path) -> None:
    one = version(tmp_path / "one", [A, B], [C])
    assert changes(one, None) == sorted((("added", x.id) for x in (A, B, C)), key=lambda row: row[1])
    [row] = [row for row in find_changes(one, None).to_pylist() if row["id"] == A.id]
    assert (row["url"], row["title"], row["before"], row["after"]) == (A.url, A.title, None, A.content_hash)
    assert (row["fields"], row["diff"], row["previous_id"]) == ([], None, None)


def test_what_did_not_change_is_no_event_wherever_it_stands(tmp_path: Path) -> None:
    """A document that becomes a repost, or whose source or bytes are other ones, says the same as before."""
    one = version(tmp_path / "one", [A, B], [C])
    again = document("b", text="b" * 60, raw_sha256="9" * 64, source="portal")
    two = version(tmp_path / "two", [A, C], [again])
    assert changes(two, one) == []


def test_a_change_names_its_fields_and_shows_its_paragraphs(tmp_path: Path) -> None:
    before, after = document("x", text=TEXT), document("x", text=TEXT.replace("十五", "十八"), title="新的标题")
    dated = document("y", validity="有效"), document("y", validity="废止", published=None)
    one = version(tmp_path / "one", [before, dated[0], A])
    two = version(tmp_path / "two", [after, dated[1], A])
    rows = {row["id"]: row for row in find_changes(two, one).to_pylist()}
    assert rows.keys() == {before.id, dated[0].id}
    assert rows[before.id]["type"] == "modified"
    assert rows[before.id]["fields"] == ["title", "text"]
    assert (rows[before.id]["before"], rows[before.id]["after"]) == (before.content_hash, after.content_hash)
    told = [line for line in rows[before.id]["diff"].split("\n") if line[0] in "+-"]
    assert [line[0] + ("十五" * ("十五" in line) or "十八" * ("十八" in line)) for line in told] == ["-十五", "+十八"]
    assert (rows[dated[0].id]["fields"], rows[dated[0].id]["diff"]) == (["published", "validity"], None)


def test_each_document_gets_its_own_paragraphs(tmp_path: Path) -> None:
    """Many documents in several files and folders, of which some changed: none gets the diff of another."""
    many = [document(f"n{i}", text=f"第{i}号\n不变", published=None if i % 3 else A.published) for i in range(40)]
    changed = [
        document(f"n{i}", text=f"第{i}号\n改了{i}", published=None) if i % 2 else one for i, one in enumerate(many)
    ]
    one = version(tmp_path / "one", many[:30], many[30:])
    two = version(tmp_path / "two", changed[10:], changed[:10])
    rows = {row["id"]: row["diff"] for row in find_changes(two, one).to_pylist()}
    assert rows == {many[i].id: f"@@ -1,2 +1,2 @@\n 第{i}号\n-不变\n+改了{i}" for i in range(1, 40, 2)}


def test_withdrawn_back_and_withdrawn_again(tmp_path: Path) -> None:
    up, down = version(tmp_path / "up", [A, B]), version(tmp_path / "down", [A, B], withdrawn=[A.id])
    assert changes(down, up) == [("withdrawn", A.id)]
    assert changes(version(tmp_path / "still", [A, B], withdrawn=[A.id]), down) == []
    [back] = find_changes(up, down).to_pylist()
    assert (back["type"], back["id"], back["fields"], back["diff"]) == ("modified", A.id, ["withdrawn"], None)
    edited = document("a", text="别的" * 30)
    both = find_changes(version(tmp_path / "edited", [edited, B], withdrawn=[A.id]), up).to_pylist()
    assert [(row["type"], row["fields"]) for row in both] == [("modified", ["text"]), ("withdrawn", [])]


def test_a_document_that_moved_is_one_event_with_both_texts(tmp_path: Path) -> None:
    new = document("new", text=A.text + "\n补充")
    one = version(tmp_path / "one", [A, B])
    two = version(tmp_path / "two", [new, B], aliases={new.id: [A.id]})
    [row] = find_changes(two, one).to_pylist()
    assert (row["type"], row["id"], row["previous_id"], row["url"]) == ("moved", new.id, A.id, new.url)
    assert (row["before"], row["after"], row["fields"]) == (A.content_hash, new.content_hash, ["text"])
    assert row["diff"].endswith("+补充")
    assert changes(version(tmp_path / "three", [new, B], aliases={new.id: [A.id]}), two) == []
    # the new page may have been there before the old one was sure to be gone
    both = version(tmp_path / "both", [A, B, new], withdrawn=[])
    assert changes(two, both) == [("moved", new.id)]
    # and who knows neither of the two sees a document that came
    assert changes(two, version(tmp_path / "empty", [B])) == [("added", new.id)]


def test_a_document_that_nobody_withdrew_is_dropped_and_not_forgotten(tmp_path: Path) -> None:
    one, two = version(tmp_path / "one", [A, B]), version(tmp_path / "two", [B])
    [row] = find_changes(two, one).to_pylist()
    assert (row["type"], row["id"], row["url"], row["title"]) == ("dropped", A.id, A.url, A.title)
    assert (row["before"], row["after"]) == (A.content_hash, None)


def test_shared_files_are_not_opened(tmp_path: Path) -> None:
    old = document("old", published=None)
    one, two = version(tmp_path / "one", [A, old]), version(tmp_path / "two", [A, B, old])
    shared = "documents/32-0.parquet"
    for folder in (one, two):
        (folder / shared).write_bytes(b"nobody reads this")
    assert changes(two, one, shared={shared}) == [("added", B.id)]
    with pytest.raises(CorpusError):
        find_changes(two, one)
    every = {path.relative_to(one).as_posix() for path in one.rglob("*.parquet")}
    assert changes(one, one, shared=every) == []


def test_a_release_without_withdrawn_and_aliases_is_read(tmp_path: Path) -> None:
    one = version(tmp_path / "one", [A, B], schema=RECORD)
    two = version(tmp_path / "two", [A, B, C], withdrawn=[A.id])
    assert set(changes(two, one)) == {("withdrawn", A.id), ("added", C.id)}
    assert set(changes(one, two)) == {("modified", A.id), ("dropped", C.id)}


def test_a_folder_that_is_no_release_is_named(tmp_path: Path) -> None:
    one = version(tmp_path / "one", [A])
    with pytest.raises(CorpusError, match="nowhere: is not a release"):
        find_changes(one, tmp_path / "nowhere")
    (one / "documents" / "32-2022.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(CorpusError, match=r"32-2022\.parquet"):
        find_changes(one, None)


STATE = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.sampled_from("xyz"), st.booleans()), min_size=1)


@given(STATE, STATE)
def test_changes_are_the_difference_of_two_states(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, tuple[str, bool]], after: dict[str, tuple[str, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("states")
    ids = {name: document(name).id for name in "abcdef"}

    def written(name: str, state: dict[str, tuple[str, bool]]) -> Path:
        many = [document(name, text=text * 60) for name, (text, _) in state.items()]
        return version(folder / name, many, withdrawn=[ids[name] for name, (_, gone) in state.items() if gone])

    expected = {("added", ids[n]) for n in after.keys() - before.keys()}
    expected |= {("dropped", ids[n]) for n in before.keys() - after.keys()}
    for name in before.keys() & after.keys():
        (old, was_gone), (new, is_gone) = before[name], after[name]
        expected |= {("modified", ids[name])} if old != new or (was_gone and not is_gone) else set()
        expected |= {("withdrawn", ids[name])} if is_gone and not was_gone else set()
    found = changes(written("two", after), written("one", before))
    assert found == sorted(expected, key=lambda row: (row[1], row[0]))


def test_paragraphs_that_differ_stand_with_their_neighbours() -> None:
    assert paragraph_diff("一", "一") == ""
    assert paragraph_diff("一\n二\n三\n四\n五", "一\n二\n叁\n四\n五") == "@@ -2,3 +2,3 @@\n 二\n-三\n+叁\n 四"


def test_a_very_long_text_is_shown_from_its_first_change_to_its_last() -> None:
    old = [f"| {i} |" for i in range(2 * MOST)]
    new = [line if i < 100 or i > 120 or i % 2 else f"{line}改" for i, line in enumerate(old)]
    lines = paragraph_diff("\n".join(old), "\n".join(new)).split("\n")
    assert lines[:3] == ["@@ -100,23 +100,23 @@", " | 99 |", "-| 100 |"]
    assert lines[-2:] == ["+| 120 |改", " | 121 |"]
    assert [sum(line[0] == sign for line in lines) for sign in "-+ "] == [21, 21, 2]
