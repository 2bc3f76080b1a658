"""标题: which line is the title of a document, and what has been stuck on it.

Enters: lines. Leaves: the title without clickbait, place prefix and site name. The grammar of official titles is
发文机关 + 关于 + 事由 + 文种 (《党政机关公文处理工作条例》第九条); attached plans end in the name of their kind
(方案, 规划, 清单 …).

>>> trim("最高奖补1000万元!《沈阳市生物医药产业集群高质量发展工作措施》")
'沈阳市生物医药产业集群高质量发展工作措施'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

import yaml

from crawler.page import FILE_KINDS
from pipeline.fields.division import leading_place
from pipeline.text import fold, letters, tidy

_KINDS_OF_TITLE: dict[str, list[str]] = yaml.safe_load(
    (files("pipeline.fields") / "data" / "kinds.yml").read_text(encoding="utf-8")
)
_KINDS = sorted({kind for kinds in _KINDS_OF_TITLE.values() for kind in kinds}, key=len, reverse=True)
_KIND_END = re.compile(r"(" + "|".join(_KINDS) + r")$")
_TAIL_BRACKETS = re.compile(r"(?:\((?!第)[^()]{1,30}\))+$|\d{4}年(?:版|修订版?|本)$")
_SITE_CUT = re.compile(
    r"\s*[_|｜丨]\s*|\s+[-–—]+\s+|\s*[-–—]+\s*(?=[^-–—_|｜丨\d][^-–—_|｜丨]{1,19}(?:网|政府|门户网站|信息公开|中心|委员会|局)$)"
)
_BAIT = re.compile(r"^.{2,40}?[!！?？]\s*(?=[《一-龥])")
_TAG = re.compile(r"^\s*(?:【[^】]{1,6}】|\[[^\]]{1,6}\])\s*")
_AFTERWORD = re.compile(
    r"\s*[（(【\[](?:全文|附全文|附解读|图解|原文|附件|政策原文|官方|最新|pdf|PDF|word|Word)[^)）】\]]{0,6}[】)）\]]\s*$"
)
_DATED = re.compile(r"\s*[（(]\s*(?:19|20)\d{2}[年/.-]\s*\d{1,2}[月/.-]\s*\d{1,2}日?\s*[)）]$")
_QUOTED = re.compile(r"^(?P<before>[^《]*)《(?P<title>[^》]+(?:》[^《》]*》)?)》(?P<after>.*)$")
_BODY_ALONE = re.compile(
    r"^[^关于《]{2,24}(?:人民政府|委员会|办公室|办公厅|局|厅|署|部|院)(?:令|公告|通告|通知|公报|函|通报)$"
)
_FILE_NAME = re.compile(rf"\.(?:{FILE_KINDS})$")
_ON_IT = re.compile(
    r"^的?(?:政策|文字|图文|一图|专家)?(?:解读|读懂|图解|问答|起草说明)(?:之?[一二三四五六]|\([^()]{1,8}\))?$"
)
_ON_WHAT = re.compile(r"(?:解读|读懂|看懂|图解|详解|速览)[:：]?$")
"""《X》解读 and 一图读懂《X》 are other documents than X."""
_HANDS_ON = ("转发", "印发", "批转", "公布", "发布")
_ACT = re.compile(r"(?:条例|办法|规定|细则|决定)$")
_POINTER = re.compile(r"^(?:相关|原文|解读|政策|附件)(?:稿件|文件|链接|政策|解读|原文|报道)?[:：]")
_LONGEST = 300  # characters; titles end at 150 letters, and what is stuck on them is short
_MIN = 6


def genre(title: str) -> str | None:
    """文种 of a title: the kind of document it ends in.

    >>> genre("市政府关于印发苏州市实施方案的通知")
    '通知'
    """
    match = _KIND_END.search(_bare(title))
    on_it = _QUOTED.match(title)
    if not match or (on_it and _ON_WHAT.search(fold(on_it["before"]))):
        return None
    kind = match.group(1)
    if kind in ("表", "条", "十条"):  # ends of titles, and no 文种
        return None
    plain = min((name for name in _KINDS if kind.endswith(name) and len(name) > 1), key=len, default=kind)
    return "命令" if plain == "令" else plain


@lru_cache(maxsize=4096)  # several rules ask for the same line
def score(text: str) -> int:
    """How much a line looks like an official title, with or without what was stuck on it; 3 and more means it does."""
    if len(text) > _LONGEST or "。" in text or fold(text).endswith((";", ",", "、", ":")) or _POINTER.match(fold(text)):
        return 0
    trimmed = trim(text)
    return _points(text) if trimmed == text else max(_points(text), _points(trimmed))


def _points(text: str) -> int:
    key = fold(text)
    short = _MIN - 1 if _ACT.search(key) else _MIN  # 旅行社条例
    if is_file_name(key):
        return 0
    if not short <= len(letters(key)) <= 150 or key.endswith(("。", ";", ",", "、")) or "。" in key:
        return 0
    points = 0
    if _KIND_END.search(_bare(key)):
        points += 3
    if "关于" in key:
        points += 2
    if "印发" in key or "转发" in key:
        points += 1
    if points and (
        leading_place(key)
        or re.match(r"^(?:.{2,20}?(?:人民政府|委员会|局|厅|办公室|部|院)|市政府|省政府|区政府|国务院)", key)
    ):
        points += 1
    if _BODY_ALONE.match(key):
        points = min(points, 1)
    if re.search(r"[_|]|>>?", key):
        points -= 1
    if re.match(r"^(?:附件|附表|附录)", key):
        points -= 3
    return points


def is_file_name(line: str) -> bool:
    """True for the name of a file: an attachment may be called like the document."""
    return _FILE_NAME.search(fold(line)) is not None


@lru_cache(maxsize=4096)
def trim(text: str) -> str:
    """The title alone: site name, tags, clickbait and place prefix cut off."""
    pieces = [piece for piece in _SITE_CUT.split(tidy(text).lstrip("# ")) if piece]
    title = max(pieces, key=lambda piece: (_points(piece), len(letters(piece)))) if pieces else ""
    title = undated(_AFTERWORD.sub("", _TAG.sub("", title))).strip()
    bait = _BAIT.match(title)
    while bait and (
        _points(title[bait.end() :]) > 0 or _QUOTED.match(title[bait.end() :]) or _BAIT.match(title[bait.end() :])
    ):
        title = title[bait.end() :]
        bait = _BAIT.match(title)
    if (quoted := _QUOTED.match(title)) and _is_wrapped(quoted):
        title = quoted["title"]
    place, colon, rest = unicodedata.normalize("NFKC", title).partition(":")
    if colon and (_points(rest) > 0 or _QUOTED.match(rest)) and leading_place(fold(place)) and len(place) <= 15:
        title = title[len(title) - len(rest) :].strip()
        if (quoted := _QUOTED.match(title)) and _is_wrapped(quoted):
            title = quoted["title"]
    return title.strip()


def undated(text: str) -> str:
    """A title without the day that a template sets behind it in brackets."""
    return _DATED.sub("", text) if text.endswith((")", "）")) else text


def day_behind(text: str) -> str | None:
    """The day that a template sets behind a title in brackets; on Shanghai's pages it is the day of publication.

    >>> day_behind("关于防汛的通知（2023-03-15）")
    '2023-03-15'
    """
    match = _DATED.search(text)
    return match[0].strip(" （(）)") if match else None


def _is_wrapped(quoted: re.Match[str]) -> bool:
    """《X》 with only an announcement around it, not 关于印发《X》的通知."""
    before, after = fold(quoted["before"]), fold(quoted["after"])
    if (
        "关于" in before
        or before.endswith(_HANDS_ON)
        or _ON_WHAT.search(before)
        or "关于" in after
        or _ON_IT.match(after)
        or re.match(r"^的(?:" + "|".join(_KINDS) + ")", after)
    ):
        return False
    if not _KIND_END.search(_bare(quoted["title"])):
        return False
    return (
        not after
        or re.match(r"[!,.:]*(?:正式|重磅|今日)?(?:发布|出台|印发|解读|来了|全文|公布|实施)|^\([^()]{1,20}\)$", after)
        is not None
    )


def _bare(text: str) -> str:
    """A folded title without what may follow the kind: （试行）, (2022-2024年), 》."""
    key = fold(text).rstrip("》\"”' ")
    while (shorter := _TAIL_BRACKETS.sub("", key).rstrip("》")) != key:
        key = shorter
    return key
