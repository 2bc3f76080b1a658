"""How much speaks for spam: hits weighed, honest contexts known.

Enters: a folded text and its hits (`filters.spam.vocabulary`). Leaves: points, and whether the text speaks of fighting
such things. No word decides alone: 3 points are one word that only the trade has, or two
kinds of weaker evidence; what is cut out of honest text needs 4 (`filters.spam.sentences`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.filters.spam.language import strangeness
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pipeline.filters.spam.vocabulary import Hit

TRADE = ("sure", "brand", "strong")
"""Kinds of hits that are words of the trade."""
_POINTS = {
    "sure": (3.0, 2.0),
    "brand": (3.0, 2.0),
    "strong": (2.0, 1.0),
    "handle": (1.5, 0.0),
    "phone": (1.0, 0.0),
    "odd_address": (2.0, 0.0),
    "address": (1.0, 0.0),
    "bait": (1.0, 1.0),
    "weak": (0.5, 0.5),
}
"""What the first hit of a kind weighs, and what all others together add at most (as much each as the first)."""
_SEPARATOR = re.compile(r"\s*[|｜丨┃│_＿]\s*|\s*[-–—]{1,3}\s+|\s[-–—]\s*|-{2,}|[,，;；]\s*|\s+")
_AGAINST = re.compile(
    r"打击|整治|查处|取缔|严禁|禁止|防范|清理|整顿|治理|惩治|谨防|警惕|提防|不要|切勿|请勿|勿信|涉嫌|诈骗|敲诈|勒索|违法|非法|犯罪|涉案|举报"
    r"|警方|公安|民警|冒充|假冒|仿冒|虚假|案件|扫黄|曝光|处罚|没收|销毁|抵制|远离|拒绝|被骗|骗局|受害|陷阱|侵权|盗版|管制|监管|监督|依法"
    r"|条例|办法|规定|不得|许可|备案|卫生|疾病|防治|预防|药品|处方|检查|执法"
)
"""Words of texts about such things: a notice that forbids them, a warning, a regulation, a list of what was seized."""
_FIGHT = re.compile(
    r"打击|整治|查处|取缔|扫黄|诈骗|骗局|被骗|受骗|行骗|敲诈|勒索|涉案|涉赌|涉黄|赌博|警方|公安|民警|犯罪|传销|非法集资|谨防|警惕|暗链|篡改|挂马"
)
"""Words of pages that are about such things."""
_ABOUT, _TWO = 0.12, 2  # share of the sentences, and how many at least
REACH = ("handle", "phone", "odd_address", "address")
"""Kinds of hits by which a reader is to be reached."""
_STRANGE = ((0.5, 2.0), (0.35, 1.0), (0.2, 0.0))
_FAMILIAR = -1.0
_HIDDEN, _UNPROVEN = 2.0, 3.0  # points of a hidden text with a word of the trade, and of one with contacts only


def score(text: str) -> float:
    """Share of a line's items that are spam by their words."""
    if not hits(fold(text)):
        return 0.0
    items = items_of(text)
    return sum(map(is_trade, items)) / len(items) if items else 0.0


def items_of(text: str) -> list[str]:
    """What the separators of spam engines part, folded."""
    return [item for item in map(fold, _SEPARATOR.split(text)) if item]


def has_trade(found: Iterable[Hit]) -> bool:
    """True if a word of the trade is among hits."""
    return any(hit.kind in TRADE for hit in found)


def is_trade(key: str) -> bool:
    """True for a folded item with a word of the trade, or two weak ones that are most of it."""
    found = hits(key)
    if has_trade(found):
        return True
    weak = {key[hit.start : hit.stop] for hit in found if hit.kind in ("weak", "bait")}
    return len(weak) >= 2 and covered(found) >= 0.5 * len(key)


def covered(found: Iterable[Hit]) -> int:
    """How many characters hits cover."""
    return sum(hit.stop - hit.start for hit in found)


def points(key: str, found: Sequence[Hit]) -> float:
    """The weight of different hits; more of one kind count up to a bound."""
    kinds = Counter(kind for kind, _ in {(hit.kind, key[hit.start : hit.stop]) for hit in found})
    return sum(
        first + min((count - 1) * first, more) for kind, count in kinds.items() for first, more in [_POINTS[kind]]
    )


def is_against(key: str) -> bool:
    """True for a folded text that speaks of fighting or ordering such things."""
    return _AGAINST.search(key) is not None


def is_about(sentences: Sequence[str]) -> bool:
    """True for the sentences of a page that is about the fight against such things."""
    count = sum(map(is_fight, sentences))
    return count >= _TWO and count >= _ABOUT * len(sentences)


def is_fight(key: str) -> bool:
    """True for a folded text that speaks of the fight itself, in words that no other text has."""
    return _FIGHT.search(key) is not None


def unlike(key: str, home: Collection[str] = ()) -> float:
    """Points for a text that is strange to the language of offices and to its page; less than none if it is not."""
    strange = strangeness(key, home)
    return next((worth for least, worth in _STRANGE if strange >= least), _FAMILIAR)


def is_spam_text(key: str) -> bool:
    """True for a folded text that a page hides, and that no site would."""
    found = hits(key)
    if all(hit.kind == "weak" for hit in found) or is_against(key):
        return False
    return points(key, found) + unlike(key) >= (_HIDDEN if has_trade(found) else _UNPROVEN)
