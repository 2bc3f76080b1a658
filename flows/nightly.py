"""The Prefect flow `zhengce-nightly`: crawl what is due, clean, find duplicates, pass the gate, release, publish.

Enters: parameters that a person may also fill into Prefect's form. Leaves: a release, at the remote too, and a flow run
whose state says so:

Released   a new version stands; sources that gave nothing are named in the message and do not stop the others
Unchanged  nothing was new
Skipped    the same run is still at work, or waits for another
Refused    (failed) the gate has findings; they are an artifact, and nothing was published

One process writes in a root at a time: a run waits until another has ended. A run that was killed is resumed by the
next: what is stored, cleaned or published is found and not done again.

Import this module only after `flows.engine.prepare_prefect`, which sets Prefect up.

>>> asyncio.run(nightly(root, frequency="daily", publish="s3://bucket/zhengce"))
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed
from pydantic import Field

from crawler.page import CHINA
from crawler.source import Frequency
from flows.address import open_remote
from flows.artifacts import Progress, leave_findings, leave_pages, leave_release, leave_sources, leave_where
from flows.cards import read_cards
from flows.crew import EngineName, engine_of
from flows.direct import Plan
from flows.due import due_cards
from flows.events import tell_broken, tell_published, tell_refused
from flows.outcome import CrawlOutcome, RunOutcome
from flows.root import Root, now
from flows.stages import clean_all, crawl_all, release_all
from flows.tasks import Work, publish_task
from flows.version import release_of
from pipeline.corpus.findings import GateError

__all__ = ["nightly", "turn"]

BREATH = 1.0
"""Seconds between two looks at a lock that somebody else holds. A thread that waited for it could not be cancelled."""


def turn(frequency: str | None) -> str:
    """Name of the lock that a run holds from its first moment to its last."""
    return f"{frequency or 'full'}.run"


def run_name() -> str:
    """`daily run of 2026-01-31 03:00`, by the clock of China, where the schedule is at home."""
    wanted: dict[str, Any] = runtime.flow_run.parameters
    at = runtime.flow_run.scheduled_start_time.astimezone(CHINA)
    return f"{wanted.get('frequency') or 'full'} run of {at:%Y-%m-%d %H:%M}"


@flow(name="zhengce-nightly", flow_run_name=run_name, persist_result=False, retries=0)
async def nightly(
    root: Path,
    frequency: Frequency | None = None,
    sources: list[str] | None = None,
    publish: str | None = None,
    engine: EngineName = "local",
    scheduler: str | None = None,
    exchange: str | None = None,
    retry_after: Annotated[float, Field(ge=0)] = 60,
) -> State[Any]:
    """Crawl the sources that are due, clean what is new, find duplicates, pass the gate, release and publish.

    Args:
        root: Folder that holds raw/, clean/ and sources/.
        frequency: Crawl the sources whose cards say so. Empty: of every frequency.
        sources: Only these sources, by their ids. Empty: all that are enabled.
        publish: Where the release goes: a folder, http(s)://… or s3://bucket/…. Empty: it stays in clean/.
        engine: Who cleans: the cores of this machine, or a Dask cluster.
        scheduler: Address of the Dask scheduler, as tcp://host:8786. Empty: ZHENGCE_DASK, or a cluster of our own.
        exchange: s3://… or a folder through which far workers read and write. Empty: they share the root.
        retry_after: Seconds until a source that failed is asked again; after that, five times as long.
    """
    home = Root(root)
    with home.claim(turn(frequency)) as alone:
        if not alone:
            return Completed(name="Skipped", message=f"the {frequency or 'full'} run before this one has not ended yet")
        async with writing(home):
            cards = await asyncio.to_thread(read_cards, home)
            due = due_cards(cards, frequency, sources)
            plan = Plan(home, now(), cards=due, engine=engine_of(engine, scheduler, exchange))
            return await perform(Work(plan, cards), publish, (retry_after, 5 * retry_after))


async def perform(work: Work, address: str | None, delays: tuple[float, ...]) -> State[Any]:
    """The work itself, for the holder of the root's lock. address: of the remote."""
    home, told = work.plan.root, Progress()
    remote = open_remote(address) if address else None  # a wrong address is told before hours of crawling
    crawl = await crawl_all(work, told, delays) if work.plan.cards else CrawlOutcome(work.plan.at, ())
    tell_broken(crawl, home)
    try:
        outcome = await release_all(work, await clean_all(work, told, crawl), told, crawl=crawl)
    except GateError as error:
        await leave_findings(error.findings)
        await leave_sources(crawl, home)
        tell_refused(error.findings, home)
        return Failed(name="Refused", message=str(error))
    published = await publish_task(outcome.version, remote, work) if remote else None
    tell_published(outcome, home, str(remote) if remote else None)
    await leave_sources(crawl, home)
    await leave_pages(outcome)
    await leave_release(outcome, release_of(home, outcome.version))
    await leave_where(outcome, published)
    message = in_words(outcome, crawl)
    await told.end(message)
    return Completed(name="Released" if outcome.changed else "Unchanged", message=message)


def in_words(outcome: RunOutcome, crawl: CrawlOutcome) -> str:
    """One line: the version, and each source that gave nothing, with its outcome."""
    broken = [f"{one.source} ({one.outcome})" for one in crawl.sources if not one.stands]
    trouble = f"; nothing came from {', '.join(broken)}" if broken else ""
    return f"{outcome.version}: {outcome.documents:,} documents{trouble}"


@asynccontextmanager
async def writing(root: Root) -> AsyncIterator[None]:
    """The root's lock, for as long as the block takes; before that, for as long as somebody else holds it, nothing."""
    told = False
    while True:
        with root.claim() as ours:
            if ours:
                yield
                return
        if not told:
            get_run_logger().info("another zhengce is at work in %s; waiting for it to end", root.path)
            told = True
        await asyncio.sleep(BREATH)
