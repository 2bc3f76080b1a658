"""发文机关 as printed, 成文日期, and whether the page is the issuer's own.

Enters: a draft after its repairs. Leaves: facts. Order of evidence for the issuer: fact table, signature above the
date (GB/T 9704-2012, 7.3.5), the title's own beginning (X人民政府关于…), the head of the sheet (X文件), on a repost
its source line.

>>> is_organisation("苏州市人民政府办公室")
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.draft import Fact
from pipeline.extract.structure import ANNEX
from pipeline.fields.dates import DATE_LINE, parse_date
from pipeline.fields.division import leading_place
from pipeline.text import fold, tidy

if TYPE_CHECKING:
    from datetime import date

    from pipeline.draft import Draft
    from pipeline.model import SourceKind

_ORGANISATION = re.compile(
    r"^(?:中共|中国)?[一-龥（()）·\s]{1,40}?(?:人民政府|人民代表大会|常务委员会|委员会|办公室|办公厅|总局|局|厅|部|署|院|管委会|政府|领导小组|指挥部|委|总队|支队|大队|行|联合会|总会|协会|中心|公司|集团)(?:办公室|办公厅)?$"
)
_TITLE_ISSUER = re.compile(r"^(?!转发|印发|批转)(?P<issuer>.{3,60}?)(?:关于|印发|转发|公布|批转)")
_SIGNED = re.compile(
    r"^(?P<who>[一-龥（()）·\s]{4,40}?)\s*(?P<day>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|二.{3}年.{1,3}月.{1,3}日)$"
)
_DAMAGED_DATE = re.compile(r"^20\d{2}年?\d{2,4}月?\d{0,2}日?$")
_MASTHEAD_END = re.compile(r"(?:文件|公报|令|公告|通告)$")
_ORDER_OF = re.compile(r"^(.+?)(?:令|公告|通告)(?:(?:19|20)\d{2}年)?第\d+号$")
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


def is_organisation(name: str) -> bool:
    """True for the full name of a public body (市政府 and the like name no place and are not)."""
    key = fold(name)
    if not 4 <= len(key) <= 60 or not _ORGANISATION.match(key):
        return False
    return (
        bool(leading_place(key.removeprefix("中共")))
        or key.startswith(("国务院", "中华人民共和国", "中共中央", "国家", "中国"))
        or len(key) >= 6
    )


def signature(draft: Draft) -> tuple[str | None, date | None, int]:
    """署名 and 成文日期: the first date with lines of organisations above it, else the last date before an annex."""
    blocks = draft.blocks
    unsigned: tuple[str | None, date | None, int] = (None, None, 0)
    for index, block in enumerate(blocks):
        if block.kind == "table":
            continue
        if ANNEX.match(block.key) and unsigned[1]:  # what follows is dated by itself
            break
        one = _SIGNED.match(block.text)
        if one and is_organisation(one["who"]):
            return tidy(one["who"]), parse_date(one["day"]), block.line
        dated = DATE_LINE.match(block.key) or (
            _DAMAGED_DATE.match(block.key) and index and is_organisation(blocks[index - 1].text)
        )
        if not dated:
            continue
        names: list[str] = []
        for above in reversed(blocks[max(0, index - 6) : index]):
            if not is_organisation(above.text):
                break
            names[:0] = _separate(above.text)
        if names:
            return "、".join(names), parse_date(block.key), block.line
        unsigned = None, parse_date(block.key), block.line
    return unsigned


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
        facts.append(Fact("issuer", match[1], order.where, order.line))
    if kind in ("repost", "mirror") and (source := draft.find("publisher")) and is_organisation(source.value):
        facts.append(Fact("issuer", source.value, source.where, source.line))
    return draft.learn(*facts)


def source_kind(draft: Draft) -> SourceKind:
    """origin, repost, mirror or file: the card's word first, then what the page says of itself."""
    if draft.flags & {"compromised", "traditional_mirror"}:
        return "mirror"
    if draft.card and draft.card.kind:
        return draft.card.kind
    printed = [removal for removal in draft.removals if not removal.rule.startswith("spam")]
    lines = [fold(removal.evidence) for removal in printed]
    furniture = "\n".join(_SUPPORT.sub("", line) for line in lines)
    publisher = draft.find("publisher")
    source = fold(publisher.value) if publisher else ""
    host = draft.raw.page.url.split("/")[2] if "://" in draft.raw.page.url else ""
    if host.endswith(".gov.cn") or (_FOOT.search(furniture) and any(map(_CERTAIN.search, lines))):
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
