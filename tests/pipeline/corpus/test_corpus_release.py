"""A release is read by the tools that people use, and is the same whoever builds it."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import datasets
import duckdb
import pandas
import pytest
import yaml
from corpus_factory import CREATED, DAY, TEXT, cleaned, document, gone, refused, released
from pyarrow import parquet

from crawler.source import Source
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import sha256_of
from pipeline.corpus.release import read_latest
from pipeline.corpus.tables import DOCUMENTS
from pipeline.corpus.versions import Release, locked

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Cleaned, Document

LATER = CREATED + timedelta(days=3)


def pages() -> list[Cleaned]:
    """Three documents, one of them seen in three places, and a refused page."""
    return [
        cleaned(document("origin")),
        cleaned(document("mirror", source="spider", source_kind="mirror", text=TEXT.replace("，", ","))),
        cleaned(document("repost", source="portal", source_kind="repost", division=None, published=None)),
        cleaned(document("shandong", text="山东" * 60, division="370600", published=datetime(2021, 8, 26, 14, 30, 55))),
        cleaned(document("old", text="国务院" * 60, division=None, published=None, written=None, repairs=())),
        refused("x"),
    ]


def build(root: Path, many: list[Cleaned], created: datetime = CREATED) -> Release:
    return released(many, root, created)


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_the_folder_is_laid_out_as_the_record_says(tmp_path: Path) -> None:
    made = build(tmp_path, pages())
    assert sorted(tree(made.path)) == sorted(
        [
            "documents/32-2022.parquet",
            "documents/37-2021.parquet",
            "documents/00-0000.parquet",
            "reposts/32-2022.parquet",
            "reposts/00-2022.parquet",
            *(f"relations/{year}.parquet" for year in ("2022", "2021", "0000")),
            *(f"audit/removed/{name}.parquet" for name in ("32-2022", "37-2021", "00-2022", "00-0000")),
            *("clusters/32-2022.parquet", "audit/pairs/32-2022.parquet"),
            *(f"{name}.parquet" for name in ("changes", "sources")),
            *("coverage.json", "stats.json", "manifest.json", "README.md", "croissant.json"),
        ]
    )
    assert made.version == f"2026-01-31-{made.digest[:8]}"
    assert made.path == tmp_path / made.version
    counts = (made.documents, made.reposts, made.refused, made.removed, made.repaired)
    assert (made.changed, counts) == (True, (3, 2, 1, 6, 4))
    assert json.loads((tmp_path / "latest.json").read_text()) == {
        "version": made.version,
        "sha256": sha256_of(made.path / "manifest.json"),
    }
    for name in ("32-2022", "37-2021"):
        assert parquet.read_schema(made.path / f"documents/{name}.parquet").names == DOCUMENTS.names


def test_the_manifest_lists_every_file(tmp_path: Path) -> None:
    made = build(tmp_path, pages())
    listed = {file.path: file for file in made.manifest.files}
    files = tree(made.path)
    assert set(listed) == set(files) - {"manifest.json"}
    for path, content in files.items():
        if path != "manifest.json":
            assert (listed[path].bytes, listed[path].sha256) == (len(content), sha256_of(made.path / path))
        if path.endswith(".parquet"):
            assert listed[path].rows == parquet.read_metadata(made.path / path).num_rows
    assert (made.manifest.created, made.manifest.captured, made.manifest.previous) == (CREATED, DAY, None)
    assert made.manifest.toolchain["pyarrow"]


def test_duckdb_reads_it(tmp_path: Path) -> None:
    made = build(tmp_path, pages())
    documents = f"'{made.path}/documents/*.parquet'"
    query = f"""SELECT count(*), count(published), max(list_extract(provenance, 1).field),
                       max(map_from_entries(provenance)['published']), max(len(also_at))
                FROM {documents} d LEFT JOIN '{made.path}/clusters/*.parquet' c ON c.canonical = d.id"""
    assert duckdb.sql(query).fetchall() == [(3, 2, "title", "body:date", 2)]
    [(members,)] = duckdb.sql(f"SELECT len(members) FROM '{made.path}/clusters/*.parquet'").fetchall()
    assert members == 3
    removed = duckdb.sql(f"SELECT rule, count(*) FROM '{made.path}/audit/removed/*.parquet' GROUP BY 1 ORDER BY 1")
    assert removed.fetchall() == [("furniture.counter", 5), ("judge.empty", 1)]


def test_pandas_reads_it(tmp_path: Path) -> None:
    made = build(tmp_path, pages())
    frame = pandas.read_parquet(made.path / "documents").set_index("id")
    row = frame.loc[document("origin").id]
    assert len(frame) == 3
    assert row["text"] == TEXT
    assert row["published"] == pandas.Timestamp("2022-05-23 09:00", tz="Asia/Shanghai")
    [cluster] = pandas.read_parquet(made.path / "clusters").to_dict("records")
    assert (cluster["canonical"], {one["source"] for one in cluster["also_at"]}) == (row.name, {"spider", "portal"})
    assert row["tables"][0]["rows"][1].tolist() == ["2", ""]


def test_datasets_reads_it(tmp_path: Path) -> None:
    made = build(tmp_path / "clean", pages())
    head = yaml.safe_load((made.path / "README.md").read_text().split("---\n")[1])
    names = [config["config_name"] for config in head["configs"]]
    assert names == ["default", "reposts", "clusters", "relations", "changes", "sources"]
    rows = {
        name: datasets.load_dataset(str(made.path), name, split="train", cache_dir=str(tmp_path / "cache")).num_rows
        for name in names
    }
    assert rows == {"default": 3, "reposts": 2, "clusters": 1, "relations": 5, "changes": 5, "sources": 3}
    default = datasets.load_dataset(str(made.path), split="train", cache_dir=str(tmp_path / "cache"))
    [one] = [row for row in default if row["id"] == document("origin").id]
    assert one["sections"][0]["heading"] == "总体要求"
    assert one["published"].isoformat() == "2022-05-23T09:00:00+08:00"


def test_empty_tables_are_there_for_duckdb_and_not_offered_to_datasets(tmp_path: Path) -> None:
    made = build(tmp_path / "clean", [cleaned(document())])
    assert duckdb.sql(f"SELECT count(*) FROM '{made.path}/reposts/*.parquet'").fetchall() == [(0,)]
    head = yaml.safe_load((made.path / "README.md").read_text().split("---\n")[1])
    assert {"reposts", "clusters"}.isdisjoint(config["config_name"] for config in head["configs"])
    assert datasets.load_dataset(str(made.path), cache_dir=str(tmp_path / "cache"))["train"].num_rows == 1


def test_any_order_at_any_time_gives_the_same_bytes(tmp_path: Path) -> None:
    shuffled = pages()
    random.Random(7).shuffle(shuffled)
    one, two = build(tmp_path / "one", pages()), build(tmp_path / "two", shuffled, LATER)
    assert one.version == two.version
    first, second = tree(one.path), tree(two.path)
    differing = {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)}
    assert differing == {"manifest.json"}
    stamp = CREATED.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [path for path, content in first.items() if stamp.encode() in content] == ["manifest.json"]


def test_the_same_input_again_changes_nothing(tmp_path: Path) -> None:
    first = build(tmp_path, pages())
    before = tree(tmp_path)
    recrawled = [cleaned(one.document, DAY + timedelta(days=9)) for one in pages() if one.document]
    for again in (pages(), [*recrawled, refused("x")], []):
        unchanged = build(tmp_path, again, LATER)
        assert (unchanged.version, unchanged.changed) == (first.version, False)
        assert tree(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", first.version, "latest.json"]


def later_copies(of: Document) -> list[Cleaned]:
    """Copies that come two days later: their ids are smaller and larger than that of the document."""
    day = DAY + timedelta(days=2)
    names = [f"copy-{number}" for number in range(20)]
    copies = [document(name, published=datetime(2026, 2, 1, 9, 0)) for name in names]
    some = [next(one for one in copies if one.id < of.id), next(one for one in copies if one.id > of.id)]
    return [cleaned(one, day) for one in some]


def test_a_new_copy_of_an_old_document_leaves_its_file_and_its_cluster_as_they_are(tmp_path: Path) -> None:
    old = document("old")
    portal = document("portal", source="portal", source_kind="repost", published=datetime(2022, 6, 1, 9, 0))
    copies = later_copies(old)
    first = build(tmp_path, [cleaned(old), cleaned(portal, DAY + timedelta(days=1))])
    second = build(tmp_path, [cleaned(old), cleaned(portal, DAY + timedelta(days=1)), *copies])
    for path in ("documents/32-2022.parquet", "reposts/32-2022.parquet", "audit/pairs/32-2022.parquet"):
        assert (first.path / path).read_bytes() == (second.path / path).read_bytes()
    [row] = parquet.read_table(second.path / "clusters").to_pylist()
    [before] = parquet.read_table(first.path / "clusters").to_pylist()
    assert (row["id"], row["canonical"]) == (before["id"], before["canonical"]) == (old.id, old.id)
    assert row["members"] == sorted([old.id, portal.id, *(one.id for one in copies)])
    assert {place["url"] for place in row["also_at"]} == {portal.url, *(one.url for one in copies)}
    assert {path.name for path in (second.path / "clusters").iterdir()} == {"32-2022.parquet"}
    pairs = {path.name for path in (second.path / "audit" / "pairs").iterdir()}
    assert pairs == {"32-2022.parquet", "32-2026-Q1.parquet"}  # 2026 is the year of the first capture


def test_what_joins_two_clusters_goes_to_the_older_one(tmp_path: Path) -> None:
    many = [cleaned(document("a")), *(cleaned(document(name), DAY + timedelta(days=1)) for name in "bcdefgh")]
    random.Random(5).shuffle(many)
    [row] = parquet.read_table(build(tmp_path, many).path / "clusters").to_pylist()
    assert (row["id"], len(row["members"])) == (document("a").id, 8)


def test_an_edit_is_an_event_with_its_paragraphs(tmp_path: Path) -> None:
    first = build(tmp_path, [cleaned(document("a")), cleaned(document("b", text="乙" * 60))])
    edited = document("a", text=TEXT.replace("十五", "十八"), title="新的标题")
    second = build(
        tmp_path, [cleaned(edited), cleaned(document("b", text="乙" * 60)), cleaned(document("c", text="丙" * 60))]
    )
    assert (second.changed, second.manifest.previous) == (True, first.version)
    changes = {row["id"]: row for row in parquet.read_table(second.path / "changes.parquet").to_pylist()}
    assert {id_: row["type"] for id_, row in changes.items()} == {edited.id: "modified", document("c").id: "added"}
    change = changes[edited.id]
    assert (change["before"], change["after"]) == (document("a").content_hash, edited.content_hash)
    assert change["fields"] == ["title", "text"]
    lines = change["diff"].split("\n")
    assert [line[:12] for line in lines if line[0] in "+-"] == [
        "-到本年底，全市数字经济",
        "+到本年底，全市数字经济",
    ]
    assert (tmp_path / first.version / "README.md").exists()
    kinds = [row["type"] for row in parquet.read_table(first.path / "changes.parquet").to_pylist()]
    assert kinds == ["added", "added"]


def test_a_page_that_moved_keeps_its_old_id_as_an_alias_and_one_that_went_stays_as_a_tombstone(tmp_path: Path) -> None:
    old, left = document("old", doc_number="苏府〔2022〕33号"), document("left", text="丁" * 60)
    before = [cleaned(old), cleaned(left), cleaned(document("kept", text="乙" * 60))]
    first = build(tmp_path, before)
    new = document("new", doc_number="苏府〔2022〕33号")
    days = [DAY + timedelta(days=number) for number in (2, 4)]
    after = [gone(name, day) for name in ("old", "left") for day in days]
    made = build(tmp_path, [*before, *after, cleaned(new, days[0])])
    changes = {row["id"]: row for row in parquet.read_table(made.path / "changes.parquet").to_pylist()}
    assert {id_: (row["type"], row["previous_id"]) for id_, row in changes.items()} == {
        new.id: ("moved", old.id),
        left.id: ("withdrawn", None),
    }
    rows = {row["id"]: row for row in parquet.read_table(made.path / "documents").to_pylist()}
    assert (rows[new.id]["aliases"], rows[left.id]["text"]) == ([old.id], left.text)
    assert rows[left.id]["withdrawn"].isoformat() == "2026-02-04"
    assert old.id not in rows
    assert (made.manifest.previous, made.documents) == (first.version, 3)


def test_the_newest_capture_wins_and_a_refusal_does_not_withdraw(tmp_path: Path) -> None:
    old, new = document("a"), document("a", text=TEXT + "\n补充。")
    newer, newest = DAY + timedelta(days=1), DAY + timedelta(days=2)
    many = [cleaned(new, newer), cleaned(old, DAY), refused("a", newest)]
    made = build(tmp_path, many)
    assert pandas.read_parquet(made.path / "documents")["text"].tolist() == [new.text]
    assert made.version.startswith("2026-02-01-")


def test_the_day_of_a_version_is_the_day_in_china(tmp_path: Path) -> None:
    made = build(tmp_path, [cleaned(document(), datetime(2026, 1, 31, 16, 0, tzinfo=UTC))])
    assert made.version.startswith("2026-02-01-")


def test_cards_give_publisher_and_licence(tmp_path: Path) -> None:
    card = Source(id="suzhou", title="苏州市人民政府网", publisher="苏州市人民政府", hosts=("www.suzhou.gov.cn",))
    made = released(pages(), tmp_path, sources={"suzhou": card})
    rows = parquet.read_table(made.path / "sources.parquet").to_pylist()
    assert [row["id"] for row in rows] == ["portal", "spider", "suzhou"]
    assert (rows[2]["publisher"], rows[0]["publisher"]) == ("苏州市人民政府", None)
    assert "苏州市人民政府" in (made.path / "README.md").read_text()


def test_coverage_and_stats_count_what_is_there(tmp_path: Path) -> None:
    made = build(tmp_path, pages())
    coverage = json.loads((made.path / "coverage.json").read_text())["sources"]
    assert coverage["suzhou"] == {"as_of": "2026-01-31", "documents": 3, "refused": 1, "compromised": 0}
    stats = json.loads((made.path / "stats.json").read_text())
    assert stats["source_kinds"] == {"origin": 3, "mirror": 1, "repost": 1}
    assert (stats["removals"], stats["refusals"]) == ({"furniture.counter": 5, "judge.empty": 1}, {"judge.empty": 1})
    assert (stats["fill"]["title"], stats["fill"]["published"], stats["fill"]["validity"]) == (1.0, 0.6, 0.0)


@pytest.mark.parametrize("many", [[], [refused("x")]])
def test_nothing_is_not_a_release(tmp_path: Path, many: list[Cleaned]) -> None:
    with pytest.raises(CorpusError, match="nothing to release"):
        build(tmp_path, many)
    assert [path.name for path in tmp_path.iterdir()] == [".cache"]


def test_two_releases_at_once_are_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(CorpusError, match="another release"):
        build(tmp_path, pages())
    assert build(tmp_path, pages()).changed


def test_leftovers_go_and_other_hidden_files_stay(tmp_path: Path) -> None:
    (tmp_path / ".release.partial" / "documents").mkdir(parents=True)
    (tmp_path / ".latest.json.1.partial").write_text("half")
    (tmp_path / ".cache").mkdir()
    made = build(tmp_path, pages())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", made.version, "latest.json"]


@pytest.mark.parametrize("damage", ["none", "missing file", "no manifest"])
def test_a_version_that_nothing_points_at_is_adopted_or_replaced(tmp_path: Path, damage: str) -> None:
    made = build(tmp_path, pages())
    whole = tree(tmp_path)
    (tmp_path / "latest.json").unlink()
    if damage != "none":
        (made.path / ("stats.json" if damage == "missing file" else "manifest.json")).unlink()
    again = build(tmp_path, pages())
    assert (again.version, again.changed, tree(tmp_path)) == (made.version, True, whole)


@pytest.mark.parametrize("name", ["latest.json", "VERSION/manifest.json", "VERSION/stats.json"])
def test_a_damaged_latest_version_is_named_and_kept(tmp_path: Path, name: str) -> None:
    made = build(tmp_path, pages())
    victim = tmp_path / name.replace("VERSION", made.version)
    victim.write_bytes(b"{}")
    before = tree(tmp_path)
    with pytest.raises(CorpusError, match="release again"):
        build(tmp_path, pages())
    assert tree(tmp_path) == before


def test_there_is_no_latest_before_the_first(tmp_path: Path) -> None:
    assert read_latest(tmp_path) is None
    made = build(tmp_path, pages())
    latest = read_latest(tmp_path)
    assert latest is not None
    assert (latest.version, latest.path, latest.manifest) == (made.version, made.path, made.manifest)
