"""A run without Prefect: the steps one after the other, in the time that they take.

Enters: a `Plan`. Leaves: a `RunOutcome`. `watch` hears of progress: (what, done, of how many; 0 when nobody can know).

>>> run_direct(Plan(Root(Path(".")), now(), paths=(Path("raw/samples"),), collection="demo")).changed
True
"""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import CrawlerError, SourceError
from crawler.store import safe_name
from flows.cache import cached_shard, is_clean, sweep
from flows.cards import look_at_cards, read_cards
from flows.crew import LOCAL
from flows.outcome import CrawlOutcome, not_begun
from flows.steps import (
    EVERYTHING,
    Window,
    crawl_step,
    dedup_step,
    gate_step,
    load_step,
    raw_shards,
    release_step,
)
from flows.workers import CORES, workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from crawler.source import Source
    from flows.crew import Engine
    from flows.outcome import LoadOutcome, RunOutcome, SourceCrawl
    from flows.root import Root

    Watch = Callable[[str, int, int], None]

__all__ = ["CRAWLS", "Plan", "clean_direct", "crawl_direct", "load_direct", "release_direct", "run_direct", "silent"]

CRAWLS = 8
"""Sources that are crawled at the same time: each is a process of some 150 MB that mostly waits for its turn to ask."""

BREATH = 1.0
"""Seconds between two signs of life of a crawl."""


def silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do. Without paths and cards: release what raw/ holds.

    paths: files and folders to load; collection: their source's id. cards: sources to crawl; window: how far. because:
    why the gate's findings are right. engine: who cleans.
    """

    root: Root
    at: datetime
    paths: tuple[Path, ...] = ()
    collection: str | None = None
    cards: tuple[Source, ...] = ()
    window: Window = EVERYTHING
    because: str | None = None
    engine: Engine = LOCAL


def run_direct(plan: Plan, watch: Watch = silent) -> RunOutcome:
    """Load, crawl, clean, release."""
    load = load_direct(plan, watch) if plan.paths else None
    crawl = crawl_direct(plan, watch) if plan.cards else None
    return release_direct(plan, load, crawl, watch)


def load_direct(plan: Plan, watch: Watch = silent) -> LoadOutcome:
    """Load the plan's paths into raw/."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        watch("loading pages", done, 0)

    return load_step(plan.paths, plan.root, plan.collection, plan.at, tick)


def crawl_direct(plan: Plan, watch: Watch = silent) -> CrawlOutcome:
    """Crawl the plan's sources, several at a time. None of them stops another."""
    broken = look_at_cards(plan.root).broken

    def one(card: Source) -> SourceCrawl:
        try:
            if card.id in broken:
                raise SourceError(broken[card.id])
            return crawl_step(card, plan.root, plan.at, plan.window)
        except (CrawlerError, OSError) as error:
            return not_begun(card.id, error)

    pool = ThreadPoolExecutor(min(len(plan.cards), CRAWLS))
    try:
        jobs = {pool.submit(one, card): card for card in plan.cards}
        going = set(jobs)
        while going:
            watch(_under_way(plan.root, sorted(jobs[job].id for job in going)), len(jobs) - len(going), len(jobs))
            going = wait(going, BREATH, FIRST_COMPLETED).not_done
    finally:
        pool.shutdown(cancel_futures=True)
    return CrawlOutcome(plan.at, tuple(job.result() for job in jobs))


def _under_way(root: Root, sources: list[str]) -> str:
    """Who is being crawled, and how much of it is here."""
    size = 0
    for path in (path for source in sources for path in (root.raw / safe_name(source)).glob("*.open")):
        with suppress(FileNotFoundError):  # it was closed just now
            size += path.stat().st_size
    names = ", ".join(sources) if len(sources) < 4 else f"{len(sources)} sources"
    return f"crawling {names} ({size / 1e6:.1f} MB)"


def clean_direct(plan: Plan, watch: Watch = silent, crawl: CrawlOutcome | None = None) -> list[Path]:
    """Clean every raw shard that was not cleaned before, by the plan's engine. Leaves all cleaned shards, in order."""
    sources = read_cards(plan.root).sources
    sweep(plan.root)
    shards = raw_shards(plan.root, crawl)
    cleaned = [cached_shard(shard, plan.root, sources) for shard in shards]
    waiting = [shard for shard, done in zip(shards, cleaned, strict=True) if not is_clean(done)]
    watch("cleaning", 0, len(waiting))
    with plan.engine.crew(len(waiting)) as crew:
        if crew.pool is None:
            for done, shard in enumerate(waiting, 1):
                crew.clean(shard, plan.root, sources)
                watch("cleaning", done, len(waiting))
            return cleaned
        threads = ThreadPoolExecutor(crew.width)  # each waits for a shard
        try:
            jobs = [threads.submit(crew.clean, shard, plan.root, sources) for shard in waiting]
            for done, job in enumerate(as_completed(jobs), 1):
                job.result()
                watch("cleaning", done, len(waiting))
        finally:
            threads.shutdown(cancel_futures=True)
    return cleaned


def release_direct(
    plan: Plan, load: LoadOutcome | None = None, crawl: CrawlOutcome | None = None, watch: Watch = silent
) -> RunOutcome:
    """Clean what is not clean yet and release the corpus. load, crawl: what was done before, for the outcome."""
    cleaned = clean_direct(plan, watch, crawl)
    sources = read_cards(plan.root).sources
    watch("looking for duplicates", 0, 0)
    with workers(CORES) as pool:
        corpus, around = dedup_step(cleaned, plan.root, pool)
    watch("releasing", 0, 0)
    forced = gate_step(around, plan.root, sources, plan.because)
    return release_step(corpus, around, plan.root, sources, plan.at, forced, load, crawl)
