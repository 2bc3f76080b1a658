"""Spam put into honest paragraphs: sentences, clauses, words.

Enters: the blocks of a page. Leaves: the spans to cut, by block. A sentence goes whole when its evidence is enough:
words of the trade, contacts, addresses, invitations, and how unlike the language of offices and the rest of the page it
is. Of a mixed sentence that clause goes for which it is enough, else the words alone, with the strange characters that
cling to them. A sentence that speaks of fighting such things is honest, and on a page about them nothing is cut.

>>> cut_of("各单位要抓好落实。金彩娱乐官网注册送58元，加微信ab12345领取。请遵照执行。")
'金彩娱乐官网注册送58元，加微信ab12345领取。'
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.filters.spam.evidence import REACH, has_trade, is_about, is_against, is_fight, unlike
from pipeline.filters.spam.inserted import ENOUGH, is_glued, is_mixed, words_of
from pipeline.filters.spam.language import at_home, strangeness
from pipeline.filters.spam.pieces import OUTRIGHT, Piece, is_at_home, is_spam, joined, pieces_of, worth_of
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold_places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pipeline.draft import Block

_ENDS = re.compile(r"[。！!？?;；…]+[”』」)）]?|(?=\|)|(?<=\|)|\n")
_PARTS = re.compile(r"[,，:：、()（）【】\[\]]+")
_CHINESE = re.compile("[一-鿿]")
_FOREIGN = re.compile(r"[^一-鿿|，。；：、（）《》“”]{20,}")
_NUMBERED = re.compile(r"[(\[]?[一二三四五六七八九十\d]{1,3}[)\]、.]|第[一二三四五六七八九十百]+[章节条款项]|[*·-]")
_QUOTED = re.compile(r"[“\"「『][^”\"」』]{1,60}[”\"」』]")
_SUSPECT = 3.5  # points on a page with other spam
_MIXED = 0.35  # strangeness below which a clause is honest
_MAIN = 0.5  # of the sentences with words of the trade: as many speak of the fight on a page about it


def spans_of(blocks: Sequence[Block], *, compromised: bool) -> Iterator[tuple[Block, list[tuple[int, int]], float]]:
    """Each paragraph with spam in it, the spans to cut, and the points that speak for it."""
    suspect = [block for block in blocks if _is_suspect(block.key)]
    if not any(_may_be_spam(piece) for block in suspect for piece in _sentences(block.key)):
        return
    pieces = [piece for block in blocks if "|" not in block.key for piece in _sentences(block.key)]
    traded = [piece for piece in pieces if has_trade(piece.found)]
    fought = sum(is_against(piece.text) for piece in traded)
    if is_about([piece.text for piece in pieces]) or fought > _MAIN * len(traded):
        return
    home = at_home(piece.text for piece in pieces if not _is_suspect(piece.text))
    for block in suspect:
        spans, weight = _spans(block.text, home, _SUSPECT if compromised else ENOUGH)
        if spans:
            yield block, spans, weight


def cut_of(text: str) -> str:
    """What would be cut out of a paragraph, for a look."""
    return "".join(text[start:stop] for start, stop in _spans(text, (), ENOUGH)[0])


def _is_suspect(key: str) -> bool:
    """True for a text with a hit that is more than a common word."""
    return any(hit.kind != "weak" for hit in hits(key))


def _may_be_spam(piece: Piece) -> bool:
    """False for a sentence that no evidence of the page could prove: most lines with a phone or an address."""
    kinds = {hit.kind for hit in piece.found}
    if kinds & {"sure", "brand"} or {"strong", "bait"} <= kinds:
        return True
    reached = [hit for hit in piece.found if hit.kind in REACH]
    glued = any(is_glued(piece.key, hit.start, hit.stop) for hit in reached)
    return glued or (bool(reached) and unlike(piece.text) > 0)


def _sentences(key: str) -> Iterator[Piece]:
    return pieces_of(Piece(key, 0, len(key), hits(key)), _ENDS)


def _spans(text: str, home: Collection[str], enough: float) -> tuple[list[tuple[int, int]], float]:
    key, places = fold_places(text)
    spans: list[tuple[int, int]] = []
    weight = 0.0
    quoted = [match.span() for match in _QUOTED.finditer(key)]
    found = (hit for hit in hits(key) if not any(start < hit.start and hit.stop < stop for start, stop in quoted))
    if any(hit.kind == "sure" for hit in hits(key)) and not is_fight(key):
        for start, stop in _foreign(key):
            spans.append((places[start], places[stop - 1] + 1))
            weight = max(weight, ENOUGH)
    for sentence in pieces_of(Piece(key, 0, len(key), tuple(found)), _ENDS):
        if not sentence.found or is_fight(sentence.text):
            continue
        if "|" in key and not any(hit.kind in REACH for hit in sentence.found):
            continue  # a cell: names of firms and of seized sites
        if _NUMBERED.match(sentence.text) and not any(hit.kind in (*REACH, "brand", "bait") for hit in sentence.found):
            continue
        for start, stop, worth in _cuts(sentence, home, enough):
            spans.append((places[start], places[stop - 1] + 1))
            weight = max(weight, worth)
    return _apart(spans), weight


def _foreign(key: str) -> Iterator[tuple[int, int]]:
    """Advertisements in another script, whole: what stands around their words of the trade is of it too."""
    for run in _FOREIGN.finditer(key):
        found = hits(run[0])
        if any(hit.kind == "sure" and not _CHINESE.search(run[0], hit.start, hit.stop) for hit in found):
            yield run.span()


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in their order, those that touch each other as one."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _cuts(sentence: Piece, home: Collection[str], enough: float) -> Iterator[tuple[int, int, float]]:
    """The sentence if all of it is spam, else those of its clauses that are, else the words."""
    clauses = list(pieces_of(sentence, _PARTS))
    worth = worth_of(sentence, home)
    spam = not is_against(sentence.text) and is_spam(sentence, home, enough)
    honest = _MIXED if strangeness(sentence.text, home) < OUTRIGHT else OUTRIGHT / 2
    kept = [is_at_home(clause, home, honest) or is_mixed(clause, home, honest) for clause in clauses]
    if spam and not any(kept):
        yield sentence.start, sentence.stop, worth
        return
    for strange, run in groupby(zip(clauses, kept, strict=True), key=lambda pair: not pair[1]):
        group = [clause for clause, _ in run]
        whole = joined(group)
        if strange and whole.found and (spam or (not is_against(whole.text) and is_spam(whole, home, enough))):
            yield whole.start, whole.stop, worth if spam else worth_of(whole, home)
        else:
            for clause in group:
                yield from words_of(clause, home, enough)
