"""Somewhere else where releases lie: a folder, an http(s) server or an S3 bucket, behind five plain operations.

Enters: an address. Leaves: a `Remote` that reads and writes files by their names below it. A file that is written
stands there whole or not at all: folders by a rename, S3 by itself; a plain HTTP server is asked by PUT and has to see
to it. fsspec speaks the protocols.

>>> open_remote("s3://bucket/zhengce").read("latest.json")
b'{...}'
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.errors import FlowError
from pipeline.corpus.files import PARTIAL, replacing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fsspec import AbstractFileSystem

__all__ = ["Absent", "Remote", "RemoteError"]

BLOCK = 4 * 2**20
"""Bytes of one request: a broken line costs seconds, and 50 ms of latency do not show."""


class RemoteError(FlowError):
    """The remote cannot be reached, or it holds something else than it says."""


class Absent(RemoteError):
    """The remote has no such file."""


class Remote:
    """Files by their names ("blobs/ab/abcd…", with "/") below an address. May be used from several threads."""

    def __init__(self, address: str, fs: AbstractFileSystem, base: str, troubles: tuple[type[Exception], ...]) -> None:
        self.address, self.scheme = address, urlsplit(address).scheme
        self._fs, self._base, self._troubles = fs, base.rstrip("/"), troubles

    @property
    def folder(self) -> Path | None:
        """The folder on this machine that the remote is; None for a server."""
        return Path(self._base) if self._fs.protocol == ("file", "local") else None

    def read(self, name: str) -> bytes | None:
        """A small file; None if there is none."""
        try:
            with self._told(name):
                return bytes(self._fs.cat_file(self._path(name)))
        except Absent:
            return None

    def size(self, name: str) -> int | None:
        """Bytes of a file; None if there is none, or if the server does not tell."""
        try:
            with self._told(name):
                size = self._fs.info(self._path(name))["size"]
        except Absent:
            return None
        return None if size is None else int(size)

    def chunks(self, name: str, start: int, size: int) -> Iterator[bytes]:
        """The bytes of a file from `start` on, `size` being all that it should have. Raises RemoteError."""
        position = start
        try:
            for chunk in self._ranges(name, start, size):
                position += len(chunk)
                yield chunk
        except _NoRanges:  # the server gives files as a whole only: pass over what is here already
            with self._told(name), self._fs.open(self._path(name), "rb", block_size=0) as file:
                seen = 0
                while seen < size and (chunk := file.read(BLOCK)):
                    seen += len(chunk)
                    if seen > position:
                        yield chunk[-(seen - position) :]
                        position = seen

    def _ranges(self, name: str, start: int, size: int) -> Iterator[bytes]:
        told = {"size": size} if self.scheme in ("http", "https") else {}  # saves asking for it
        with (
            self._told(name),
            self._fs.open(self._path(name), "rb", block_size=BLOCK, cache_type="none", **told) as file,
        ):
            file.seek(start)
            while start < size:
                try:
                    chunk = file.read(min(BLOCK, size - start))
                except ValueError as error:  # fsspec: "doesn't appear to support range requests"
                    raise _NoRanges from error
                if not chunk:
                    return
                start += len(chunk)
                yield chunk

    def put(self, local: Path, name: str) -> None:
        """Bring a file there."""
        with self._told(name):
            if self.folder:
                with local.open("rb") as source, replacing(self._made(name)) as target:
                    shutil.copyfileobj(source, target, BLOCK)
            elif self.scheme == "s3":
                self._fs.put_file(str(local), self._path(name))
            else:
                self._fs.pipe_file(self._path(name), local.read_bytes())  # PUT; a shard fits into memory

    def write(self, content: bytes, name: str) -> None:
        """Bring a small file there, in the place of an older one if there is one."""
        with self._told(name):
            if self.folder:
                with replacing(self._made(name)) as target:
                    target.write(content)
            else:
                self._fs.pipe_file(self._path(name), content)

    def files(self) -> dict[str, tuple[int, datetime]]:
        """Every file of a folder or bucket by its name, with its bytes and the moment when it was written (UTC)."""
        with self._told(""):
            found = self._fs.find(self._base, detail=True)
        return {
            path.removeprefix(f"{self._base}/"): (one["size"], _moment(one.get("LastModified") or one["mtime"]))
            for path, one in found.items()
        }

    def remove(self, names: list[str]) -> None:
        """Remove files of a folder or bucket, and the folders that are empty then."""
        for name in names:
            with self._told(name):
                self._fs.rm_file(self._path(name))
                if self.folder:
                    with suppress(OSError):  # not empty
                        Path(self._path(name)).parent.rmdir()

    def sweep(self) -> None:
        """Remove what killed writers left in a folder; for the holder of its lock. Servers keep nothing half."""
        for pattern in (f".*{PARTIAL}", f"*/.*{PARTIAL}", f"blobs/*/.*{PARTIAL}"):
            for leftover in self.folder.glob(pattern) if self.folder else ():
                if leftover.is_file():
                    leftover.unlink()

    def __str__(self) -> str:
        return self.address

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}"

    def _made(self, name: str) -> Path:
        path = Path(self._path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Turns what libraries raise into one line that names the file there."""
        try:
            yield
        except self._troubles as error:
            status = getattr(error, "status", None)  # of aiohttp's ClientResponseError
            if isinstance(error, FileNotFoundError) or status in (404, 410):
                raise Absent(f"{self}/{name}: there is no such file") from error
            reason = f"the server answers {status}" if status else getattr(error, "strerror", None) or str(error)
            raise RemoteError(f"{self}/{name}: {reason or type(error).__name__}") from error


class _NoRanges(Exception):
    """The server cannot give a part of a file."""


def _moment(value: datetime | float) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromtimestamp(value, UTC)
