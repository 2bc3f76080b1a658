"""Sets of rows in a page, by where they stand; which of them is the page's list, and which belong to it.

Enters: rows, each with its element and its link. Leaves: the rows of the list, in the order of the page.

Rows of one list have parents of one kind. The list's pinned rows often have a list of their own before it, odd and even
rows classes of their own, and every five rows an element: sets that differ only in the classes next to the rows are
one, where their links lead to the same kind of folder. Side lists (热点, 推荐) stand in elements that say so.

>>> shape("http://a.gov.cn/zw/202405/t20240503_12.html"), key_of(("li.odd", "ul.list2", "div.con"))
('/zw/0/', 'li<ul<div.con')
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from crawler.platforms.protocol import Item

__all__ = ["Row", "RowSet", "key_of", "place_of", "row_sets", "shape"]

PASSING = re.compile(r"(?:odd|even|alt|cur(?:rent)?|on|active|first|last|new|hover|bg)?[-_]?\d*", re.IGNORECASE)
"""Classes that rows of one list have by turns."""
SIDE = re.compile(
    r"(?:^|[\s_-])(?:side|sider?bar|aside|hot|rank(?:ing)?|recommend|related|foot(?:er)?)(?:$|[\s_-])", re.I
)
SIDE_TAGS = ("aside", "nav", "footer")
OWN = 2
"""Steps from a row upwards whose classes may differ within one list: the row itself and its parent."""


@dataclass(frozen=True, slots=True)
class Row:
    """number: of the element in the page."""

    element: HtmlElement
    number: int
    item: Item


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows of one place. key: the same on each page of a list; side: it stands where side lists stand."""

    key: str
    side: bool
    rows: tuple[Row, ...]

    def weight(self, folder: str) -> tuple[float, int]:
        """What makes it the page's list: its rows, twice those below the page's own folder; half that beside the list.

        And of equals the one with more letters in its titles.
        """
        below = sum(urlsplit(row.item.url).path.startswith(folder) for row in self.rows) if folder != "/" else 0
        rows = (len(self.rows) + below) / (2 if self.side else 1)
        return rows, sum(len(row.item.title or "") for row in self.rows)

    @property
    def shapes(self) -> frozenset[str]:
        return frozenset(shape(row.item.url) for row in self.rows)


def row_sets(rows: Iterable[Row]) -> dict[str, RowSet]:
    """By key. Of the places that one key stands for, those are together whose links lead where the most rows' lead."""
    places: dict[str, dict[tuple[str, ...], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        steps = place_of(row.element)
        side = "side " if _side(row.element) else ""
        places[f"{side}{key_of(steps)}"][steps].append(row)
    found: dict[str, RowSet] = {}
    for key, parts in places.items():
        ordered = sorted(parts.values(), key=len, reverse=True)
        main = {shape(row.item.url) for row in ordered[0]}
        kept = [part for part in ordered if main & {shape(row.item.url) for row in part}]
        together = sorted((row for part in kept for row in part), key=lambda row: row.number)
        found[key] = RowSet(key, key.startswith("side "), tuple(together))
    return found


def place_of(row: HtmlElement) -> tuple[str, ...]:
    """Tags and first classes from a row up to the root."""
    steps = (row, *row.iterancestors())
    return tuple(f"{step.tag!s}.{(step.get('class') or '').strip().partition(' ')[0]}" for step in steps)


def key_of(place: Sequence[str]) -> str:
    """A place without what differs within one list."""
    own = [step.partition(".")[0] for step in place[:OWN]]
    return "<".join((*own, *map(_lasting, place[OWN:])))


def shape(url: str) -> str:
    """The folder of an address, with its numbers alike: documents of a column lie in folders by month."""
    folder = urlsplit(url).path.rpartition("/")[0]
    return re.sub(r"[0-9a-f]{16,}|\d+", "0", folder) + "/"


def _lasting(step: str) -> str:
    tag, _, name = step.partition(".")
    return tag if PASSING.fullmatch(name) else f"{tag}.{re.sub(r'[-_]?[0-9]+$', '', name)}"


def _side(row: HtmlElement) -> bool:
    return any(
        step.tag in SIDE_TAGS or SIDE.search(f"{step.get('class') or ''} {step.get('id') or ''}")
        for step in row.iterancestors()
    )
