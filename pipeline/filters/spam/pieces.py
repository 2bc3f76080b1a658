"""Pieces of a folded paragraph, and whether one is spam: sentences, clauses, neighbours.

Enters: a folded text with its hits, and what is at home on its page. Leaves: `Piece`s, their points, the verdict. A
piece is spam with a word that only the trade has, or by a way to reach somebody in a text that is strange: honest lines
give contacts too, in words of their own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.filters.spam.evidence import REACH, covered, points, unlike
from pipeline.filters.spam.language import pairs, strangeness
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.filters.spam.vocabulary import Hit

_GIVES = re.compile(
    r"联系人|联系(?:电话|方式)|咨询(?:电话|热线)|邮箱|传真|邮编|(?:监督|举报|投诉|服务)(?:电话|热线)|报名|工作群|交流群|发送至|:[/\[]"
)
_LEADS = re.compile(r"网址|地址|网站|官网|登[录陆]|访问|平台|系统")
"""Honest lines that give a contact, and words by which they give an address."""
_REACHES, _PLAIN = 2.5, 3.0  # points of a strange sentence that gives a handle or an odd address; that gives a phone
_WORDS = 6  # letters that such a sentence has beside the contact: 微信客服：abc123 is none
_TALKS = 8  # pairs of a sentence that gives nothing but a phone or a plain address
_WHOLLY = 0.5  # strangeness of a sentence that names an address as spam does
OUTRIGHT = 0.6
"""Strangeness of no honest line that gives a contact."""
SPEAKS = 4
"""Pairs of Chinese characters of a clause that says something."""


class Piece(NamedTuple):
    """A span of a folded paragraph, and the hits in it; all places are counted in the paragraph."""

    key: str
    start: int
    stop: int
    found: tuple[Hit, ...]

    @property
    def text(self) -> str:
        """What the span says."""
        return self.key[self.start : self.stop]


def pieces_of(whole: Piece, marks: re.Pattern[str]) -> Iterator[Piece]:
    """The pieces of a span, each with the mark that ends it."""
    cuts = [whole.start, *(match.end() for match in marks.finditer(whole.key, whole.start, whole.stop)), whole.stop]
    for start, stop in pairwise(cuts):
        if start < stop:
            inside = tuple(hit for hit in whole.found if start <= hit.start and hit.stop <= stop)
            yield Piece(whole.key, start, stop, inside)


def joined(clauses: Sequence[Piece]) -> Piece:
    """Neighbours as one."""
    found = tuple(hit for clause in clauses for hit in clause.found)
    return Piece(clauses[0].key, clauses[0].start, clauses[-1].stop, found)


def worth_of(piece: Piece, home: Collection[str]) -> float:
    """Points of a span, with those for how strange it is."""
    return points(piece.key, piece.found) + unlike(piece.text, home)


def is_spam(piece: Piece, home: Collection[str], enough: float) -> bool:
    """True where the evidence is no word that honest lines hold too, or is of kinds that they do not join."""
    kinds = {hit.kind for hit in piece.found}
    reached = kinds & set(REACH)
    worth = worth_of(piece, home)
    if kinds & {"sure", "brand"}:
        return worth >= enough
    gives = "odd_address" not in kinds and _GIVES.search(piece.text) is not None
    if not reached or (gives and strangeness(piece.text, home) < OUTRIGHT):
        return {"strong", "bait"} <= kinds and worth >= enough
    beside = len(letters(piece.text)) - covered(hit for hit in piece.found if hit.kind in REACH)
    led = _LEADS.search(piece.text) is not None and strangeness(piece.text, home) < _WHOLLY
    plain = reached <= {"phone", "address"}
    if plain and len(pairs(piece.text)) < _TALKS:
        return False
    return not led and beside >= _WORDS and unlike(piece.text, home) > 0 and worth >= (_PLAIN if plain else _REACHES)


def is_at_home(clause: Piece, home: Collection[str], limit: float) -> bool:
    """True for a clause without hits that speaks as offices or the page do."""
    return not clause.found and len(pairs(clause.text)) >= SPEAKS and strangeness(clause.text, home) < limit
