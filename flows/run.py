"""The Prefect flow `zhengce-run`: the same steps as tasks, with retries, names to read and a table of what came of it.

Enters: a `Plan`. Leaves: a `RunOutcome`, and in Prefect a flow run with a task for the load, one for each source that
is crawled, one for each raw shard that is not clean yet, and one each for the search for duplicates, the gate and the
release; and the table artifacts `zhengce-run` and `zhengce-sources`. The state of a crawl's task is named by the
outcome; a source that failed does not fail the flow. Tasks are coarse and async because Prefect slows down after
thousands of them and a synchronous one costs a second. Its results and caching are off: clean/.cache/ is the only
cache, so that both ways leave the same bytes.

Import this module only after `flows.engine.prepare_prefect`, which sets Prefect up.

>>> run_flow(plan)
RunOutcome(version='2026-01-31-5d41402a', ...)
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed, Failed
from prefect.tasks import Task

from crawler.errors import CrawlerError
from crawler.source import Source, load_sources
from flows.cache import cached_shard, is_clean, sweep
from flows.direct import CRAWLS, WORKER_LOST, Plan
from flows.errors import FlowError
from flows.outcome import CrawlOutcome, LoadOutcome, RunOutcome, SourceCrawl, not_begun
from flows.root import Root
from flows.show import crawl_line
from flows.steps import clean_step, crawl_step, dedup_step, gate_step, load_step, raw_shards, release_step
from flows.workers import CORES, workers
from pipeline.corpus.corpus import Corpus
from pipeline.corpus.manifest import Forced
from pipeline.corpus.surroundings import Surroundings

__all__ = ["ARTIFACT", "SOURCES", "run_flow", "zhengce_run"]

ARTIFACT = "zhengce-run"
"""Key of the table of pages."""

SOURCES = "zhengce-sources"
"""Key of the table of sources, which a run has that crawled."""


async def may_pass(step: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: a full or slow disk may recover, a damaged file does not.

    A crawl has tried each page again by itself; a site that blocks us or fails is left alone until the next run.
    """
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, OSError) or isinstance(getattr(error, "__cause__", None), OSError)


STEP: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": [1, 5],
    "retry_condition_fn": may_pass,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


@task(name="load", task_run_name="load {label}", **STEP)
async def load_task(label: str, plan: Plan) -> LoadOutcome:
    return await asyncio.to_thread(load_step, plan.paths, plan.root, plan.collection, plan.at)


@task(name="crawl", task_run_name="crawl {card.id}", **STEP)
async def crawl_task(card: Source, plan: Plan, pool: Executor) -> State[SourceCrawl]:
    found = await asyncio.get_running_loop().run_in_executor(pool, crawl_step, card, plan.root, plan.at, plan.window)
    ended = Completed if found.stands else Failed
    return ended(name=found.outcome.capitalize(), message=crawl_line(found), data=found)


@task(name="clean", task_run_name="clean {shard.parent.name}/{shard.name}", **STEP)
async def clean_task(shard: Path, root: Root, sources: Mapping[str, Source], pool: Executor | None) -> Path:
    return await asyncio.get_running_loop().run_in_executor(pool, clean_step, shard, root, sources)


@task(name="dedup", task_run_name="dedup {root.clean}", **STEP)
async def dedup_task(cleaned: list[Path], root: Root, pool: Executor | None) -> tuple[Corpus, Surroundings]:
    return await asyncio.to_thread(dedup_step, cleaned, root, pool)


@task(name="gate", task_run_name="gate {plan.root.clean}", **STEP)
async def gate_task(around: Surroundings, plan: Plan, sources: Mapping[str, Source]) -> Forced | None:
    return await asyncio.to_thread(gate_step, around, plan.root, sources, plan.because)


@task(name="release", task_run_name="release {plan.root.clean}", **STEP)
async def release_task(
    found: tuple[Corpus, Surroundings],
    forced: Forced | None,
    plan: Plan,
    sources: Mapping[str, Source],
    load: LoadOutcome | None,
    crawl: CrawlOutcome | None,
) -> RunOutcome:
    return await asyncio.to_thread(release_step, *found, plan.root, sources, plan.at, forced, load, crawl)


@flow(name="zhengce-run", flow_run_name="run of {at:%Y-%m-%d %H:%M} UTC", persist_result=False)
async def zhengce_run(
    root: Path, at: datetime, targets: list[Path], collection: str | None = None, crawls: list[str] | None = None
) -> RunOutcome:
    """Load the targets and crawl the sources (none: take raw/ as it is), clean what is not clean yet, release."""
    sources = load_sources(root)
    plan = Plan(Root(root), at, tuple(targets), collection, tuple(sources[name] for name in crawls or ()))
    load = await load_task(collection or ", ".join(path.name for path in targets), plan) if targets else None
    crawl = await crawl_all(plan) if plan.cards else None
    cleaned = await clean_all(plan, sources, crawl)
    with workers(CORES) as pool:
        found = await dedup_task(cleaned, plan.root, pool)
    forced = await gate_task(found[1], plan, sources)
    outcome = await release_task(found, forced, plan, sources, load, crawl)
    await acreate_table_artifact(table_of(outcome), ARTIFACT, description_of(outcome))
    if crawl:
        await acreate_table_artifact(table_of_sources(crawl), SOURCES, "How the crawl of each source went.")
    return outcome


async def crawl_all(plan: Plan) -> CrawlOutcome:
    """A task for each source, several at a time. They wait in threads of their own, which nobody else needs."""
    with ThreadPoolExecutor(min(len(plan.cards), CRAWLS)) as pool:

        async def one(card: Source) -> SourceCrawl:
            task_of: Any = crawl_task  # typed as if a state of an async task did not have to be waited for
            state: State[Any] = await task_of(card, plan, pool, return_state=True)
            found = await state.aresult(raise_on_failure=False)
            if isinstance(found, CrawlerError | OSError):
                return not_begun(card, found)
            return found if isinstance(found, SourceCrawl) else await state.aresult()

        return CrawlOutcome(plan.at, tuple(await asyncio.gather(*map(one, plan.cards))))


async def clean_all(plan: Plan, sources: Mapping[str, Source], crawl: CrawlOutcome | None) -> list[Path]:
    """A task for each shard that waits, as many at a time as there are cores."""
    sweep(plan.root)
    shards = raw_shards(plan.root, crawl)
    cleaned = [cached_shard(shard, plan.root, sources) for shard in shards]
    waiting = [shard for shard, done in zip(shards, cleaned, strict=True) if not is_clean(done)]
    with workers(len(waiting)) as pool:
        gate = asyncio.Semaphore(CORES)

        async def one(shard: Path) -> None:
            async with gate:
                await clean_task(shard, plan.root, sources, pool)

        try:
            await asyncio.gather(*map(one, waiting))
        except BrokenProcessPool as error:
            raise FlowError(WORKER_LOST) from error
    return cleaned


def table_of(outcome: RunOutcome) -> list[dict[str, Any]]:
    """The rows of the artifact."""
    return [
        {
            "page": page.title,
            "kind": page.kind,
            "letters kept": page.letters,
            "removed": page.removed,
            "repaired": page.repaired,
            "flags": ", ".join(page.flags),
            "id": page.id,
        }
        for page in outcome.pages
    ]


def table_of_sources(crawl: CrawlOutcome) -> list[dict[str, Any]]:
    """A row a source, with every number that is not 0."""
    return [
        {
            "source": one.source,
            "outcome": one.outcome,
            "reason": one.reason or "",
            "pages": ", ".join(f"{count} {name}" for name, count in one.counts.items() if count),
            "failures": ", ".join(f"{count} {name}" for name, count in one.failures.items()),
        }
        for one in crawl.sources
    ]


def description_of(outcome: RunOutcome) -> str:
    """The text above the table, in Markdown."""
    state = "released" if outcome.changed else "nothing changed"
    failures = [f"- failed: {one.path}: {one.reason}" for one in (outcome.load.failures if outcome.load else ())]
    return "\n".join([f"**{outcome.version}** ({state}): {outcome.documents} documents in {outcome.path}", *failures])


def run_flow(plan: Plan) -> RunOutcome:
    """Run the flow on the server of PREFECT_API_URL, or on an embedded one that lives as long as the run."""
    crawls = [card.id for card in plan.cards]
    return asyncio.run(zhengce_run(plan.root.path, plan.at, [*plan.paths], plan.collection, crawls))
