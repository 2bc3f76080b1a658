"""The files of a version that are here, and how one that is not comes: resumed, and checked before it is used.

Enters: a remote, an entry of a manifest, a folder for half files. Leaves: a file in that folder, named by its digest,
that is byte for byte what the manifest says.

>>> fetch(remote, manifest.version, entry, Path("clean/.half.partial"))
48213
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flows.remote import Absent, RemoteError
from flows.remote_version import blob
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import sha256_of
from pipeline.corpus.manifest import Manifest, read_json
from pipeline.corpus.versions import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.remote import Remote
    from pipeline.corpus.manifest import FileEntry

TRIES = 3
"""Connections for one file; each goes on where the one before it broke."""

__all__ = ["elsewhere", "fetch", "has"]


def has(folder: Path, file: FileEntry, name: str | None = None) -> bool:
    """Whether a folder holds a file of the manifest, byte for byte. name: if it has another one there."""
    path = folder / (name or file.path)
    return path.is_file() and path.stat().st_size == file.bytes and sha256_of(path) == file.sha256


def elsewhere(to: Path, wanted: set[str]) -> dict[str, Path]:
    """Files of versions here by their digest, as their manifests say."""
    found: dict[str, Path] = {}
    for manifest in sorted(to.glob(f"*/{MANIFEST}")):
        try:
            files = read_json(Manifest, manifest).files
        except CorpusError:  # a damaged version cannot help; whoever reads it will say so
            continue
        found.update((file.sha256, manifest.parent / file.path) for file in files if file.sha256 in wanted)
    return found


def fetch(remote: Remote, version: str, file: FileEntry, folder: Path) -> int:
    """Bring the rest of a file into the folder. Returns the bytes that came.

    Raises RemoteError when it cannot be had, or is not what the manifest says; then no wrong half stays.
    """
    half = folder / file.sha256
    resumed = half.exists()
    came = _complete(remote, version, file, half)
    if resumed and not has(folder, file, half.name):  # what lay here may have been damaged by a crash
        half.unlink()
        came += _complete(remote, version, file, half)
    if not has(folder, file, half.name):
        half.unlink()
        where = f"{remote}/{blob(file.sha256)}"
        raise RemoteError(f"{where}: is not what the manifest says of {file.path}; let it be published again")
    return came


def _complete(remote: Remote, version: str, file: FileEntry, half: Path) -> int:
    with half.open("ab") as target:
        before = target.tell()
        for attempt in range(1, TRIES + 1):
            try:
                for chunk in _chunks(remote, version, file, target.tell()):
                    target.write(chunk)
                break
            except RemoteError as error:
                if attempt == TRIES or isinstance(error, Absent):
                    raise
        target.flush()
        os.fsync(target.fileno())
        return target.tell() - before


def _chunks(remote: Remote, version: str, file: FileEntry, start: int) -> Iterator[bytes]:
    """Of the blob, or of the file in a clean/ folder that somebody serves as it is."""
    try:
        yield from remote.chunks(blob(file.sha256), start, file.bytes)
    except Absent as missing:
        try:
            yield from remote.chunks(f"{version}/{file.path}", start, file.bytes)
        except Absent:
            where = f"{remote}/{blob(file.sha256)}"
            raise Absent(f"{where}: is missing ({file.path}); let it be published again") from missing
