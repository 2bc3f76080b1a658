"""Radicals that stand for characters: fonts of some programs (Chromium, macOS) draw both with one glyph, and the file
says the wrong one.

Enters: a character. Leaves: the one that is meant. Kangxi radicals and compatibility ideographs are told by Unicode's
own mappings; of the Radicals Supplement, only those that are characters by themselves (EquivalentUnifiedIdeograph).

>>> "".join(map(meant, "⼈⺠政府⽂件"))
'人民政府文件'
"""

from __future__ import annotations

import re
import unicodedata

_MAPPED = re.compile("[\u2f00-\u2fd5\uf900-\ufad9]")
_RADICALS = "⺁⺄⺒⺓⺝⺟⺠⺩⺪⺫⺬⺮⺷⺼⺽⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳"
_MEANT = "厂乙巳幺月母民王疋目示竹羊肉臼西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟"
_SUPPLEMENT = dict(zip(_RADICALS, _MEANT, strict=True))


def meant(letter: str) -> str:
    """The character itself, unless it is such a radical."""
    if _MAPPED.match(letter):
        return unicodedata.normalize("NFKC", letter)
    return _SUPPLEMENT.get(letter, letter)
