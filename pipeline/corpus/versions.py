"""The versions in clean/: which one is the newest, and how the next one takes its place.

clean/<version>/ is written under a temporary name, flushed and renamed; latest.json moves last. A kill at any moment
leaves either the old latest version or the new one, whole; what else it leaves has a name that begins with a dot and
goes away with the next run.

>>> latest = read_latest(Path("clean"))
>>> latest.path / "documents"
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import PARTIAL, replacing, sha256_of, sync_directory
from pipeline.corpus.manifest import Latest, Manifest, read_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LATEST, MANIFEST = "latest.json", "manifest.json"
AUDIT = "audit"
"""Folder of what was removed, merged and kept apart: the part of a release that is only pulled on request."""

__all__ = ["LATEST", "MANIFEST", "Release", "installed", "intact", "locked", "read_latest", "sweep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version that stands. changed: False when the run found nothing new and the version is the one that was
    there."""

    path: Path
    manifest: Manifest
    changed: bool

    @property
    def version(self) -> str:
        return self.manifest.version

    @property
    def digest(self) -> str:
        return self.manifest.digest

    @property
    def documents(self) -> int:
        return self.manifest.counts.documents

    @property
    def reposts(self) -> int:
        return self.manifest.counts.reposts

    @property
    def refused(self) -> int:
        return self.manifest.counts.refused

    @property
    def removed(self) -> int:
        return self.manifest.counts.removed

    @property
    def repaired(self) -> int:
        return self.manifest.counts.repaired


def read_latest(root: Path) -> Release | None:
    """The version that latest.json names; None if there is none yet. Raises CorpusError if it is damaged."""
    pointer = root / LATEST
    if not pointer.exists():
        return None
    latest = read_json(Latest, pointer)
    path = root / latest.version
    manifest = read_json(Manifest, path / MANIFEST)
    if sha256_of(path / MANIFEST) != latest.sha256:
        raise CorpusError(f"{path / MANIFEST}: is not the file that {pointer} names; remove both and release again")
    return Release(path=path, manifest=manifest, changed=False)


def intact(path: Path, manifest: Manifest) -> bool:
    """True when every file of the manifest is there with its digest; a version that was pulled may lack audit/."""
    here = (path / AUDIT).exists()
    files = [file for file in manifest.files if here or not file.path.startswith(f"{AUDIT}/")]
    return all((path / file.path).is_file() and sha256_of(path / file.path) == file.sha256 for file in files)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keeps a second release out of the same folder. The lock ends with the process, however it ends."""
    root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CorpusError(f"{root}: another release is being written here; wait until it has ended") from error
        yield
    finally:
        os.close(descriptor)


def sweep(root: Path) -> None:
    """Removes what a killed run left behind."""
    for leftover in root.glob(f".*{PARTIAL}"):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


def installed(partial: Path, manifest: Manifest) -> Release:
    """Gives a complete folder its name and moves the pointer to it.

    A version of that name may stand already: from a run that was killed before it moved the pointer, or because the
    corpus went back to an earlier state. Versions do not change, so a whole one is kept and pointed at; a damaged one
    gives way.
    """
    root = partial.parent
    path = root / manifest.version
    if path.exists() and not _same(path, manifest):
        path.rename(root / f".{manifest.version}.damaged{PARTIAL}")
    if path.exists():
        manifest = read_json(Manifest, path / MANIFEST)
        shutil.rmtree(partial)
    else:
        partial.rename(path)
    sync_directory(root)
    with replacing(root / LATEST) as file:
        file.write(to_json(Latest(version=manifest.version, sha256=sha256_of(path / MANIFEST))))
    sweep(root)
    return Release(path=path, manifest=manifest, changed=True)


def _same(path: Path, manifest: Manifest) -> bool:
    try:
        standing = read_json(Manifest, path / MANIFEST)
    except CorpusError:
        return False
    return standing.digest == manifest.digest and intact(path, standing)
