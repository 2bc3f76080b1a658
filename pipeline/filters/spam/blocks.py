"""Injected spam out: stuffed titles, spider-pool footers, lists of spam links, one reason and score for each.

Enters and leaves: a draft. No single word decides. A block is spam when its items (cut at the separators that spam
engines use: _ | ｜ 丨) are words of the trade and the block has no shape of a policy text: no sentence, no link with
the rest of the page. A page where spam was found is flagged `compromised`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from pipeline.text import count_cjk, fold

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from pipeline.draft import Block, Draft

_SEPARATOR = re.compile(r"\s*[|｜丨┃│_＿]\s*|\s*[-–—]{1,3}\s+|\s[-–—]\s*|-{2,}|[,，;；]\s*|\s+")
_LABEL = re.compile(
    r"蜘蛛|站群|泛目录|^友情链接|^热门(?:搜索|标签|关键词)|^感谢您访问我们的网站|您可能还对以下资源感兴趣"
)
_SENTENCE = re.compile(
    r"[。；;]|^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|第[一二三四五六七八九十百]+[章节条]|\d{1,2}[.、])"
)
_ON_THE_SUBJECT = re.compile(
    r"打击|整治|查处|取缔|严禁|禁止|防范|清理|整顿|监管|治理|惩治|依法|扫黄打非|管理(?:条例|办法|规定)"
)
"""Verbs of documents that speak of such things; spam joined with bars does not get off by chance (18禁止看)."""
_BAR = re.compile(r"[|｜丨┃│_＿]")
_MANY = 8
_MIN_ITEMS = 3
_MIN_SCORE = 0.34  # share of items with a word of the trade; the real footers and titles seen stand at .5-.9
_MIN_RUN = 3  # spam links one a line


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    strong: re.Pattern[str]
    weak: re.Pattern[str]


@cache
def _vocabulary() -> _Vocabulary:
    data = yaml.safe_load((files("pipeline.filters") / "data" / "spam.yml").read_text(encoding="utf-8"))

    def pattern(kind: str) -> re.Pattern[str]:
        words = {fold(str(word)) for category in data[kind].values() for word in category}
        return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))

    return _Vocabulary(pattern("strong"), pattern("weak"))


def score(text: str) -> float:
    """Share of a line's items that are spam by their words: one strong word, or two weak ones that are most of
    the item.
    """
    items = [item for item in _SEPARATOR.split(text) if fold(item)]
    return sum(map(_is_spam_item, items)) / len(items) if items else 0.0


def _is_spam_item(item: str) -> bool:
    key = fold(item)
    words = _vocabulary()
    if words.strong.search(key):
        return True
    hits = words.weak.findall(key)
    return len(set(hits)) >= 2 and sum(map(len, hits)) >= 0.5 * len(key)


def drop_spam(draft: Draft) -> Draft:
    """Take out every block that is injected spam."""
    title = [b for b in draft.blocks if _is_stuffed(b, draft.blocks)]
    draft = _drop(
        draft, title, "spam.stuffed_title", "title stuffed with search phrases that share nothing with the page"
    )
    pool = [b for b in draft.blocks if _is_pool(b)]
    draft = _drop(draft, pool, "spam.link_pool", "row of links of a spider pool")
    listed = _listed(draft.blocks)
    draft = _drop(draft, _runs(draft.blocks, listed), "spam.link_list", "spam links, one a line")
    lone = [b for b in draft.blocks if _is_lone(b) and id(b) not in listed]
    return _drop(draft, lone, "spam.phrase", "a line of spam words without a sentence")


def _is_text(block: Block) -> bool:
    """True for what has the shape of a document: a table, a sentence, a numbered heading, words about the fight."""
    if block.kind == "table" or _SENTENCE.search(block.key):
        return True
    return _ON_THE_SUBJECT.search(block.key) is not None and not _BAR.search(block.text)


def _drop(draft: Draft, blocks: Sequence[Block], rule: str, reason: str) -> Draft:
    if not blocks:
        return draft
    worst = max(score(block.text) for block in blocks)
    return draft.remove(blocks, rule, f"{reason} (spam items: {worst:.0%})").flag("compromised")


def _is_stuffed(block: Block, page: Sequence[Block]) -> bool:
    if _is_text(block) or len(_SEPARATOR.split(block.text)) < _MIN_ITEMS:
        return False
    position = next(i for i, other in enumerate(page) if other is block)
    return position < 8 and score(block.text) >= _MIN_SCORE and bool(_vocabulary().strong.search(block.key))


def _is_pool(block: Block) -> bool:
    if _is_text(block):
        return False
    items = [item for item in _SEPARATOR.split(block.text) if fold(item)]
    labelled = _LABEL.search(block.key) is not None
    if len(items) < (_MIN_ITEMS if labelled else 5):
        return False
    short = sum(len(item) <= 30 for item in items) >= 0.9 * len(items)
    barred = len(_BAR.findall(block.text)) >= _MANY  # engines join with bars; no official enumeration does
    needed = 0.0 if labelled and "蜘蛛" in block.key else 0.1 if labelled or barred else _MIN_SCORE
    return short and score(block.text) >= needed and (needed == 0.0 or bool(_vocabulary().strong.search(block.key)))


def _runs(blocks: Sequence[Block], listed: Set[int]) -> list[Block]:
    """Runs of short lines of which most are spam."""
    found: list[Block] = []
    run: list[Block] = []

    def close() -> None:
        spam = [b for b in run if score(b.text) >= _MIN_SCORE]
        if len(spam) >= _MIN_RUN:
            first, last = run.index(spam[0]), len(run) - 1 - run[::-1].index(spam[-1])
            inner = run[first : last + 1]
            if len(spam) >= 0.5 * len(inner):
                label = run[first - 1 : first] if first and _LABEL.search(run[first - 1].key) else []
                found.extend(label + inner)
        run.clear()

    for block in blocks:
        if len(block.text) <= 30 and not _is_text(block) and id(block) not in listed:
            run.append(block)
        else:
            close()
    close()
    return found


def _listed(blocks: Sequence[Block]) -> set[int]:
    """Ids of the short lines that a line like 重点整治： announces: a list of what is fought."""
    found = set()
    announced = False
    for block in blocks:
        if _is_text(block) or len(block.text) > 30:
            announced = block.key.endswith(":") and _ON_THE_SUBJECT.search(block.key) is not None
        elif announced:
            found.add(id(block))
    return found


def _is_lone(block: Block) -> bool:
    """One line that is nearly nothing but words of the trade (two strong ones at least)."""
    if _is_text(block) or len(block.key) > 120:
        return False
    words = _vocabulary()
    strong = words.strong.findall(block.key)
    weak = words.weak.findall(words.strong.sub("", block.key))
    covered = sum(map(len, strong)) + sum(map(len, weak))
    return len(set(strong)) >= 2 and covered >= 0.45 * max(1, count_cjk(block.key))
