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
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.filters.spam.evidence import REACH, TRADE, covered, is_about, is_against, is_fight, points, unlike
from pipeline.filters.spam.language import at_home, closes, pairs, strange_run, strangeness
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold_places, letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.draft import Block
    from pipeline.filters.spam.vocabulary import Hit

_ENDS = re.compile(r"[。！!？?;；…]+[”』」)）]?|(?=\|)|(?<=\|)|\n")
_PARTS = re.compile(r"[,，:：、()（）【】\[\]]+")
_NUMBERED = re.compile(r"[(\[]?[一二三四五六七八九十\d]{1,3}[)\]、.]|第[一二三四五六七八九十百]+[章节条款项]|[*·-]")
_QUOTED = re.compile(r"[“\"「『][^”\"」』]{1,60}[”\"」』]")
_GIVES = re.compile(
    r"联系人|联系(?:电话|方式)|咨询(?:电话|热线)|邮箱|传真|邮编|(?:监督|举报|投诉|服务)(?:电话|热线)|报名|工作群|交流群|发送至|:[/\[]"
)
_LEADS = re.compile(r"网址|地址|网站|官网|登[录陆]|访问|平台|系统")
"""Honest lines that give a contact, and words by which they give an address."""
_ENOUGH, _SUSPECT = 4.0, 3.5  # points on a page without other spam, and on one with it
_REACHES, _PLAIN = 2.5, 3.0  # points of a strange sentence that gives a handle or an odd address; that gives a phone
_WORDS = 6  # letters that such a sentence has beside the contact: 微信客服：abc123 is none
_MIXED, _WHOLLY = 0.35, 0.5  # strangeness below which a clause is honest; of a sentence that is strange as a whole
_INSERTED = 2.5  # points
_TELLING = frozenset(("sure", "brand", "handle", "odd_address"))
_CHINESE = re.compile(r"[一-鿿]{2}")
_THEN = frozenset("了后进查下填报申办联咨即获领参提上登注并或及和与可中的")
"""What goes on after an address in honest text: 填写, 查询, 下载, 进行, 的."""
_NAME = 3  # characters of a made-up name
_TALKS = 8  # pairs of a sentence that gives nothing but a phone or a plain address
_OUTRIGHT = 0.6  # strangeness of no honest line that gives a contact
_SPEAKS = 4  # pairs of Chinese characters of a clause that says something
_NEAR = 2  # characters between two hits that go together
_MAIN = 0.5  # of the sentences with words of the trade: as many speak of the fight on a page about it
_INTRODUCED = re.compile(
    r"(?:网站|平台|系统|电邮|邮件|信箱|公众号|微信号|微信|小程序|见|为|是|至|到|在|于|从|[:(（“\"'/]|[a-z0-9._@-])$"
)
"""What stands before an address in honest text."""


class _Piece(NamedTuple):
    """A span of a folded paragraph, its text, the hits in it (counted from its beginning)."""

    start: int
    stop: int
    text: str
    found: tuple[Hit, ...]


def spans_of(blocks: Sequence[Block], *, compromised: bool) -> Iterator[tuple[Block, list[tuple[int, int]], float]]:
    """Each paragraph with spam in it, the spans to cut, and the points that speak for it."""
    suspect = [block for block in blocks if _is_suspect(block.key)]
    if not any(_may_be_spam(block.key, piece) for block in suspect for piece in _sentences(block.key)):
        return
    pieces = [piece for block in blocks if "|" not in block.key for piece in _sentences(block.key)]
    traded = [piece for piece in pieces if any(hit.kind in TRADE for hit in piece.found)]
    if is_about([piece.text for piece in pieces]) or sum(is_against(piece.text) for piece in traded) > _MAIN * len(
        traded
    ):
        return
    home = at_home(piece.text for piece in pieces if not _is_suspect(piece.text))
    for block in suspect:
        spans, weight = _spans(block.text, home, _SUSPECT if compromised else _ENOUGH)
        if spans:
            yield block, spans, weight


def cut_of(text: str) -> str:
    """What would be cut out of a paragraph, for a look."""
    return "".join(text[start:stop] for start, stop in _spans(text, (), _ENOUGH)[0])


def _is_suspect(key: str) -> bool:
    """True for a text with a hit that is more than a common word."""
    return any(hit.kind != "weak" for hit in hits(key))


def _may_be_spam(key: str, piece: _Piece) -> bool:
    """False for a sentence that no evidence of the page could prove: most lines with a phone or an address."""
    kinds = {hit.kind for hit in piece.found}
    if kinds & {"sure", "brand"} or {"strong", "bait"} <= kinds:
        return True
    reached = [hit for hit in piece.found if hit.kind in REACH]
    glued = any(_is_glued(key, piece.start + hit.start, piece.start + hit.stop) for hit in reached)
    return glued or (bool(reached) and unlike(piece.text) > 0)


def _sentences(key: str) -> Iterator[_Piece]:
    return _pieces(key, hits(key), 0, len(key), _ENDS)


def _spans(text: str, home: Collection[str], enough: float) -> tuple[list[tuple[int, int]], float]:
    key, places = fold_places(text)
    spans: list[tuple[int, int]] = []
    weight = 0.0
    quoted = [match.span() for match in _QUOTED.finditer(key)]
    found = [hit for hit in hits(key) if not any(start < hit.start and hit.stop < stop for start, stop in quoted)]
    for sentence in _pieces(key, found, 0, len(key), _ENDS):
        if not sentence.found or is_fight(sentence.text):
            continue
        if "|" in key and not any(hit.kind in REACH for hit in sentence.found):
            continue  # a cell: names of firms and of seized sites
        if _NUMBERED.match(sentence.text) and not any(hit.kind in (*REACH, "brand", "bait") for hit in sentence.found):
            continue
        for start, stop, worth in _cuts(key, sentence, home, enough):
            spans.append((places[start], places[stop - 1] + 1))
            weight = max(weight, worth)
    return spans, weight


def _cuts(key: str, sentence: _Piece, home: Collection[str], enough: float) -> Iterator[tuple[int, int, float]]:
    """The sentence if all of it is spam, else those of its clauses that are, else the words."""
    absolute = [
        hit._replace(start=hit.start + sentence.start, stop=hit.stop + sentence.start) for hit in sentence.found
    ]
    clauses = list(_pieces(key, absolute, sentence.start, sentence.stop, _PARTS))
    worth = _worth(sentence, home)
    spam = not is_against(sentence.text) and _is_spam(sentence, home, enough)
    honest = _MIXED if strangeness(sentence.text, home) < _OUTRIGHT else _OUTRIGHT / 2
    kept = [_is_at_home(clause, home, honest) or _is_mixed(key, clause, home, honest) for clause in clauses]
    if spam and not any(kept):
        yield sentence.start, sentence.stop, worth
        return
    for strange, run in groupby(zip(clauses, kept, strict=True), key=lambda pair: not pair[1]):
        group = [clause for clause, _ in run]
        whole = _joined(key, group)
        if strange and whole.found and (spam or (not is_against(whole.text) and _is_spam(whole, home, enough))):
            yield whole.start, whole.stop, worth if spam else _worth(whole, home)
        else:
            for clause in group:
                yield from _words(key, clause, home, enough)


def _joined(key: str, clauses: Sequence[_Piece]) -> _Piece:
    """Neighbours as one."""
    first, last = clauses[0].start, clauses[-1].stop
    found = (
        hit._replace(start=hit.start + c.start - first, stop=hit.stop + c.start - first)
        for c in clauses
        for hit in c.found
    )
    return _Piece(first, last, key[first:last], tuple(found))


def _is_at_home(clause: _Piece, home: Collection[str], limit: float) -> bool:
    """True for a clause without hits that speaks as offices or the page do."""
    return not clause.found and len(pairs(clause.text)) >= _SPEAKS and strangeness(clause.text, home) < limit


def _is_mixed(key: str, clause: _Piece, home: Collection[str], limit: float) -> bool:
    """True for a clause with hits, of which the rest speaks as offices or the page do."""
    if not clause.found:
        return False
    spans = [(clause.start + hit.start, clause.start + hit.stop) for hit in clause.found]
    for hit, (start, stop) in zip(clause.found, spans, strict=True):
        if (hit.kind in REACH and _is_glued(key, start, stop)) or _is_inserted(key, start, stop, home):
            return True
    runs = [strange_run(key, start, stop, home) for start, stop in spans]
    ends = [clause.start, *(end for run in runs for end in run), clause.stop]
    rest = (key[start:stop] for start, stop in zip(ends[::2], ends[1::2], strict=True) if start < stop)
    return any(len(pairs(one)) >= _SPEAKS and strangeness(one, home) < limit for one in rest)


def _worth(piece: _Piece, home: Collection[str]) -> float:
    """Points of a span, with those for how strange it is."""
    return points(piece.text, piece.found) + unlike(piece.text, home)


def _is_spam(piece: _Piece, home: Collection[str], enough: float) -> bool:
    """True where the evidence is no word that honest lines hold too, or is of kinds that they do not join."""
    kinds = {hit.kind for hit in piece.found}
    reached = kinds & set(REACH)
    worth = _worth(piece, home)
    if kinds & {"sure", "brand"}:
        return worth >= enough
    gives = "odd_address" not in kinds and _GIVES.search(piece.text) is not None
    if not reached or (gives and strangeness(piece.text, home) < _OUTRIGHT):
        return {"strong", "bait"} <= kinds and worth >= enough
    beside = len(letters(piece.text)) - covered(hit for hit in piece.found if hit.kind in REACH)
    led = _LEADS.search(piece.text) is not None and strangeness(piece.text, home) < _WHOLLY
    plain = reached <= {"phone", "address"}
    if plain and len(pairs(piece.text)) < _TALKS:
        return False
    return not led and beside >= _WORDS and unlike(piece.text, home) > 0 and worth >= (_PLAIN if plain else _REACHES)


def _words(key: str, clause: _Piece, home: Collection[str], enough: float) -> Iterator[tuple[int, int, float]]:
    """Hits that stand side by side, with the strange characters around them, where they are enough."""
    groups: list[list[Hit]] = []
    for hit in clause.found:
        if groups and hit.start - groups[-1][-1].stop <= _NEAR:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    for group in groups:
        kinds = {hit.kind for hit in group}
        first, last = clause.start + group[0].start, clause.start + group[-1].stop
        run = strange_run(key, first, last, home)
        glued = bool(kinds & set(REACH)) and _is_glued(key, first, last)
        if glued or _is_inserted(key, first, last, home):
            start, stop, more = first, last, _INSERTED
        elif not kinds & _TELLING and run[1] - run[0] >= _NAME and _is_inserted(key, *run, home):
            start, stop, more = *run, _INSERTED  # a made-up name with a word of the trade at its end
        else:
            start, stop, more = *run, unlike(key[slice(*run)], home)
        worth = points(clause.text, group) + more
        told = kinds & _TELLING or (more == _INSERTED and enough < _ENOUGH)
        if worth >= enough and told and (more == _INSERTED or not is_against(clause.text)):
            yield start, stop, worth


def _is_inserted(key: str, start: int, stop: int, home: Collection[str]) -> bool:
    """True for what stands in the middle of a word, and is not introduced as addresses are in honest text."""
    return closes(key, start, stop, home) and not _INTRODUCED.search(key[max(0, start - 6) : start])


def _is_glued(key: str, start: int, stop: int) -> bool:
    """True for an address or a contact that a sentence does not speak of: Chinese on both sides, and no verb."""
    before, after = key[max(0, start - 6) : start], key[stop : stop + 1]
    sides = _CHINESE.fullmatch(before[-1:] + after) is not None
    return sides and not _INTRODUCED.search(before) and after not in _THEN


def _pieces(key: str, found: Sequence[Hit], start: int, stop: int, marks: re.Pattern[str]) -> Iterator[_Piece]:
    """The pieces of a span, each with the mark that ends it."""
    cuts = [start, *(match.end() for match in marks.finditer(key, start, stop)), stop]
    for one, other in pairwise(cuts):
        if one < other:
            inside = (hit for hit in found if one <= hit.start and hit.stop <= other)
            yield _Piece(
                one, other, key[one:other], tuple(h._replace(start=h.start - one, stop=h.stop - one) for h in inside)
            )
