"""The Prefect flow `zhengce-run`: what `zhengce run` does, as tasks with retries, names to read and tables.

Enters: a `Plan`. Leaves: a `RunOutcome`, and in Prefect a flow run with a task for the load, one for each source that
is crawled, one for each raw shard that is not clean yet, and one each for the search for duplicates, the gate and the
release; and the artifacts of `flows.artifacts`. The state of a crawl's task is named by the outcome; a source that
failed does not fail the flow.

Import this module only after `flows.engine.prepare_prefect`, which sets Prefect up.

>>> run_flow(plan)
RunOutcome(version='2026-01-31-5d41402a', ...)
"""

import asyncio
from datetime import datetime
from pathlib import Path

from prefect import flow

from flows.artifacts import Progress, leave_pages, leave_sources
from flows.cards import read_cards
from flows.crew import Engine, EngineName
from flows.direct import Plan
from flows.outcome import RunOutcome
from flows.root import Root
from flows.stages import clean_all, crawl_all, release_all
from flows.tasks import Work, load_task

__all__ = ["run_flow", "zhengce_run"]


@flow(name="zhengce-run", flow_run_name="run of {at:%Y-%m-%d %H:%M} UTC", persist_result=False)
async def zhengce_run(
    root: Path,
    at: datetime,
    targets: list[Path],
    collection: str | None = None,
    crawls: list[str] | None = None,
    engine: EngineName = "local",
    scheduler: str | None = None,
    exchange: str | None = None,
) -> RunOutcome:
    """Load the targets and crawl the sources (none: take raw/ as it is), clean what is not clean yet, release."""
    known = read_cards(Root(root))
    cards = tuple(map(known.named, crawls or ()))
    plan = Plan(Root(root), at, tuple(targets), collection, cards, engine=Engine(engine, scheduler, exchange))
    work, told = Work(plan, known), Progress()
    load = await load_task(collection or ", ".join(path.name for path in targets), work) if targets else None
    crawl = await crawl_all(work, told, delays=()) if cards else None
    cleaned = await clean_all(work, told, crawl)
    outcome = await release_all(work, cleaned, told, load=load, crawl=crawl)
    await leave_pages(outcome)
    if crawl:
        await leave_sources(crawl, plan.root)
    await told.end(f"{outcome.version} stands")
    return outcome


def run_flow(plan: Plan) -> RunOutcome:
    """Run the flow on the server of PREFECT_API_URL, or on an embedded one that lives as long as the run."""
    crawls = [card.id for card in plan.cards]
    engine = plan.engine
    return asyncio.run(
        zhengce_run(
            *(plan.root.path, plan.at, [*plan.paths], plan.collection, crawls),
            *(engine.name, engine.scheduler, engine.exchange),
        )
    )
