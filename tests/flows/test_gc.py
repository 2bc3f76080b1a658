"""gc: old versions go, the others keep every byte, here and at a remote."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from remotes import corpus, remote_of, serving, tree, versions
from typer.testing import CliRunner

import flows.cache
from flows.address import open_remote
from flows.cli import app
from flows.pulled import pull_release
from pipeline.corpus.files import sha256_of
from pipeline.corpus.manifest import Latest, to_json
from pipeline.corpus.versions import intact, read_latest

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def verb(root: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *map(str, words)])


def collected(root: Path, *words: object) -> dict[str, object]:
    result = verb(root, "gc", *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return corpus(tmp_path / "corpus")


def link_same_files(root: Path) -> int:
    """Let the versions share what they have in common, as a release does. Returns the bytes of the old one alone."""
    old, new = versions(root)
    there = {file.sha256: root / "clean" / new.version / file.path for file in new.files}
    alone = (root / "clean" / old.version / "manifest.json").stat().st_size
    for file in old.files:
        path = root / "clean" / old.version / file.path
        if file.sha256 in there:
            path.unlink()
            os.link(there[file.sha256], path)
        else:
            alone += file.bytes
    return alone


def test_an_old_version_goes_and_shared_files_stay(root: Path) -> None:
    old, new = versions(root)
    alone = link_same_files(root)
    raw = tree(root / "raw")
    cache = tree(root / "clean" / ".cache")
    before = tree(root / "clean" / new.version)
    assert any(path.stat().st_nlink > 1 for path in (root / "clean" / new.version).rglob("*") if path.is_file())
    said = collected(root, "--keep", 1)
    assert said == {"kept": [new.version], "removed": [old.version], "cache": [], "bytes": alone, "dry_run": False}
    assert tree(root / "clean" / new.version) == before
    latest = read_latest(root / "clean")
    assert latest is not None
    assert intact(latest.path, latest.manifest)
    assert not (root / "clean" / old.version).exists()
    assert (tree(root / "raw"), tree(root / "clean" / ".cache")) == (raw, cache)
    assert not list((root / "clean").glob(".*.partial"))


def test_a_dry_run_removes_nothing(root: Path) -> None:
    before = tree(root / "clean")
    said = collected(root, "--keep", 1, "--dry-run")
    assert said["removed"] == [versions(root)[0].version]
    assert tree(root / "clean") == before


def shards_of(root: Path) -> set[str]:
    """Cleaned shards and their indexes."""
    return {name for name in tree(root / "clean" / ".cache") if name.split("/")[0] not in ("catalogue", "verdicts")}


def test_cached_shards_that_nothing_can_ask_for_go(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, needed = root / "clean" / ".cache", shards_of(root)
    assert len(needed) > 2
    assert collected(root, "--keep", 9)["cache"] == []
    other = cache / "verdicts" / "0123456789abcdef" / "old.parquet"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_bytes(b"verdicts of other rules")
    next((root / "raw").rglob("*.warc.gz")).unlink()  # a shard and its index are for nobody now
    whole = tree(cache)
    dry = collected(root, "--keep", 9, "--dry-run")
    unwanted = set(dry["cache"])  # type: ignore[call-overload]
    assert (len(unwanted & needed), unwanted - needed, tree(cache)) == (
        2,
        {"verdicts/0123456789abcdef/old.parquet"},
        whole,
    )
    listed = verb(root, "gc", "--keep", 9, "--dry-run").output
    assert all(f"would remove .cache/{name}\n" in listed for name in unwanted)
    said = collected(root, "--keep", 9)
    assert (said["cache"], said["bytes"]) == (dry["cache"], dry["bytes"])
    assert said["bytes"] == sum(len(whole[name]) for name in unwanted)
    assert tree(cache) == {name: content for name, content in whole.items() if name not in unwanted}
    assert verb(root, "release", "--force", "--because", "raw pages are gone").exit_code == 0
    monkeypatch.setattr(flows.cache, "RULES", "rules of tomorrow")
    gone = collected(root, "--keep", 9)["cache"]
    assert set(gone) == needed - unwanted  # type: ignore[call-overload]
    assert not shards_of(root)


def test_enough_room_for_all(root: Path) -> None:
    assert collected(root, "--keep", 2)["removed"] == []


def test_the_version_that_is_read_stays_though_it_is_old(root: Path) -> None:
    old, new = versions(root)
    manifest = root / "clean" / old.version / "manifest.json"
    (root / "clean" / "latest.json").write_bytes(to_json(Latest(version=old.version, sha256=sha256_of(manifest))))
    assert collected(root, "--keep", 1)["removed"] == []
    assert len(versions(root)) == 2
    assert new.version in {one.version for one in versions(root)}


def test_what_is_no_version_stays(root: Path) -> None:
    folder = root / "clean" / "notes"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    broken = root / "clean" / "2020-01-01-00000000"
    broken.mkdir()
    (broken / "manifest.json").write_text("{}")
    collected(root, "--keep", 1)
    assert (folder / "mine.txt").exists()
    assert broken.exists()


@pytest.mark.parametrize("words", [("--keep", "0"), ()])
def test_it_has_to_be_told_how_many(words: tuple[str, ...], root: Path) -> None:
    assert verb(root, "gc", *words).exit_code == 2
    assert len(versions(root)) == 2


def test_a_web_server_has_no_list(root: Path, tmp_path: Path) -> None:
    with serving(tmp_path) as web:
        result = verb(root, "gc", web.address, "--keep", 1)
    assert (result.exit_code, result.output.count("\n")) == (2, 1)


@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_a_remote(kind: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = versions(root)
    with remote_of(kind, tmp_path / "remote", monkeypatch) as address:
        for words in (("--version", old.version), ()):
            assert verb(root, "publish", address, *words).exit_code == 0
        remote = open_remote(address)
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
        young = collected(root, address, "--keep", 1, "--dry-run")
        assert (young["removed"], young["bytes"]) == ([old.version], 0)  # its blobs are not a day old
        later = datetime.now(UTC) + timedelta(days=2)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(later.timestamp())))
        said = collected(root, address, "--keep", 1)
        needed = {file.sha256 for file in new.files}
        alone = {file.sha256: file.bytes for file in old.files if file.sha256 not in needed}
        assert (said["removed"], said["bytes"]) == ([old.version], sum(alone.values()))
        assert remote.read(f"{old.version}/manifest.json") is None
        blobs = {name.rpartition("/")[2] for name in remote.files() if name.startswith("blobs/")}
        assert blobs == needed
        pulled = pull_release(remote, tmp_path / "here", with_audit=True)
        assert tree(pulled.path) == tree(root / "clean" / new.version)


def test_a_remote_with_a_manifest_that_cannot_be_read(root: Path, tmp_path: Path) -> None:
    there = tmp_path / "remote"
    assert verb(root, "publish", there).exit_code == 0
    (there / "2020-01-01-00000000").mkdir()
    (there / "2020-01-01-00000000" / "manifest.json").write_text("{}")
    before = tree(there)
    result = verb(root, "gc", there, "--keep", 1)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert tree(there) == before
