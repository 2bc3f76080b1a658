"""What a person sees: the final table of a run, and how crawls went. `as_json` serves machines.

Enters: outcomes. Leaves: tables on a console. Pages are written by strangers: what they say is shown as plain text,
on one line, without control characters.

>>> plain("a\\x1b[31m\\nb")
'a [31m b'
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from shlex import quote
from shutil import which
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from rich.console import Console

    from flows.outcome import CrawlOutcome, RunOutcome, SourceCrawl
    from flows.root import Root

__all__ = ["as_json", "colour", "command", "crawl_line", "grid", "line", "plain", "show_run"]

COUNTED = ("new", "changed", "gone", "known")
"""Numbers of a crawl that a person wants first: pages that came, were edited or are gone, and rows that needed none."""


def as_json(value: DataclassInstance) -> str:
    """A record as indented JSON; dates as ISO 8601, paths as text."""
    return json.dumps(asdict(value), ensure_ascii=False, indent=2, default=_as_text)


def _as_text(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def plain(text: str, most: int | None = None) -> str:
    """One line that moves no cursor and changes no colour. most: characters to show at most."""
    one_line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if most is None or len(one_line) <= most:
        return one_line
    return f"{one_line[:most]}… ({len(one_line):,} characters; --json shows all)"


def line(console: Console, name: str, value: str) -> None:
    """A name and a value that may be copied: it is not wrapped."""
    console.print(Text(f"{name:<10}", "bold") + Text(plain(value)), soft_wrap=True)


def grid(*columns: str, numbers: tuple[str, ...] = (), wide: str = "") -> Table:
    """A table in the house style. numbers: columns aligned to the right. wide: the column that takes what is left."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=bool(wide))
    for name in columns:
        if name == wide:
            table.add_column(name, ratio=1, overflow="fold")
        else:
            table.add_column(name, justify="right" if name in numbers else "left", no_wrap=True)
    return table


def crawl_line(one: SourceCrawl) -> str:
    """A source in one line.

    >>> crawl_line(SourceCrawl(source="suzhou", outcome="blocked", reason="the site refused us (403)"))
    'suzhou: blocked: the site refused us (403)'
    """
    parts = [f"{one.counts[name]:,} {name}" for name in COUNTED if name in one.counts] if one.stands else []
    if one.stands and one.failures:
        parts.append(f"{sum(one.failures.values()):,} failed")
    if one.seen is not None:
        parts.append(f"{one.seen:.0%} of the lists seen")
    return ": ".join(filter(None, (one.source, one.outcome, ", ".join(parts), one.reason)))


def _show_crawl(console: Console, crawl: CrawlOutcome) -> None:
    table = grid("source", "outcome", *COUNTED, "failed", numbers=(*COUNTED, "failed"), wide="source")
    for one in crawl.sources:
        numbers = (f"{one.counts.get(name, 0):,}" for name in COUNTED)
        failed = Text(str(sum(one.failures.values()) or ""), "red")
        table.add_row(Text(plain(one.source)), Text(one.outcome, colour(one.outcome)), *numbers, failed)
    console.print(table)


def colour(outcome: str) -> str:
    """Of a crawl's outcome."""
    return {"ok": "green", "unchanged": "green", "partial": "yellow"}.get(outcome, "red")


def show_run(console: Console, outcome: RunOutcome, root: Root) -> None:
    """What was kept, removed and repaired, page by page, and where to look."""
    numbers = ("letters", "removed", "repaired")
    table = grid("page, and its flags", "kind", *numbers, numbers=numbers, wide="page, and its flags")
    for page in outcome.pages:
        name = Text(plain(page.title))
        if page.flags:
            name.append("\n" + ", ".join(page.flags), "yellow")
        table.add_row(name, page.kind, f"{page.letters:,}", str(page.removed), str(page.repaired))
    console.print(table)
    if outcome.crawl:
        _show_crawl(console, outcome.crawl)
    total = outcome.documents + outcome.reposts + outcome.refused
    if total > len(outcome.pages):
        console.print(f"{len(outcome.pages)} of {total:,} pages shown; the others stand in the release", style="dim")
    console.print(
        f"{outcome.documents:,} documents, {outcome.reposts:,} reposts, {outcome.refused:,} refused; "
        f"{outcome.removed:,} spans removed, {outcome.repaired:,} repaired: each listed with its rule."
    )
    state = "new version" if outcome.changed else "nothing changed, this version stands"
    line(console, "release", f"{outcome.path} ({state})")
    line(console, "read", str(outcome.path / "README.md"))
    if outcome.pages:
        line(console, "one page", f"{command(root)} why {outcome.pages[0].id}")


def command(root: Root) -> str:
    """How to call zhengce for this root again, also when it is not on the PATH (`.venv/bin/zhengce`)."""
    called = Path(sys.argv[0])
    program = quote(str(called)) if called.name == "zhengce" and not which("zhengce") else "zhengce"
    return program if root.path == Path() else f"{program} --root {quote(str(root.path))}"
