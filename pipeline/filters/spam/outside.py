"""Injected links: an anchor that leads to another site and is called like the trade.

Enters: a draft with the links that leave its site. Leaves: the spans of their texts, by block. A link of the trade is
cut wherever it stands in a paragraph, without the words around it; so is its text where the page has it unlinked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.filters.spam.evidence import TRADE, is_against, points
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold, fold_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.draft import Block, Draft

_LEADS_AWAY, _ENOUGH = 2.0, 4.0
_LONGEST = 60  # letters of such a link


def linked_spans(draft: Draft) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
    """Each block that holds the text of such a link, with the places to cut."""
    keys = sorted({key for _, text, _ in draft.leaving for key in [fold(text)] if _is_spam(key)}, key=len, reverse=True)
    for block in draft.blocks if keys else ():
        if block.kind == "paragraph" and any(key in block.key for key in keys):
            yield block, _places(block.text, keys)


def _is_spam(key: str) -> bool:
    found = hits(key)
    return (
        0 < len(key) <= _LONGEST
        and any(hit.kind in TRADE for hit in found)
        and points(key, found) + _LEADS_AWAY >= _ENOUGH
        and not is_against(key)
    )


def _places(text: str, keys: list[str]) -> list[tuple[int, int]]:
    """Where the keys stand in a text, the longest first, none over another."""
    folded, places = fold_places(text)
    found: list[tuple[int, int]] = []
    for key in keys:
        start = folded.find(key)
        while start >= 0:
            stop = start + len(key)
            if all(stop <= one or other <= start for one, other in found):
                found.append((start, stop))
            start = folded.find(key, stop)
    return [(places[start], places[stop - 1] + 1) for start, stop in sorted(found)]
