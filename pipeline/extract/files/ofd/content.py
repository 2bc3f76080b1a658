"""The layers of a page of OFD -> characters and ruled lines.

Enters: a layer. Leaves: marks and rules in points, the area of pictures in square points. Sources: GB/T 33190-2016:
graphic units (9), paths (9.1), pictures (10), text (11), composite units (13). An object is placed by its Boundary, and
by a matrix (CTM) inside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING

from pipeline.extract.files.layout.sheet import THIN, Rule, rule_of
from pipeline.extract.files.layout.upright import Mark, quarters
from pipeline.extract.files.layout.words import is_wide
from pipeline.extract.files.ofd.tree import children, name_of, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    Matrix = tuple[float, float, float, float, float, float]

POINTS = 72 / 25.4
"""Points a millimetre, the unit of OFD."""
_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_DEEP = 8  # blocks and units in each other
_MOST = 200_000  # objects and characters of a page
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of a path and how many numbers each takes (9.1, table 36)."""
_LINE_WIDTH = 0.353  # millimetres, if a path does not say
_ASCENT, _DESCENT, _LATIN = 0.86, 0.14, 0.5  # of the size


@dataclass(slots=True)
class Content:
    """Takes the layers of a page. units: composite graphic units by id. outlined: corners of shapes."""

    units: Mapping[str, _Element]
    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0
    outlined: int = 0
    _left: int = _MOST

    def take(self, parent: _Element, outer: Matrix, deep: int = 0) -> None:
        """Take the objects of a layer, a block or a unit. outer: from millimetres in it to points of the page."""
        for element in parent:
            self._left -= 1
            if self._left < 0 or deep > _DEEP or element.get("Visible") == "false":
                continue
            match name_of(element):
                case "PageBlock":
                    self.take(element, outer, deep + 1)
                case "TextObject":
                    self._text(element, _placed(element, outer))
                case "PathObject":
                    self._path(element, _placed(element, outer))
                case "ImageObject":
                    self._picture(element, outer)
                case "CompositeObject":
                    unit = self.units.get(element.get("ResourceID", ""))
                    for content in children(unit, "Content"):
                        self.take(content, _placed(element, outer), deep + 1)

    def _text(self, element: _Element, matrix: Matrix) -> None:
        a, b, c, d, e, f = matrix
        size = float(element.get("Size") or 0)
        wide = float(element.get("HScale") or 1)
        turns = quarters(degrees(atan2(-b, a)))
        scale = hypot(c, d)
        if size * scale <= 0:
            return
        for text, x, y, step in _characters(element, size, wide):
            width = step if 0 < step < size * wide or not is_wide(text) else size * wide
            top, bottom = y - _ASCENT * size, y + _DESCENT * size
            self.marks.append(
                Mark(
                    text,
                    *(a * x + c * top + e, b * x + d * top + f),
                    *(a * (x + width) + c * bottom + e, b * (x + width) + d * bottom + f),
                    *(a * x + c * y + e, b * x + d * y + f),
                    size * scale,
                    turns,
                )
            )
            self._left -= 1
            if self._left < 0:
                return

    def _path(self, element: _Element, matrix: Matrix) -> None:
        strokes = element.get("Stroke") != "false"
        fills = element.get("Fill") == "true"
        width = float(element.get("LineWidth") or _LINE_WIDTH) * POINTS
        strokes = strokes and width <= THIN
        for data in children(element, "AbbreviatedData"):
            known = len(self.rules)
            for points in _outlines(data.text or "", matrix):
                if strokes:
                    sides = pairwise(points)
                    self.rules += [rule for side in sides if (rule := rule_of(side)) is not None]
                elif fills and (bar := rule_of(points)) is not None:
                    self.rules.append(bar)
            if len(self.rules) == known:
                self.outlined += sum(word in _ARGUMENTS for word in (data.text or "").split())

    def _picture(self, element: _Element, outer: Matrix) -> None:
        box = numbers(element.get("Boundary"))
        a, b, c, d, *_ = outer
        if len(box) == 4:
            self.pictured += abs(box[2] * box[3] * (a * d - b * c))


def box_of(area: _Element | None) -> tuple[float, float, float, float] | None:
    """The page's box, in millimetres, of a PageArea or Area; None if it has none."""
    for box in children(area, "PhysicalBox"):
        x, y, width, height = numbers(box.text)
        return x, y, width, height
    return None


def _placed(element: _Element, outer: Matrix) -> Matrix:
    """From the inside of an object to the page."""
    box = numbers(element.get("Boundary"))
    inner = numbers(element.get("CTM"))
    a, b, c, d, e, f = inner if len(inner) == 6 else _SAME
    x, y = box[:2] if len(box) >= 2 else (0.0, 0.0)
    return _times((a, b, c, d, e + x, f + y), outer)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _characters(element: _Element, size: float, wide: float) -> Iterator[tuple[str, float, float, float]]:
    """The characters of a text: each with its place and how far the next one stands."""
    x = y = 0.0
    for code in children(element, "TextCode"):
        x = float(code.get("X") or x)
        y = float(code.get("Y") or y)
        across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        for at, text in enumerate((code.text or "").strip("\r\n")):
            usual = size * wide * (1 if is_wide(text) else _LATIN)
            step = across[at] if at < len(across) else 0 if down else usual
            yield text, x, y, step or usual
            x += step
            y += down[at] if at < len(down) else 0


def _steps(text: str | None) -> list[float]:
    """DeltaX and DeltaY: numbers, those that repeat as "g 3 5.5" (11.3).

    >>> _steps("5 g 3 4.5")
    [5.0, 4.5, 4.5, 4.5]
    """
    found: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            count, step = int(next(words, "0")), float(next(words, "0"))
            found += [step] * min(count, _MOST)
        else:
            found.append(float(word))
    return found


def _outlines(data: str, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The outlines of a path that have straight sides only."""
    a, b, c, d, e, f = matrix
    words = data.split()
    points: list[tuple[float, float]] = []
    straight = True
    at = 0
    while at < len(words):
        operator = words[at]
        count = _ARGUMENTS.get(operator)
        if count is None:
            at += 1
            continue
        if operator in "SM":
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        straight = straight and operator not in "QBA"
        if count:
            x, y = map(float, words[at + count - 1 : at + count + 1])
            points.append((a * x + c * y + e, b * x + d * y + f))
        elif points:
            points.append(points[0])
        at += count + 1
    if straight and len(points) > 1:
        yield points
