"""How a version comes here: what is there is kept, what another version holds is linked, the rest is fetched.

Enters: a remote and the folder of versions. Leaves: a `Pulled`. A new version grows in `.<version>.pull.partial/` and
is renamed when it is complete; one that stands gets what it lacks (audit/, a damaged file) file by file. Half files
keep their bytes in `.half.partial/`, named by the digest that they will have, so a pull after a kill goes on where it
was.

>>> pull_release(open_remote("https://example.org/zhengce"), Path("clean")).fetched
12
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.errors import FlowError
from flows.fetched import elsewhere, fetch, has
from flows.remote import RemoteError
from flows.remote_version import AUDIT, VERSION, newest, remote_manifest
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import PARTIAL, replacing, sha256_of, sync_directory, synced
from pipeline.corpus.manifest import Latest, Manifest, read_json, to_json
from pipeline.corpus.versions import LATEST, MANIFEST, locked, sweep

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flows.direct import Watch
    from flows.remote import Remote
    from pipeline.corpus.manifest import FileEntry

STREAMS = 8
"""Files at a time: hides the latency of a bucket (50 ms a request) without being a burden to a small server."""

HALF = f".half{PARTIAL}"

__all__ = ["STREAMS", "Pulled", "pull_release"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """files: of the version, without audit/ unless it was asked for. fetched, bytes: what came over the line.

    shared: files linked to another version. latest: whether latest.json names this version now.
    """

    version: str
    path: Path
    files: int
    fetched: int
    bytes: int
    shared: int
    latest: bool


def pull_release(
    remote: Remote,
    to: Path,
    version: str | None = None,
    *,
    with_audit: bool = False,
    watch: Watch = lambda what, done, total: None,
) -> Pulled:
    """Bring a version here; None: the newest. Raises FlowError or CorpusError; then nothing that stood has moved."""
    latest = newest(remote)
    if latest is None and version is None:
        raise RemoteError(f"{remote}: holds no {LATEST}; is this the folder that was published to?")
    if version is not None and not VERSION.fullmatch(version):
        raise RemoteError(f"{version!r} is not the name of a version")
    is_newest = latest is not None and version in (None, latest.version)
    if latest is not None and is_newest:
        manifest, content = remote_manifest(remote, latest.version, latest.sha256)
    else:
        manifest, content = remote_manifest(remote, str(version))
    with locked(to):
        return _Pull(remote, to, manifest, content, with_audit, watch).run(point=is_newest)


class _Pull:
    """One version on its way; the folder is locked."""

    def __init__(
        self, remote: Remote, to: Path, manifest: Manifest, content: bytes, with_audit: bool, watch: Watch
    ) -> None:
        self.remote, self.to, self.content, self.watch = remote, to, content, watch
        self.path = to / manifest.version
        self.stands = self.path.exists()
        self.manifest = _standing(self.path, manifest) if self.stands else manifest
        self.files = [file for file in self.manifest.files if with_audit or not file.path.startswith(AUDIT)]
        self.home = self.path if self.stands else to / f".{manifest.version}.pull{PARTIAL}"
        self.half = to / HALF

    def run(self, *, point: bool) -> Pulled:
        """point: move latest.json to this version; it moves too when there is none."""
        self.half.mkdir(exist_ok=True)
        with ThreadPoolExecutor(STREAMS) as pool:
            here = list(pool.map(lambda file: has(self.home, file), self.files))
            missing = [file for file, present in zip(self.files, here, strict=True) if not present]
            known = elsewhere(self.to, {file.sha256 for file in missing})
            shared = [file for file in missing if file.sha256 in known and self._link(file, known[file.sha256])]
            rest = [file for file in missing if file not in shared]
            fetched = {file.sha256: file for file in rest}  # two files with the same bytes come once
            self._check_room(fetched.values())
            came = 0
            for done, size in enumerate(pool.map(self._fetch, fetched.values()), 1):
                self.watch(f"pulling {self.manifest.version}", done, len(fetched))
                came += size
        for file in rest:
            if (same := fetched[file.sha256]) != file:
                self._link(file, self.home / same.path)
        if not self.stands:
            self._install()
        elif missing:
            _sync(self.home)
        point = self._point(point)
        sweep(self.to)
        return Pulled(
            version=self.manifest.version,
            path=self.path,
            files=len(self.files),
            fetched=len(fetched),
            bytes=came,
            shared=len(shared),
            latest=point,
        )

    def _link(self, file: FileEntry, source: Path) -> bool:
        """Share a file of another version, if it is whole. False: it has to be fetched."""
        if not has(source.parent, file, source.name):
            return False
        link = self.half / f"{file.sha256}.link"  # never the name of a half file: those are written to
        link.unlink(missing_ok=True)
        try:
            os.link(source, link)
        except OSError:  # no hard links here, or too many of this file
            shutil.copyfile(source, link)
        self._place(link, file)
        return True

    def _fetch(self, file: FileEntry) -> int:
        came = fetch(self.remote, self.manifest.version, file, self.half)
        self._place(self.half / file.sha256, file)
        return came

    def _place(self, ready: Path, file: FileEntry) -> None:
        target = self.home / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        ready.replace(target)

    def _check_room(self, files: Iterable[FileEntry]) -> None:
        need, free = sum(file.bytes for file in files), shutil.disk_usage(self.to).free
        if need > free:
            raise FlowError(f"{self.to}: {need:,} bytes are to come and {free:,} are free; make room and pull again")

    def _install(self) -> None:
        """The version is complete: it gets its name."""
        self.home.mkdir(exist_ok=True)
        with synced(self.home / MANIFEST) as target:
            target.write(self.content)
        _sync(self.home)
        self.home.rename(self.path)
        sync_directory(self.to)

    def _point(self, point: bool) -> bool:
        """latest.json, last of all."""
        latest = Latest(version=self.manifest.version, sha256=sha256_of(self.path / MANIFEST))
        try:
            now = read_json(Latest, self.to / LATEST)
        except CorpusError:  # missing or damaged
            now = None
        if now is None or (point and now != latest):
            with replacing(self.to / LATEST) as target:
                target.write(to_json(latest))
            return True
        return now == latest


def _standing(path: Path, manifest: Manifest) -> Manifest:
    """The manifest of the version that stands. The same content may have been released here at another hour."""
    try:
        standing = read_json(Manifest, path / MANIFEST)
    except CorpusError as error:
        raise FlowError(f"{path}: has no readable {MANIFEST}; remove the folder and pull again") from error
    if standing.digest != manifest.digest:
        raise FlowError(f"{path}: holds something else than the remote's version of that name; move it and pull again")
    return standing


def _sync(folder: Path) -> None:
    """Make the names below a folder durable."""
    for path in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync_directory(path)
