"""The title by its markup: h1, class="article-title". For pages whose <title> names only the site, and for titles as
short as the name of a column.

Enters: the lines of a page. Leaves: a `Title`, None if no markup tells one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.fields import title as titles
from pipeline.fields.labels import label_of
from pipeline.fields.organisation import is_organisation
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.page import Line

_NAME = re.compile(
    r"^(?:ucap|art(?:i|icle)?|news|con|cont|content|detail|info|xxgk|xl|wz|show|view|page|main|ivs|doc|zw|xw|h1)?"
    r"[-_]?(?:title|tit|bt|biaoti)(?:[-_]?(?:h1|text|box|con|main|big|\d))?$"
)
"""Ids and classes that templates give to the title of a document."""
_SITE = ("网", "网站", "门户", "频道", "首页")
_LABEL = 16  # characters of a label
_STEPS = 3  # from a line to the element that calls it a title: its own, and two around it
MIN = 6
"""Letters of a title; shorter lines are names of columns, unless `short_title` knows better."""
_SHORTEST = 4  # letters; 停水公告
LINES = 4
"""A title is broken over so many lines at most."""
LONGEST = 200
"""Characters."""
PARTS = re.compile(r"[_|｜丨>·]|[-–—]+|\s+")
"""What divides a <title> into title, columns and site."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and the indexes of its lines. is_shown: the page's markup or <title> says so, not its words alone."""

    text: str
    places: tuple[int, ...]
    is_shown: bool = True


def is_no_title(lines: Sequence[Line], at: int) -> bool:
    """True for links, tables, names of sites, and the title inside a fact table."""
    text, _, linked, table, hidden, _ = lines[at]
    if table is not None or hidden or linked * 2 > len(text) or len(text) > LONGEST or text.endswith(_SITE):
        return True
    return at > 0 and len(above := lines[at - 1].text) <= _LABEL and label_of(above) == "title"


def marked_title(lines: Sequence[Line], site: Container[str] = ()) -> Title | None:
    """The title by its markup alone (h1, class="article-title"), for pages whose <title> names only the site."""
    groups: list[tuple[_Element, list[int]]] = []
    for element, group in groupby(range(len(lines)), key=lambda at: _mark(lines[at])):
        if element is None:
            continue
        places = list(group)
        if groups and _are_one(lines, groups[-1], (element, places)):
            groups[-1][1].extend(places)
        else:
            groups.append((element, places))
    found = []
    for _, places in groups:
        text = "".join(lines[at].text for at in places)
        key = letters(text)
        if MIN <= len(key) <= LONGEST and len(places) <= LINES and key not in site and not is_organisation(text):
            found.append((titles.score(text) >= 3, -places[0], text, tuple(places)))
    best = max(found, default=None)
    return Title(best[2], best[3]) if best else None


def _are_one(lines: Sequence[Line], above: tuple[_Element, list[int]], below: tuple[_Element, list[int]]) -> bool:
    """True for two headings over which one title is broken: sisters, the first no title alone (X局 / 关于…, 关于… / …的
    通知), both together one. Other headings are two (the site's name, the column, the title).
    """
    (one, first), (other, second) = above, below
    if one.tag != other.tag or one.getparent() is not other.getparent() or second[0] != first[-1] + 1:
        return False
    head, rest = ("".join(lines[at].text for at in places) for places in (first, second))
    opens = is_organisation(head) and rest.startswith("关于")
    goes_on = "关于" in head and "关于" not in rest and len(head) > MIN and titles.genre(head) is None
    return (opens or goes_on) and titles.score(head + rest) >= 3


def _mark(line: Line) -> _Element | None:
    """The element whose tag or class calls a line a title."""
    if line.is_table or line.hidden or line.is_link:
        return None
    element: _Element | None = line.owner
    for _ in range(_STEPS):
        if element is None:
            return None
        if element.tag in ("h1", "ucaptitle"):
            return element
        id_, classes = element.get("id"), element.get("class")
        if (id_ or classes) and _is_named(id_, classes):
            return element
        element = element.getparent()
    return None


@lru_cache(maxsize=4096)
def _is_named(id_: str | None, classes: str | None) -> bool:
    """True for the names of an element that holds a title."""
    return any(map(_NAME.match, f"{id_ or ''} {classes or ''}".lower().split()))


def short_title(
    lines: Sequence[Line], tree: _Element, headings: Sequence[str], site: Container[str] = ()
) -> Title | None:
    """A title as short as the name of a column (停水公告, 青屿概况): a heading that the <title> repeats as one of its
    parts and no link of the page is called. None where two would do.
    """
    parts = {letters(part) for heading in headings for part in PARTS.split(heading)}
    links = {letters("".join(link.itertext())) for link in tree.iter("a")}
    found = {
        key: at
        for at, line in reversed(list(enumerate(lines)))
        if _SHORTEST <= len(key := letters(line.text)) < MIN and key in parts and key not in links and key not in site
        if not is_no_title(lines, at) and not is_organisation(key)
        if line.owner.tag in ("h2", "h3") or _mark(line) is not None
    }
    if len(found) != 1:
        return None
    (at,) = found.values()
    return Title(lines[at].text, (at,))
