"""The verbs `zhengce sources …`: what a person does with the sources themselves.

Enters: names of sources. Leaves: a table (or JSON) on stdout; `learn` also leaves a file beside the cards.

>>> zhengce sources learn suzhou --dry-run
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from crawler.source import load_sources
from flows.learn import Learned, check_names, learn_source
from flows.show import as_json, command, grid, line, plain
from flows.terminal import at_work, out, say, waiting

if TYPE_CHECKING:
    from rich.console import Console

    from flows.root import Root

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class LearnOutcome:
    """What `learn` prints as JSON."""

    sources: tuple[Learned, ...]


@app.callback()
def sources() -> None:
    """The sources: what their pages have in common."""


@app.command("learn")
def learn_verb(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Sources as raw/ names them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be learned; write nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
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
        _show(out(), one, dry_run)
    if not dry_run and any(one.state in ("new", "changed", "removed") for one in found):
        line(out(), "next", f"{command(root)} release")


def _show(console: Console, one: Learned, dry_run: bool) -> None:
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
