"""A page as PDF and OFD give it: characters, ruled lines and pictures, each with its place.

Enters: nothing. Leaves: the records. Places are in points (1/72 inch) from the upper left corner of the page as a
reader sees it, y growing downwards.

>>> rule_of([(0, 0), (90, 0), (90, 1), (0, 1)])
Rule(x0=0, y0=0, x1=90, y1=1)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


THIN = 3.0
"""Points. A bar that is thinner is a line: borders have up to 3 pt (Word's widest usual one)."""


class Glyph(NamedTuple):
    """A character. base: where the line of writing stands. size: of its type."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float


class Rule(NamedTuple):
    """A straight line, level or upright, or a thin bar; x0 <= x1, y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page. number: from 1. pictured: the share of it that pictures cover, 0 to 1. outlined: corners
    of the shapes that are drawn on it, lines apart. astray: text that stands askew,
    such as a watermark. unreadable: characters without a meaning (fonts that do not say which letters they draw).
    confidence: of the recognition that read the page from its picture, 0 to 1; None if it says its text itself.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    pictured: float = 0
    outlined: int = 0
    astray: str = ""
    unreadable: int = 0
    confidence: float | None = None


def rule_of(points: Sequence[tuple[float, float]]) -> Rule | None:
    """The line, or the thin bar, between the outermost of some points; None if they enclose an area or lie askew."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    return Rule(x0, y0, x1, y1) if min(x1 - x0, y1 - y0) <= THIN else None
