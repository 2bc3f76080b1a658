"""Pages that have no text of their own: scans, links to files, lists of links.

Enters: the lines of a body. Leaves: yes or no. Such a page gets a flag, or is refused; it never gets invented text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.fields.labels import labelled
from pipeline.filters.furniture import is_strong
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.html.page import Line

_MIN = 30  # letters; a body with less is a picture, a link to a file, or nothing
_LONG = 300  # characters; the lines of a site are shorter
_SEARCHED = re.compile(r"(?:搜索|检索|查询)结果|(?:共|约)(?:为您)?(?:找到|检索到|搜索到).{0,12}(?:条|个|项|篇)")
_SHORT = 60  # characters of the line above the results of a search
_SAYS = re.compile(r"。|.{8}[：:]$")  # a sentence, or the words before a list
_ENTRIES, _LINKED = 5, 0.35  # links to pages in a list, and their share of its text (the rest: 文号, dates)


def is_without_text(lines: Sequence[Line]) -> bool:
    """True for a body that is a picture, links to files, or nothing. Names of files, no sentences, do not count."""
    told = [(line.text, 0 if "。" in line.text else line.linked) for line in lines]
    if sum(len(text) - linked for text, linked in told) > _LONG:
        return False
    said = (len(letters(text)) - linked for text, linked in told if not (is_strong(fold(text)) or labelled(text)))
    return sum(max(0, size) for size in said) < _MIN


def is_list(lines: Sequence[Line], links: int) -> bool:
    """True for lines that are mostly links to documents, and no text. links: how many lead to pages."""
    if links < _ENTRIES:
        return False
    if any(_SEARCHED.search(fold(line.text)) for line in lines if len(line.text) <= _SHORT):
        return True
    size = sum(len(line.text) for line in lines)
    texts = (
        line for line in lines if not line.is_table and _SAYS.search(line.text) and line.linked * 2 < len(line.text)
    )
    return next(texts, None) is None and sum(line.linked for line in lines) >= _LINKED * size
