"""What the verbs `zhengce sources …` print: tables and lines for people, and the shapes of their JSON.

Enters: outcomes of check, learn, preview and scaffold. Leaves: text on the console.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from flows.show import grid, line, plain
from flows.terminal import err

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from crawler.source import Source
    from flows.check import Checked
    from flows.learn import Learned
    from flows.preview import PagePreview
    from flows.scaffold import Scaffold

__all__ = [
    "CheckOutcome",
    "LearnOutcome",
    "Listed",
    "Sources",
    "listed",
    "show_checked",
    "show_learned",
    "show_listed",
    "show_new",
    "show_page",
]

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


def listed(cards: Iterable[Source]) -> tuple[Listed, ...]:
    return tuple(
        Listed(
            id=card.id,
            title=card.title,
            division=card.division,
            platform=card.platform,
            columns=len(card.columns),
            enabled=card.enabled,
            verified=card.verified.isoformat() if card.verified else None,
        )
        for card in cards
    )


def show_listed(console: Console, found: Sequence[Listed]) -> None:
    table = grid("source", "title", "division", "platform", "columns", "verified", numbers=("columns",), wide="title")
    for one in found:
        verified = Text(one.verified or "not yet", "" if one.verified else "yellow")
        columns = str(one.columns) if one.enabled else f"off, {one.columns}"
        table.add_row(Text(plain(one.id)), Text(plain(one.title)), one.division or "", one.platform, columns, verified)
    console.print(table)


def show_new(console: Console, made: Scaffold, program: str) -> None:
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


def show_page(console: Console, page: PagePreview) -> None:
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


def show_checked(console: Console, one: Checked) -> None:
    state = Text("wrong", "red") if one.wrong else Text("ok", "green")
    console.print(Text(f"{plain(one.source)}: ") + state + Text(f", {one.pages} saved pages"), soft_wrap=True)
    for text in one.wrong:
        console.print(Text(f"  {plain(text)}"), soft_wrap=True)
    for text in one.open:
        console.print(Text(f"  to do: {plain(text)}", "yellow"), soft_wrap=True)


def show_learned(console: Console, one: Learned, dry_run: bool) -> None:
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
