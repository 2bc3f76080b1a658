"""The figures as Markdown tables, on the screen and in docs/quality.md.

Enters: the results of each set. Leaves: one text, a heading and one or two tables a set. n/a: the extractor gives no
such thing, or the set has no gold for it.
"""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from benchmarks.quality.extractors import READING_ALONE
from benchmarks.quality.facts import FIELDS
from benchmarks.quality.gold import GoldError
from benchmarks.quality.summary import summarize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.quality.measure import Result
    from benchmarks.quality.summary import Summary

BEGIN, END = "<!-- quality:begin -->", "<!-- quality:end -->"
COLUMNS = ("precision", "recall", "F1", "loss", "≥ .99", "< .5", "refused", "cells", "invented", "gave up", "pages/s")


def report(results: Mapping[str, Sequence[Result]], packages: Sequence[str]) -> str:
    """All sets of one run, and on what they were measured."""
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs, one process"
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    parts = [f"Measured with {machine}" + (f"; {versions}." if versions else ".")]
    for name, of_set in results.items():
        parts += section(name, [summarize(result) for result in of_set])
    return "\n\n".join(parts) + "\n"


def section(name: str, summaries: Sequence[Summary]) -> list[str]:
    """A heading, the table of texts, the table of fields where there are any, and a line about ours."""
    ours = summaries[0]
    parts = [f"### {name}, {ours.pages} pages", table(["", *COLUMNS], [body_row(s) for s in summaries])]
    fields = [field for field in FIELDS if field in ours.fields]
    if fields:
        head = ["exact match", *(f"{field} ({ours.fields[field][1]})" for field in fields), "all"]
        parts.append(table(head, [field_row(s, fields) for s in summaries if s.fields]))
    return [*parts, remarks(summaries)]


def body_row(s: Summary) -> list[str]:
    return [
        *(
            s.extractor,
            f"{s.precision:.4f}",
            f"{s.recall:.4f}",
            f"{s.f1:.4f}",
            f"{s.loss:.2%}",
            str(s.good),
            str(s.lost),
        ),
        *(of(s.refused), share(s.cells), of(s.invented), str(s.errors), "n/a" if s.speed is None else f"{s.speed:.1f}"),
    ]


def field_row(s: Summary, fields: Sequence[str]) -> list[str]:
    shares = [(s.fields[field][0] / s.fields[field][1]) if field in s.fields else None for field in fields]
    return [s.extractor, *map(share, shares), share(s.metadata)]


def remarks(summaries: Sequence[Summary]) -> str:
    """What is said of ours only, and ours beside the best peer."""
    ours = summaries[0]
    reading = next((s for s in summaries if s.extractor == READING_ALONE), None)
    peers = [s for s in summaries[1:] if s is not reading]
    lines = [f"{ours.fell_through} of {ours.pages} pages of ours fell through to trafilatura."]
    if ours.marks:
        lines.append(f"{ours.marks[0]} of {ours.marks[1]} flags and relations that must be there are there.")
    if peers:
        best = max(peers, key=lambda s: s.f1)
        lines.append(f"Best peer by F1: {best.extractor}, 1 − F1 = {1 - best.f1:.4f}; ours {1 - ours.f1:.4f}.")
    usual = next((s for s in peers if s.extractor == "trafilatura"), None)
    if usual and usual.speed and ours.speed:
        lines.append(f"Pages/s: {ours.speed / usual.speed:.1f} × trafilatura, finished record and all.")
    if usual and usual.speed and reading and reading.speed:
        lines.append(f"Reading alone, which is what the peers do: {reading.speed / usual.speed:.1f} × trafilatura.")
    return " ".join(lines)


def of(pair: tuple[int, int] | None) -> str:
    return "n/a" if pair is None else f"{pair[0]}/{pair[1]}"


def share(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def misses(results: Mapping[str, Sequence[Result]]) -> list[str]:
    """One line for each thing that ours got wrong, the worst text first."""
    lines = []
    for name, of_set in results.items():
        sheets = sorted(of_set[0].sheets, key=lambda sheet: sheet.body.f1 if sheet.body else 1.0)
        for sheet in sheets:
            at = f"{name}/{sheet.page}:"
            body, cells, facts = sheet.body, sheet.cells, sheet.facts
            if body and body.f1 < 1:
                lines.append(f"{at} F1 {body.f1:.4f}, precision {body.precision:.4f}, {body.deleted} characters lost")
            if cells and cells.f1 < 1:
                lines.append(f"{at} {cells.right} of {cells.gold} cells right, {cells.found} given")
            if facts:
                lines += [f"{at} {field} should be {gold!r}, is {found!r}" for field, gold, found in facts.wrong]
                lines += [f"{at} {field} should be empty, is {found!r}" for field, found in facts.invented]
            lines += [f"{at} lacks {mark}" for mark in sheet.missed]
            if sheet.refused is False:
                lines.append(f"{at} is no document and was not refused")
            if sheet.tableless is False:
                lines.append(f"{at} has no table and was given one")
    return lines


def insert(path: Path, text: str) -> None:
    """Put the report between the two markers of a Markdown page."""
    page = path.read_text(encoding="utf-8")
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise GoldError(f"{path}: needs one line {BEGIN} and one line {END}, between which the tables are put")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")
