"""Where the text of each page begins at the left and ends at the right, and how far its lines are apart.

Enters: pages, without their furniture. Leaves: `left`, `right` and `leading` of every line, set in place.
A page with little text has the bounds of the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from pipeline.extract.files.layout.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.extract.files.layout.page import Page

_FEWEST = 6  # lines of a page that show its bounds
_FEW = 3  # lines that end in letters, and so within the bounds
_NARROW = 0.95  # of the usual width
_SHORT = 12  # ems: a list of names or of short items
_HANGING = tuple("，。、；：！？）》〉”’」』】,.;:)")  # may be set in the margin
_FAR = 5.0  # ems between two lines that are no neighbours
_LEADING = 1.3  # ems where nothing tells


def set_bounds(pages: Sequence[Page]) -> None:
    """Write the bounds into the lines (see module)."""
    texts: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    sizes = {page.number: (round(page.width), round(page.height)) for page in pages}
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                texts[page.number, item.column].append(item)
    found = {key: _bounds(lines) for key, lines in texts.items()}
    usual: dict[tuple[tuple[int, int], bool], tuple[float, float]] = {}
    full: defaultdict[tuple[tuple[int, int], bool], list[tuple[float, float]]] = defaultdict(list)
    for (number, column), bounds in found.items():
        if len(texts[number, column]) >= _FEWEST:
            full[sizes[number], bool(column)].append(bounds)
    for kind, several in full.items():
        usual[kind] = median(left for left, _ in several), median(right for _, right in several)
    for (number, column), lines in texts.items():
        left, right = found[number, column]
        others = usual.get((sizes[number], bool(column)))
        if others and not column and right - left < _NARROW * (others[1] - others[0]):
            left, right = min(left, others[0]), max(right, others[1])
        if not column and right - left < _SHORT * lines[0].size:  # no line is a full one: the margins are alike
            right = max(right, sizes[number][0] - left)
        for line in lines:
            line.left, line.right = left, right


def _bounds(lines: Sequence[Line]) -> tuple[float, float]:
    inner = [line for line in lines if not line.text.endswith(_HANGING)]
    ends = inner if len(inner) >= _FEW else lines
    return _reached([line.x0 for line in lines], lines, -1), _reached([line.x1 for line in ends], ends, 1)


def _reached(places: Sequence[float], lines: Sequence[Line], way: int) -> float:
    """The outermost place that several lines reach, within an em."""
    em = median(line.size for line in lines)
    ordered = sorted(places, reverse=way > 0)
    needed = max(2, len(lines) // 20)
    for place in ordered:
        if sum(0 <= (place - other) * way <= em for other in places) >= needed:
            return place
    return ordered[0]


def usual_size(lines: Iterable[Line]) -> float:
    """The size of most of the text; 0 if there is none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def set_leadings(pages: Iterable[Page]) -> None:
    """Write into each line how far the lines of its size are apart on its page; where it has few, in the document."""
    apart: defaultdict[tuple[int, int], list[float]] = defaultdict(list)  # page (0: all) and size
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        for above, line in pairwise(lines):
            distance = line.base - above.base
            if above.column == line.column and 0 < distance < _FAR * line.size:
                apart[page.number, round(line.size)].append(distance)
                apart[0, round(line.size)].append(distance)
    usual = {key: median(distances) for key, distances in apart.items() if not key[0] or len(distances) >= _FEWEST}
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                size = round(item.size)
                item.leading = usual.get((page.number, size)) or usual.get((0, size)) or _LEADING * item.size
