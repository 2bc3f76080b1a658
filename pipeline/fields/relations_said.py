"""What a sentence does to the documents that it names: repeals, amends, issues, forwards or interprets them.

Enters: a text and the mentions in it. Leaves: the type of each. A sentence is read with every mention as one mark, so
that a pattern is a sentence of the register: ◆（和|、）◆同时废止. What is only reported, proposed or ruled out stays
`cites`.

>>> from pipeline.fields.relations_cited import find_mentions
>>> text = "《某市供水办法》同时废止。"
>>> acts(text, find_mentions(text))
['repeals']
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.fields.relations_cited import Mention
    from pipeline.model import RelationType

MARK = "◆"
_TRIGGER = re.compile(
    r"废止|停止(?:执行|施行|实施|使用)|不再(?:执行|施行|实施|适用)|失效|作废"
    r"|修[改订正]|删[去除]|改为|印发|转发|批转|公布|发布|下发|解读|说明|理解"
)
_STOPS = re.compile(r"[。；;\n]")

_END = r"(?:废止|停止执行|停止施行|停止实施|停止使用|不再执行|不再施行|不再实施|不再适用|失效|作废)"
_PASSIVE = re.compile(
    rf"(?P<gap>(?:[^◆。]{{0,16}}(?:文件?|规章|法规|规定|条款|通知|办法|政策)|[^◆。，,]{{0,6}})"
    rf"(?:[（(][^（）()]{{0,20}}[）)])?"
    rf"(?:[，,]?(?:自|从|于|在)[^◆。，,]{{2,30}}(?:起|日|时|后))?[，,]?"
    rf"(?:也|均|即|届时|现|已?决定|将|全部|一律|一并|一同|随之|相应|同时|即行|自行|自动|自然|予以|现予|宣布|停止|之?日起|起)*)"
    rf"(?P<verb>{_END})(?!后|前|时|程序|的)"
)
"""What may stand between the last document and the verb: ◆等7件规章予以废止, ◆（见附件）自本通知施行之日起废止."""
_FROM = r"[^◆。，,；：:]{0,50}(?:发布|公布|印发|下发|批准|制定|颁布)的"
_ACTIVE = re.compile(
    rf"(?<!不得)(?<!不予)(?<!未被)(?:废止|宣布失效|停止执行|停止施行)(?:以下|下列)?[：:]?(?:{_FROM}|原)?(?=◆)"
)
_STATE = re.compile(
    r"已(?:经|被)?[^◆]{0,6}$|不得|未被?|尚未|可以|应当|应予|拟|建议|如果|若|或者?$|[修制].{0,3}[、和或]"
)
_PART = re.compile(
    r"第[〇零一二三四五六七八九十百\d]+[章节条款项]|[中内]?(?:有关|关于|的)[^◆]{0,40}(?:规定|条款|内容|部分)|部分"
)
_AND = re.compile(rf"(?:[和、及与，,]|以及)(?:{_FROM})?(?=◆)")
_JOINS = re.compile(r"\s*(?:$|[和及与、，,]|以及|[^◆。]{0,9}[，,、])")
_OTHER_CLAUSE = re.compile(
    r"为准|有效|适用|生效|起?施行(?!的)|根据|依据|依照|按照|遵照|参照|修[改订]为|(?<!国务院)规定[，,]|办理|要求|代替|替代|制定(?!的)"
)
_BY = re.compile(
    r"(?:根据|依据|依照|按照|遵照|参照|贯彻|落实|执行|符合|违反|结合|适用|有关|关于)(?![^◆，,]*(?:布|发|订|过)的$)[^◆，,]{0,40}$"
)

_REVISE = r"修[改订正]"
_AMENDS = (
    re.compile(
        rf"(?:对|将|就)[^◆。]{{0,60}}(?P<many>◆(?:[^◆。]{{0,60}}◆)*)[^◆。]{{0,30}}?(?:作出?|进行|予以|作了?|做出?)(?:如下|以下|部分|相应|适当|个别)*的?{_REVISE}(?!的|后|时|完善)"
    ),
    re.compile(
        rf"(?P<many>◆(?:[^◆。]{{0,60}}◆)*)[^◆。]{{0,30}}?(?:{_REVISE}如下|作?如下(?:的)?{_REVISE}|(?:根据|依照|按照)本[^◆，,]{{2,6}}作?(?:相应|如下)?的?{_REVISE})"
    ),
    re.compile(rf"决定(?:对)?(?:{_REVISE})(?P<many>◆(?:[^◆。]{{0,60}}◆)*)"),
    re.compile(
        r"(?:^|将|在|删[去除]|[一二三四五六七八九十\d][、.．])(?P<many>◆)[^◆。]{0,80}?(?:修改为|修订为|改为|调整为|删[去除]|增加[^◆。]{0,12}[条款项章])"
    ),
    re.compile(r"删[去除](?P<many>◆)[^◆。]{0,20}第"),
)
_PLANNED = re.compile(r"建议|需要?|应当|拟|推动|抓紧|适时|及时|研究|组织|加快|计划|立法|不得|可以|申请|要求")

_HAND_ON = r"(?P<verb>印发|转发|批转|公布|发布|下发|颁发)"
_NOW = re.compile(
    rf"(?:现[将把]|特将|兹将)(?P<gap>[^◆。]{{0,60}})(?P<many>◆(?:[^◆。]{{0,60}}◆)*)[^◆。]{{0,40}}?{_HAND_ON}"
)
_DONE = re.compile(
    rf"(?P<many>◆(?:[^◆。]{{0,80}}◆)*)[^◆。]{{0,90}}?(?:现|特)(?:予以?|将其|将该[^◆。]{{2,4}})?{_HAND_ON}"
)
_EXPLAINS = re.compile(
    r"(?:[就对将]|◆)[^◆。]{0,40}?(?P<many>◆)[^◆。]{0,30}?(?:解读|说明|解答|解释)(?:如下|[：:])|(?:理解|解读)(?:和[一-龥]{2,4})?(?P<read>◆)"
)


def acts(text: str, mentions: Sequence[Mention], explains: bool = False) -> list[RelationType]:
    """The type of each mention. explains: the page is an interpretation by its title."""
    types: list[RelationType] = ["cites"] * len(mentions)
    if not mentions or not _TRIGGER.search(text):
        return types
    for first, last, sentence in _sentences(text, mentions):
        if _TRIGGER.search(sentence):
            for index, kind in _read(sentence, explains):
                if first + index < last:
                    types[first + index] = kind
    return types


def _sentences(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Runs of mentions of one sentence: the first, the one behind the last, the sentence with marks in their place."""
    placed: list[tuple[int, int, int]] = []
    end = -1
    for index, one in enumerate(mentions):
        if one.start >= end or end < 0:
            start = max(text.rfind(stop, 0, one.start) for stop in "。；;\n") + 1
        else:
            start = placed[-1][1]
        stop = _STOPS.search(text, one.close)
        end = stop.start() if stop else len(text)
        placed.append((index, start, end))
    for start, group in groupby(placed, key=lambda one: one[1]):
        run = list(group)
        first, last, end = run[0][0], run[-1][0] + 1, run[-1][2]
        pieces, at = [], start
        for one in mentions[first:last]:
            pieces += [text[at : max(at, one.start)], MARK]
            at = max(at, one.close)
        yield first, last, "".join([*pieces, text[at:end]])


def _read(sentence: str, explains: bool) -> Iterator[tuple[int, RelationType]]:
    """The marks of a sentence that something is done to, weakest act first."""
    if explains:
        for match in _EXPLAINS.finditer(sentence):
            yield from _each(
                sentence, match.start("many") if match["many"] else match.start("read"), match.end(), "interprets"
            )
    for pattern in (_NOW, _DONE):
        for match in pattern.finditer(sentence):
            kind: RelationType = "forwards" if match["verb"] in ("转发", "批转") else "issues"
            for index, place in _marks(sentence, match.start("many"), match.end("many")):
                if not _BY.search(sentence, max(0, place - 50), place):
                    yield index, kind
    for pattern in _AMENDS:
        for match in pattern.finditer(sentence):
            if not _PLANNED.search(sentence, max(0, match.start() - 12), match.start("many")):
                yield from _each(sentence, match.start("many"), match.end("many"), "amends")
    yield from _repealed(sentence)


def _repealed(sentence: str) -> Iterator[tuple[int, RelationType]]:
    for match in _ACTIVE.finditer(sentence):
        if not _STATE.search(sentence, max(0, match.start() - 8), match.start()):
            following: re.Match[str] | None = match
            while following:
                yield sentence.count(MARK, 0, following.end()), "repeals"
                following = _AND.match(sentence, following.end() + 1)
    for index, last in _marks(sentence, 0, len(sentence)):
        if not (ended := _PASSIVE.match(sentence, last + 1)) or _STATE.search(ended["gap"]):
            continue
        kind: RelationType = "amends" if _PART.search(ended["gap"]) else "repeals"
        for back, at in enumerate(_backwards(sentence, last)):
            before = sentence.rfind(MARK, 0, at)
            gap = sentence[before + 1 : at]
            if _BY.search(gap) or (at != last and _PASSIVE.match(sentence, at + 1)):
                break
            yield index - back, kind
            if not _JOINS.match(gap) or _OTHER_CLAUSE.search(gap):
                break


def _backwards(sentence: str, at: int) -> Iterator[int]:
    while at >= 0:
        yield at
        at = sentence.rfind(MARK, 0, at)


def _each(sentence: str, start: int, end: int, kind: RelationType) -> Iterator[tuple[int, RelationType]]:
    for index, _ in _marks(sentence, start, end):
        yield index, kind


def _marks(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    index = sentence.count(MARK, 0, start)
    for place in range(start, end):
        if sentence[place] == MARK:
            yield index, place
            index += 1
