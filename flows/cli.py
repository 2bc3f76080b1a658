"""The command line: verbs that a person types; each calls the steps and shows what came of them.

Enters: arguments. Leaves: a table (or JSON) on stdout, progress and failures on stderr, and an exit code: 0 a release
stands (failures are listed; --strict makes them 1), 1 failed, 2 wrong use. Prefect is imported only by a run that
goes its way, so that every other verb starts within two seconds.

>>> zhengce --root corpus run downloads/ --source suzhou
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import sources
from flows.crawl import crawl
from flows.direct import Plan, clean_direct, load_direct, release_direct
from flows.engine import takes_the_flow_way
from flows.options import Json, SourceId, Strict, end_with
from flows.root import Root, now
from flows.show import as_json, show_run
from flows.show_status import show_status
from flows.show_why import show_why
from flows.status import status as status_of
from flows.targets import check_paths, sort_targets
from flows.terminal import OneLine, at_work, list_crawls, list_failures, out, say, waiting
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
    plan = Plan(root, now(), paths, source, cards)
    flow_way = takes_the_flow_way(prefect)
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
def clean(context: typer.Context) -> None:
    """Clean the raw shards that were not cleaned before, on all cores; nothing is released yet.

    \b
    Example:
      zhengce clean
    """
    root: Root = context.obj
    with root.lock(waiting(root.path)), at_work() as watch:
        cleaned = clean_direct(Plan(root, now()), watch)
    say(f"{len(cleaned)} shards are clean; release them with: zhengce release")


@app.command()
def release(context: typer.Context, json: Json = False) -> None:
    """Release what raw/ holds: clean what is not clean yet, deduplicate, write a version.

    \b
    Example:
      zhengce release
    """
    root: Root = context.obj
    with root.lock(waiting(root.path)), at_work() as watch:
        outcome = release_direct(Plan(root, now()), watch=watch)
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
def status(context: typer.Context, json: Json = False) -> None:
    """Sources at a glance: documents, how old they are, which are broken, since when and why, the latest version.

    \b
    Example:
      zhengce status --json
    """
    found = status_of(context.obj)
    if json:
        say(as_json(found))
    else:
        show_status(out(), found)


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


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
