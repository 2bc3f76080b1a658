"""The number at the head of a line: 编, 章, 节, 条, 一、（一）1.（1）.

Enters: one line. Leaves: the `Mark` that it begins with, if it numbers the line and does not only speak of a number
("第三条规定的期限", "三、四级公路"). Sources: GB/T 9704-2012, 7.3.3 (一、（一）1.（1）); 《立法法》第六十五条 (编、章、
节、条, 项 is （一）, 款 has no number). An article that an amendment put in is 第十条之一, as in the 刑法.

>>> mark = read_mark("第一百二十条之二 有下列情形之一的，处五年以下有期徒刑：")
>>> (mark.kind.name, mark.number, mark.value)
('条', '第一百二十条之二', (120, 2))
>>> read_mark("第三条规定的期限，自受理之日起计算。") is None
True
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.fields.dates import TENS


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of numbering. level: as the record has it. rank: the smaller holds the larger; 一、 stands inside a 章
    although both are level 1.
    """

    name: str
    level: int
    rank: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A number and its place in the line, end behind the blanks that follow it.

    value: (12, 0) for 第十二条, (12, 1) for 第十二条之一. apart: a blank, a bracket or the end of the line follows.
    doubtful: what follows may be a reference or an article's first words (第二十四条增加注册资本的，…).
    """

    kind: Kind
    number: str
    value: tuple[int, int]
    start: int
    end: int
    apart: bool
    doubtful: bool = False


_LEAD = r"^[#*>\s]{0,8}"  # Markdown: ## 第一章, **第一条**
_DIGITS = "一二三四五六七八九"
_N = rf"[{_DIGITS}十百千零〇○\d](?:\s?[{_DIGITS}十百千零〇○\d]){{0,8}}"
_SMALL = rf"\s?(?P<n>{TENS})\s?"


def _ordinal(words: str, after: str = "") -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?P<number>第\s?(?P<n>{_N})\s?(?:{words}){after})")


def _plain(number: str) -> re.Pattern[str]:
    return re.compile(_LEAD + number)


KINDS = (
    Kind("编", 0, 0, _ordinal("编|篇|部分")),
    Kind("分编", 0, 1, _ordinal("分编")),
    Kind("章", 1, 2, _ordinal("章")),
    Kind("节", 2, 3, _ordinal("节")),
    Kind("条", 3, 5, _ordinal("条", rf"(?:之(?P<m>{TENS}))?")),
    Kind("一、", 1, 4, _plain(rf"(?P<number>{TENS})\s?(?:、|[.．](?!\d))")),
    Kind("（一）", 2, 6, _plain(rf"(?P<number>[（(]{_SMALL}[)）])[、.．]?")),
    Kind("1.", 3, 7, _plain(r"(?P<number>\d{1,3})\s?(?:、|[.．](?!\d)|[.．](?=(?:19|20)\d{2}年))")),
    Kind("（1）", 4, 8, _plain(r"(?P<number>[（(]\s?(?P<n>\d{1,3})\s?[)）])[、.．]?")),
)
ARTICLE = KINDS[4]
_HEADS = re.compile(rf"{_LEAD}[第{_DIGITS}十（(\d]")
_WELL_FORMED = re.compile(rf"(?:[{_DIGITS}]千)?(?:[零〇]?[{_DIGITS}]百)?(?:[零〇]?[{_DIGITS}]?十)?[零〇]?[{_DIGITS}]?")
_REFERS = re.compile(
    rf"第{_N}[条款项]|[（(]{TENS}[)）]项|(?:[之等]?规定|中|所[称列述指])?的|(?:修改|改)为|[、，,]\s?第"
)
"""What follows a number that is only spoken of: 第三条规定的…, 第二条第一款修改为…, 第五条、第六条…."""
_MAY_REFER = re.compile(
    r"之?规定|所[称列述指]|各[款项]|(?:[和或及与至到]|以及|或者)(?:第|本|前|《)|作为|删[去除]|修改|增加|废止|调整|移至|合并"
)
"""The same, or the first words of an article, if no blank stands before it."""
_ITEM_REFERS = re.compile(rf"[项款](?:规定|所|的|[、，,至和或])|[至和、]?[（(](?:{TENS}|\d)[)）]")
"""（一）项、（一）至（三）项."""
_COUNTED = re.compile(r"(?:[、，,和或至]|[级次类线等期届者号楼季]|产业)")
"""三、四级公路; 一、二、三产业: the next number and one of these, no heading."""


def read_mark(text: str) -> Mark | None:
    """The number that a line begins with; None if there is none, or if it is a reference or a count."""
    if not _HEADS.match(text):
        return None
    for kind in KINDS:
        if match := kind.pattern.match(text):
            return _judge(kind, match, text)
    return None


def _judge(kind: Kind, match: re.Match[str], text: str) -> Mark | None:
    groups = match.groupdict()
    first = _value(groups.get("n") or groups["number"])
    rest = text[match.end() :].lstrip("*")
    apart = not rest or rest[0].isspace() or rest[0] in "（(【["
    body = rest.lstrip()
    if first is None:
        return None
    if groups["number"].startswith("第"):
        refers = _REFERS.match(body)
    elif kind.name in ("一、", "1."):
        refers = _counts_on(first, body)
    else:
        refers = _ITEM_REFERS.match(body)
    if refers:
        return None
    number = groups["number"].strip()
    inserted = groups.get("m")
    value = (first, (_value(inserted) or 0) if inserted else 0)
    doubtful = not apart and kind is ARTICLE and _MAY_REFER.match(body) is not None
    return Mark(kind, number, value, match.start("number"), len(text) - len(body), apart, doubtful)


def _counts_on(value: int, body: str) -> re.Match[str] | None:
    """三、四级: the line counts on, and what follows is a thing that is counted."""
    following = re.match(rf"{TENS}|\d{{1,3}}", body)
    if following and _value(following[0]) == value + 1:
        return _COUNTED.match(body, following.end())
    return None


def _value(numeral: str) -> int | None:
    """一百零三 -> 103, １２ -> 12, 一二〇 -> 120; None for what is no number (十百)."""
    plain = unicodedata.normalize("NFKC", "".join(numeral.split())).replace("○", "〇")
    if plain.isdecimal():
        return int(plain)
    if len(plain) > 1 and not set(plain) - set(f"{_DIGITS}〇零"):
        return int("".join(str(int(unicodedata.numeric(c))) for c in plain))
    if not _WELL_FORMED.fullmatch(plain):
        return None
    total = digit = 0
    for worth in (int(unicodedata.numeric(character)) for character in plain):
        if worth >= 10:
            total, digit = total + (digit or 1) * worth, 0
        else:
            digit = worth
    return total + digit
