"""发文机关 as printed, 成文日期, and whether the page is the issuer's own.

Enters: a draft after its repairs. Leaves: facts. Order of evidence for the issuer: fact table, signature above the
date (GB/T 9704-2012, 7.3.5), the title's own beginning (X人民政府关于…), the head of the sheet (X文件), on a repost
its source line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, dropwhile, takewhile
from typing import TYPE_CHECKING

from pipeline.draft import Fact
from pipeline.extract.structure.annexes import ANNEX
from pipeline.fields import title as titles
from pipeline.fields.dates import DATE_LINE, STAMP_LINE, parse_date
from pipeline.fields.organisation import is_body, is_organisation, is_part
from pipeline.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.draft import Block, Draft
    from pipeline.model import SourceKind

_TITLE_ISSUER = re.compile(r"^(?!转发|印发|批转)(?P<issuer>.{3,60}?)(?:关于|印发|转发|公布|批转)")
_SIGNED = re.compile(
    r"^(?P<who>[一-龥（()）·\s]{4,40}?)\s*(?P<day>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|二.{3}年.{1,3}月.{1,3}日)$"
)
_CLOSES = re.compile(r"^(?:特此|此致|专此)")
"""结束语 stands above 署名 and 成文日期, never below (GB/T 9704-2012, 7.3.3 to 7.3.5)."""
_BELOW = re.compile(
    r"^(?:\(|附[件表录:]|备注:|抄送|抄报|分送|主送|发:|印发|公开方式|信息公开|联系|咨询|第[一1][章条]|[\[【])|印发$"
)
"""What may stand below 成文日期: 附注, 附件, 版记, the act that an order carries."""
_SPOKEN = re.compile(
    r"^[-—]*\(?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)在.{4,60}(?:会议|大会|全会)(?:第.{1,4}次全体会议)?上?\)?$"
)
"""The 题注 of a report: ——2024年1月16日在某市第十六届人民代表大会第四次会议上."""
_ADOPTED = re.compile(r"^\(((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\)$")
"""The 题注 of what 中共中央 and 国务院 issue: the day alone, in brackets, under the title."""
_HEAD = 6  # lines in which it stands
_REACH = 4  # lines below a date that are looked at: an organisation, a date, 结束语
_AND = re.compile(r"[、，,;；]\s*")
_OFFICE = re.compile(r"^[一-龥]{1,8}(?:处|科|室|股)$")
"""Offices that a form names as 发文单位; who issues is the house that signs."""
_HOUSE = re.compile(r"(?:管理委员会|管委会|人民政府)$")
"""Bodies whose offices sign below their name."""
_SIGNERS = 6  # lines of joint signatures
_DAMAGED_DATE = re.compile(r"^20\d{2}年?\d{2,4}月?\d{0,2}日?$")
_MASTHEAD_END = re.compile(r"(?:文件|公报|令|公告|通告)$")
_ORDER_OF = re.compile(r"^(.+?)(?:令|公告|通告)(?:(?:19|20)\d{2}年第|〔(?:19|20)\d{2}〕第?|第)\d+号$")
_SUPPORT = re.compile(r"(?:技术(?:支持|保障)|承建|建设|维护|运维|设计|制作)(?:单位)?[:]?.*$")
_CERTAIN = re.compile(
    r"网站标识码|主办(?:单位)?[:].{0,30}(?:政府|委员会|局|厅|办公|部|人大)|(?:政府|委员会|局|厅|办公室|人大常委会)主办|版权所有[:].{0,20}(?:政府|委员会|局|厅|办公|人大)|(?:政府|委员会|局|厅|人大常委会)版权所有"
)
_FOOT = re.compile(r"icp|网站标识码|版权所有|网安备|copyright")  # the foot of a site, where 主办 is the site's
_COMPANY = re.compile(
    r"(?:有限|股份)(?:责任)?公司|科技公司|传媒|资讯|[一-龥]{2,8}网(?:站)?(?:版权所有|all|$)|\.com(?!\.gov)|经营许可证|增值电信"
)
_OFFICIAL = re.compile(
    r"网站标识码|政府网站|主办(?:单位)?:.{0,30}(?:政府|委员会|局|厅|办公)|\.gov\.cn|政府信息公开|政务公开|信息公开(?:专栏|目录|指南)"
)
_OTHER_SITE = re.compile(r"[a-z0-9-]+\.(?:com|cn|net|org|info|top)\b")
_COPIED = re.compile(
    r"转载|转自|来源于|本文(?:来自|来源)|为(?:您|你|大家)整理|侵权|仅供(?:学习|参考)|公众号|发表于|点击上方|蓝字|在看|责任编辑:admin|百度文库|法律图书馆|本网(?:转载|发布)|文章来源:|网易|搜狐|自媒体|平台声明|今日头条"
)


def signature(draft: Draft) -> tuple[str | None, date | None, int]:
    """署名 and 成文日期: the first date with lines of organisations above it, else the last date before an annex.

    A date inside the text is none: one under a label (会议时间：), in a list of bodies and days, with text below it.
    """
    blocks = draft.blocks
    unsigned: tuple[str | None, date | None, int] = (None, None, 0)
    for at, block in enumerate(blocks[:_HEAD]):
        if match := _SPOKEN.match(block.key) or (_ADOPTED.match(block.key) if not at else None):
            unsigned = None, parse_date(match[1]), block.line
    for index, block in enumerate(blocks):
        if block.kind == "table":
            continue
        if ANNEX.match(block.key) and unsigned[1]:  # what follows is dated by itself
            break
        one = _SIGNED.match(block.text)
        if one and is_organisation(one["who"]):
            return tidy(one["who"]), parse_date(one["day"]), block.line
        above = blocks[index - 1] if index else None
        signed = above is not None and is_organisation(above.text)
        dated = DATE_LINE.match(block.key) or (
            signed and (STAMP_LINE.match(block.key) or _DAMAGED_DATE.match(block.key))
        )
        if not dated or (above and _is_label(above)):
            continue
        below = blocks[index + 1 : index + 1 + _REACH]
        if names := _signers(blocks[:index]):
            if not _is_in_a_list(below):
                return "、".join(names), parse_date(block.key), block.line
        elif not index or not below or _ends_above(below[0]):  # the first line: 题注, right under the title
            unsigned = None, parse_date(block.key), block.line
    return unsigned


def _signers(above: Sequence[Block]) -> list[str]:
    """The organisations of the lines right above a date; under a label (参加单位：) they are a list, and the last one
    signs.
    """
    if len(above) > 1 and is_part(above[-1].text) and _HOUSE.search(above[-2].key) and is_organisation(above[-2].text):
        return ["".join((above[-2].text + above[-1].text).split())]  # 开发区管理委员会 / 科技创新局
    lines = list(takewhile(lambda block: is_organisation(block.text), reversed(above[-_SIGNERS:])))[::-1]
    label = above[-len(lines) - 1] if lines and len(above) > len(lines) else None
    if label and label.key == "中华人民共和国":  # 中华人民共和国 / 商务部
        return [label.key + "".join(lines[0].text.split()), *chain.from_iterable(_separate(b.text) for b in lines[1:])]
    if label and len(lines) > 1 and _is_label(label):
        lines = lines[-1:]
    return list(chain.from_iterable(_separate(block.text) for block in lines))


def _is_label(block: Block) -> bool:
    """True for a line that says what the next one is (会议时间：); 附件： above a 署名 lost its files to the links."""
    return block.key.endswith(":") and not ANNEX.match(block.key)


def _is_in_a_list(below: Sequence[Block]) -> bool:
    """True if a body and its day are followed by more of them, or by the end of the text (特此通知)."""
    rest = list(dropwhile(lambda block: is_organisation(block.text), below))
    if not rest:
        return False
    follows = len(rest) < len(below) and (DATE_LINE.match(rest[0].key) or _is_label(rest[0]))
    return bool(follows or _CLOSES.match(rest[0].key))


def _ends_above(below: Block) -> bool:
    """True if a line begins what stands below the text: a table, 附注, 版记, another document."""
    return below.kind == "table" or bool(_BELOW.search(below.key)) or titles.score(below.text) >= 3


def _separate(line: str) -> list[str]:
    """The organisations of one line: 苏州市财政局 苏州市科技局 are two, 苏 州 市 人 民 政 府 is one spaced out."""
    names = line.split()
    return names if len(names) > 1 and all(map(is_organisation, names)) else ["".join(names)]


def learn_issuer(draft: Draft, title: str | None, kind: SourceKind) -> Draft:
    """Facts `issuer` and `written` from the document itself and, on reposts, from its source line."""
    who, written, line = signature(draft)
    facts = []
    if written:
        facts.append(Fact("written", written.isoformat(), "body", line))
    if who:
        facts.append(Fact("issuer", who, "body", line))
    if title and (match := _TITLE_ISSUER.match(title)) and is_organisation(match["issuer"]):
        facts.append(Fact("issuer", tidy(match["issuer"]), "body"))
    if (masthead := draft.find("masthead")) and is_organisation(name := _MASTHEAD_END.sub("", fold(masthead.value))):
        facts.append(Fact("issuer", name, "body", masthead.line))
    order = draft.find("doc_number")
    if order and (match := _ORDER_OF.match(order.value)) and is_organisation(match[1]):
        facts.append(Fact("issuer", match[1], "body", order.line))
    if kind in ("repost", "mirror") and (source := draft.find("publisher")) and is_organisation(source.value):
        facts.append(Fact("issuer", source.value, source.where, source.line))
    named = facts or draft.find("issuer")
    if not named and kind == "origin" and (body := draft.find("issuing")) and all(map(is_body, _AND.split(body.value))):
        facts.append(Fact("issuer", tidy(body.value), body.where, body.line))
    draft = draft.learn(*facts)
    offices = tuple(fact for fact in draft.facts if fact.field == "issuer" and _OFFICE.match(fold(fact.value)))
    if offices and any(fact.field == "issuer" and fact not in offices for fact in draft.facts):
        draft = replace(draft, facts=tuple(fact for fact in draft.facts if fact not in offices))
    return draft


def source_kind(draft: Draft) -> SourceKind:
    """origin, repost, mirror or file: the card's word first, then what the page says of itself."""
    if draft.flags & {"compromised", "traditional_mirror"}:
        return "mirror"
    if draft.card and draft.card.kind:
        return draft.card.kind
    host = draft.raw.page.url.split("/")[2] if "://" in draft.raw.page.url else ""
    if host.endswith(".gov.cn"):
        return "origin"
    printed = [removal for removal in draft.removals if not removal.rule.startswith("spam")]
    lines = [fold(removal.evidence) for removal in printed]
    furniture = "\n".join(_SUPPORT.sub("", line) for line in lines)
    publisher = draft.find("publisher")
    source = fold(publisher.value) if publisher else ""
    if _FOOT.search(furniture) and any(map(_CERTAIN.search, lines)):
        return "origin"
    if (
        _COMPANY.search(furniture)
        or _COPIED.search(furniture)
        or (_OTHER_SITE.search(source) and ".gov.cn" not in source)
    ):
        return "repost"
    if host:
        return "repost"
    table = any(fact.where in ("header_table", "meta") and fact.field == "index_number" for fact in draft.facts)
    if table or _OFFICIAL.search(furniture):
        return "origin"
    return "file"
