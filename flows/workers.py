"""Every core for work that is cut into shards.

Enters: the number of jobs. Leaves: a pool of processes to give them to, or None where a pool would gain nothing. The
processes are started afresh, because a forked child of a process with threads (Prefect has many) may hang.

>>> with workers(jobs=2) as pool:
...     pool.submit(clean_step, shard, root, sources).result()
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CORES", "few_collections", "workers"]

CORES = os.cpu_count() or 1
COLLECT = 50_000
"""New objects before Python looks for cycles among them. A page makes hardly any, and 700 cost 4 % of the time."""


@contextmanager
def few_collections() -> Iterator[None]:
    """For work that makes many objects and few cycles."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def workers(jobs: int) -> Iterator[ProcessPoolExecutor | None]:
    """A pool with a process a core, at most one a job; None for one job or core. Jobs not begun end with it."""
    processes = min(jobs, CORES)
    if processes < 2:
        yield None
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever: it goes too. Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_and_leave, daemon=True).start()


def _wait_and_leave() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
