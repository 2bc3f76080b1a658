"""Mirrors that rewrote a mainland text in Traditional characters, told from texts that are Traditional by right.

Enters: a draft. Leaves: the same in Simplified (rule "script", one repair a paragraph), flagged `traditional_mirror`;
or untouched and flagged `traditional_original`. Evidence for a mirror: mainland institutions and 发文字号 in the
text, and the traces of a one-to-one table (于 制 后 里 where a Traditional writer has 於 製 後 裡). Evidence for an
original: institutions of Hong Kong, Macau or Taiwan. OpenCC's tw2s profile converts by phrase and gets 著力/著名
right, which t2s does not.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from opencc import OpenCC

from pipeline.text import count_cjk, fold, simplified_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.draft import Block, Draft

_SHARE = (
    0.05  # a Traditional text changes 25–40 % of its characters; names and quotations in a Simplified one under 1 %
)
_MAINLAND = re.compile(
    r"国务院|人民政府|党中央|中共中央|习近平|社会主义|十四五|十三五|省委|市委|区委|县委|发展改革|发改委|工信局|管委会|街道办|〔20\d\d〕\d+号|市场监管|人大常委会|自贸试验区|共产党"
)
_ELSEWHERE = re.compile(
    r"香港特别行政区|香港特区政府|立法会|行政长官|政务司|财政司|宪报|劳工处|入境事务处|港币|澳门特别行政区|澳门特区|行政法务司|澳门元|经济财政司|印务局|"
    r"中华民国|行政院|立法院|总统府|经济部|卫生福利部|内政部|直辖市政府|新台币|民国\d|新北市|台北市|高雄市|台中市|台南市|桃园市"
)
_MERGED, _KEPT = "于后制", "於後製"


@cache
def _converter() -> OpenCC:
    return OpenCC("tw2s")


def share_traditional(text: str) -> float:
    """Share of the Chinese characters that a Simplified text would not contain."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    found = int(np.count_nonzero(_is_traditional()[codes]))
    return found / count_cjk(text) if found else 0.0


@cache
def _is_traditional() -> NDArray[np.bool_]:
    """Of each code point whether it is in `_only_traditional`: an array asks for a page at once."""
    table = np.zeros(sys.maxunicode + 1, np.bool_)
    table[[ord(character) for character in _only_traditional()]] = True
    return table


@cache
def _only_traditional() -> frozenset[str]:
    """Characters that Simplified text does not use: those the table changes, less those it shares (著 乾 瞭 …)."""
    shared = set("著乾瞭藉徵夥麼")
    return frozenset(
        chr(code) for code, to in simplified_table().items() if chr(code) != to and chr(code) not in shared
    )


_WRITING = re.compile(r"(?<=[显卓土原专名论昭编译遗巨合拙撰共])着|着(?=[名作称述者书录])")
"""Where 著 stays 著 in Simplified: to write, to be known. OpenCC's phrases hold only the commonest (显著 著名 著作)."""


def convert(text: str) -> str:
    """Traditional to Simplified by phrase, or by character where phrases would change the number of characters."""
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        converted = text.translate(simplified_table())
    kept = {match.start() for match in _WRITING.finditer(converted) if text[match.start()] == "著"}
    return "".join("著" if at in kept else character for at, character in enumerate(converted)) if kept else converted


def to_simplified(draft: Draft) -> Draft:
    """Undo a Traditional mirror; leave real Traditional text alone (see module)."""
    page = "\n".join(block.text for block in draft.blocks) + "\n".join(f.value for f in draft.facts)
    if share_traditional(page) < _SHARE:
        return draft
    if not is_mirror(page):
        return draft.flag("traditional_original")
    return draft.amend(_convert_block).flag("traditional_mirror")


def is_mirror(page: str) -> bool:
    """True if a Traditional text is a mainland text rewritten."""
    key = fold(page)
    mainland, elsewhere = len(_MAINLAND.findall(key)), len(_ELSEWHERE.findall(key))
    merged, kept = sum(page.count(c) for c in _MERGED), sum(page.count(c) for c in _KEPT)
    return mainland + (2 if merged > 2 * kept else 0) > elsewhere * 2


def _convert_block(block: Block) -> Block:
    if not any(c in _only_traditional() or c == "著" for c in block.text):
        return block
    return block.edit("script", [(0, len(block.text), convert(block.text))])
