"""The workers of a Dask cluster as a pool like any other.

Enters: the address of a scheduler, or None for a cluster of processes on this machine. Leaves: an executor. Dask is
used as that and nothing more: a shard is a task, its result is the name of a file, and no worker knows of Prefect.
Needs the extra [cluster].

>>> with cluster(None, jobs=2) as found:
...     found.pool.submit(clean_step, shard, root, sources).result()
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flows.errors import FlowError, WrongUse
from flows.workers import CORES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

PATIENCE = 30
"""Seconds until the scheduler must have answered and one worker must have come."""
NO_WORKERS = {"distributed.scheduler.no-workers-timeout": "2 minutes"}
"""Dask's default is to wait for ever once all workers are gone; a worker that was killed is back within seconds."""

__all__ = ["Cluster", "cluster"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """threads: tasks that it works on at a time.

    killed: raised for a task when each worker that had it died. deserted: when there were no workers for too long.
    """

    pool: Executor
    threads: int
    killed: type[Exception]
    deserted: type[Exception]


@contextmanager
def cluster(scheduler: str | None, jobs: int) -> Iterator[Cluster]:
    """The cluster at that address, or one of this machine's cores that lives as long as the block.

    A worker that dies takes nothing along: its shards go to the others, three times at most. Raises FlowError when no
    scheduler or worker answers, WrongUse when Dask is not installed.
    """
    try:
        dask: Any = import_module("distributed")
        told: Any = import_module("distributed.scheduler")
        config: Any = import_module("dask.config")
    except ImportError as error:
        raise WrongUse("--engine dask needs one more package: pip install 'zhengce[cluster]'") from error
    own: Any = None
    if scheduler is None:
        with config.set(NO_WORKERS):
            own = dask.LocalCluster(
                n_workers=min(jobs, CORES),
                threads_per_worker=1,  # cleaning holds the interpreter: two threads are no faster than one
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,  # a worker that was killed shows in the outcome, or not at all
            )
    try:
        with _client(dask.Client, own or scheduler) as client:
            pool = client.get_executor(pure=False)
            try:
                yield Cluster(pool, sum(client.nthreads().values()), told.KilledWorker, told.NoWorkerError)
            finally:
                pool.shutdown(wait=False)
    finally:
        if own:
            own.close()


@contextmanager
def _client(connect: Any, where: Any) -> Iterator[Any]:
    """A client with at least one worker."""
    try:
        client = connect(where, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError; a word that is no address is a ValueError
        raise FlowError(f"{where}: no Dask scheduler answers; start it with: dask scheduler") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise FlowError(f"{where}: the scheduler has no workers; start them with: dask worker {where}") from error
        yield client
