"""A run without Prefect: the steps one after the other, in the time that they take.

Enters: a `Plan`. Leaves: a `RunOutcome`. `watch` hears of progress: (what, done, of how many; 0 when nobody can know).

>>> run_direct(Plan(Root(Path(".")), now(), paths=(Path("raw/samples"),), collection="demo")).changed
True
"""

from __future__ import annotations

from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.source import load_sources
from flows.cache import cached_shard, sweep
from flows.errors import FlowError
from flows.steps import clean_step, load_step, raw_shards, release_step
from flows.workers import workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from flows.outcome import LoadOutcome, RunOutcome
    from flows.root import Root

    Watch = Callable[[str, int, int], None]

__all__ = ["Plan", "clean_direct", "load_direct", "release_direct", "run_direct", "silent"]

WORKER_LOST = "a worker was killed while it cleaned (out of memory?); run again: what is done is kept"


def silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do. paths: files and folders; none: release what raw/ holds. collection: their source's id."""

    root: Root
    at: datetime
    paths: tuple[Path, ...] = ()
    collection: str | None = None


def run_direct(plan: Plan, watch: Watch = silent) -> RunOutcome:
    """Load, clean, release."""
    return release_direct(plan, load_direct(plan, watch) if plan.paths else None, watch)


def load_direct(plan: Plan, watch: Watch = silent) -> LoadOutcome:
    """Load the plan's paths into raw/."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        watch("loading pages", done, 0)

    return load_step(plan.paths, plan.root, plan.collection, plan.at, tick)


def clean_direct(plan: Plan, watch: Watch = silent) -> list[Path]:
    """Clean every raw shard that was not cleaned before, on all cores. Leaves all cleaned shards, in order."""
    sources = load_sources(plan.root.path)
    sweep(plan.root)
    shards = raw_shards(plan.root)
    cleaned = [cached_shard(shard, plan.root, sources) for shard in shards]
    waiting = [shard for shard, done in zip(shards, cleaned, strict=True) if not done.exists()]
    watch("cleaning", 0, len(waiting))
    with workers(len(waiting)) as pool:
        if pool is None:
            for done, shard in enumerate(waiting, 1):
                clean_step(shard, plan.root, sources)
                watch("cleaning", done, len(waiting))
            return cleaned
        jobs = [pool.submit(clean_step, shard, plan.root, sources) for shard in waiting]
        try:
            for done, job in enumerate(as_completed(jobs), 1):
                job.result()
                watch("cleaning", done, len(waiting))
        except BrokenProcessPool as error:
            raise FlowError(WORKER_LOST) from error
    return cleaned


def release_direct(plan: Plan, load: LoadOutcome | None = None, watch: Watch = silent) -> RunOutcome:
    """Clean what is not clean yet and release the corpus."""
    cleaned = clean_direct(plan, watch)
    watch("releasing", 0, 0)
    return release_step(cleaned, plan.root, load_sources(plan.root.path), plan.at, load)
