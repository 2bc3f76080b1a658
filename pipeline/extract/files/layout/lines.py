"""Runs -> lines: what stands side by side, from left to right.

Enters: the runs of a region that is read line by line. Leaves: lines from top to bottom.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from pipeline.extract.files.layout.runs import ordered, spacing_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.extract.files.layout.runs import Run
    from pipeline.extract.files.layout.sheet import Glyph

_SAME_BASE = 0.4  # ems
_COVERED = 1.0  # ems
_WIDE = 1.5  # ems
_TELLING = 8  # characters of a line that tells whether the text is set apart
_OVERLAP = 0.6
"""Share of the lower one's height: marks of notes and units stand higher or lower than the line that they belong to."""


@dataclass(slots=True)
class Line:
    """A line. left, right: the bounds of the text that it belongs to, leading: how far its lines
    are apart (`bounds` sets them). sheet: the number of its page. column: of the
    region, 0 for text over the whole width. spacing: points by which its characters are set apart.
    parts: pieces with wide gaps between.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    spacing: float = 0
    parts: int = 1
    left: float = 0
    right: float = 0
    leading: float = 0
    sheet: int = 0
    column: int = 0


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The lines of runs."""
    rows: list[tuple[Run, list[Run]]] = []  # a row's largest run tells where it stands
    for run in sorted(runs, key=attrgetter("base", "x0")):
        for at in range(len(rows) - 1, max(-1, len(rows) - 3), -1):
            lead, row = rows[at]
            if _is_beside(lead, run) and not any(_covers(other, run) for other in row):
                row.append(run)
                if run.size > 1.05 * lead.size:
                    rows[at] = run, row
                break
        else:
            rows.append((run, [run]))
    glyphs = [ordered([glyph for run in sorted(row, key=attrgetter("x0")) for glyph in run.glyphs]) for _, row in rows]
    apart = [spacing_of(line) for line in glyphs]
    told = [spacing for line, spacing in zip(glyphs, apart, strict=True) if len(line) > _TELLING]
    usual = median(told) if told else 0
    lines = [
        _line(lead, row, line, max(spacing, usual))
        for (lead, row), line, spacing in zip(rows, glyphs, apart, strict=True)
    ]
    return sorted(lines, key=attrgetter("base"))


def _covers(run: Run, other: Run) -> bool:
    """True for runs one above the other, however near: two lines of a form."""
    shared = min(run.x1, other.x1) - max(run.x0, other.x0)
    return shared > _COVERED * min(run.size, other.size)


def _is_beside(lead: Run, run: Run) -> bool:
    if abs(lead.base - run.base) <= _SAME_BASE * min(lead.size, run.size):
        return True
    shared = min(lead.bottom, run.bottom) - max(lead.top, run.top)
    lower = min(lead.bottom - lead.top, run.bottom - run.top)
    apart = run.x0 >= lead.x1 - 1 or run.x1 <= lead.x0 + 1
    return apart and max(lead.size, run.size) > 1.2 * min(lead.size, run.size) and shared > _OVERLAP * lower


def _line(lead: Run, row: list[Run], glyphs: list[Glyph], spacing: float) -> Line:
    sizes = Counter(glyph.size for glyph in glyphs)
    size = max(sizes, key=lambda one: (sizes[one], one))
    top, bottom = min(run.top for run in row), max(run.bottom for run in row)
    gaps = sum(two.x0 - one.x1 > _WIDE * size + spacing for one, two in pairwise(glyphs))
    left, right = min(run.x0 for run in row), max(run.x1 for run in row)
    return Line(written(glyphs, spacing), left, right, top, bottom, lead.base, size, spacing, 1 + gaps)
