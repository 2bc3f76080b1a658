"""The steps as Prefect tasks: their names in the UI, and when they are tried again.

Enters: what a step needs, and the `Work` that all tasks of a run share. Leaves: what the step leaves. Tasks are coarse
(a source, a raw shard) and async, because Prefect slows down after thousands of them and a synchronous one costs a
second. Its results and caching are off: clean/.cache/ is the only cache, so that every way leaves the same bytes.

Import this module only after `flows.engine.prepare_prefect`, which sets Prefect up.

>>> await clean_task(shard, work, crew)
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed, Failed
from prefect.tasks import Task

from crawler.errors import SourceError
from crawler.hosts import host_key
from flows.cards import Cards
from flows.crew import Crew
from flows.direct import Plan
from flows.outcome import CrawlOutcome, LoadOutcome, RunOutcome, SourceCrawl
from flows.publish import Published, publish_release
from flows.remote import Remote
from flows.show import crawl_line
from flows.steps import crawl_step, dedup_step, gate_step, load_step, release_step
from flows.version import release_of
from pipeline.corpus.corpus import Corpus
from pipeline.corpus.manifest import Forced
from pipeline.corpus.surroundings import Surroundings

__all__ = [
    *("Team", "Work", "may_pass", "crawl_task", "load_task"),
    *("clean_task", "dedup_task", "gate_task", "publish_task", "release_task"),
]


class Work:
    """What the tasks of one run share. A plain class: Prefect walks through the fields of a record at each task.

    sources: all cards, by id. broken: id -> why its card cannot be read. name: of the root, for people. hosts: at most
    one crawl is under way at each.
    """

    def __init__(self, plan: Plan, cards: Cards) -> None:
        self.plan, self.sources, self.broken = plan, cards.sources, cards.broken
        self.name = plan.root.path.resolve().name
        self.hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)


class Team:
    """Threads that wait for those who do the work, and the crew if there is one: a plain class for the same reason."""

    def __init__(self, threads: Executor, crew: Crew | None = None) -> None:
        self.threads, self.crew = threads, crew or Crew()


SOON = timedelta(hours=1)
"""After its first try a step is only tried again for so long."""


async def may_pass(step: Task[..., Any], run: TaskRun | None, state: State[Any]) -> bool:
    """Whether trying again can help: a full or slow disk may recover, and so may a site that could not be read.

    A damaged file does not; and a site that blocked us is left alone until the next run, like one whose crawl broke
    down only after hours: three times ten of them would be the next night's.
    """
    begun = run.start_time if run else None
    if begun and datetime.now(UTC) - begun > SOON:
        return False
    found = await state.aresult(raise_on_failure=False)
    if isinstance(found, SourceCrawl):
        return found.outcome == "failed"
    return isinstance(found, OSError) or isinstance(getattr(found, "__cause__", None), OSError)


STEP: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": [1, 5],
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": may_pass,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}
"""The delays are for a disk. Those of a crawl, which is for a site, are the flow's to say."""


@task(name="load", task_run_name="load {label}", **STEP)
async def load_task(label: str, work: Work) -> LoadOutcome:
    plan = work.plan
    return await asyncio.to_thread(load_step, plan.paths, plan.root, plan.collection, plan.at)


@task(name="crawl", task_run_name="crawl {source}", **STEP)
async def crawl_task(source: str, work: Work, team: Team) -> State[SourceCrawl]:
    """One source, when nobody else of this run crawls its hosts. The state has the outcome's name."""
    plan = work.plan
    card = next(card for card in plan.cards if card.id == source)
    if source in work.broken:
        raise SourceError(work.broken[source])
    async with AsyncExitStack() as alone:
        for host in sorted({host_key(f"http://{host}") for host in card.hosts}):  # in one order: nobody waits in a ring
            await alone.enter_async_context(work.hosts[host])
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(team.threads, crawl_step, card, plan.root, plan.at, plan.window)
    ended = Completed if found.stands else Failed
    return ended(name=found.outcome.capitalize(), message=crawl_line(found), data=found)


@task(name="clean", task_run_name="clean {shard.parent.name}/{shard.name}", **STEP)
async def clean_task(shard: Path, work: Work, team: Team) -> Path:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(team.threads, team.crew.clean, shard, work.plan.root, work.sources)


@task(name="dedup", task_run_name="dedup {work.name}", **STEP)
async def dedup_task(cleaned: Sequence[Path], work: Work, pool: Executor | None) -> tuple[Corpus, Surroundings]:
    return await asyncio.to_thread(dedup_step, cleaned, work.plan.root, pool)


@task(name="gate", task_run_name="gate {work.name}", **STEP)
async def gate_task(around: Surroundings, work: Work) -> Forced | None:
    return await asyncio.to_thread(gate_step, around, work.plan.root, work.sources, work.plan.because)


@task(name="release", task_run_name="release {work.name}", **STEP)
async def release_task(
    found: tuple[Corpus, Surroundings],
    forced: Forced | None,
    work: Work,
    load: LoadOutcome | None,
    crawl: CrawlOutcome | None,
) -> RunOutcome:
    plan = work.plan
    return await asyncio.to_thread(release_step, *found, plan.root, work.sources, plan.at, forced, load, crawl)


@task(name="publish", task_run_name="publish {version} to {remote}", **STEP)
async def publish_task(version: str, remote: Remote, work: Work) -> Published:
    """A remote shows its address without the password that may stand in it."""
    return await asyncio.to_thread(publish_release, release_of(work.plan.root, version), remote)
