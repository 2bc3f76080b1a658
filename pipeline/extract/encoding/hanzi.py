"""How much a text reads like Chinese: the evidence that tells one encoding from another.

Enters: a text that some encoding made of some bytes. Leaves: the mean weight of its characters beyond ASCII. The right
encoding gives the Chinese that people write, a wrong one characters from all over Unicode. The weights follow what
100 pages showed, in bits of evidence for a right reading: common characters 4 to 6, others that schools teach 0 to 2,
symbols −2 to −5, rare characters and other scripts −7.5, private use and U+FFFD −17.

>>> likeness("印发方案的通知") > 1
True
>>> likeness("印发方案的通知".encode("gb18030").decode("big5", "replace")) < 0
True
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from operator import mul

from pipeline.text import simplified_table

_FREQUENT = frozenset(
    "的条人第行国定和管应法理十当政有部规关以者业务门或机民用工一二作其生事责保不设经本地产证主制三在构对"
    "资员公可单位中安出处照发院由合依品所上施物府级进家全及四自区下会得监动查方为准并企内营报等收建实请任"
    "例他要外五申提日时标权违件按通办检计期水款运情同督职交分利备成批予向取护市体专六记年金境信使审学直负"
    "重组项接个未治据罚电告防共立许章明量列商案活开口采七供文销性元程与登具费改相之技县调服指度料织化场于"
    "医书限给质税术险后况令海受加八反划核船入农从社决律验执药万求止军输起正格能九基器需货过月原息目大委置"
    "路省教范各布华造卫害投前育是符确统疗根复财航支名现称放辖域源展到车必测病承除预议代特则司故无认环强式"
    "导算措装知种数密力表道评矿严意集价究形持变节被属额协存障面高围网结总污包纳注停线将舶修征排新间染危配"
    "补损空因系际助非担效科城罪劳疫解没犯须材户类续转领付参益刑券录土购追适警传急长售偿缴林影托退易点整健"
    "废该义容送济失移次养控更校灾守手履队志超研气联银签号订维平禁册救消果完考流视毒常编序约清兵察票食射响"
    "回撤别储台何留植旅草型村见然役举飞附已士还局励优住策客残股普港师居训档融涉站括房遵培疾风示震广小达游"
)
"""The 500 commonest characters of 684 national regulations in force (official texts, which carry no copyright). They
are 92 % of those texts, about two thirds of news pages, and under a fifth of any wrong reading."""

_MARKS = frozenset("，。、：；？！（）《》〈〉“”‘’「」『』【】〔〕［］—…·～％〇　０１２３４５６７８９")
_SYMBOLS = re.compile(r"[«»©®°±²³×÷‐-‧‰-※℃№Ⅰ-ⅿ←-⇿∀-⋿①-⓿─-◿☀-♯✀-➿、-〿㈠-㉃㎎-㏕！-～￠-￥]")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]")
_PLAIN = re.compile(r"[ -~\t\n\r\f]+")
_JUNK = ("Cc", "Cn", "Co", "Cs")  # control, unassigned, private use, half of a pair: no text has them


def likeness(text: str) -> float:
    """Mean weight of the characters beyond ASCII, from 2 (all common Chinese) to −4 (all junk); 0 if there is none."""
    counts = Counter(_PLAIN.sub("", text))
    total = counts.total()
    return sum(map(mul, map(_WEIGHTS.__getitem__, counts), counts.values())) / total if total else 0.0


def weight(character: str) -> float:
    """What one character says for (+) or against (−) the reading that holds it."""
    if character in _MARKS or simplified_table().get(ord(character), character) in _FREQUENT:
        return 2.0
    if _HAN.match(character):
        return 0.5 if character in _taught() else -2.0
    if _SYMBOLS.match(character):
        return 0.0
    return -4.0 if character == "\ufffd" or unicodedata.category(character) in _JUNK else -1.5


class _Weights(dict[str, float]):
    """The weight of each character that was met; there are no more of them than Unicode has."""

    def __missing__(self, character: str) -> float:
        self[character] = found = weight(character)
        return found


_WEIGHTS = _Weights()


@cache
def _taught() -> frozenset[str]:
    """The first level of GB 2312 (rows 16–55) and of Big5 (A440–C67E): the characters that schools teach."""
    gb = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = bytes(b for row in range(0xA4, 0xC7) for cell in trails for b in (row, cell))
    return frozenset(gb.decode("gb2312", "ignore") + big5.decode("big5", "ignore"))
