"""Stuffed titles: search phrases set before, after or between the true words.

Enters: a title, or the line that holds one. Leaves: the spans that are phrases of the trade. The separators of spam
engines part a title into items; beside an item of the trade those go too that are strange to the language of offices
and name no site. An item that is a title by its words stays.

>>> unstuffed("新葡京娱乐城_金彩娱乐官网_关于防汛工作的通知_青屿市人民政府")
'关于防汛工作的通知_青屿市人民政府'
"""

from __future__ import annotations

import re

from pipeline.fields import title as titles
from pipeline.fields.organisation import is_organisation
from pipeline.filters.spam.evidence import has_trade, is_against, is_trade
from pipeline.filters.spam.language import strangeness
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold

_SEPARATOR = re.compile(r"\s*[_|｜丨]+\s*|\s*[-–—]+\s*|[,，、;；]\s*|\s+")
_SITE = re.compile(r"(?:网|网站|门户|政府|政务公开|信息公开|平台)$")
_STRANGE = 0.35
_TWO = 2


def stuffing(text: str) -> list[tuple[int, int]]:
    """The spans to cut, each with the separator beside it; none where no item is of the trade, or none would stay."""
    if not has_trade(hits(fold(text))):
        return []
    items = _items(text)
    keys = [fold(text[start:stop]) for start, stop in items]
    if len(items) < 2 or not any(map(is_trade, keys)) or is_against(fold(text)):
        return []
    spam = [is_trade(key) or _is_strange(key) for key in keys]
    if all(spam):
        return []
    cut: list[tuple[int, int]] = []
    following = [*(start for start, _ in items[1:]), len(text)]
    for (start, _), end, out in zip(items, following, spam, strict=True):
        if out and cut and cut[-1][1] == start:
            cut[-1] = (cut[-1][0], end)
        elif out:
            cut.append((start, end))
    if cut[-1][1] == len(text):  # the last: with the separator before it
        start = max((stop for _, stop in items if stop <= cut[-1][0]), default=0)
        cut[-1] = (start, len(text))
    return cut


def is_all_spam(text: str) -> bool:
    """True for a title of which nothing is a title: two items of the trade or more, and no other but strange ones."""
    keys = [fold(text[start:stop]) for start, stop in _items(text)]
    traded = sum(map(is_trade, keys))
    return traded >= _TWO and not is_against(fold(text)) and all(is_trade(key) or _is_strange(key) for key in keys)


def unstuffed(text: str) -> str:
    """The title without them, and without separators at its ends."""
    spans = stuffing(text)
    if not spans:
        return text
    kept = list(text)
    for start, stop in spans:
        kept[start:stop] = [""] * (stop - start)
    return re.sub(r"^[\s_|｜丨,，、;；–—-]+|[\s_|｜丨,，、;；–—-]+$", "", "".join(kept))


def _items(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(edge for match in _SEPARATOR.finditer(text) for edge in match.span()), len(text)]
    return [(start, stop) for start, stop in zip(cuts[::2], cuts[1::2], strict=True) if start < stop]


def _is_strange(key: str) -> bool:
    if titles.score(key) >= 1 or is_organisation(key) or _SITE.search(key):
        return False
    return strangeness(key) >= _STRANGE
