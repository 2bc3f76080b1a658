"""Pull: a whole version or none, only what is missing, nothing outside the folder, whatever the remote says."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from remotes import corpus, serving, tree, versions
from typer.testing import CliRunner

import flows.remote
from flows.cli import app
from flows.remote_version import blob
from pipeline.corpus.manifest import Latest, Manifest, to_json
from pipeline.corpus.release import read_latest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result
    from remotes import Web

WRAPPER = Path(__file__).with_name("killed_at.py")


def verb(root: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *map(str, words)])


def pulled(root: Path, *words: object) -> dict[str, object]:
    result = verb(root, "pull", *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def refused(root: Path, *words: object, code: int = 1) -> str:
    """What a pull says that does not succeed: one line."""
    result = verb(root, "pull", *words)
    assert (result.exit_code, result.output.count("\n")) == (code, 1), result.output
    return result.output


@pytest.fixture
def maker(tmp_path: Path) -> Path:
    """The root in which the versions were made."""
    return corpus(tmp_path / "maker")


@pytest.fixture
def web(maker: Path, tmp_path: Path) -> Iterator[Web]:
    """A web server with both versions."""
    for version in versions(maker):
        assert verb(maker, "publish", tmp_path / "web", "--version", version.version).exit_code == 0
    assert verb(maker, "publish", tmp_path / "web").exit_code == 0
    with serving(tmp_path / "web") as web:
        yield web


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "reader"


def without_audit(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.startswith("audit/")}


def test_a_pulled_version_is_a_release(web: Web, maker: Path, root: Path) -> None:
    new = versions(maker)[-1].version
    assert pulled(root, web.address)["latest"] is True
    assert tree(root / "clean" / new) == without_audit(tree(maker / "clean" / new))
    assert {path.name for path in (root / "clean").iterdir()} == {new, "latest.json"}
    why = verb(root, "why", "yantai.txt")
    assert why.exit_code == 0, why.output
    assert "烟政发〔2025〕7号" in why.output
    assert verb(root, "status").exit_code == 0


def test_audit_comes_on_request_also_later(web: Web, maker: Path, root: Path) -> None:
    new = versions(maker)[-1].version
    pulled(root, web.address)
    audit = [file for file in versions(maker)[-1].files if file.path.startswith("audit/")]
    assert audit
    assert pulled(root, web.address, "--with-audit")["fetched"] == len({file.sha256 for file in audit})
    assert tree(root / "clean" / new) == tree(maker / "clean" / new)


def test_only_missing_files_are_fetched(web: Web, maker: Path, root: Path) -> None:
    old, new = (Path(root, "clean", one.version) for one in versions(maker))
    pulled(root, web.address, "--version", old.name)
    web.sent.clear()
    second = pulled(root, web.address)
    before, after = (
        {file.sha256: file for file in one.files if not file.path.startswith("audit/")} for one in versions(maker)
    )
    assert {name.rpartition("/")[2] for name in web.sent if "/blobs/" in name} == after.keys() - before.keys()
    assert second["bytes"] == sum(after[name].bytes for name in after.keys() - before.keys())
    same = next(file.path for name, file in after.items() if name in before and before[name].path == file.path)
    assert (old / same).samefile(new / same)
    web.sent.clear()
    third = pulled(root, web.address)
    assert (third["fetched"], third["shared"]) == (0, 0)
    assert not [name for name in web.sent if "/blobs/" in name]


def test_an_older_version_beside_the_newest(web: Web, maker: Path, root: Path) -> None:
    old, new = versions(maker)
    pulled(root, web.address)
    assert pulled(root, web.address, "--version", old.version)["latest"] is False
    latest = read_latest(root / "clean")
    assert latest is not None
    assert latest.version == new.version


def test_into_any_folder_and_from_a_folder(web: Web, maker: Path, root: Path, tmp_path: Path) -> None:
    pulled(root, web.address, "--to", tmp_path / "a")
    pulled(root, tmp_path / "web", "--to", tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert not root.exists()


def test_a_clean_folder_is_a_remote_too(maker: Path, root: Path) -> None:
    with serving(maker / "clean") as web:
        pulled(root, web.address)
    latest = read_latest(root / "clean")
    assert latest is not None
    assert tree(latest.path) == without_audit(tree(maker / "clean" / latest.version))


def biggest(maker: Path) -> tuple[str, bytes]:
    """Digest and content of a long file of the newest version."""
    manifest = versions(maker)[-1]
    file = max((one for one in manifest.files if not one.path.startswith("audit/")), key=lambda one: one.bytes)
    return file.sha256, (maker / "clean" / manifest.version / file.path).read_bytes()


def half(root: Path, name: str, content: bytes) -> Path:
    """What a killed pull left."""
    path = root / "clean" / ".half.partial" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_a_half_file_is_resumed(web: Web, maker: Path, root: Path) -> None:
    name, content = biggest(maker)
    half(root, name, content[:1000])
    pulled(root, web.address)
    assert web.sent[f"/{blob(name)}"] == len(content) - 1000


@pytest.mark.parametrize("damage", [b"\0" * 1000, b"\0" * 10**6])
def test_a_damaged_half_file_is_fetched_anew(damage: bytes, web: Web, maker: Path, root: Path) -> None:
    name, content = biggest(maker)
    half(root, name, damage)
    pulled(root, web.address)
    latest = read_latest(root / "clean")
    assert latest is not None
    assert content in tree(latest.path).values()


def test_a_broken_line_goes_on_where_it_broke(
    web: Web, maker: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows.remote, "BLOCK", 2000)
    web.cut = 1500
    pulled(root, web.address)
    assert web.cut == 0
    new = versions(maker)[-1].version
    assert tree(root / "clean" / new) == without_audit(tree(maker / "clean" / new))


def test_a_blob_with_other_bytes(web: Web, maker: Path, root: Path) -> None:
    old, _ = versions(maker)
    pulled(root, web.address, "--version", old.version)
    before = tree(root / "clean")
    name, content = biggest(maker)
    target = web.folder / blob(name)
    target.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert f"{web.address}/{blob(name)}: is not what the manifest says" in refused(root, web.address)
    assert {k: v for k, v in tree(root / "clean").items() if not k.startswith(".")} == before
    target.write_bytes(content)
    pulled(root, web.address)
    assert not list((root / "clean").glob(".*"))


def test_a_blob_that_is_missing(web: Web, maker: Path, root: Path) -> None:
    name, _ = biggest(maker)
    (web.folder / blob(name)).unlink()
    assert f"{blob(name)}: is missing" in refused(root, web.address)
    assert not (root / "clean" / "latest.json").exists()


def test_a_damaged_version_is_mended_and_its_neighbour_untouched(web: Web, maker: Path, root: Path) -> None:
    old, new = (Path(root, "clean", one.version) for one in versions(maker))
    pulled(root, web.address, "--version", old.name)
    pulled(root, web.address)
    before = tree(root / "clean")
    shared = next(path for path in new.rglob("*.parquet") if path.stat().st_nlink > 1)
    shared.write_bytes(b"damaged")  # both names of the file
    assert pulled(root, web.address)["fetched"] == 1
    assert tree(new) == {name.partition("/")[2]: x for name, x in before.items() if name.startswith(new.name)}
    assert (old / shared.relative_to(new)).read_bytes() == b"damaged"
    pulled(root, web.address, "--version", old.name)
    assert tree(root / "clean") == before


def publish_manifest(web: Web, manifest: Manifest, **changes: object) -> None:
    """Let the remote say something else, consistently, as somebody would who means harm."""
    content = to_json(manifest.model_copy(update=changes))
    (web.folder / manifest.version / "manifest.json").write_bytes(content)
    latest = Latest(version=manifest.version, sha256=hashlib.sha256(content).hexdigest())
    (web.folder / "latest.json").write_bytes(to_json(latest))


@pytest.mark.parametrize(
    "path",
    [
        *("../evil", "/etc/evil", "documents/../../evil", "a/./b", "documents//x", "", "documents/"),
        *("..\\evil", "C:evil", ".cache/evil", ".half.partial", "documents/.x", "manifest.json", "Manifest.JSON"),
        *("nul\0", "a\nb", "stats.json", "STATS.json"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str, web: Web, maker: Path, root: Path) -> None:
    manifest = versions(maker)[-1]
    evil = manifest.files[0].model_copy(update={"path": path})
    publish_manifest(web, manifest, files=(*manifest.files, evil))
    said = refused(root, web.address)
    assert "nothing was pulled" in said
    assert not (root / "clean").exists()
    assert not list(root.parent.rglob("evil"))


@pytest.mark.parametrize("changes", [{"sha256": "../" * 20 + "etc/x1"}, {"sha256": "ab"}, {"bytes": -1}])
def test_a_digest_that_is_none_is_refused(changes: dict[str, object], web: Web, maker: Path, root: Path) -> None:
    manifest = versions(maker)[-1]
    evil = manifest.files[0].model_copy(update=changes)
    publish_manifest(web, manifest, files=(evil, *manifest.files[1:]))
    assert "names a file that cannot be one" in refused(root, web.address)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"version": "../evil", "sha256": "%s"}' % ("0" * 64), "names a version '../evil' that cannot be one"),
        ('{"version": ".cache", "sha256": "%s"}' % ("0" * 64), "that cannot be one"),
        ('{"version": "2026-01-01-00000000", "sha256": "%s"}' % ("0" * 64), "does not hold version"),
        ("<html>not a release</html>", "is not the latest.json of a release"),
    ],
)
def test_a_pointer_that_points_nowhere(content: str, says: str, web: Web, root: Path) -> None:
    (web.folder / "latest.json").write_text(content)
    assert says in refused(root, web.address)


def test_a_manifest_of_other_bytes(web: Web, maker: Path, root: Path) -> None:
    manifest = web.folder / versions(maker)[-1].version / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    assert "is not the file that latest.json names" in refused(root, web.address)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("{web}/elsewhere",), 1, "holds no latest.json"),
        (("{web}", "--version", "2020-01-01-00000000"), 1, "does not hold version 2020-01-01-00000000"),
        (("{web}", "--version", "../x"), 1, "is not the name of a version"),
        (("{root}/clean",), 2, "cannot be pulled into itself"),
        (("ftp://example.org/x",), 2, "ftp:// is not known"),
    ],
)
def test_what_cannot_be_pulled(words: tuple[str, ...], code: int, says: str, web: Web, root: Path) -> None:
    assert says in refused(root, *(word.format(web=web.address, root=root) for word in words), code=code)


def test_a_release_of_ones_own_keeps_its_place(web: Web, root: Path, inbox: Path, maker: Path) -> None:
    assert verb(root, "run", inbox).exit_code == 0
    own = read_latest(root / "clean")
    assert own is not None
    assert "pull into another folder with --to DIR" in refused(root, web.address, code=2)
    assert read_latest(root / "clean") == own
    shutil.rmtree(maker / "clean" / versions(maker)[-1].version)
    (maker / "clean" / "latest.json").unlink()
    pulled(maker, web.address)  # here it comes home


def test_a_disk_that_is_full(web: Web, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 90, 10))  # type: ignore[attr-defined]
    assert "are to come and 10 are free" in refused(root, web.address)


def test_where_files_cannot_be_linked(web: Web, maker: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    pulled(root, web.address, "--version", versions(maker)[0].version)
    monkeypatch.setattr(os, "link", link)
    assert pulled(root, web.address)["shared"]
    new = versions(maker)[-1].version
    assert tree(root / "clean" / new) == without_audit(tree(maker / "clean" / new))


def survives(web: Web, maker: Path, folder: Path, seed: int, number: int) -> None:
    """Kill pulls of the second version over the first at seeded moments: the one or the other stands, whole."""
    old, new = versions(maker)

    def start(name: str) -> Path:
        pulled(folder / name, web.address, "--version", old.version)
        return folder / name

    def run(moment: int, root: Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, WRAPPER, moment, root / "clean", "--root", root, "pull", web.address]
        return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)

    calm = start("calm")
    ended = run(0, calm)
    assert ended.returncode == 0, ended.stderr
    last = int(ended.stderr.rsplit("moments: ", 1)[1])
    assert last > 20
    for moment in random.Random(seed).sample(range(1, last + 1), number):
        root = start(f"killed-{moment}")
        assert run(moment, root).returncode == -signal.SIGKILL
        seen = read_latest(root / "clean")
        assert seen is not None
        assert seen.version in (old.version, new.version)
        assert tree(seen.path) == without_audit(tree(maker / "clean" / seen.version))
        pulled(root, web.address)
        assert tree(root / "clean") == tree(calm / "clean")


def test_three_kills(web: Web, maker: Path, tmp_path: Path) -> None:
    survives(web, maker, tmp_path, 2026, 3)


@pytest.mark.soak
def test_twenty_kills(web: Web, maker: Path, tmp_path: Path) -> None:
    survives(web, maker, tmp_path, 4711, 20)
