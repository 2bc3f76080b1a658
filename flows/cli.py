"""The command line: verbs that a person types; each calls the steps and shows what came of them.

Enters: arguments. Leaves: a table (or JSON) on stdout, progress and failures on stderr, and an exit code: 0 a release
stands (failures are listed; --strict makes them 1), 1 failed, 2 wrong use, 3 the gate refused the release. Prefect is
imported only by a run that goes its way, so that every other verb starts within two seconds.

>>> zhengce --root corpus run downloads/ --source suzhou
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import sources
from flows.cards import look_at_cards
from flows.crawl import crawl
from flows.crew import engine_of
from flows.diff import diff
from flows.direct import Plan, clean_direct, load_direct, release_direct
from flows.engine import takes_the_flow_way
from flows.errors import WrongUse
from flows.export import export
from flows.gc import gc
from flows.options import EngineOption, Exchange, Json, Scheduler, SourceId, Strict, end_with
from flows.publish import publish
from flows.pull import pull
from flows.root import Root, now
from flows.schedule import schedule
from flows.show import as_json, show_run
from flows.show_status import show_status
from flows.show_why import show_why
from flows.status import status as status_of
from flows.targets import check_paths, sort_targets
from flows.terminal import OneLine, at_work, list_broken, list_crawls, list_failures, out, say, waiting
from flows.wanted import Missing, most_wanted, show_wanted
from flows.way import run_plan
from flows.why import explain

if TYPE_CHECKING:
    from flows.outcome import RunOutcome

__all__ = ["app", "main"]

app = typer.Typer(
    cls=OneLine, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)
app.add_typer(sources.app, name="sources")


@app.callback()
def zhengce(
    context: typer.Context,
    root: Annotated[
        Path, typer.Option("--root", envvar="ZHENGCE_ROOT", metavar="DIR", help="Where raw/ and clean/ lie.")
    ] = Path(),
) -> None:
    """China's policy texts as a corpus: crawled politely, cleaned with evidence, versioned.

    \b
    Example:
      zhengce --root corpus run downloads/
    """
    context.obj = Root(root)


@app.command()
def run(
    context: typer.Context,
    targets: Annotated[list[str] | None, typer.Argument(metavar="[TARGET]...", help="Sources, files, folders.")] = None,
    source: SourceId = None,
    prefect: Annotated[bool, typer.Option("--prefect", help="Run as a Prefect flow, embedded if need be.")] = False,
    engine: EngineOption = "local",
    scheduler: Scheduler = None,
    exchange: Exchange = None,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Crawl or load TARGETs, clean what is new and release it. Without a TARGET: clean and release what raw/ holds.

    \b
    Example:
      zhengce run suzhou kunshan
      zhengce run downloads/ notice.html --source suzhou
    """
    root: Root = context.obj
    paths, cards = sort_targets(targets or [], root, source)
    plan = Plan(root, now(), paths, source, cards, engine=engine_of(engine, scheduler, exchange))
    flow_way = takes_the_flow_way(prefect, root)
    with root.lock(waiting(root.path)):
        outcome = run_plan(plan, flow_way)
    finish(root, outcome, json)
    failed = outcome.load and any(outcome.load.failures)
    missing = outcome.crawl and not all(one.good for one in outcome.crawl.sources)
    end_with(strict and bool(failed or missing))


app.command()(crawl)


@app.command()
def load(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders.")],
    source: SourceId = None,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Bring files and folders into raw/, byte for byte; nothing is cleaned yet.

    \b
    Example:
      zhengce load downloads/ --source suzhou
    """
    root: Root = context.obj
    plan = Plan(root, now(), check_paths(paths, root, source), source)
    with root.lock(waiting(root.path)), at_work() as watch:
        outcome = load_direct(plan, watch)
    if json:
        say(as_json(outcome))
    else:
        for name, count in outcome.counts.items():
            say(f"{name}: {count.new} new, {count.unchanged} unchanged, {len(count.failures)} failed")
    list_failures(outcome)
    nothing = not any(count.new or count.unchanged for count in outcome.counts.values())
    end_with(any(outcome.failures) and (strict or nothing))


@app.command()
def clean(
    context: typer.Context, engine: EngineOption = "local", scheduler: Scheduler = None, exchange: Exchange = None
) -> None:
    """Clean the raw shards that were not cleaned before; nothing is released yet.

    \b
    Example:
      zhengce clean
      zhengce clean --engine dask --scheduler tcp://10.0.0.5:8786 --exchange s3://bucket/work
    """
    root: Root = context.obj
    plan = Plan(root, now(), engine=engine_of(engine, scheduler, exchange))
    with root.lock(waiting(root.path)), at_work() as watch:
        cleaned = clean_direct(plan, watch)
    say(f"{len(cleaned)} shards are clean; release them with: zhengce release")


@app.command()
def release(
    context: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="Release although the gate has findings.")] = False,
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help="Why they are right; kept in the manifest.")
    ] = None,
    engine: EngineOption = "local",
    scheduler: Scheduler = None,
    exchange: Exchange = None,
    json: Json = False,
) -> None:
    """Release what raw/ holds: clean what is not clean yet, find duplicates, pass the gate, write a version.

    \b
    Example:
      zhengce release
      zhengce release --force --because "suzhou was rebuilt; 40 pages looked at"
    """
    if force != bool(because and because.strip()):
        raise WrongUse("--force and --because TEXT go together: say why the gate's findings are right")
    root: Root = context.obj
    plan = Plan(root, now(), because=because, engine=engine_of(engine, scheduler, exchange))
    with root.lock(waiting(root.path)), at_work() as watch:
        outcome = release_direct(plan, watch=watch)
    finish(root, outcome, json)


@app.command()
def why(
    context: typer.Context,
    page: Annotated[str, typer.Argument(metavar="URL-OR-ID", help="An address, an id's beginning, a file name.")],
    json: Json = False,
) -> None:
    """Why a page reads as it does: each field's evidence, what was removed, repaired and merged, by which rule.

    \b
    Example:
      zhengce why 000_fd5e1bd26f9b3bd2.txt
    """
    finding = explain(context.obj, page)
    if json:
        say(as_json(finding))
    else:
        show_why(out(), finding)


@app.command()
def status(
    context: typer.Context,
    wanted: Annotated[bool, typer.Option("--wanted", help="The most cited documents that are missing.")] = False,
    json: Json = False,
) -> None:
    """Sources at a glance: documents, how old they are, which are broken, since when and why, the latest version.

    \b
    Example:
      zhengce status --json
      zhengce status --wanted
    """
    if wanted:
        missing = most_wanted(context.obj)
        if json:
            say(as_json(Missing(missing)))
        else:
            show_wanted(out(), missing)
        return
    found = status_of(context.obj)
    if json:
        say(as_json(found))
    else:
        show_status(out(), found)


app.command()(diff)
app.command()(pull)
app.command()(publish)
app.command()(schedule)
app.command()(export)
app.command()(gc)


def finish(root: Root, outcome: RunOutcome, json: bool) -> None:
    """Show a release, then the inputs and sources that failed."""
    if json:
        say(as_json(outcome))
    else:
        show_run(out(), outcome, root)
    if outcome.load:
        list_failures(outcome.load)
    if outcome.crawl:
        list_crawls(outcome.crawl)
    told = {one.source for one in outcome.crawl.sources} if outcome.crawl else set()
    list_broken({name: why for name, why in look_at_cards(root).broken.items() if name not in told})


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
