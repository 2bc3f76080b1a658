"""The verb `zhengce publish`: a version goes where others can pull it.

Enters: a release here. Leaves: its missing files as blobs at the remote, then its manifest, then latest.json: a reader
sees the version before or this one, whole. Each file is checked against the manifest before it goes. What a killed
publish brought is found and not brought again.

>>> zhengce publish s3://bucket/zhengce
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from flows.address import open_remote
from flows.errors import FlowError, WrongUse
from flows.fetched import has
from flows.options import Json  # noqa: TC001  # typer reads the annotation at run time
from flows.pulled import STREAMS
from flows.remote import RemoteError
from flows.remote_version import AUDIT, blob, manifest_path, newest, remote_manifest
from flows.show import as_json
from flows.terminal import at_work, say, waiting
from flows.version import Version, release_of
from pipeline.corpus.manifest import Latest, to_json
from pipeline.corpus.versions import LATEST, MANIFEST, locked

if TYPE_CHECKING:
    from pathlib import Path

    from flows.direct import Watch
    from flows.remote import Remote
    from flows.root import Root
    from pipeline.corpus.manifest import FileEntry
    from pipeline.corpus.release import Release

__all__ = ["Published", "publish", "publish_release"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """files, total: of the version. uploaded, bytes: what was not there yet. latest: whether latest.json names it."""

    remote: str
    version: str
    files: int
    total: int
    uploaded: int
    bytes: int
    latest: bool


def publish(
    context: typer.Context,
    remote: Annotated[str, typer.Argument(metavar="REMOTE", help="A folder, http(s)://… or s3://bucket/….")],
    version: Version = None,
    json: Json = False,
) -> None:
    """Bring a version to REMOTE, where `zhengce pull` finds it: only the files that are not there yet.

    \b
    Example:
      zhengce publish s3://bucket/zhengce
    """
    root: Root = context.obj
    place = open_remote(remote)
    if place.folder and place.folder.resolve() == root.clean.resolve():
        raise WrongUse(f"{remote}: is the folder that the releases are made in; choose another one")
    with root.lock(waiting(root.path)), at_work() as watch:
        published = publish_release(release_of(root, version), place, point=version is None, watch=watch)
    if json:
        say(as_json(published))
    else:
        brought = f"{published.uploaded:,} of {published.files:,} files brought"
        say(f"{remote}: {published.version}, {brought} ({published.bytes:,} of {published.total:,} bytes)")


def publish_release(
    release: Release, remote: Remote, *, point: bool = True, watch: Watch = lambda what, done, total: None
) -> Published:
    """Publish a version. point: latest.json moves to it; it moves too when there is none.

    Raises FlowError when a file here is missing or damaged, or when the remote does not take it.
    """
    files = {file.sha256: file for file in release.manifest.files}  # two files with the same bytes are one blob
    with locked(remote.folder) if remote.folder else nullcontext(), ThreadPoolExecutor(STREAMS) as pool:
        remote.sweep()
        sizes = pool.map(lambda file: remote.size(blob(file.sha256)), files.values())
        missing = [file for file, size in zip(files.values(), sizes, strict=True) if size != file.bytes]
        for done, _ in enumerate(pool.map(lambda file: _bring(release.path, file, remote), missing), 1):
            watch(f"publishing {release.version}", done, len(missing))
        latest = Latest(version=release.version, sha256=_manifest(release, remote))
        there = newest(remote)
        if there is None or (point and there != latest):
            remote.write(to_json(latest), LATEST)
            there = latest
    return Published(
        remote=str(remote),
        version=release.version,
        files=len(release.manifest.files),
        total=sum(file.bytes for file in files.values()),
        uploaded=len(missing),
        bytes=sum(file.bytes for file in missing),
        latest=there == latest,
    )


def _manifest(release: Release, remote: Remote) -> str:
    """Bring the manifest; returns the SHA-256 of the one that stands there then.

    Versions do not change: one of the same content that was released at another hour is kept, so that latest.json never
    names another manifest than the one beside it.
    """
    path = manifest_path(release.version)
    with suppress(RemoteError):
        standing, content = remote_manifest(remote, release.version)
        if standing.digest == release.digest:
            return hashlib.sha256(content).hexdigest()
    content = (release.path / MANIFEST).read_bytes()
    remote.write(content, path)
    return hashlib.sha256(content).hexdigest()


def _bring(folder: Path, file: FileEntry, remote: Remote) -> None:
    """A blob must be what its name says: what is damaged here stays here."""
    if not has(folder, file):
        way_out = "pull it again --with-audit" if file.path.startswith(AUDIT) else "remove the version, release again"
        raise FlowError(f"{folder / file.path}: is not the file that {MANIFEST} names; {way_out}, then publish")
    remote.put(folder / file.path, blob(file.sha256))
