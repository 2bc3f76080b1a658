"""Export: every document once, as it is, in three forms; chunks that lead back to their place."""

from __future__ import annotations

import csv
import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet
import pytest
import yaml
import zstandard
from remotes import corpus, tree, versions, write
from typer.testing import CliRunner

from flows.cli import app

if TYPE_CHECKING:
    from click.testing import Result

WRAPPER = Path(__file__).with_name("killed_at.py")


def verb(root: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), "export", *map(str, words)])


def exported(root: Path, *words: object) -> dict[str, object]:
    result = verb(root, *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return corpus(tmp_path / "corpus")


def documents(root: Path) -> dict[str, Any]:
    folder = root / "clean" / versions(root)[-1].version / "documents"
    return {row["id"]: row for row in pyarrow.parquet.read_table(folder, partitioning=None).to_pylist()}


def lines(path: Path) -> list[dict[str, Any]]:
    with zstandard.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_json_lines_hold_the_whole_record(root: Path, tmp_path: Path) -> None:
    said = exported(root, "--to", tmp_path / "new" / "all.jsonl.zst")
    rows, wanted = lines(tmp_path / "new" / "all.jsonl.zst"), documents(root)
    assert (said["documents"], said["chunks"]) == (3, None)
    assert {row["id"] for row in rows} == wanted.keys()
    for row in rows:
        whole = wanted[row["id"]] | {"cluster": None, "also_at": []}
        assert list(row) == list(whole)
        assert row["written"] == "2025-03-12"
        assert {k: v for k, v in row.items() if k not in ("written", "published")} == {
            k: v for k, v in whole.items() if k not in ("written", "published")
        }


def test_where_else_a_document_stands_comes_along(tmp_path: Path) -> None:
    root, inbox = tmp_path / "corpus", tmp_path / "inbox"
    inbox.mkdir()
    for name, place in (("a", "烟台市"), ("b", "烟台市"), ("c", "苏州市")):
        write(inbox / f"{name}.txt", place, "烟政发〔2025〕7号", 80)
    assert CliRunner().invoke(app, ["--root", str(root), "run", str(inbox)]).exit_code == 0
    exported(root, "--to", tmp_path / "x", "--where", "cluster IS NOT NULL")
    [row] = lines(tmp_path / "x")
    [place] = row["also_at"]
    assert {row["url"], place["url"]} == {f"urn:zhengce:inbox/{name}.txt" for name in "ab"}
    assert row["cluster"] in (row["id"], place["id"])
    exported(root, "--to", tmp_path / "y", "--format", "csv")
    cells = [one["also_at"] for one in csv.DictReader((tmp_path / "y").read_text("utf-8-sig").splitlines())]
    assert sorted(cells) == ["", place["url"]]


def test_a_condition(root: Path, tmp_path: Path) -> None:
    exported(root, "--to", tmp_path / "x", "--where", "division LIKE '37%' AND year(written) = 2025")
    assert {row["doc_number"] for row in lines(tmp_path / "x")} == {"烟政发〔2025〕7号", "济政发〔2025〕3号"}
    assert exported(root, "--to", tmp_path / "y", "--where", "false")["documents"] == 0


def test_a_table_for_spreadsheets(root: Path, tmp_path: Path) -> None:
    exported(root, "--format", "csv", "--to", tmp_path / "x.csv")
    content = (tmp_path / "x.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    wanted = documents(root)
    assert {row["id"]: row["text"] for row in rows} == {id_: row["text"] for id_, row in wanted.items()}
    assert {row["written"] for row in rows} == {"2025-03-12"}


def test_markdown_files(root: Path, tmp_path: Path) -> None:
    exported(root, "--format", "markdown", "--to", tmp_path / "md")
    wanted = documents(root)
    files = tree(tmp_path / "md")
    assert {Path(name).stem for name in files} == wanted.keys()
    for name, content in files.items():
        row = wanted[Path(name).stem]
        assert name.startswith(f"{row['division'][:2]}-2025/")
        head, body = content.decode().removeprefix("---\n").split("---\n", 1)
        assert yaml.safe_load(head)["doc_number"] == row["doc_number"]
        bare = [line.lstrip("# ") for line in body.split("\n") if line]
        assert bare == [row["title"], *row["text"].split("\n")]
        assert "\n### 一、总体要求\n" in body or "\n## 一、总体要求\n" in body


def test_a_folder_that_is_there_is_not_overwritten(root: Path, tmp_path: Path) -> None:
    (tmp_path / "md").mkdir()
    result = verb(root, "--format", "markdown", "--to", tmp_path / "md")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)


@pytest.mark.parametrize("form", ["jsonl.zst", "csv"])
def test_chunks_lead_back_to_the_text(form: str, root: Path, tmp_path: Path) -> None:
    said = exported(root, "--format", form, "--chunks", "--size", 60, "--to", tmp_path / "x")
    wanted = documents(root)
    if form == "csv":
        text = (tmp_path / "x").read_bytes().decode("utf-8-sig").splitlines(keepends=True)
        rows: list[dict[str, Any]] = list(csv.DictReader(text))
    else:
        rows = lines(tmp_path / "x")
    assert said["chunks"] == len(rows) > 3 * 3
    for id_, row in wanted.items():
        own = [one for one in rows if one["document_id"] == id_]
        assert "".join(one["text"] for one in own) == row["text"]
        assert all(one["text"] == row["text"][int(one["start"]) : int(one["end"])] for one in own)
        assert {one["doc_number"] for one in own} == {row["doc_number"]}
    headings = {one["headings"] if form == "csv" else " > ".join(one["headings"]) for one in rows}
    assert any(one.endswith("二、主要任务 > （一）创建绿色工厂") for one in headings)
    assert len({one["id"] for one in rows}) == len(rows)


def test_an_older_version(root: Path, tmp_path: Path) -> None:
    old, _ = versions(root)
    assert exported(root, "--version", old.version, "--to", tmp_path / "x")["documents"] == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--where", "no_such = 1"), "no_such"),
        (("--where", "title LIKE"), "--where"),
        (("--format", "markdown", "--chunks"), "--chunks goes with"),
        (("--format", "xml"), "xml"),
        (("--chunks", "--size", "3"), "--size"),
        (("--version", "nothing"), "holds no version nothing"),
    ],
)
def test_wrong_use(words: tuple[str, ...], says: str, root: Path, tmp_path: Path) -> None:
    result = verb(root, *words, "--to", tmp_path / "out" / "x")
    assert result.exit_code == 2
    assert says in result.output
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_a_killed_export_leaves_the_old_file(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "x"
    exported(root, "--where", "false", "--to", target)
    before = target.read_bytes()
    words = ["--root", root, "export", "--to", target]
    calm = [sys.executable, WRAPPER, 0, target.parent, *words[:-1], target.parent / "calm"]
    run = subprocess.run([*map(str, calm)], capture_output=True, text=True, check=True)
    last = int(run.stderr.rsplit("moments: ", 1)[1])
    moment = random.Random(2026).randint(1, last)
    killed = [sys.executable, WRAPPER, moment, target.parent, *words]
    assert subprocess.run([*map(str, killed)], check=False).returncode == -signal.SIGKILL
    assert target.read_bytes() in (before, (target.parent / "calm").read_bytes())
