"""A page explained to a person: what was kept and from where, what was removed, repaired and merged, and by which rule.

Enters: a `Finding`. Leaves: four short tables on a console.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from flows.show import grid, line, plain
from pipeline.corpus.content import FIELDS

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.corpus.reader import Finding
    from pipeline.model import Document, Repair

__all__ = ["show_why"]

SHOWN = 120
"""Characters of a removed block: two lines, enough to know it again. A spider pool's footer has thousands."""

AROUND = 6
"""Characters shown on each side of a repair: enough to find the place in the text."""


def show_why(console: Console, page: Finding) -> None:
    """Everything the release says about one page."""
    line(console, "id", page.id)
    line(console, "address", page.url)
    line(console, "source", page.source)
    if page.document is None:
        line(console, "refused", "; ".join(one.reason for one in page.removals if one.scope == "page"))
    else:
        _kept(console, page.document)
    _removed(console, page)
    if page.document is not None:
        _repaired(console, page.document)
    _merged(console, page)


def _kept(console: Console, document: Document) -> None:
    line(console, "kind", document.source_kind)
    line(console, "flags", ", ".join(document.flags) or "none")
    table = grid("kept in", "seen in", "value", wide="value")
    where = dict(document.provenance)
    for name in FIELDS:
        value = f"{len(document.text):,} characters" if name == "text" else getattr(document, name)
        if value is not None:
            table.add_row(name, where.get(name, ""), Text(plain(str(value))))
    console.print(table)


def _removed(console: Console, page: Finding) -> None:
    console.print(f"{len(page.removals)} removed", style="bold")
    if page.removals:
        table = grid("rule", "line", "what stood there", numbers=("line",), wide="what stood there")
        for one in page.removals:
            taken = f" → {one.field}" if one.field else ""
            table.add_row(one.rule + taken, str(one.line or ""), Text(plain(one.evidence, SHOWN)))
            table.add_row("", "", Text(plain(one.reason), "dim"))
        console.print(table)


def _repaired(console: Console, document: Document) -> None:
    console.print(f"{len(document.repairs)} repaired", style="bold")
    if document.repairs:
        table = grid("rule", "at", "before → after", numbers=("at",), wide="before → after")
        for one in document.repairs:
            table.add_row(one.rule, str(one.start), _in_place(document.text, one))
        console.print(table)


def _in_place(text: str, repair: Repair) -> Text:
    end = repair.start + len(repair.after)
    shown = Text(plain(text[max(0, repair.start - AROUND) : repair.start]), "dim")
    shown.append(f"[{plain(repair.before, SHOWN)} → {plain(repair.after, SHOWN)}]", "")
    return shown.append(plain(text[end : end + AROUND]), "dim")


def _merged(console: Console, page: Finding) -> None:
    if page.cluster:
        role = "the copy that the corpus shows" if page.canonical else "a copy; the corpus shows another one"
        console.print(f"merged into {page.cluster}: {role}", style="bold")
    for other in page.also_at:
        line(console, "also at", f"{other.url} ({other.source_kind}, {other.id})")
    for pair in page.pairs:
        other_id = pair.other_id if pair.document_id == page.id else pair.document_id
        line(console, pair.verdict, f"{other_id} by {pair.rule}: {pair.evidence}")
