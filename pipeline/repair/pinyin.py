"""Pinyin that mirror sites inject to look original: 發(fā)展, 政(zheng)(zheng)府, 樂(lè )縣.

One reading wherever the page does it often: a bracket that holds nothing but a syllable after a Chinese character.
Pages that teach a reading once (䶮(yǎn)) stay below the threshold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import CJK, count_cjk

if TYPE_CHECKING:
    from pipeline.draft import Draft

_VOWELS = "aāáǎàeēéěèiīíǐìoōóǒòuūúǔùüǖǘǚǜv"
_SYLLABLE = rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[{_VOWELS}]{{1,3}}(?:ng|n|r)?"
INJECTED = re.compile(rf"(?<=[{CJK}])(?:[(（](?=[^)）]{{2,7}}[)）]|[{_VOWELS[1:5]}]){_SYLLABLE}\s*[)）])+")
"""A bracket with one syllable of Hanyu Pinyin; units (kg, cm) are none, and one bare letter is a mark of a list."""
_MIN = 5
_PER_THOUSAND = 5.0  # characters; hacked mirrors have 30 and more, readings in real notices stay under 1


def drop_pinyin(draft: Draft) -> Draft:
    """Delete injected syllables (rule "pinyin") where they are frequent, and flag the page compromised."""
    found = sum(len(INJECTED.findall(b.text)) for b in draft.blocks)
    if found < _MIN:
        return draft
    size = sum(count_cjk(b.text) for b in draft.blocks)
    if found * 1000 < _PER_THOUSAND * size:
        return draft
    draft = draft.amend(lambda b: b.edit("pinyin", [(m.start(), m.end(), "") for m in INJECTED.finditer(b.text)]))
    return draft.flag("compromised")
