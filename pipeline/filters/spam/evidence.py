"""How much speaks for spam: hits weighed, honest contexts known.

Enters: a folded text and its hits (`filters.spam.vocabulary`). Leaves: points, and whether the text speaks of fighting
such things, or in the words of an office. No word decides alone: 3 points are one word that only the trade has, or two
kinds of weaker evidence; what is cut out of honest text needs 4 (`filters.spam.sentences`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.filters.spam.vocabulary import hits
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.filters.spam.vocabulary import Hit

TRADE = ("sure", "brand", "strong")
"""Kinds of hits that are words of the trade."""
_POINTS = {
    "sure": (3.0, 2.0),
    "brand": (3.0, 2.0),
    "strong": (2.0, 1.0),
    "contact": (1.0, 0.0),
    "address": (1.0, 0.0),
    "bait": (1.0, 1.0),
    "weak": (0.5, 0.5),
}
"""What the first hit of a kind weighs, and what all others together add at most (as much each as the first)."""
_SEPARATOR = re.compile(r"\s*[|｜丨┃│_＿]\s*|\s*[-–—]{1,3}\s+|\s[-–—]\s*|-{2,}|[,，;；]\s*|\s+")
_AGAINST = re.compile(
    r"打击|整治|查处|取缔|严禁|禁止|防范|清理|整顿|治理|惩治|谨防|警惕|提防|不要|切勿|请勿|勿信|涉嫌|诈骗|违法|非法|犯罪|涉案|举报"
    r"|警方|公安|民警|冒充|假冒|仿冒|虚假|案件|扫黄|曝光|处罚|没收|销毁|抵制|远离|拒绝|被骗|骗局|受害|陷阱|侵权|盗版|管制|监管|监督|依法"
    r"|条例|办法|规定|不得|许可|备案|卫生|疾病|防治|预防|药品|处方|检查|执法"
)
"""Words of texts about such things: a notice that forbids them, a warning, a regulation, a list of what was seized."""
_OFFICE = re.compile(
    r"工作|单位|部门|落实|推进|建设|实施|加强|完善|建立|健全|按照|根据|贯彻|要求|管理|企业|项目|发展|组织|保障|责任|提高|促进|规划"
    r"|通知|申报|审核|审批|材料|服务|政策|群众|干部|会议|学习|培训|招聘|岗位|考试|资金|补贴|经济|产业|乡村|城市|社区|学校|医院"
)
"""Words that are everywhere in notices, and that spam has no use for."""


def score(text: str) -> float:
    """Share of a line's items that are spam by their words."""
    if not hits(fold(text)):
        return 0.0
    items = [item for item in map(fold, _SEPARATOR.split(text)) if item]
    return sum(map(is_trade, items)) / len(items) if items else 0.0


def items_of(text: str) -> list[str]:
    """What the separators of spam engines part, folded."""
    return [item for item in map(fold, _SEPARATOR.split(text)) if item]


def is_trade(key: str) -> bool:
    """True for a folded item with a word of the trade, or two weak ones that are most of it."""
    found = hits(key)
    if any(hit.kind in TRADE for hit in found):
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


def is_of_office(key: str, found: Sequence[Hit]) -> bool:
    """True for a text that has words of notices beside its hits."""
    rest = list(key)
    for hit in found:
        rest[hit.start : hit.stop] = " " * (hit.stop - hit.start)
    return _OFFICE.search("".join(rest)) is not None
