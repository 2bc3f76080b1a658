"""Words put into an honest clause: which of its hits stand where no word of the clause ends.

Enters: a clause with its hits. Leaves: whether the rest of it is honest, and the spans of the words alone. An address
or a handle that stands between two Chinese characters without a word that introduces it was put there; so was what
stands between two characters that make a pair of the language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.filters.spam.evidence import REACH, is_against, points, unlike
from pipeline.filters.spam.language import closes, pairs, strange_run, strangeness
from pipeline.filters.spam.pieces import SPEAKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipeline.filters.spam.pieces import Piece
    from pipeline.filters.spam.vocabulary import Hit

ENOUGH = 4.0
"""Points on a page without other spam."""
_INSERTED = 2.5  # points
_TELLING = frozenset(("sure", "brand", "handle", "odd_address"))
_CHINESE = re.compile(r"[一-鿿]{2}")
_THEN = frozenset("了后进查下填报申办联咨即获领参提上登注并或及和与可中的")
"""What goes on after an address in honest text: 填写, 查询, 下载, 进行, 的."""
_NAME = 3  # characters of a made-up name
_NEAR = 2  # characters between two hits that go together
_INTRODUCED = re.compile(
    r"(?:网站|平台|系统|电邮|邮件|信箱|公众号|微信号|微信|小程序|见|为|是|至|到|在|于|从|[:(（“\"'/]|[a-z0-9._@-])$"
)
"""What stands before an address in honest text."""


def is_mixed(clause: Piece, home: Collection[str], limit: float) -> bool:
    """True for a clause with hits, of which the rest speaks as offices or the page do."""
    key = clause.key
    for hit in clause.found:
        if hit.kind in REACH and is_glued(key, hit.start, hit.stop):
            return True
        if _is_inserted(key, hit.start, hit.stop, home):
            return True
    runs = [strange_run(key, hit.start, hit.stop, home) for hit in clause.found]
    ends = [clause.start, *(end for run in runs for end in run), clause.stop]
    rest = (key[start:stop] for start, stop in zip(ends[::2], ends[1::2], strict=True) if start < stop)
    return bool(runs) and any(len(pairs(one)) >= SPEAKS and strangeness(one, home) < limit for one in rest)


def words_of(clause: Piece, home: Collection[str], enough: float) -> Iterator[tuple[int, int, float]]:
    """Hits that stand side by side, with the strange characters around them, where they are enough."""
    key = clause.key
    groups: list[list[Hit]] = []
    for hit in clause.found:
        if groups and hit.start - groups[-1][-1].stop <= _NEAR:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    for group in groups:
        kinds = {hit.kind for hit in group}
        first, last = group[0].start, group[-1].stop
        run = strange_run(key, first, last, home)
        glued = bool(kinds & set(REACH)) and is_glued(key, first, last)
        if glued or _is_inserted(key, first, last, home):
            start, stop, more = first, last, _INSERTED
        elif not kinds & _TELLING and run[1] - run[0] >= _NAME and _is_inserted(key, *run, home):
            start, stop, more = *run, _INSERTED  # a made-up name with a word of the trade at its end
        else:
            start, stop, more = *run, unlike(key[slice(*run)], home)
        worth = points(key, group) + more
        told = kinds & _TELLING or (more == _INSERTED and enough < ENOUGH)
        if worth >= enough and told and (more == _INSERTED or not is_against(clause.text)):
            yield start, stop, worth


def _is_inserted(key: str, start: int, stop: int, home: Collection[str]) -> bool:
    """True for what stands in the middle of a word, and is not introduced as addresses are in honest text."""
    return closes(key, start, stop, home) and not _INTRODUCED.search(key[max(0, start - 6) : start])


def is_glued(key: str, start: int, stop: int) -> bool:
    """True for an address or a contact that a sentence does not speak of: Chinese on both sides, and no verb."""
    before, after = key[max(0, start - 6) : start], key[stop : stop + 1]
    sides = _CHINESE.fullmatch(before[-1:] + after) is not None
    return sides and not _INTRODUCED.search(before) and after not in _THEN
