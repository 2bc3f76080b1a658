"""What is measured, each in a process of its own: `python -m benchmarks.speed.work WHAT ROOT [--processes N]`.

Enters: a corpus of `benchmarks.speed.pages`. Leaves: one line of JSON. race: CPU seconds of ours and of trafilatura's
defaults on the bytes of the same pages; they take turns, shard by shard, and the first turn does not count. stages:
CPU seconds by stage. clean: the clean step as `zhengce clean` does it; peak: bytes, of this process. trafilatura: its
defaults, one process. dask: the clean step by so many Dask workers; processor: CPU seconds of
all of them, which tells what two would gain if nobody else used the machine. flow: a run without and with Prefect.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import shutil
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality.peers import ERRORS
from benchmarks.speed.clock import Clock, put_clocks
from crawler.store import RawStore
from flows import steps, workers
from flows.crew import Crew
from flows.root import Root, now

if TYPE_CHECKING:
    from collections.abc import Callable

Figures = dict[str, float]


def race(root: Root, _processes: int) -> Figures:
    """Both in turns."""
    ours = theirs = pages = 0.0
    for turn, shard in enumerate(RawStore(root.raw).shards()):
        begun = time.process_time()
        Crew().clean(shard, root, {})
        spent = time.process_time() - begun
        other, count = _trafilatura(shard, root)
        if turn:
            ours, theirs, pages = ours + spent, theirs + other, pages + count
    return {"pages": pages, "ours": ours, "trafilatura": theirs}


def stages(root: Root, _processes: int) -> Figures:
    """All shards with clocks; the first one does not count."""
    clock = Clock()
    put_clocks(clock)
    for turn, shard in enumerate(RawStore(root.raw).shards()):
        steps.clean_step(shard, root, {})
        if not turn:
            clock.seconds.clear()
    return dict(clock.seconds)


def clean(root: Root, processes: int) -> Figures:
    """All shards. More than one process: a pool of so many, which imports all of ours first."""
    workers.CORES = processes
    from flows.direct import Plan, clean_direct  # reads how many cores there are

    begun = time.perf_counter()
    clean_direct(Plan(root, now()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1024 if sys.platform == "linux" else 1)
    return {"seconds": time.perf_counter() - begun, "peak": peak}


def trafilatura(root: Root, _processes: int) -> Figures:
    """All shards, in this process."""
    found = [_trafilatura(shard, root) for shard in RawStore(root.raw).shards()]
    return {"seconds": sum(spent for spent, _ in found)}


def dask(root: Root, processes: int) -> Figures:
    """The clean step by so many Dask workers, which are there already."""
    from distributed import Client, LocalCluster

    from flows.crew import engine_of
    from flows.direct import Plan, clean_direct

    with (
        LocalCluster(processes, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        client.run(import_module, "flows.steps")
        before = client.run(time.process_time)
        begun = time.perf_counter()
        clean_direct(Plan(root, now(), engine=engine_of("dask", cluster.scheduler_address)))
        seconds = time.perf_counter() - begun
        return {
            "seconds": seconds,
            "processor": sum(used - before[name] for name, used in client.run(time.process_time).items()),
        }


def flow(root: Root, _processes: int) -> Figures:
    """A whole run without Prefect, then as a flow on the server of PREFECT_API_URL, all imported before."""
    from flows.direct import Plan
    from flows.engine import prepare_prefect
    from flows.way import run_plan

    prepare_prefect(root)
    import_module("flows.run")
    found = {}
    for name, flow_way in (("warm up", True), ("direct", False), ("flow", True)):
        shutil.rmtree(root.clean, ignore_errors=True)
        begun = time.perf_counter()
        run_plan(Plan(root, now()), flow_way)
        found[name] = time.perf_counter() - begun
    return found


def _trafilatura(shard: Path, root: Root) -> tuple[float, int]:
    """CPU seconds and pages; reading the shard is not counted."""
    from trafilatura import extract

    pages = [(record.page.body, record.page.url) for record in RawStore(root.raw).records(shard)]
    begun = time.process_time()
    for body, url in pages:
        with suppress(*ERRORS):
            extract(body, url=url)
    return time.process_time() - begun, len(pages)


WORK: dict[str, Callable[[Root, int], Figures]] = {
    work.__name__: work for work in (race, stages, clean, trafilatura, dask, flow)
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=WORK)
    parser.add_argument("root", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    root = Root(given.root)
    shutil.rmtree(root.clean, ignore_errors=True)
    print(json.dumps(WORK[given.work](root, given.processes)))


if __name__ == "__main__":
    main()
