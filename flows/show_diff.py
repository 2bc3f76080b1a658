"""Changes between two versions as a person reads them: paragraphs in colour, in each the words that differ.

Enters: a `Difference`. Leaves: lines on a console.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from flows.show import line, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from flows.compare import Change, Difference

SHOWN = 20
"""Changes of one type that are shown unless a person asks for this type alone: what fits a few screens."""

LONGEST = 2000
"""Characters of a paragraph in which single words are marked; comparing grows with the square."""

ALIKE = 0.5
"""Share of equal characters from which two paragraphs are one that was edited."""

COLOURS = {"added": "green", "modified": "yellow", "moved": "cyan", "withdrawn": "red", "dropped": "red"}

__all__ = ["show_diff"]


def show_diff(console: Console, difference: Difference, *, whole: bool = False) -> None:
    """The counts, then the changes, type by type. whole: all of them, however many."""
    line(console, "from", difference.before)
    line(console, "to", difference.after)
    counted = [f"{count:,} {kind}" for kind, count in difference.counts.items() if count]
    line(console, "changes", ", ".join(counted) or "none")
    for kind, group in groupby(difference.changes, key=lambda change: change.type):
        changes = list(group)
        for change in changes if whole else changes[:SHOWN]:
            _show(console, change)
        if not whole and len(changes) > SHOWN:
            console.print(f"\n… {len(changes) - SHOWN:,} more {kind}; --only {kind} shows all", style="dim")


def _show(console: Console, change: Change) -> None:
    head = Text(f"\n{change.type:<10}", COLOURS[change.type]) + Text(plain(change.title or change.url), "bold")
    console.print(head, soft_wrap=True)
    line(console, "", f"{change.id} {change.url}")
    if change.previous_id:
        line(console, "was", change.previous_id)
    if change.fields:
        line(console, "fields", ", ".join(change.fields))
    for text in _paragraphs(change.diff.split("\n") if change.diff else []):
        console.print(text, soft_wrap=True)


def _paragraphs(lines: list[str]) -> Iterator[Text]:
    """The lines of a diff in colour. As many gone as came, one after the other: they are compared pair by pair."""
    runs = [(sign, [one[1:] for one in group]) for sign, group in groupby(lines, key=lambda one: one[:1])]
    for number, (sign, texts) in enumerate(runs):
        before = runs[number - 1] if number else None
        after = runs[number + 1] if number + 1 < len(runs) else None
        match sign:
            case "@":
                yield from (Text(f"@{plain(text)}", "cyan") for text in texts)
            case "-":
                yield from _signed("-", "red", texts, after[1] if after and after[0] == "+" else [])
            case "+":
                yield from _signed("+", "green", texts, before[1] if before and before[0] == "-" else [])
            case _:
                yield from (Text(f" {plain(text)}", "dim") for text in texts)


def _signed(sign: str, style: str, texts: list[str], others: list[str]) -> Iterator[Text]:
    paired = others if len(others) == len(texts) else [""] * len(texts)
    for text, other in zip(map(plain, texts), map(plain, paired), strict=True):
        shown = Text(f"{sign}{text}", style)
        for start, end in _differing(text, other):
            shown.stylize("bold underline", start + 1, end + 1)
        yield shown


def _differing(text: str, other: str) -> list[tuple[int, int]]:
    """Where a paragraph differs from what stood or stands in its place; nothing if it is another one altogether."""
    if not other or max(len(text), len(other)) > LONGEST:
        return []
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    return [(start, end) for tag, start, end, _, _ in matcher.get_opcodes() if tag != "equal" and start < end]
