"""The run of text under a title, in templates that put document and site into one box.

Enters: the lines of a page and where its title stands. Leaves: the lines from the title to where links come in a row,
or the site's foot begins. Unlike boxes it needs no sentence: lists of names and appointments are text too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.fields.labels import label_of, labelled
from pipeline.filters.furniture import is_strong
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.html.page import Line

_LINKS, _NEAR = 3, 8  # lines of links among so many lines: lists of news, with or without their summaries, and comments
_FOOT = re.compile(r"icp备|icp证|版权所有|网站标识码|网安备|^[(\[【]?责任编辑|^[上下]一(?:篇|条|页)")
_LONGEST = 200  # characters of a line of the foot
_SAYS = 15  # letters of a text worth the name


def run_below(lines: Sequence[Line], title: int) -> range:
    """The lines under a title; empty if they say nothing."""
    start = stop = title + 1
    said = 0
    links: list[int] = []  # the last lines of links
    for at in range(start, len(lines)):
        line = lines[at]
        if line.hidden:
            continue
        if line.is_link:
            links = [*(near for near in links if at - near < _NEAR), at]
            if len(links) >= _LINKS and said:
                stop = min(stop, links[0])
                break
            continue
        key = fold(line.text) if len(line.text) <= _LONGEST else ""
        if said and key and _FOOT.search(key):
            break
        if not said and key and (is_strong(key) or _is_fact(lines, at)):
            continue
        said += len(letters(line.text))
        stop = at + 1
    return range(start, stop) if said >= _SAYS else range(start, start)


def _is_fact(lines: Sequence[Line], at: int) -> bool:
    """True for a label, a value under one, or both on a line."""
    text = lines[at].text
    return bool(labelled(text)) or label_of(text) is not None or (at > 0 and label_of(lines[at - 1].text) is not None)
