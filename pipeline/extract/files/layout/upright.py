"""Characters as a file places them -> a sheet that reads from left to right.

Enters: marks and rules in points from the upper left corner of the page, as the file has it. Leaves: a sheet. Most of
the text decides which way is up: a wide table is often printed along the long side of its page. What stands otherwise
(a watermark, a stamp) is astray.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.files.layout.radicals import meant
from pipeline.extract.files.layout.sheet import Glyph, Rule, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_ASCENT, _DESCENT = 0.86, 0.14
"""Of the size, above and below the line of writing: the em box of Chinese type. Fonts differ in what they claim."""
_ASKEW = 3.0  # degrees from a quarter turn


class Mark(NamedTuple):
    """A character. x0 to y1: two corners of its box. x, y: where it begins on the line of writing. turns: quarters by
    which it is turned counter-clockwise, None if it stands askew. A blank text: a glyph without a meaning.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    y: float
    size: float
    turns: int | None


class Drawing(NamedTuple):
    """What a page holds. pictured: the share that pictures cover, 0 to 1. turns: of the page, if it has no text.
    outlined: corners of shapes.
    """

    marks: Sequence[Mark]
    rules: Sequence[Rule]
    pictured: float
    turns: int = 0
    outlined: int = 0


def quarters(angle: float) -> int | None:
    """Degrees, counter-clockwise, as quarters of a turn; None for what stands askew.

    >>> quarters(-90.0), quarters(45.0)
    (3, None)
    """
    turns = round(angle / 90)
    return turns % 4 if abs(angle - 90 * turns) <= _ASKEW else None


def upright(number: int, width: float, height: float, drawing: Drawing) -> Sheet:
    """The sheet. number: of the page, from 1. width, height: of the page as the file has it."""
    marks = [mark for mark in drawing.marks if mark.text]
    ways = Counter(mark.turns for mark in marks if mark.turns is not None and not mark.text.isspace())
    turns = ways.most_common(1)[0][0] if ways else drawing.turns
    at = turned(width, height, turns)
    return Sheet(
        number=number,
        width=height if turns % 2 else width,
        height=width if turns % 2 else height,
        glyphs=[_glyph(mark, at) for mark in marks if mark.turns == turns],
        rules=list(drawing.rules) if not turns else [_rule(rule, at) for rule in drawing.rules],
        pictured=min(1.0, drawing.pictured),
        outlined=drawing.outlined,
        astray="".join(mark.text for mark in marks if mark.turns != turns),
        unreadable=len(drawing.marks) - len(marks),
    )


def turned(width: float, height: float, turns: int) -> Callable[[float, float], tuple[float, float]]:
    """Where the points of a page come to stand when it is turned by quarters, clockwise. width, height: before.

    >>> turned(600, 800, turns=1)(0, 800)
    (0, 0)
    """
    match turns % 4:
        case 1:
            return lambda x, y: (height - y, x)
        case 2:
            return lambda x, y: (width - x, height - y)
        case 3:
            return lambda x, y: (y, width - x)
        case _:
            return lambda x, y: (x, y)


def _glyph(mark: Mark, at: Callable[[float, float], tuple[float, float]]) -> Glyph:
    x, base = at(mark.x, mark.y)
    x0, x1 = sorted((at(mark.x0, mark.y0)[0], at(mark.x1, mark.y1)[0]))
    if x1 <= x0:  # a font without widths
        x0, x1 = x, x + mark.size / 2
    return Glyph(meant(mark.text), x0, base - _ASCENT * mark.size, x1, base + _DESCENT * mark.size, base, mark.size)


def _rule(rule: Rule, at: Callable[[float, float], tuple[float, float]]) -> Rule:
    return _spanned((at(rule.x0, rule.y0), at(rule.x1, rule.y1)))


def _spanned(points: Iterable[tuple[float, float]]) -> Rule:
    (x0, x1), (y0, y1) = (sorted(places) for places in zip(*points, strict=True))
    return Rule(x0, y0, x1, y1)
