"""The verbs `zhengce sources …`: what a person does with the sources themselves.

Enters: names of sources, or the address of a new one. Leaves: a table (or JSON) on stdout; `new` leaves a card and
saved pages in ROOT/sources, `learn` a file beside the cards.

>>> zhengce sources new https://www.example.gov.cn/
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path  # noqa: TC003  # typer reads the annotation
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from crawler.source import load_sources
from flows.check import check_sources
from flows.learn import check_names, learn_source
from flows.preview import card_named, preview_source
from flows.saving import write_page
from flows.scaffold import new_source, pages_folder
from flows.show import as_json, command, line, plain
from flows.show_sources import (
    CheckOutcome,
    LearnOutcome,
    Sources,
    listed,
    show_checked,
    show_learned,
    show_listed,
    show_new,
    show_page,
)
from flows.terminal import at_work, err, out, say, waiting

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]


@app.callback()
def sources() -> None:
    """The sources: which there are, new ones, what their pages give, what they have in common."""


@app.command("list")
def list_verb(context: typer.Context, json: Json = False) -> None:
    """List the sources that have a card, the bundled ones and those of ROOT/sources.

    \b
    Example:
      zhengce sources list
    """
    root: Root = context.obj
    found = listed(load_sources(root.path).values())
    if json:
        say(as_json(Sources(found)))
    else:
        show_listed(out(), found)


@app.command("new")
def new_verb(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The site, or one of its lists of policy.")],
    name: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its name; else made from the host.")] = None,
    legacy_tls: Annotated[bool, typer.Option("--legacy-tls", help="Its server speaks no newer TLS.")] = False,
    json: Json = False,
) -> None:
    """Look around a site, write its card and save three of its pages for review. Nothing enters the corpus.

    \b
    Example:
      zhengce sources new https://www.example.gov.cn/ --id example
    """
    root: Root = context.obj
    with at_work() as watch:
        made = new_source(root, url, name, watch, legacy_tls=legacy_tls)
    if json:
        say(as_json(made))
    else:
        show_new(out(), made, command(root))
    if not made.pages:
        raise typer.Exit(1)


@app.command("preview")
def preview_verb(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A source that has a card.")],
    sample: Annotated[int, typer.Option("--sample", metavar="N", min=1, max=20, help="Pages to show.")] = 3,
    live: Annotated[bool, typer.Option("--live", help="Fetch them, whatever raw/ holds.")] = False,
    save: Annotated[bool, typer.Option("--save", help="Keep them as saved pages of the source.")] = False,
    json: Json = False,
) -> None:
    """Show a few pages as they are read now: fields, what is kept, what is removed and by which rule.

    \b
    Example:
      zhengce sources preview suzhou --sample 2
    """
    root: Root = context.obj
    card = card_named(root, source)
    with at_work() as watch:
        shown, records = preview_source(root, card, sample, watch, live=live)
    paths = [write_page(pages_folder(root, source), record, card) for record in records] if save else []
    if json:
        say(as_json(shown))
        return
    for page in shown.pages:
        show_page(out(), page)
    for path in paths:
        line(out(), "saved", str(path))
    for trouble in shown.trouble:
        err().print(Text(plain(trouble), "yellow"), soft_wrap=True)


@app.command("check")
def check_verb(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Else all.")] = None,
    pages: Annotated[
        Path | None, typer.Option("--pages", metavar="DIR", help="Where saved pages of bundled sources lie, by id.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 also for pages that nobody reviewed.")] = False,
    json: Json = False,
) -> None:
    """Check cards and saved pages; each thing that is wrong is one line, and then the exit code is 1.

    \b
    Example:
      zhengce sources check suzhou
    """
    root: Root = context.obj
    found = check_sources(root, names or [], pages)
    if json:
        say(as_json(CheckOutcome(found)))
    else:
        for one in found:
            show_checked(out(), one)
    if any(one.wrong or (strict and one.open) for one in found):
        raise typer.Exit(1)


@app.command("learn")
def learn_verb(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Sources as raw/ names them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be learned; write nothing.")] = False,
    json: Json = False,
) -> None:
    """Learn which lines a site prints around its documents, from the pages in raw/. Later cleaning takes them out.

    \b
    Example:
      zhengce sources learn suzhou
    """
    root: Root = context.obj
    with nullcontext() if dry_run else root.lock(waiting(root.path)):
        wanted = check_names(root, names)
        cards = load_sources(root.path)
        with at_work() as watch:
            found = tuple(learn_source(root, name, cards, watch, write=not dry_run) for name in wanted)
    if json:
        say(as_json(LearnOutcome(found)))
        return
    for one in found:
        show_learned(out(), one, dry_run)
    if not dry_run and any(one.state in ("new", "changed", "removed") for one in found):
        line(out(), "next", f"{command(root)} release")
