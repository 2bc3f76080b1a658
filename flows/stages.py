"""The stages of a run that goes through Prefect: what is done side by side, and what comes after what.

Enters: a `Work`. Leaves: how the crawls went, cleaned shards, a release. A source that failed stops no other; a run
that is cancelled tells its crawls to close their files before it goes.

>>> crawl = await crawl_all(work, told)
>>> outcome = await release_all(work, await clean_all(work, told, crawl), told, crawl=crawl)
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.errors import CrawlerError
from crawler.run import end_crawls
from flows.artifacts import Progress
from flows.cache import cached_shard, is_clean, sweep
from flows.direct import CRAWLS
from flows.outcome import CrawlOutcome, LoadOutcome, RunOutcome, SourceCrawl, not_begun
from flows.steps import raw_shards
from flows.tasks import Team, Work, clean_task, crawl_task, dedup_task, gate_task, release_task
from flows.workers import CORES, workers

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

__all__ = ["clean_all", "crawl_all", "release_all"]


async def crawl_all(work: Work, told: Progress, delays: Sequence[float] = (60, 300)) -> CrawlOutcome:
    """A task for each source, several at a time. They wait in threads of their own, which nobody else needs.

    delays: seconds until a source that failed is asked again, and again; each is varied by half of it, so that what
    broke down together does not come back together.
    """
    cards = work.plan.cards
    crawling: Any = crawl_task.with_options(retries=len(delays), retry_delay_seconds=[*delays])
    threads = ThreadPoolExecutor(min(len(cards), CRAWLS))

    async def one(source: str) -> SourceCrawl:
        state: State[Any] = await crawling(source, work, Team(threads), return_state=True)
        found = await state.aresult(raise_on_failure=False)
        if isinstance(found, CrawlerError | OSError):
            found = not_begun(source, found)
        elif not isinstance(found, SourceCrawl):
            found = await state.aresult()
        await told.step(f"crawled {source}: {found.outcome}")
        return found

    await told.stage("crawl", len(cards))
    try:
        sources = tuple(await asyncio.gather(*(one(card.id) for card in cards)))
    except BaseException:  # cancelled, or broken in a way that is nobody's plan: the children go first, then we
        threads.shutdown(wait=False, cancel_futures=True)
        end_crawls()
        raise
    finally:
        threads.shutdown()
    return CrawlOutcome(work.plan.at, sources)


async def clean_all(work: Work, told: Progress, crawl: CrawlOutcome | None) -> list[Path]:
    """A task for each shard that waits, as many at a time as the engine wants."""
    root = work.plan.root
    sweep(root)
    shards = await asyncio.to_thread(raw_shards, root, crawl)
    cleaned = [cached_shard(shard, root, work.sources) for shard in shards]
    waiting = [shard for shard, done in zip(shards, cleaned, strict=True) if not is_clean(done)]
    await told.stage("clean", len(waiting))
    with work.plan.engine.crew(len(waiting)) as crew, ThreadPoolExecutor(crew.width) as threads:
        team, free = Team(threads, crew), asyncio.Semaphore(crew.width)

        async def one(shard: Path) -> None:
            async with free:
                await clean_task(shard, work, team)
            await told.step(f"cleaned {shard.parent.name}/{shard.name}")

        ended = await asyncio.gather(*map(one, waiting), return_exceptions=True)
    for trouble in filter(None, ended):  # told when the others are through: what they cleaned is kept
        raise trouble
    return cleaned


async def release_all(
    work: Work,
    cleaned: Sequence[Path],
    told: Progress,
    *,
    load: LoadOutcome | None = None,
    crawl: CrawlOutcome | None = None,
) -> RunOutcome:
    """The search for duplicates, the gate, the release. Raises GateError when the gate refuses it."""
    await told.stage("release", 3)
    with workers(CORES) as pool:
        found = await dedup_task(cleaned, work, pool)
    await told.step("duplicates are found")
    forced = await gate_task(found[1], work)
    await told.step("the gate is passed")
    outcome = await release_task(found, forced, work, load, crawl)
    await told.step(f"{outcome.version} stands")
    return outcome
