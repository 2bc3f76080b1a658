"""Files that are there whole or not at all, whenever the machine stops.

Enters: a path. Leaves: an open file that is on the disk when the block ends.

>>> with replacing(tmp / "latest.json") as file:
...     _ = file.write(b"{}")
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTIAL = ".partial"
"""Suffix of everything that is not finished yet; its name also begins with a dot, so that no reader takes it."""

__all__ = ["PARTIAL", "replacing", "sha256_of", "sync_directory", "synced"]


@contextmanager
def synced(path: Path) -> Iterator[BinaryIO]:
    """A new file, flushed to the disk when the block ends."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when it is complete; until then the old one, if any, stands."""
    partial = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    try:
        with synced(partial) as file:
            yield file
        partial.replace(path)
        sync_directory(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def sync_directory(path: Path) -> None:
    """Makes the names in a directory as durable as the files: a rename survives a power cut only after this."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
