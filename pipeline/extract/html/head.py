"""Spam in the head of a page: stuffed titles, and meta tags that somebody else wrote.

Enters: the facts of the head, and its tree. Leaves: the facts with clean titles, and a removal for each title, for each
<meta name=keywords> and <meta name=description> that carries spam. What stands there never reaches the text; it proves
that somebody was at the page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.html.tree import window_title
from pipeline.filters.spam.evidence import has_trade, is_against, points
from pipeline.filters.spam.titles import is_all_spam, unstuffed
from pipeline.filters.spam.vocabulary import hits
from pipeline.model import Removal
from pipeline.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pipeline.draft import Fact

_NAMES = ("keywords", "description", "og:description")
_ENOUGH = 4.0  # points of a meta tag
_TITLE, _META = "search phrases in the title of the page's head", "words of the trade in a meta tag"


def unstuffed_head(tree: _Element, facts: tuple[Fact, ...]) -> tuple[tuple[Fact, ...], tuple[Removal, ...]]:
    """The facts without search phrases, titles that are nothing else left out, and what was taken."""
    clean: list[Fact] = []
    gone: list[Removal] = []
    for fact in facts:
        value = unstuffed(fact.value) if fact.field == "title" else fact.value
        if fact.field == "title" and (value != fact.value or is_all_spam(fact.value)):
            gone.append(Removal("spam.stuffed_title", _TITLE, fact.value, 0, "title", "span"))
        if fact.field != "title" or not is_all_spam(value):
            clean.append(replace(fact, value=value))
    window = tidy(window_title(tree))
    if is_all_spam(window) and all(removal.evidence != window for removal in gone):
        gone.append(Removal("spam.stuffed_title", _TITLE, window, 0, "title", "span"))
    gone += (Removal("spam.meta", _META, value, 0, None, "span") for value in _hijacked(tree))
    return tuple(clean), tuple(gone)


def _hijacked(tree: _Element) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().casefold()
        value = tidy(meta.get("content") or "") if name in _NAMES else ""
        if not value:
            continue
        key = fold(value)
        found = hits(key)
        if has_trade(found) and points(key, found) >= _ENOUGH and not is_against(key):
            yield value
