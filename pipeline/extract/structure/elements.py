"""The elements of a sheet, in the order of GB/T 9704-2012, 7.3 and 7.4.

Enters: the blocks of a cover, a payload or an annex. Leaves: `Part`s inside it:
addressee 主送机关 (7.3.2), annex_list 附件说明 (7.3.4), signature 发文机关署名 and date 成文日期 (7.3.5), note 附注
(7.3.6), imprint 版记 with 抄送机关, 印发机关和印发日期 (7.4). What cannot be told apart for sure is left out.

>>> blocks = [(0, "各区人民政府："), (8, "现印发给你们。"), (16, "苏州市人民政府"), (24, "2022年5月19日")]
>>> [part.kind for part in elements(blocks)]
['addressee', 'signature', 'date']
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.structure.annexes import annex_lists
from pipeline.fields.dates import DATE_LINE
from pipeline.fields.organisation import is_organisation
from pipeline.model import Part
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD = 4  # blocks: in a payload the plan's title and 文号 may stand above 主送机关
_ADDRESSEE = 600  # characters: the longest lists name every province
_BODY = re.compile(
    r"(?:^各.*[省市区县州盟旗镇乡村]|政府|[局厅委办部院署会所站行处室]|单位|部门|机构|企业|公司|商户|学校|大学|高校"
    r"|中心|集团|团体|组织|街道|兵团|军区|代表|委员|同志|人员|市民|公众|居民|群众|业主|用户)(?:朋友|们)*(?:[(][^()]*[)])?$"
)
_SAYS = re.compile(r"。|《|如下|现将|根据|按照|为了|通知|通告|公告|:|^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.]")
_LABEL = re.compile(
    r"^(?!各|有关|相关|直属|[全省市区县]).{2,4}(?:单位|部门|机构|人员|企业|公司|中心|组织|办|处|室|所)$"
)
"""牵头单位：, 成员单位：, 组成人员：, 联络处：: labels of the text."""
_OFFICER = re.compile(r"^[代副]?(?:总理|主席|主任|[省市区县州盟旗镇乡部局署行院]长)[一-龥·×]{2,12}$")
"""市长 ×××, who signs a decree (GB/T 9704-2012, 10.2)."""
_SIGNED = re.compile(
    r"^(?P<who>[一-龥（()）·\s]{4,60}?)\s*"
    r"(?P<day>(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[一二].{3}年.{1,3}月.{1,3}日)$"
)
_SHORT = ("国务院", "中央军委")
_MINISTRY = re.compile(r"^[一-龥]{2}[部署委]$")  # 财政部, 审计署: too short for a name anywhere else
_NOTE = re.compile(
    r"^\((?:此件|此文|本件|(?:此|本)文有删减|信息公开(?:选项|形式|类别|属性)).{0,40}\)$|^\(联系人[:].{2,60}\)$"
)
_COPIES = re.compile(r"^(?:抄送|抄报|分送)[:]")
_PRINTED = re.compile(r"^(?P<who>.{4,40}?)(?:19|20)\d{2}年\d{1,2}月\d{1,2}日印发?$")
_LINE = 120  # characters: signature, date, note are one line
_SIGNERS = 12  # lines of joint signatures


def elements(blocks: Sequence[tuple[int, str]]) -> list[Part]:
    """The elements of one cover, payload or annex, as they come. blocks: its own."""
    found = [
        Part("annex_list", blocks[lines.start][0], end_of(blocks[lines.stop - 1])) for lines in annex_lists(blocks)
    ]
    found += _closing_lines(blocks)
    return [*_addressee(blocks), *found, *_signature(blocks, _last(blocks, found))]


def _addressee(blocks: Sequence[tuple[int, str]]) -> Iterator[Part]:
    """The bodies that the document goes to: before any sentence, up to a colon, nothing but bodies."""
    for block, _ in pairwise(blocks[: _HEAD + 1]):
        if is_addressee(block[1]):
            yield Part("addressee", block[0], end_of(block))
            return
        if "。" in block[1]:
            return


def is_addressee(line: str) -> bool:
    """各县级市（区）人民政府，市各委办局： is one; 责任单位：, 现将有关事项通知如下： are none."""
    if len(line) > _ADDRESSEE or not line.endswith(("：", ":")):
        return False
    name = fold(line)[:-1]
    return bool(_BODY.search(name)) and not _SAYS.search(name) and not _LABEL.match(name)


def _closing_lines(blocks: Sequence[tuple[int, str]]) -> Iterator[Part]:
    """附注 and 版记, which their own words tell."""
    for block in blocks:
        if len(block[1]) > _ADDRESSEE or block[1].startswith("|"):
            continue
        key = fold(block[1])
        if _NOTE.match(key):
            yield Part("note", block[0], end_of(block))
        elif _COPIES.match(key) or ((printed := _PRINTED.match(key)) and is_organisation(printed["who"])):
            yield Part("imprint", block[0], end_of(block))


def _last(blocks: Sequence[tuple[int, str]], found: Sequence[Part]) -> int:
    """The index of the last block that belongs to no element yet."""
    index = len(blocks) - 1
    spans = sorted(((one.start, one.end) for one in found), reverse=True)
    for start, end in spans:
        while index >= 0 and start <= blocks[index][0] < end:
            index -= 1
    return index


def _signature(blocks: Sequence[tuple[int, str]], last: int) -> list[Part]:
    """The first date with who signs above it or before it; else a date that stands alone as the `last` block."""
    for index, block in enumerate(blocks):
        if len(block[1]) > _LINE:
            continue
        if (one := _SIGNED.match(block[1])) and _signs(one["who"]):
            return [
                Part("signature", block[0], block[0] + one.end("who")),
                Part("date", block[0] + one.start("day"), end_of(block)),
            ]
        if not DATE_LINE.match(fold(block[1])):
            continue
        first = index
        while first > max(0, index - _SIGNERS) and _signs(blocks[first - 1][1]):
            first -= 1
        date = Part("date", block[0], end_of(block))
        if index - first > 1 and (index - first == _SIGNERS or not first or blocks[first - 1][1].endswith(("：", ":"))):
            first = index - 1  # a list of bodies, and who signs below it
        if first < index:
            return [Part("signature", blocks[first][0], end_of(blocks[index - 1])), date]
        if index and index == last:
            return [date]
    return []


def _signs(line: str) -> bool:
    """A body, several bodies on one line, or an officer of a decree (市长 ×××)."""
    if len(line) > _LINE:
        return False
    names = line.split()
    if fold(line) in _SHORT or _MINISTRY.match(fold(line)):
        return True
    return (
        is_organisation(line)
        or (len(names) > 1 and all(map(is_organisation, names)))
        or bool(_OFFICER.match(fold(line)))
    )


def end_of(block: tuple[int, str]) -> int:
    """Where a block ends, without the line feed behind it."""
    return block[0] + len(block[1])
