"""Spam put into honest paragraphs: sentences, clauses, words.

Enters: the blocks of a page. Leaves: the spans to cut, by block. A whole sentence goes when it carries enough evidence
and no word of an office; of a mixed sentence the clause goes that the evidence fills, or the words of the trade alone
with what clings to them. A sentence that speaks of fighting such things is honest, and on a page that is about them
nothing is cut.

>>> cut_of("各单位要抓好落实。金彩娱乐官网注册送58元，加微信ab12345领取。请遵照执行。")
'金彩娱乐官网注册送58元，加微信ab12345领取。'
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.filters.spam.evidence import TRADE, covered, is_against, is_of_office, points
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.draft import Block
    from pipeline.filters.spam.vocabulary import Hit

_ENDS = re.compile(r"[。！!？?;；…]+[”』」)）]?")
_PARTS = re.compile(r"[,，:：、]+")
_NUMBERED = re.compile(r"[(\[]?[一二三四五六七八九十\d]{1,3}[)\]、.]|第[一二三四五六七八九十百]+[章节条款项]")
_ADVERTISES = ("brand", "contact", "address", "bait")
_ENOUGH, _SUSPECT = 4.0, 3.0  # points of a sentence on a page without other spam, and on one with it
_FULL = 0.35  # of a clause: what its hits cover
_NEAR = 2  # characters between two hits that go together
_MAIN = 0.5  # of the blocks with words of the trade: as many speak of the fight on a page about it


def spans_of(blocks: Sequence[Block], *, compromised: bool) -> Iterator[tuple[Block, list[tuple[int, int]], float]]:
    """Each paragraph with spam in it, the spans to cut, and the points that speak for it."""
    suspect = [b for b in blocks if b.kind == "paragraph" and any(hit.kind in TRADE for hit in hits(b.key))]
    against = sum(is_against(block.key) for block in suspect)
    if not suspect or (against and against >= _MAIN * len(suspect)):
        return
    for block in suspect:
        spans, weight = _spans(block.text, _SUSPECT if compromised else _ENOUGH)
        if spans:
            yield block, spans, weight


def cut_of(text: str) -> str:
    """What would be cut out of a paragraph, for a look."""
    return "".join(text[start:stop] for start, stop in _spans(text, _ENOUGH)[0])


def _spans(text: str, enough: float) -> tuple[list[tuple[int, int]], float]:
    key, places = fold_places(text)
    found = hits(key)
    weight = 0.0
    spans: list[tuple[int, int]] = []
    for start, stop in _split(key, 0, len(key), _ENDS):
        inside = [hit for hit in found if start <= hit.start and hit.stop <= stop]
        sentence, shifted = key[start:stop], [_shift(hit, start) for hit in inside]
        if not any(hit.kind in TRADE for hit in inside) or is_against(sentence):
            continue
        if _NUMBERED.match(sentence) and not any(hit.kind in _ADVERTISES for hit in inside):
            continue
        worth = points(sentence, shifted)
        if worth >= enough and not is_of_office(sentence, shifted):
            spans.append((start, stop))
        elif worth >= enough:
            spans += _parts(key, start, stop, inside)
        weight = max(weight, worth)
    return [(places[start], places[stop - 1] + 1) for start, stop in spans], weight


def _parts(key: str, start: int, stop: int, found: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """Of a mixed sentence the clauses that are spam, else the words of the trade with what clings to them."""
    for first, last in _split(key, start, stop, _PARTS):
        inside = [hit for hit in found if first <= hit.start and hit.stop <= last]
        if not any(hit.kind in ("sure", "brand") for hit in inside):
            continue
        clause, shifted = key[first:last], [_shift(hit, first) for hit in inside]
        if covered(inside) >= _FULL * len(clause) and not is_of_office(clause, shifted):
            yield first, last
        else:
            yield from _clusters(inside)


def _clusters(found: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """Hits that stand side by side, a word of the trade that only spam has among them."""
    groups: list[list[Hit]] = []
    for hit in found:
        if groups and hit.start - groups[-1][-1].stop <= _NEAR:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    for group in groups:
        if any(hit.kind in ("sure", "brand") for hit in group):
            yield group[0].start, group[-1].stop


def _split(key: str, start: int, stop: int, marks: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The pieces of a span, each with the mark that ends it."""
    cuts = [start, *(match.end() for match in marks.finditer(key, start, stop)), stop]
    return ((one, other) for one, other in pairwise(cuts) if one < other)


def _shift(hit: Hit, by: int) -> Hit:
    return hit._replace(start=hit.start - by, stop=hit.stop - by)
