"""Ruled lines of a page -> the frames of tables: level and upright lines that meet.

Enters: rules. Leaves: frames, each with the levels of its lines and the upright ones. Lines drawn in pieces (a border a
cell, dashes, both sides of a thin bar) become one.

>>> from pipeline.extract.files.layout.sheet import Rule
>>> box = [Rule(0, 0, 90, 0), Rule(0, 20, 90, 20), Rule(0, 0, 0, 20), Rule(40, 0, 40, 20), Rule(90, 0, 90, 20)]
>>> [(len(frame.level), len(frame.upright)) for frame in frames(box)]
[(2, 3)]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.extract.files.layout.sheet import THIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.extract.files.layout.sheet import Rule

_SHORT = 4.0  # points: shorter ones are parts of characters and pictures
_NEAR = 2.0  # points between lines that count as one: both edges of a bar, double lines
_DASH = 2.0  # points between dashes
_MOST, _PAIRS = 3000, 300_000
"""Lines of a page. A drawing or a map has more; a page of a table with 60 rows and 20 columns, cell by cell, has
80 once pieces are put together."""


@dataclass(slots=True)
class Frame:
    """Lines that meet. level: (y, x0, x1). upright: (x, y0, y1)."""

    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float, float, float]:
        xs = [x for x, _, _ in self.upright] + [x for _, x0, x1 in self.level for x in (x0, x1)]
        ys = [y for y, _, _ in self.level] + [y for _, y0, y1 in self.upright for y in (y0, y1)]
        return min(xs), min(ys), max(xs), max(ys)


def frames(rules: Sequence[Rule]) -> list[Frame]:
    """The frames of a page, those inside another left out; none if the page is a drawing."""
    level = _joined((rule.y0 + rule.y1, rule.x0, rule.x1) for rule in rules if _is_line(rule, level=True))
    upright = _joined((rule.x0 + rule.x1, rule.y0, rule.y1) for rule in rules if _is_line(rule, level=False))
    if len(level) + len(upright) > _MOST or len(level) * len(upright) > _PAIRS:
        return []
    owner = list(range(len(level) + len(upright)))
    for at, (x, y0, y1) in enumerate(upright, len(level)):
        for other, (y, x0, x1) in enumerate(level):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                owner[_root(owner, at)] = _root(owner, other)
    found: dict[int, Frame] = {}
    for at in range(len(owner)):
        frame = found.setdefault(_root(owner, at), Frame())
        (frame.level if at < len(level) else frame.upright).append((level + upright)[at])
    whole = [frame for frame in found.values() if len(frame.level) > 1 and frame.upright]
    return [frame for frame in whole if not any(_is_in(frame, other) for other in whole if other is not frame)]


def _is_line(rule: Rule, *, level: bool) -> bool:
    width, height = rule.x1 - rule.x0, rule.y1 - rule.y0
    along, across = (width, height) if level else (height, width)
    return across <= THIN and along > across


def _joined(lines: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines of one direction as (place, start, end), given twice the place; pieces that touch are put together."""
    rows: list[list[tuple[float, float, float]]] = []
    for twice, start, end in sorted(lines):
        if rows and twice / 2 - rows[-1][0][0] <= _NEAR:
            rows[-1].append((twice / 2, start, end))
        else:
            rows.append([(twice / 2, start, end)])
    found: list[tuple[float, float, float]] = []
    for row in rows:
        place = sum(line[0] for line in row) / len(row)
        reach: list[tuple[float, float]] = []
        for _, start, end in sorted(row, key=itemgetter(1)):
            if reach and start - reach[-1][1] <= _NEAR + _DASH:
                reach[-1] = reach[-1][0], max(reach[-1][1], end)
            else:
                reach.append((start, end))
        found += [(place, start, end) for start, end in reach if end - start > _SHORT]
    return found


def _root(owner: list[int], at: int) -> int:
    while owner[at] != at:
        owner[at] = owner[owner[at]]
        at = owner[at]
    return at


def _is_in(frame: Frame, other: Frame) -> bool:
    x0, y0, x1, y1 = frame.box
    left, top, right, bottom = other.box
    return left - 1 <= x0 and top - 1 <= y0 and x1 <= right + 1 and y1 <= bottom + 1 and frame.box != other.box
