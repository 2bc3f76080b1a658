"""Mentions of other documents in a text: their 《title》, their 发文字号, or both.

Enters: a text. Leaves: mentions in their order, each with its place. Books, forms, drafts, annexes of the same page and
short names (以下简称《条例》) are no mentions of their own; a short name counts as the document it stands for.

>>> find_mentions("按照《国务院关于绿色发展的指导意见》（国发〔2021〕4号）执行")[0].number
'国发〔2021〕4号'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import yaml

from pipeline.fields.docnumber import find_all
from pipeline.fields.relations_orders import find_orders

_WORDS: dict[str, list[str]] = yaml.safe_load(
    (files("pipeline.fields") / "data" / "cited.yml").read_text(encoding="utf-8")
)


def _one_of(*names: str) -> str:
    return "|".join(sorted({word for name in names for word in _WORDS[name]}, key=len, reverse=True))


TITLE = r"《([^《》\n]{2,120}(?:《[^《》\n]{0,80}》[^《》\n]{0,80})*|(?:《[^《》\n]{2,80}》[^《》\n]{0,80})+)》"
"""A title in its marks, with titles inside it: 《〈条例〉实施细则》 is often printed with the same marks twice."""
_TITLE = re.compile(TITLE)
_BRACKETS = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{1,20}[）)〕\]]$|(?:19|20)\d{2}年?(?:版|修订版?|本)$")
_DRAFT = re.compile(rf"[（(]?[^（(]{{0,8}}(?:{_one_of('drafts')})[）)]?$")
_ENDED = re.compile(r"[^。\n]{0,60}废止")  # the provisional rules of the 1980s were drafts in name
_LAW = re.compile(rf"(?<!^)(?:{_one_of('laws')})$")
_NO_LAW = re.compile(rf"(?:{_one_of('no_law')})$")
_KIND = re.compile(rf"(?:{_one_of('laws', 'kinds')})$")
_ABOUT = re.compile(rf"(?:{_one_of('about')})$")
_FILLER = re.compile(rf"(?:{_one_of('fillers', 'kinds', 'laws')})")
_LEAST = 5  # letters of a title that is no law's: 《会计准则》 is a short name more often than not
_LONG = 9  # letters; the longest short name read was 《竞争性磋商实施方案》, and titles begin here

_BEFORE_NUMBER = re.compile(
    r"[\s|｜]*(?:[（(](?:以下[简统]?称[^《》（）()\n]{0,3}《[^《》\n]{2,30}》[，,、])?[^（）()《》。\n]{0,40})?$"
)
_AFTER_NUMBER = re.compile(r"(?:文件?)?(?:公布的|发布的|印发的)?$")
_ISSUED = re.compile(
    r"\s*(?:公布|发布|颁布|令?第[一二三四五六七八九十]{1,2}次|修[订正改]|各(?:市|省|县|区|设区|州|地|级|有关|单位|部门))"
)
"""Behind the number of an order that the text tells as its own history: 根据2014年省政府令〔2014〕第2号第四次修订; or
behind its own number, where a line with the addressees was joined to it."""
_BRACKET = re.compile(r"\s?[（(](?:[^（）()\n]|[（(][^（）()\n]{0,20}[）)]){0,100}[）)]")
_SHORT_NAME = re.compile(r"(?:简称|下称|统称)(?:为|：|:)?\s*[《“\"]([^》”\"\n]{2,30})[》”\"]")
_OWN_ANNEX = re.compile(r"[（(](?:详?见|格式见)?附[件表录]")
_IN_ANNEX_LIST = re.compile(r"附[件表录]\s*\d{0,2}\s*[:：.．、]?\s*(?:\d{1,2}\s*[.．、])?\s*$")

_WIDE = {code: code - 0xFEE0 for code in range(ord("０"), ord("９") + 1)}
_WIDE_DIGIT = re.compile(r"[０-９]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text. start, end: from the title's mark, or the number, to the end of both.

    close: where the brackets behind it end; what is said of the document goes on from there.
    """

    title: str | None
    number: str | None
    start: int
    end: int
    close: int


@lru_cache(maxsize=16384)
def is_document(title: str) -> bool:
    """True for a title that a document was issued under: a law, a 文种, a plan; not a draft, a form or a book.

    >>> is_document("中华人民共和国种子法"), is_document("人民日报"), is_document("实施方案")
    (True, False, False)
    """
    if _DRAFT.search(title):
        return False
    core = bare(title)
    if core.startswith(("关于", "《关于", "〈")) or "关于" in core:
        return len(core) > _LEAST and bool(_KIND.search(core) or _ABOUT.search(core))
    if not _KIND.search(core) or _NO_LAW.search(core):
        return False
    if _LAW.search(core) and not core.endswith("办法"):
        return core not in _WORDS["laws"] and (core.endswith("法") or _tells(core))
    return len(core) > _LEAST and _tells(core)


def _tells(core: str) -> bool:
    """True for a title with more to it than a kind and the words that any plan has."""
    return len(core) >= _LONG or len(_FILLER.sub("", core)) > 1


def bare(title: str) -> str:
    """A title without brackets at its end: （试行）, （2021—2025年）, 2024年版."""
    last, core = "", title.strip()
    while core != last:
        last, core = core, _BRACKETS.sub("", core).strip()
    return core


def find_mentions(text: str) -> list[Mention]:
    """Every document that the text names, in order of place."""
    plain = text.translate(_WIDE) if _WIDE_DIGIT.search(text) else text  # one character for one: places stay
    numbers = [_without_day(*one) for one in find_all(plain)]
    dated = {end for _, _, end in numbers}
    numbers += [one for one in find_orders(plain) if one[2] not in dated]  # 省政府令〔1999〕第11号 is one number
    numbers.sort(key=lambda one: one[1])
    starts = [start for _, start, _ in numbers]
    taken: set[int] = set()
    short = {match[1] for match in _SHORT_NAME.finditer(text)} if "称" in text else set()
    found: list[Mention] = []
    named: list[Mention] = []
    meant: dict[str, Mention] = {}
    for match in _TITLE.finditer(text):
        start, end = match.span()
        if match[1] in short:
            if match[1] not in meant and named:
                meant[match[1]] = named[-1]
            elif match[1] in meant:
                close = _closed(text, end)
                found.append(replace(meant[match[1]], start=start, end=end, close=close))
            continue
        if _OWN_ANNEX.match(text, end) or _IN_ANNEX_LIST.search(text, max(0, start - 12), start):
            continue
        index = bisect_right(starts, start)
        while index < len(numbers) and numbers[index][1] < end:  # a number inside the title
            taken.add(index)
            index += 1
        number = None
        first, last = start, end
        if (
            index < len(numbers)
            and numbers[index][1] - end <= 44
            and _BEFORE_NUMBER.match(text, end, numbers[index][1])
        ):
            number, last = numbers[index][0], numbers[index][2]
            taken.add(index)
        elif (before := bisect_right(starts, start) - 1) >= 0 and before not in taken:
            own = numbers[before]
            if start - own[2] <= 5 and own[2] <= start and _AFTER_NUMBER.fullmatch(text, own[2], start):
                number, first = own[0], own[1]
                taken.add(before)
        if number or is_document(match[1]) or (_DRAFT.search(match[1]) and _ENDED.match(text, end)):
            one = Mention(match[1], number, first, last, max(last, _closed(text, end)))
            named.append(one)
            found.append(one)
    found += [
        Mention(None, number, start, end, max(end, _closed(text, end)))
        for index, (number, start, end) in enumerate(numbers)
        if index not in taken and not _ISSUED.match(text, end)
    ]
    return sorted(found, key=lambda one: one.start)


def _closed(text: str, end: int) -> int:
    match = _BRACKET.match(text, end)
    return match.end() if match else end


def _without_day(number: str, start: int, end: int) -> tuple[str, int, int]:
    """A number without the date printed in front of it: 1998年10月30日国科发计字〔1998〕425号."""
    return (number[1:], start + 1, end) if number.startswith("日") else (number, start, end)
