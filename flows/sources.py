"""The verbs `zhengce sources …`: what a person does with the sources themselves.

Enters: names of sources, or the address of a new one. Leaves: a table (or JSON) on stdout; `new` leaves a card and
saved pages in ROOT/sources, `learn` a file beside the cards.

>>> zhengce sources new https://www.example.gov.cn/
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  # typer reads the annotation
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from crawler.source import load_sources
from flows.check import Checked, check_sources
from flows.learn import Learned, check_names, learn_source
from flows.preview import PagePreview, card_named, preview_source
from flows.saved import write_page
from flows.scaffold import Scaffold, new_source, pages_folder
from flows.show import as_json, command, grid, line, plain
from flows.terminal import at_work, err, out, say, waiting

if TYPE_CHECKING:
    from rich.console import Console

    from flows.root import Root

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]

SHOWN = 100
"""Characters of a line or a removed block."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A source at a glance. verified: the day when somebody saw its lists work."""

    id: str
    title: str
    division: str | None
    platform: str
    columns: int
    enabled: bool
    verified: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What `list` prints as JSON."""

    sources: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class LearnOutcome:
    """What `learn` prints as JSON."""

    sources: tuple[Learned, ...]


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What `check` prints as JSON."""

    sources: tuple[Checked, ...]


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
    found = tuple(
        Listed(
            id=card.id,
            title=card.title,
            division=card.division,
            platform=card.platform,
            columns=len(card.columns),
            enabled=card.enabled,
            verified=card.verified.isoformat() if card.verified else None,
        )
        for card in load_sources(root.path).values()
    )
    if json:
        say(as_json(Sources(found)))
        return
    table = grid("source", "title", "division", "platform", "columns", "verified", numbers=("columns",), wide="title")
    for one in found:
        verified = Text(one.verified or "not yet", "" if one.verified else "yellow")
        columns = str(one.columns) if one.enabled else f"off, {one.columns}"
        table.add_row(Text(plain(one.id)), Text(plain(one.title)), one.division or "", one.platform, columns, verified)
    out().print(table)


@app.command("new")
def new_verb(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The site, or one of its lists of policy.")],
    name: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its name; else made from the host.")] = None,
    json: Json = False,
) -> None:
    """Look around a site, write its card and save three of its pages for review. Nothing enters the corpus.

    \b
    Example:
      zhengce sources new https://www.example.gov.cn/ --id example
    """
    root: Root = context.obj
    with at_work() as watch:
        made = new_source(root, url, name, watch)
    if json:
        say(as_json(made))
    else:
        _show_new(out(), made, command(root))
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
        _show_page(out(), page)
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
            _show_checked(out(), one)
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
        _show_learned(out(), one, dry_run)
    if not dry_run and any(one.state in ("new", "changed", "removed") for one in found):
        line(out(), "next", f"{command(root)} release")


def _show_new(console: Console, made: Scaffold, program: str) -> None:
    line(console, "card", str(made.card))
    line(console, "family", made.platform)
    for column in made.columns:
        line(console, "column", column)
    for column in made.left_out:
        line(console, "left out", column)
    for path in made.pages:
        line(console, "saved", str(path))
    for trouble in made.trouble:
        line(console, "trouble", trouble)
    if not made.pages:
        err().print(f"no page came; look at the card, then: {program} sources preview {made.source}", soft_wrap=True)
        return
    line(console, "next", f"{program} sources preview {made.source}")


def _show_page(console: Console, page: PagePreview) -> None:
    console.print(Text(plain(page.title or "no document"), "bold"), soft_wrap=True)
    line(console, "address", page.url)
    if page.refused:
        line(console, "refused", page.refused)
    if page.fields:
        table = grid("field", "seen in", "value", wide="value")
        for field in page.fields:
            table.add_row(field.name, field.seen_in, Text(plain(field.value, SHOWN)))
        console.print(table)
    for text in page.first:
        line(console, "begins", plain(text, SHOWN))
    for text in page.last:
        line(console, "ends", plain(text, SHOWN))
    if not page.refused:
        count = f"{page.letters:,} letters kept, {len(page.removed)} spans removed, {page.repaired} repaired"
        line(console, "in all", count)
    for name in page.attachments:
        line(console, "file", name)
    if page.flags:
        line(console, "flags", ", ".join(page.flags))
    if page.removed:
        table = grid("removed by", "line", "what stood there", numbers=("line",), wide="what stood there")
        for one in page.removed:
            table.add_row(one.rule, str(one.line or ""), Text(plain(one.evidence, SHOWN)))
        console.print(table)
    console.print()


def _show_checked(console: Console, one: Checked) -> None:
    state = Text("wrong", "red") if one.wrong else Text("ok", "green")
    console.print(Text(f"{plain(one.source)}: ") + state + Text(f", {one.pages} saved pages"), soft_wrap=True)
    for text in one.wrong:
        console.print(Text(f"  {plain(text)}"), soft_wrap=True)
    for text in one.open:
        console.print(Text(f"  to do: {plain(text)}", "yellow"), soft_wrap=True)


def _show_learned(console: Console, one: Learned, dry_run: bool) -> None:
    lines = [(place, *entry) for place in ("head", "foot") for entry in _common_first(getattr(one, place))]
    if lines:
        table = grid("where", "pages", "line", numbers=("pages",), wide="line")
        for place, text, pages in lines:
            table.add_row(place, f"{pages:,}", Text(plain(text, 120)))
        console.print(table)
    console.print(f"{plain(one.source)}: {len(lines):,} lines learned from {one.documents:,} different documents")
    if one.state != "none":
        line(console, "would be" if dry_run else "file", f"{one.path} ({one.state})")


def _common_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
