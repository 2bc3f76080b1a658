"""Who cleans: the cores of this machine, or the workers of a Dask cluster.

Enters: what --engine, --scheduler and --exchange say. Leaves: an `Engine`, and from it, for as long as there is work, a
`Crew`. All of them call the same step, so they leave the same bytes. Duplicates are looked for on this machine
whatever the engine: the costly part of that, the fingerprints, was made by those who cleaned.

>>> with engine_of("dask", "tcp://10.0.0.5:8786").crew(jobs=40) as crew:
...     crew.clean(shard, root, sources)
"""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from flows.address import open_remote
from flows.cache import cached_shard
from flows.cluster import cluster
from flows.errors import FlowError, WrongUse
from flows.exchange import Errand, clean_by_exchange, open_exchange
from flows.root import Root
from flows.steps import clean_step
from flows.workers import CORES, few_collections, workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from crawler.source import Source
    from flows.remote import Remote

__all__ = ["LOCAL", "Crew", "Engine", "EngineName", "engine_of"]

EngineName = Literal["local", "dask"]

WORKER_LOST = "a worker was killed while it cleaned (out of memory?); run again: what is done is kept"
POISON = (
    "{}: each worker that cleaned it was killed (out of memory?); give them more and run again: what is done is kept"
)
NO_SCHEDULER = "the Dask scheduler was lost; start it and run again: what is done is kept"
NO_WORKERS = "the Dask cluster has had no workers for too long; start them and run again: what is done is kept"
STRANGER = "a worker has another zhengce, other libraries or another Python; install the same on all and run again"
UNSEEN = "{}: a worker cannot see it; share the folder of --root with all workers, or give --exchange"


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who clean. pool: None if it is the caller. width: shards that should be under way at a time.

    killed: what the pool raises for a shard that takes its workers down. deserted: what it raises when none are left.
    """

    pool: Executor | None = None
    width: int = 1
    exchange: Remote | None = None
    killed: tuple[type[Exception], ...] = ()
    deserted: tuple[type[Exception], ...] = ()

    def clean(self, shard: Path, root: Root, sources: Mapping[str, Source]) -> Path:
        """Have a raw shard cleaned, and wait for it. Leaves its file in the cache. Several threads may call this.

        Raises FlowError when workers are lost or are strange to us, and what the step raises.
        """
        if self.pool is None:
            return clean_seen(shard, root, sources)
        name = shard.relative_to(root.raw)
        source = unquote(name.parent.as_posix())
        own = {source: sources[source]} if source in sources else {}  # hundreds of cards would go with each shard
        target = cached_shard(shard, root, own)
        try:
            if self.exchange:
                errand = Errand(self.exchange.address, name.as_posix(), target.name, own)
                found = clean_by_exchange(errand, shard, target, self.exchange, self.pool)
            else:
                here = Root(root.path.resolve())  # a worker may run in another folder
                found = self.pool.submit(clean_seen, here.raw / name, here, own).result().name
        except BrokenExecutor as error:
            raise FlowError(WORKER_LOST) from error
        except CancelledError as error:
            raise FlowError(NO_SCHEDULER) from error
        except self.killed as error:
            raise FlowError(POISON.format(shard)) from error
        except self.deserted as error:
            raise FlowError(NO_WORKERS) from error
        if found != target.name:
            raise FlowError(STRANGER)
        return target


def clean_seen(shard: Path, root: Root, sources: Mapping[str, Source]) -> Path:
    """The step, on a worker that reads and writes in a root that it shares with whoever asks."""
    if not shard.exists():
        raise FlowError(UNSEEN.format(shard))
    with few_collections():
        return clean_step(shard, root, sources)


@dataclass(frozen=True, slots=True)
class Engine:
    """scheduler: address of a Dask cluster; None: one on this machine. exchange: where far workers read and write."""

    name: EngineName = "local"
    scheduler: str | None = None
    exchange: str | None = None

    @contextmanager
    def crew(self, jobs: int) -> Iterator[Crew]:
        """Those who clean so many shards. Raises FlowError when the cluster cannot be reached."""
        if self.name == "local" or not jobs:
            with workers(jobs) as pool:
                yield Crew(pool, min(jobs, CORES) if pool else 1)
            return
        exchange = open_exchange(self.exchange) if self.exchange else None
        with cluster(self.scheduler, jobs) as found:
            width = 2 * found.threads  # the next shards lie ready when a worker becomes free
            yield Crew(found.pool, width, exchange, (found.killed,), (found.deserted,))


LOCAL = Engine()


def engine_of(name: EngineName, scheduler: str | None = None, exchange: str | None = None) -> Engine:
    """The engine of that name; what is None stands in ZHENGCE_DASK and ZHENGCE_EXCHANGE, if it stands anywhere.

    Raises WrongUse when the words contradict each other.
    """
    if name == "local":
        if scheduler or exchange:
            raise WrongUse("--scheduler and --exchange are for a cluster; add --engine dask")
        return LOCAL
    exchange = exchange or os.environ.get("ZHENGCE_EXCHANGE") or None
    if exchange:
        remote = open_remote(exchange)
        if remote.scheme in ("http", "https"):
            raise WrongUse(f"{remote}: workers cannot write there; give a shared folder or s3://")
        exchange = str(remote.folder or exchange)  # as all machines know it, wherever a worker runs
    return Engine(name, scheduler or os.environ.get("ZHENGCE_DASK") or None, exchange)
