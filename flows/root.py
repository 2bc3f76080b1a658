"""One folder holds a corpus: where its raw pages, its releases and its private things lie, and who may write there now.

Enters: the folder of `--root`. Leaves: a `Root` whose properties are the only place that knows the layout, `Root.lock`,
which lets one writer in at a time, and `now`, the one clock of the project.

>>> Root(Path("corpus")).raw
PosixPath('corpus/raw')
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from flows.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Root", "now"]

WRITER = "lock"
"""Name of the lock that whoever writes in a root holds."""


@dataclass(frozen=True, slots=True)
class Root:
    """A corpus on disk: `raw/` as fetched, `clean/` as released, `sources/` with cards of its owner's own."""

    path: Path

    @property
    def raw(self) -> Path:
        return self.path / "raw"

    @property
    def clean(self) -> Path:
        return self.path / "clean"

    @property
    def cache(self) -> Path:
        """Cleaned shards, each named by the digest of all that it depends on. It can be deleted at any time."""
        return self.clean / ".cache"

    @property
    def private(self) -> Path:
        """The lock and the embedded Prefect server's database: nothing that belongs to the corpus."""
        return self.path / ".zhengce"

    def prepare(self) -> None:
        """Make the private folder, which keeps itself out of version control.

        Raises WrongUse when the root cannot be written.
        """
        try:
            self.private.mkdir(parents=True, exist_ok=True)
            keep_out = self.private / ".gitignore"
            if not keep_out.exists():
                keep_out.write_text("*\n")
        except OSError as error:
            raise WrongUse(f"cannot write in {self.path}: {error.strerror}; choose another --root") from error

    @contextmanager
    def lock(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Hold the root for one writer. The operating system frees it when the process ends, however it ends.

        waiting: called once when somebody else holds it; then we wait for as long as it takes.
        """
        self.prepare()
        lock = FileLock(self.private / WRITER)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def claim(self, name: str = WRITER) -> Iterator[bool]:
        """True: what has this name is ours until the block ends, False: somebody else's. Nobody waits.

        Several threads may share the block. Without a name it is the lock of the root.
        """
        self.prepare()
        lock = FileLock(self.private / name, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def busy(self) -> bool:
        """Whether somebody is writing at this moment."""
        return self.claimed(WRITER)

    def claimed(self, name: str) -> bool:
        """Whether what has this name is somebody's at this moment."""
        path = self.private / name
        if not path.exists():
            return False
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        return False


def now() -> datetime:
    """The time in UTC, whole seconds; SOURCE_DATE_EPOCH (seconds since 1970) stands in for it in reproducible builds.

    Raises WrongUse when SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise WrongUse(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}") from error
