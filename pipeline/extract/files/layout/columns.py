"""The order in which a page is read: line by line, and where two columns stand side by side, one after the other.

Enters: the runs of a page, tables left out. Leaves: regions, each to be read line by line. A column is prose: rows of
a list in two columns (a name here, a post there) are read across. A page of prose beside a form is read first.
"""

from __future__ import annotations

from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.files.layout.runs import Run

_FEWEST = 4  # lines of a column
_PROSE = 10
"""Characters of a column's usual line. GB/T 9704 pages have 28 a line, gazettes in two columns 20, in three 13."""
_FILLED = 0.7
"""Share of a column's width that its usual line takes: prose fills its lines."""
_HALF = 0.75  # of the width: no column is wider
_CROSSING = 0.35  # of the runs of a page may cross the gutter: headings, and text above and below the columns
_LEVEL, _ROWS = 0.2, 0.6  # ems; share of the lines
_TRIES = 24  # places where a gutter is looked for
_DEEP = 2


def regions(runs: Sequence[Run], deep: int = 0) -> list[list[Run]]:
    """The regions in reading order."""
    if len(runs) < 2 * _FEWEST or deep >= _DEEP:
        return [list(runs)] if runs else []
    gutter = _gutter(runs)
    if gutter is None:
        return [list(runs)]
    found: list[list[Run]] = []
    plain: list[Run] = []
    for band in _bands(runs, gutter):
        if isinstance(band, tuple):
            if plain:
                found.append(plain)
                plain = []
            for column in band:
                found += regions(column, deep + 1)
        else:
            plain += band
    return [*found, plain] if plain else found


def _gutter(runs: Sequence[Run]) -> float | None:
    """The place between two columns, if there are two."""
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = right - left
    if sum(run.x1 - run.x0 < _HALF * width for run in runs) < 2 * _FEWEST:
        return None
    best: tuple[int, float] | None = None
    for step in range(_TRIES + 1):
        at = left + width * (0.25 + 0.5 * step / _TRIES)
        crossing = sum(run.x0 < at < run.x1 for run in runs)
        if best is None or crossing < best[0] or (crossing == best[0] and abs(at - left - width / 2) < best[1]):
            best = crossing, abs(at - left - width / 2)
            place = at
    if best is None or best[0] > _CROSSING * len(runs):
        return None
    return place if any(isinstance(band, tuple) for band in _bands(runs, place)) else None


def _bands(runs: Sequence[Run], gutter: float) -> list[list[Run] | tuple[list[Run], list[Run]]]:
    """What crosses the gutter, and what stands at both sides of it between, from top to bottom."""
    bands: list[list[Run] | tuple[list[Run], list[Run]]] = []
    sides: list[Run] = []
    crossing: list[Run] = []
    for run in sorted(runs, key=attrgetter("base", "x0")):
        if run.x0 < gutter < run.x1:
            if sides:
                bands.append(_sides(sides, gutter))
                sides = []
            crossing.append(run)
        else:
            if crossing:
                bands.append(crossing)
                crossing = []
            sides.append(run)
    bands += [crossing] if crossing else [_sides(sides, gutter)] if sides else []
    return bands


def _sides(runs: list[Run], gutter: float) -> list[Run] | tuple[list[Run], list[Run]]:
    """Two columns, or one band if they are none."""
    left = [run for run in runs if run.x1 <= gutter]
    right = [run for run in runs if run.x0 >= gutter]
    prose = _is_prose(left), _is_prose(right)
    if all(prose) or (any(prose) and len(runs) >= 3 * _FEWEST and not _are_rows(left, right)):
        return left, right
    return runs


def _are_rows(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """True if most lines of the shorter side stand beside one of the other: rows of a list, not two columns."""
    short, long = sorted((left, right), key=len)
    beside = sum(any(abs(run.base - other.base) < _LEVEL * run.size for other in long) for run in short)
    return beside >= _ROWS * len(short)


def _is_prose(column: Sequence[Run]) -> bool:
    if len(column) < _FEWEST:
        return False
    width = max(run.x1 for run in column) - min(run.x0 for run in column)
    usual = median(run.x1 - run.x0 for run in column)
    return usual >= _FILLED * width and median(len(run.glyphs) for run in column) >= _PROSE
