"""A WARC file while it grows: `<run>.warc.gz.open`, locked by its writer, whole up to its last record.

Enters: gzip members, in order. Leaves: `<run>.warc.gz` at close. A file left open by a killed process is cut to its
last whole member and closed by `recover`; the lock, which dies with its process, tells it from one still in use.
"""

from __future__ import annotations

import fcntl
import os
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from crawler.errors import RawStoreError
from crawler.index import SHARD
from crawler.members import whole_end
from crawler.warc_reader import captures

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

OPEN = ".open"

BATCH_RECORDS = 64
BATCH_BYTES = 16 << 20
"""After so many records or bytes the disk is asked to keep them: an fsync costs some 5 ms, a polite page 1.5 s."""


class GrowingWarc:
    """One file of one run; made when the first record comes, so that a run without news leaves nothing."""

    def __init__(self, directory: Path, run: str) -> None:
        """Raises RawStoreError if the file cannot be made."""
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self.final, self._file = _create(directory, run)
        except OSError as error:
            raise RawStoreError(f"{directory}: cannot write here ({error.strerror})") from error
        self._end = self._synced = self._unsynced_records = 0

    def append(self, members: bytes) -> None:
        """Writes through to the operating system, so that killing this process loses nothing that was appended.

        Raises RawStoreError, and cuts off the incomplete record, when the disk is full.
        """
        try:
            self._file.seek(self._end)  # over what an interrupted append may have left
            _write_all(self._file, members)
            self._end += len(members)
            self._unsynced_records += 1
            if self._unsynced_records >= BATCH_RECORDS or self._end - self._synced >= BATCH_BYTES:
                self._sync()
        except OSError as error:
            self._file.truncate(self._end)
            raise RawStoreError(f"{self.final}: cannot be written ({error.strerror}); make room") from error

    def close(self) -> Path:
        """Syncs, renames, syncs the directories. An interrupted append leaves no trace."""
        try:
            self._file.truncate(self._end)
            self._sync()
            _publish(self.final)
        except OSError as error:
            raise RawStoreError(f"{self.final}: not closed ({error.strerror}); the next run will do it") from error
        finally:
            self._file.close()
        return self.final

    def _sync(self) -> None:
        os.fsync(self._file.fileno())
        self._synced, self._unsynced_records = self._end, 0


def recover(path: Path) -> str:
    """Closes a `.open` file of a dead process; says in one line what became of it."""
    try:
        with path.open("r+b", buffering=0) as file:
            if not _lock(file, path):
                return f"{path.parent.name}/{path.name}: is being written by another process, left alone"
            size = file.seek(0, os.SEEK_END)
            file.truncate(_whole(file))
            cut = size - file.seek(0, os.SEEK_END)
            os.fsync(file.fileno())
            kept = sum(1 for _ in captures(path, source="")) if size > cut else 0
            if not kept:
                path.unlink()
                return f"{path.parent.name}/{path.name}: no whole record, removed"
            _publish(path.with_name(path.name.removesuffix(OPEN)))
            return f"{path.parent.name}/{path.name}: {kept} records kept, {cut} bytes of an incomplete one cut off"
    except FileNotFoundError:
        return f"{path.parent.name}/{path.name}: closed by its writer meanwhile"
    except OSError as error:
        raise RawStoreError(f"{path}: cannot be recovered ({error.strerror})") from error


def _whole(file: BinaryIO | FileIO) -> int:
    with os.fdopen(os.dup(file.fileno()), "rb") as stream:
        return whole_end(stream)


def _create(directory: Path, run: str) -> tuple[Path, FileIO]:
    """A new locked file; a run name that is taken gets _002, _003 …, which sort after it."""
    for number in count(1):
        final = directory / (f"{run}{SHARD}" if number == 1 else f"{run}_{number:03}{SHARD}")
        path = final.with_name(final.name + OPEN)
        if final.exists():
            continue
        try:
            file = path.open("xb", buffering=0)
        except FileExistsError:
            continue
        if _lock(file, path):
            return final, file
        file.close()  # a recovery came between and took the empty file away
    raise AssertionError("count() has no end")


def _lock(file: FileIO, path: Path) -> bool:
    """Takes the lock of the file that bears this name now; false if another process has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


def _publish(final: Path) -> None:
    final.with_name(final.name + OPEN).rename(final)
    for directory in (final.parent, final.parent.parent):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_all(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
