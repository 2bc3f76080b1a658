"""What keeps two texts apart that are nearly equal: a number, a year, an amount, a place, a name, a cell of a table, an
article.

Enters: two readings. Leaves: the first difference of those kinds, or None. Templates are aligned; where they agree, the
numbers and places in them must agree. A paragraph that only one of them has is no such difference.

>>> difference(*read([None, None], ["到2021年底投资10亿元", "到2022年底投资10亿元"]))
Difference(rule='veto.year', evidence='到2021年底 | 到2022年底')
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from pipeline.corpus.duplicates.numerals import value_of
from pipeline.corpus.duplicates.places import place_stem
from pipeline.corpus.duplicates.reading import NUMBER, PLACE, mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.corpus.duplicates.reading import Masked, Reading

CELLS = 400_000_000
"""Letters times letters that are aligned letter by letter: rapidfuzz keeps a bit for each, 50 MB here."""

ANCHOR = 3
"""Equal letters beside a number that show that two texts say the same of it; fewer agree by chance."""

_COUNTER = re.compile(r"(?:浏览|阅读|点击|访问|人气|来源|字号)(?:次数|量|数|人数)?$")
_MONEY = re.compile(r"^(?:余|多)?(?:元|美元|人民币|欧元)")
_POST = "(?:主任|局长|处长|科长|厅长|部长|院长|校长|书记|市长|县长|区长|委员|秘书长|职务|总监|馆长|所长|站长)"
_NAMED_BEFORE = re.compile(
    r"(?:任命|免去|聘任|解聘|提名|推荐|(?<![责担信主重胜出])任(?![务何])|撤销|姓名|名称|当事人|申请人|代表人|负责人|联系人|公民|处罚人)"
    r"[㐀-鿿]{0,2}$"
)
_NAMED_AFTER = re.compile(
    rf"^[㐀-鿿]?(?:同志|先生|女士|(?:担任|兼任|任|为).{{0,16}}{_POST}|的.{{2,16}}职务"
    r"|[㐀-鿿]{0,8}(?:有限责任公司|有限公司|股份公司|集团公司|合作社|商行|经营部|门诊部))"
)
_LOCAL_BEFORE = re.compile(f"(?:[{PLACE}省市县旗]|街道|[^城]镇)$")
_LOCAL_AFTER = re.compile(
    r"^(?:[镇乡村路街]|社区|第?[㐀-鿿]?(?:医院|[中小大]学|学校|学院|幼儿园)|小区|开发区|工业园|高新区|[省市县区旗盟州](?![场级域长委属]))"
)
_STAGES = re.compile(r"征求意见|草案|送审稿|讨论稿|修正案|解读|修改|废止|答记者问|一图|政策问答")
"""Words that make another document of a title: the draft of a plan is not the plan."""
_HEADINGS = re.compile(f"第{NUMBER}[编章节](?:.{{0,20}}?(?=第{NUMBER}[条章节])|.{{0,20}}$|)|第{NUMBER}条")
_CHINESE = re.compile(r"^[㐀-鿿]+$")
NAME = 8
"""Letters of a name at most; longer replaced runs are rewritten sentences."""
ARTICLE_EDIT = 2
"""Letters; one letter may be a misread one."""

__all__ = ["Difference", "difference", "title_difference"]

Block = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """rule: its name in docs/rules.md. evidence: what the one says | what the other says."""

    rule: str
    evidence: str


def difference(one: Reading, other: Reading) -> Difference | None:
    """The first thing in which two texts differ that makes them two documents."""
    blocks = list(_blocks(one.masked.template, other.masked.template))
    for index, block in enumerate(blocks):
        if block[0] == "equal":
            found = _values(one, other, block, blocks[max(0, index - 1) : index] + blocks[index + 1 : index + 2])
        else:
            found = _edit(one, other, block, index + 1 < len(blocks))
        if found:
            return found
    return _titles_and_texts(one, other)


def title_difference(one: str, other: str) -> Difference | None:
    """A place or a number in which two titles differ where they agree otherwise, or a word such as 征求意见稿 that
    one of them has."""
    if not one or not other or one == other:
        return None
    if set(_STAGES.findall(one)) != set(_STAGES.findall(other)):
        return Difference("veto.title", f"{one} | {other}")
    left, right = mask(one), mask(other)
    for kind, start, end, there, _until in _opcodes(left.template, right.template):
        if kind != "equal":
            continue
        first, second = bisect_left(left.marks, start), bisect_left(right.marks, there)
        for k in range(bisect_left(left.marks, end) - first):
            mark = left.template[left.marks[first + k]]
            if _differ(mark, left.values[first + k], right.values[second + k]):
                rule = "veto.place" if mark == PLACE else "veto.title_numbers"
                return Difference(rule, f"{one} | {other}")
    return None


def _blocks(one: str, other: str) -> Iterator[Block]:
    if one == other:
        yield "equal", 0, len(one), 0, len(other)
        return
    if len(one) * len(other) <= CELLS:
        yield from _opcodes(one, other)
        return
    left, right = (re.findall(r".{1,400}?(?:第\ue000条|\ue000|$)|.{1,400}", text) for text in (one, other))
    i = j = 0
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        width, height = sum(map(len, left[a:b])), sum(map(len, right[c:d]))
        if kind == "replace" and width * height <= CELLS:
            inner = _opcodes("".join(left[a:b]), "".join(right[c:d]))
            yield from ((kind, i + p, i + q, j + r, j + s) for kind, p, q, r, s in inner)
        else:
            yield kind, i, i + width, j, j + height
        i, j = i + width, j + height


def _opcodes(one: str, other: str) -> list[Block]:
    """Edits as blocks; a deletion and an insertion at one place are one replacement."""
    blocks: list[Block] = []
    for step in Indel.opcodes(one, other):
        kind, a, b, c, d = step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end
        if kind != "equal" and blocks and blocks[-1][0] != "equal":
            _, p, _, r, _ = blocks[-1]
            blocks[-1] = ("replace" if b > p and d > r else "delete" if b > p else "insert", p, b, r, d)
        elif kind == "equal" and b - a < ANCHOR and blocks and blocks[-1][0] != "equal":
            _, p, _, r, _ = blocks[-1]  # a letter or two that agree by chance inside a rewritten run
            blocks[-1] = ("replace", p, b, r, d)
        else:
            blocks.append((kind, a, b, c, d))
    return blocks


def _values(one: Reading, other: Reading, block: Block, edits: list[Block]) -> Difference | None:
    """A mark inside an equal block that stands for different things. edits: the blocks beside it."""
    left, right = one.masked, other.masked
    _, start, end, there, _ = block
    first, last = bisect_left(left.marks, start), bisect_left(left.marks, end)
    second = bisect_left(right.marks, there)
    if left.values[first:last] == right.values[second : second + last - first]:
        return None
    for k in range(last - first):
        at = left.marks[first + k]
        mine, theirs = left.values[first + k], right.values[second + k]
        mark = left.template[at]
        if mine == theirs or not _differ(mark, mine, theirs):
            continue
        before, after = left.template[max(start, at - 12) : at], left.template[at + 1 : min(end, at + 13)]
        if (len(before) < ANCHOR and len(after) < ANCHOR) or _COUNTER.search(before):
            continue
        if _slides(left, right, block, at, edits):
            continue
        rule = "veto.place" if mark == PLACE else _number_rule(mine, theirs, after)
        if mark == NUMBER and _within(left.tables, at) and rule == "veto.number":
            rule = "veto.table"
        theirs_at = right.marks[second + k]
        return Difference(rule, _evidence(left, right, (at, at + 1), (theirs_at, theirs_at + 1)))
    return None


def _slides(one: Masked, other: Masked, block: Block, at: int, edits: list[Block]) -> bool:
    """True if the piece of an equal block from a mark to its edge stands once more at the far end of the edit beside
    it, with the other text's values: 时间2020年4月30日 浏览5053 2012年4月28日 beside 2012年4月28日. The alignment could
    as well have taken that one."""
    _, start, end, there, until = block
    for kind, first, last, third, fourth in edits:
        after = first == end and third == until and kind != "equal"
        low, high = (at, end) if after else (start, at + 1)
        piece = one.template[low:high]
        for text, run, foe, place in (
            (one, (first, last), other, low - start + there),
            (other, (third, fourth), one, low),
        ):
            begin = run[1] - len(piece) if after else run[0]
            if begin >= run[0] and text.template[begin : begin + len(piece)] == piece:
                count = piece.count(NUMBER) + piece.count(PLACE)
                mine, theirs = bisect_left(text.marks, begin), bisect_left(foe.marks, place)
                if run[1] - run[0] >= len(piece) and (
                    text.values[mine : mine + count] == foe.values[theirs : theirs + count]
                ):
                    return True
    return False


def _differ(mark: str, mine: str, theirs: str) -> bool:
    if mark == PLACE:
        one, other = place_stem(mine), place_stem(theirs)
        return not (one.startswith(other) or other.startswith(one))
    return value_of(mine) != value_of(theirs)


def _number_rule(mine: str, theirs: str, after: str) -> str:
    if after.startswith("年") and len(value_of(mine)) == len(value_of(theirs)) == 4:
        return "veto.year"
    return "veto.amount" if _MONEY.match(after) else "veto.number"


def _edit(one: Reading, other: Reading, block: Block, followed: bool) -> Difference | None:
    """A replaced run that is a name, a place, a cell or an article; an inserted or deleted run inside articles."""
    kind, start, end, there, until = block
    left, right = one.masked, other.masked
    mine, theirs = left.template[start:end], right.template[there:until]
    rule = None
    if kind == "replace":
        before, after = left.template[max(0, start - 8) : start], left.template[end : end + 16] if followed else ""
        if _within(left.tables, start) and _within(right.tables, there):
            rule = "veto.table"
        elif _named(mine) and _named(theirs):
            if _LOCAL_BEFORE.search(before) and _LOCAL_AFTER.match(after):
                rule = "veto.place"
            elif _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(after):
                rule = "veto.name"
    if rule is None and followed and _reworded(one, other, block):
        rule = "veto.article"
    return Difference(rule, _evidence(left, right, (start, end), (there, until))) if rule else None


def _named(run: str) -> bool:
    return 1 <= len(run) <= NAME and _CHINESE.match(run) is not None


def _reworded(one: Reading, other: Reading, block: Block) -> bool:
    """True for an edit inside the articles of a regulation, unless both heads name one last day: then they are one
    version, whatever a copy did to its words. Numbers of articles may be lost (a page that makes a list of them)."""
    if (one.revised and one.revised == other.revised) or not (one.articles or other.articles):
        return False
    _, start, end, there, until = block
    for articles, first, last in ((one.articles, start, end), (other.articles, there, until)):
        if articles and not (articles[0] <= first and last <= articles[1]):
            return False
    runs = one.masked.template[start:end], other.masked.template[there:until]
    return max(len(_HEADINGS.sub("", run)) for run in runs) >= ARTICLE_EDIT


def _within(ranges: tuple[tuple[int, int], ...], at: int) -> bool:
    return any(start <= at < end for start, end in ranges)


def _titles_and_texts(one: Reading, other: Reading) -> Difference | None:
    """Where the titles differ in a word, and each text speaks of its own word and not of the other's."""
    if not one.title or not other.title or one.title == other.title:
        return None
    for kind, start, end, there, until in _opcodes(one.title, other.title):
        mine, theirs = one.title[start:end], other.title[there:until]
        if kind != "replace" or min(len(mine), len(theirs)) < 2:
            continue
        if mine in one.letters and mine not in other.letters and theirs in other.letters and theirs not in one.letters:
            return Difference("veto.title", f"{one.title} | {other.title}")
    return None


def _evidence(one: Masked, other: Masked, here: tuple[int, int], there: tuple[int, int]) -> str:
    return f"{_shown(one, *here)} | {_shown(other, *there)}"


def _shown(text: Masked, start: int, end: int) -> str:
    """A piece of the template with its values and a few letters around it."""
    low, high = max(0, start - 6), min(len(text.template), min(end, start + 30) + 6)
    values = iter(text.values[bisect_left(text.marks, low) :])
    return "".join(next(values) if letter in (NUMBER, PLACE) else letter for letter in text.template[low:high])
