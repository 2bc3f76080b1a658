"""One extractor on one set: judged page by page, then timed with the others.

Enters: gold pages and extractors. Leaves: a `Result` for each extractor. Times are CPU seconds of this process, so that
another program on the machine does not count; extractors take turns, so that a slow minute is everybody's.
"""

from __future__ import annotations

import functools
import gc
import time
from contextlib import suppress
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.quality.cells import Cells, score_cells
from benchmarks.quality.facts import Facts, compare
from benchmarks.quality.score import Body, score_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.quality.extractors import Extractor, Found
    from benchmarks.quality.gold import Gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How one page came out. What the gold does not speak of, or the extractor never gives, is None.

    body: None on a page without a document, of which `refused` then says whether it gave no text. tableless: on a page
    without tables, whether it gave none. missed: marks that the record lacks, of the `marks` that it must have. error:
    why the extractor gave up; it then gave nothing.
    """

    page: str
    body: Body | None = None
    refused: bool | None = None
    cells: Cells | None = None
    tableless: bool | None = None
    facts: Facts | None = None
    marks: int = 0
    missed: tuple[str, ...] = ()
    rule: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """All pages of a set by one extractor; `seconds` for the whole set, None when it was not timed."""

    extractor: str
    sheets: tuple[Sheet, ...]
    seconds: float | None = None


def judge(page: Gold, found: Found, error: str | None = None) -> Sheet:
    """Compare what was found on a page with its gold."""
    tables = found.tables
    return Sheet(
        page=page.name,
        body=None if page.text is None else score_body(page.text, found.text),
        refused=None if page.text is not None else not found.text.strip(),
        cells=score_cells(page.tables, tables) if page.tables and tables is not None else None,
        tableless=not tables if tables is not None and page.tables == () else None,
        facts=compare(page.facts, found.facts) if page.facts and found.facts is not None else None,
        marks=len(page.marks) if found.marks is not None else 0,
        missed=tuple(sorted(page.marks - found.marks)) if found.marks is not None else (),
        rule=found.rule,
        error=error,
    )


def assess(pages: Sequence[Gold], extractor: Extractor) -> Result:
    """Judge one extractor on every page; one that gives up on a page gets nothing for it."""
    sheets = []
    for page in pages:
        try:
            sheets.append(judge(page, extractor.look(page)))
        except extractor.errors as error:
            sheets.append(judge(page, extractor.nothing, f"{type(error).__name__}: {error}"))
    return Result(extractor.name, tuple(sheets))


def clock(pages: Sequence[Gold], extractors: Sequence[Extractor], rounds: int) -> dict[str, float]:
    """CPU seconds that each extractor takes for all pages: the median of some rounds, after one that is not counted."""
    taken: dict[str, list[float]] = {extractor.name: [] for extractor in extractors}
    for _ in range(rounds + 1):
        for extractor in extractors:
            forget()
            start = time.process_time()
            for page in pages:
                with suppress(*extractor.errors):
                    extractor.run(page)
            taken[extractor.name].append(time.process_time() - start)
    return {name: median(seconds[1:]) for name, seconds in taken.items()}


def forget() -> None:
    """Empty every bounded cache, so that nobody is quick because it has seen the pages before.

    Unbounded caches stay: they hold rule data that is loaded once, and not what was read from a page.
    """
    gc.collect()
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and thing.cache_parameters()["maxsize"] is not None:
            thing.cache_clear()
