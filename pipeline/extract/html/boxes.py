"""Boxes of a page: the lines that one element holds, and how well they would make a body.

Enters: the lines of a page and the weight of each (characters of running text). Leaves: the box that fits best. A box
is too narrow if it leaves prose out, and too wide if it takes menus in; `fit` is the prose times its share of the box.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.extract.html.page import Line, Span

_WIDER = 1.25  # a box around the best one is taken instead if it fits nearly as well: it holds 署名 and 附件 too
_TEXT = 0.5  # of what a wider box adds: more prose than that, and the document goes on there
_TEASER, _ELSEWHERE = 100, 8  # a box under a title with less prose, and times as much around it: it only introduces
_MARGIN = 0.25  # of a box: so much without any link may stand around it and belong to the document


_COPIES = 20  # boxes; pages with more have no copies of a body, but a field for each paragraph
_PIECE, _SAME = 8, 0.9  # letters of a piece, and the share of pieces that a copy has in common


@dataclass(frozen=True, slots=True)
class Box:
    """Lines start to stop. prose, size, linked: characters. tier, name: of the container that it is, if it is one."""

    start: int
    stop: int
    prose: int
    size: int
    linked: int
    tier: int = 0
    name: str = ""

    @property
    def fit(self) -> float:
        """Prose times its share of the text."""
        return self.prose * self.prose / self.size if self.size else 0.0

    def holds(self, other: Box) -> bool:
        """True for a box that stands in this one, or is as large."""
        return self.start <= other.start and other.stop <= self.stop


class Boxes:
    """The boxes of one page."""

    def __init__(self, lines: Sequence[Line], weights: Sequence[int], spans: Sequence[Span]) -> None:
        self.lines, self.weights, self.spans = lines, weights, spans
        shown = [(0, 0) if line.hidden else (len(line.text), line.linked) for line in lines]
        self._prose = [0, *accumulate(weights)]
        self._size = [0, *accumulate(size for size, _ in shown)]
        self._linked = [0, *accumulate(linked for _, linked in shown)]

    @property
    def total(self) -> int:
        """The weight of the whole page."""
        return self._prose[-1]

    def box(self, start: int, stop: int, tier: int = 0, name: str = "") -> Box:
        """The box of lines start to stop."""
        prose, size, linked = (each[stop] - each[start] for each in (self._prose, self._size, self._linked))
        return Box(start, stop, prose, size, linked, tier, name)

    def of_elements(self) -> Iterable[Box]:
        """A box for each element that may hold a document, from the inside outwards."""
        return (self.box(span.start, span.stop) for span in self.spans)

    def densest(self, share: float) -> Box | None:
        """The element that fits best among all that hold that share of the weight; None for a page without any."""
        large = [box for box in self.of_elements() if box.prose and box.prose >= share * self.total]
        return best(large) if large else None

    def below(self, title: int) -> Box | None:
        """The element that holds the text under a title: from the first prose outwards, as long as text is added."""
        first = next((at for at in range(title + 1, len(self.weights)) if self.weights[at]), None)
        current: Box | None = None
        for wider in self.of_elements():
            if first is not None and wider.start <= first < wider.stop and (current is None or goes_on(current, wider)):
                current = wider
        return current

    def without_copies(self, boxes: Sequence[Box]) -> list[Box]:
        """Each text once: pages carry the body for desktops and again for telephones."""
        if not 1 < len(boxes) <= _COPIES:
            return list(boxes)
        kept: list[Box] = []
        seen: list[set[str]] = []
        for box in sorted(boxes, key=lambda box: box.start):
            text = letters("".join(line.text for line in self.lines[box.start : box.stop]))
            pieces = {text[at : at + _PIECE] for at in range(max(1, len(text) - _PIECE + 1))}
            if not any(len(pieces & other) >= _SAME * min(len(pieces), len(other)) for other in seen):
                kept.append(box)
                seen.append(pieces)
        return kept


def best(boxes: Sequence[Box]) -> Box:
    """The box that fits best, or the widest around it that fits nearly as well."""
    closest = max(boxes, key=lambda box: (box.fit, -box.tier))
    around = [box for box in boxes if box.fit * _WIDER >= closest.fit and box.holds(closest)]
    return max(around, key=lambda box: box.stop - box.start)


def outermost(boxes: Sequence[Box]) -> list[Box]:
    """The boxes that stand in no other, each narrowed to one inside it if that fits much better."""
    groups: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (box.start, -box.stop)):
        if groups and groups[-1][0].holds(box):
            groups[-1].append(box)
        else:
            groups.append([box])
    return [best(group) for group in groups]


def goes_on(current: Box, wider: Box) -> bool:
    """True if the document goes on in the wider box: what it adds is mostly text, or a margin without links."""
    prose, size = wider.prose - current.prose, wider.size - current.size
    if wider.linked == current.linked and size <= _MARGIN * current.size:  # 署名 in a box of its own
        return True
    return prose >= _TEXT * size or (current.prose < _TEASER and prose > _ELSEWHERE * current.prose)
