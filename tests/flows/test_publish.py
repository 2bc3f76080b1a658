"""Publish: only what is missing goes, and a reader sees a whole version, whatever is killed or damaged."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from remotes import bucket, corpus, remote_of, serving, tree, versions
from typer.testing import CliRunner

from flows.address import open_remote
from flows.cli import app
from flows.pulled import pull_release
from flows.remote_version import newest
from pipeline.corpus.versions import locked

if TYPE_CHECKING:
    from click.testing import Result

WRAPPER = Path(__file__).with_name("killed_at.py")


def verb(root: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *map(str, words)])


def published(root: Path, *words: object) -> dict[str, object]:
    result = verb(root, "publish", *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return corpus(tmp_path / "corpus")


@pytest.mark.parametrize("kind", ["folder", "http", "s3"])
def test_what_is_published_comes_back(kind: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with remote_of(kind, tmp_path / "remote", monkeypatch) as address:
        sent = published(root, address)
        assert sent["latest"] and sent["uploaded"]
        pulled = pull_release(open_remote(address), tmp_path / "here", with_audit=True)
    new = versions(root)[-1].version
    assert pulled.version == new == sent["version"]
    assert tree(pulled.path) == tree(root / "clean" / new)
    assert (tmp_path / "here" / "latest.json").read_bytes() == (root / "clean" / "latest.json").read_bytes()


def test_the_second_version_brings_only_what_is_new(root: Path, tmp_path: Path) -> None:
    old, new = versions(root)
    with serving(tmp_path / "remote") as web:
        first = published(root, web.address, "--version", old.version)
        web.received.clear()
        second = published(root, web.address)
        added = {file.sha256 for file in new.files} - {file.sha256 for file in old.files}
        blobs = {name.rpartition("/")[2] for name in web.received if name.startswith("blobs/")}
        assert blobs == added
        assert len(added) < len({file.sha256 for file in new.files})
        assert second["bytes"] == sum({file.sha256: file.bytes for file in new.files if file.sha256 in added}.values())
        assert first["uploaded"] == len({file.sha256 for file in old.files})
        assert web.received[-2:] == [f"{new.version}/manifest.json", "latest.json"]
        web.received.clear()
        again = published(root, web.address)
        assert (again["uploaded"], again["bytes"], web.received) == (0, 0, [])


def test_an_older_version_does_not_become_the_latest(root: Path, tmp_path: Path) -> None:
    old, new = versions(root)
    published(root, tmp_path / "remote")
    assert published(root, tmp_path / "remote", "--version", old.version)["latest"] is False
    latest = newest(open_remote(str(tmp_path / "remote")))
    assert latest is not None
    assert latest.version == new.version


def test_a_damaged_file_stays_here(root: Path, tmp_path: Path) -> None:
    old, new = versions(root)
    published(root, tmp_path / "remote", "--version", old.version)
    [changed] = [file for file in new.files if file.path == "coverage.json"]
    path = root / "clean" / new.version / changed.path
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    result = verb(root, "publish", tmp_path / "remote")
    assert result.exit_code == 1
    assert "coverage.json: is not the file that manifest.json names" in result.output
    latest = newest(open_remote(str(tmp_path / "remote")))
    assert latest is not None
    assert latest.version == old.version


def test_a_blob_cut_short_is_brought_again(root: Path, tmp_path: Path) -> None:
    published(root, tmp_path / "remote")
    blob = next(path for path in (tmp_path / "remote" / "blobs").rglob("*") if path.is_file())
    blob.write_bytes(blob.read_bytes()[:-1])
    assert published(root, tmp_path / "remote")["uploaded"] == 1
    pull_release(open_remote(str(tmp_path / "remote")), tmp_path / "here", with_audit=True)


def test_the_same_content_released_at_another_hour(root: Path, tmp_path: Path) -> None:
    published(root, tmp_path / "remote")
    new = versions(root)[-1]
    manifest = root / "clean" / new.version / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"created": "2026', b'"created": "2027'))
    (root / "clean" / "latest.json").unlink()
    published(root, tmp_path / "remote", "--version", new.version)
    assert pull_release(open_remote(str(tmp_path / "remote")), tmp_path / "here").version == new.version


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("publish", "{clean}"), 2, "is the folder that the releases are made in"),
        (("publish", "there", "--version", "2020-01-01-00000000"), 2, "holds no version 2020-01-01-00000000"),
        (("publish", "there", "--version", "../raw"), 2, "holds no version"),
        (("publish", "http://127.0.0.1:1/x"), 1, "http://127.0.0.1:1/x/blobs"),
    ],
)
def test_what_cannot_be_published(words: tuple[str, ...], code: int, says: str, root: Path) -> None:
    result = verb(root, *(word.format(clean=root / "clean") for word in words))
    assert (result.exit_code, result.output.count("\n")) == (code, 1)
    assert says in result.output


def test_without_a_release(tmp_path: Path) -> None:
    assert "holds no release yet" in verb(tmp_path, "publish", tmp_path / "remote").output


def moments(seed: int, number: int, last: int) -> list[int]:
    return sorted(random.Random(seed).sample(range(1, last + 1), number))


def survives(root: Path, kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int, number: int) -> None:
    """Kill a publish of the second version over the first at seeded moments; readers see the one or the other."""
    old, new = versions(root)

    def start(name: str) -> tuple[str, Path]:
        """An address with the old version; the folder in which the publisher is watched."""
        address = str(folder / name) if kind == "folder" else bucket(monkeypatch)
        published(root, address, "--version", old.version)
        return address, folder / name if kind == "folder" else root / "clean"

    def run(moment: int, address: str, watched: Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, WRAPPER, moment, watched, "--root", root, "publish", address]
        return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)

    calm = run(0, *start("calm"))
    assert calm.returncode == 0, calm.stderr
    last = int(calm.stderr.rsplit("moments: ", 1)[1])
    assert last > 10
    places = {moment: start(f"killed-{moment}") for moment in moments(seed, number, last)}
    with ThreadPoolExecutor(2) as threads:  # most of a run is its imports, which need no lock
        ended = list(threads.map(lambda moment: run(moment, *places[moment]).returncode, places))
    assert ended == [-signal.SIGKILL] * number
    for moment, (address, _) in places.items():
        seen = pull_release(open_remote(address), folder / f"seen-{moment}", with_audit=True)
        assert seen.version in (old.version, new.version)
        assert tree(seen.path) == tree(root / "clean" / seen.version)
        published(root, address)
        after = pull_release(open_remote(address), folder / f"seen-{moment}", with_audit=True)
        assert tree(after.path) == tree(root / "clean" / new.version)
    assert not list(folder.rglob(".*.partial"))


@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_three_kills(kind: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    survives(root, kind, tmp_path / "remotes", monkeypatch, 2026, 3)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_twenty_kills(kind: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    survives(root, kind, tmp_path / "remotes", monkeypatch, 4711, 20)


def test_two_publishers_of_one_folder(root: Path, tmp_path: Path) -> None:
    with locked(tmp_path / "remote"):
        assert verb(root, "publish", tmp_path / "remote").exit_code == 1
    assert verb(root, "publish", tmp_path / "remote").exit_code == 0
