"""Characters -> runs: what is written on one line without a gap.

Enters: the characters of a page or of a cell, in the order in which the file draws them. Leaves: runs. A gap of an em
ends a run: between two columns stand two, and inside a line a wider gap only means a blank.

>>> from pipeline.extract.files.layout.sheet import Glyph
>>> [run.text for run in runs_of([Glyph("甲", 0, 0, 12, 12, 10, 12), Glyph("乙", 12, 0, 24, 12, 10, 12)])]
['甲乙']
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from pipeline.extract.files.layout.words import is_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.extract.files.layout.sheet import Glyph

_GAP = 0.9
"""Ems. Justified Chinese is drawn out by less than half an em; columns of GB/T 9704 stand 2 em apart."""
_BACK = 0.6  # ems: fake bold and kerning step back a little
_SHIFT = 0.3  # ems up or down
_APART, _FEWEST, _EVEN = 0.25, 5, 3
"""Ems between two characters of a line that is set apart (the grid of Word's "characters a line"), how many such gaps
it has, and how many if it has no others and all are alike (文 件 大 小 in a narrow cell)."""
_STEP = 0.5  # points back that are no other order
_LATIN, _CHINESE = 0.18, 0.6
"""Ems of a gap that is a blank: between Latin letters (their blank has 0.25), and beside Chinese ones, where half an em
is what justifying and brackets leave."""


@dataclass(slots=True)
class Run:
    """Characters side by side, from left to right."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float

    @property
    def text(self) -> str:
        return written(ordered(self.glyphs))


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """The runs, in the order in which they are drawn."""
    found: list[Run] = []
    run: Run | None = None
    for glyph in glyphs:
        if run is not None and _goes_on(run, glyph):
            run.glyphs.append(glyph)
            run.x1 = max(run.x1, glyph.x1)
            run.top, run.bottom = min(run.top, glyph.y0), max(run.bottom, glyph.y1)
            run.size = max(run.size, glyph.size)
        elif not glyph.text.isspace():
            run = Run([glyph], glyph.x0, glyph.x1, glyph.y0, glyph.y1, glyph.base, glyph.size)
            found.append(run)
    for run in found:
        _trim(run)
    return found


def _goes_on(run: Run, glyph: Glyph) -> bool:
    size = max(run.size, glyph.size)
    return abs(glyph.base - run.base) <= _SHIFT * size and -_BACK * size <= glyph.x0 - run.x1 <= _GAP * size


def _trim(run: Run) -> None:
    """Blanks at the end are no part of the line: they reach into the margin."""
    if run.glyphs[-1].text.isspace():
        while run.glyphs[-1].text.isspace():
            run.glyphs.pop()
        run.x1 = max(glyph.x1 for glyph in run.glyphs)


def written(glyphs: Sequence[Glyph], spacing: float = 0) -> str:
    """What characters say, from left to right, with a blank where there is a gap. spacing: see `spacing_of`."""
    pieces: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and (gap := glyph.x0 - last.x1) > spacing and not _is_blank(glyph, last):
            chinese = is_wide(glyph.text) or is_wide(last.text)
            if gap - spacing > (_CHINESE if chinese else _LATIN) * max(glyph.size, last.size):
                pieces.append(" ")
        pieces.append(glyph.text)
        last = glyph
    return "".join(pieces)


def spacing_of(glyphs: Sequence[Glyph]) -> float:
    """By how many points the Chinese characters of a line are set apart: as many as most of them; 0 for a line that is
    set as usual, or too short to tell.
    """
    gaps = [two.x0 - one.x1 for one, two in pairwise(glyphs) if two.x0 - one.x1 > _APART * one.size]
    if len(gaps) >= _FEWEST and 2 * len(gaps) >= len(glyphs):
        return median(gaps)
    is_even = len(gaps) >= _EVEN and len(gaps) == len(glyphs) - 1 and max(gaps) - min(gaps) < _APART * glyphs[0].size
    return median(gaps) if is_even else 0


def _is_blank(glyph: Glyph, last: Glyph) -> bool:
    return glyph.text.isspace() or last.text.isspace()


def ordered(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters from left to right; most files draw them so."""
    if any(two.x0 < one.x0 - _STEP for one, two in pairwise(glyphs)):
        return sorted(glyphs, key=attrgetter("x0"))
    return glyphs
