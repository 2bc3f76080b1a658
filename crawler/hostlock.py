"""A file for each host: who holds its lock may ask the host, and in it stands when the host was last asked.

Enters: a host's name. Leaves: a `HostLock` to take and to give back. The lock is the operating system's, so that every
process of this user keeps to it and a killed one loses it by dying.

>>> lock = HostLock(host_locks(), "www.suzhou.gov.cn")
>>> lock.take()
True
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

from crawler.errors import CrawlError
from crawler.store import safe_name

__all__ = ["HostLock", "host_locks"]


class HostLock:
    """Times are seconds since 1970, because several processes must understand them."""

    def __init__(self, folder: Path, host: str) -> None:
        """Raises CrawlError if the file cannot be opened."""
        path = folder / f"{safe_name(host)}.host"
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise CrawlError(f"{path}: cannot be written ({error.strerror})") from error

    def take(self) -> bool:
        """False if somebody else has it now."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def times(self) -> tuple[float, float]:
        """When the last answer came, and until when the host is spared; zeros in a new or damaged file."""
        try:
            last, until = os.pread(self._file, 64, 0).split()
            return float(last), float(until)
        except ValueError:
            return 0.0, 0.0

    def note(self, last: float, until: float) -> None:
        os.pwrite(self._file, f"{last:020.6f} {until:020.6f}".encode(), 0)

    def close(self) -> None:
        """Gives the host back."""
        os.close(self._file)


def host_locks(folder: Path | None = None) -> Path:
    """The folder of the hosts' files: one for each user of the machine, because a site does not care for our folders.

    Raises CrawlError if somebody else owns it.
    """
    folder = folder or Path(tempfile.gettempdir()) / f"zhengce-hosts-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CrawlError(f"{folder}: cannot be made ({error.strerror})") from error
    if folder.stat().st_uid != os.getuid():
        raise CrawlError(f"{folder}: belongs to another user; remove it or set TMPDIR")
    return folder
