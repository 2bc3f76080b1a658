"""The bounds that the system keeps for a process: memory, computing time, size of files, no core dumps.

Soft limits, set anew for each file; a system without one of them (macOS has no bound on memory) does without.
"""

from __future__ import annotations

import resource
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.files.fileread import Limits


def bound(limits: Limits) -> None:
    """Bind this process for the file that it is about to read."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + limits.seconds + 1)
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_FSIZE, limits.inflated)
    _limit(resource.RLIMIT_CORE, 0)


@contextmanager
def memory_of(size: int) -> Iterator[None]:
    """Another bound on memory, for a program that is started inside."""
    before, _ = resource.getrlimit(resource.RLIMIT_AS)
    _limit(resource.RLIMIT_AS, size)
    try:
        yield
    finally:
        _limit(resource.RLIMIT_AS, before)


def _limit(what: int, soft: int) -> None:
    _, hard = resource.getrlimit(what)
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
