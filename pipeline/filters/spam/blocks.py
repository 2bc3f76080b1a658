"""Whole blocks that are spam: stuffed titles, rows of links of spider pools, lists and tables of links, lone phrases.

Enters: blocks in their order. Leaves: those that are spam, each with its rule and reason. A block is spam when its
items (cut at the separators that spam engines use: _ | ｜ 丨) are words of the trade and it has no shape of a policy
text: no sentence, no numbered heading, no words about the fight against such things.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.extract.tables.markdown import filled_cells
from pipeline.fields import title as titles
from pipeline.fields.organisation import is_organisation
from pipeline.filters.spam.evidence import TRADE, covered, has_trade, is_against, items_of, score
from pipeline.filters.spam.language import at_home, strangeness
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import count_cjk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence, Set

    from pipeline.draft import Block

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
_MOST, _SURE = 0.6, 0.25  # of a run: lines that are spam or strange, and lines with words of the trade
_STRANGE = 0.5
_NUMBER = re.compile(r"^\d{1,3}[、.)]?\s*")
_TOP = 8  # lines in which a title stands
_SHORT, _LINE = 30, 120  # characters of an item, and of a line that is nothing but words of the trade
_FARM = 0.5  # of the cells of a table


def spam_blocks(blocks: Sequence[Block], *, titled: bool = True) -> Iterator[tuple[Block, str, str]]:
    """The blocks that are spam, with rule and reason, none twice. titled: the page's title may stand among them."""
    if not any(_has_trade(block) or _LABEL.search(block.key) for block in blocks):
        return  # each kind needs one of them
    told: set[int] = set()
    listed = _listed(blocks)
    for rule, reason, found in (
        (
            "spam.stuffed_title",
            "title stuffed with search phrases that share nothing with the page",
            _stuffed(blocks[: _TOP if titled else 0]),
        ),
        ("spam.link_pool", "row of links of a spider pool", [block for block in blocks if _is_pool(block)]),
        ("spam.link_farm", "table of spam links", [block for block in blocks if _is_farm(block)]),
        ("spam.link_list", "spam links, one a line", _runs(blocks, listed)),
        (
            "spam.phrase",
            "a line of spam words without a sentence",
            [b for b in blocks if _is_lone(b) and id(b) not in listed],
        ),
    ):
        for block in found:
            if id(block) not in told:
                told.add(id(block))
                yield block, rule, f"{reason} (spam items: {score(block.text):.0%})"


def _is_text(block: Block) -> bool:
    """True for what has the shape of a document: a table, a sentence, a numbered heading, words about the fight."""
    if block.kind == "table" or _SENTENCE.search(block.key):
        return True
    return _ON_THE_SUBJECT.search(block.key) is not None and not _BAR.search(block.text)


def _has_trade(block: Block) -> bool:
    return has_trade(hits(block.key))


def _stuffed(blocks: Sequence[Block]) -> list[Block]:
    return [
        block
        for block in blocks
        if _has_trade(block) and not _is_text(block)
        if len(items_of(block.text)) >= _MIN_ITEMS and score(block.text) >= _MIN_SCORE
    ]


def _is_pool(block: Block) -> bool:
    labelled = _LABEL.search(block.key) is not None
    if not (labelled or _has_trade(block)) or _is_text(block):
        return False
    items = items_of(block.text)
    if len(items) < (_MIN_ITEMS if labelled else 5):
        return False
    short = sum(len(item) <= _SHORT for item in items) >= 0.9 * len(items)
    barred = len(_BAR.findall(block.text)) >= _MANY  # engines join with bars; no official enumeration does
    needed = 0.0 if labelled and "蜘蛛" in block.key else 0.1 if labelled or barred else _MIN_SCORE
    return short and score(block.text) >= needed and (needed == 0.0 or _has_trade(block))


def _is_farm(block: Block) -> bool:
    """A table most of whose cells are words of the trade, and none a sentence."""
    if block.kind != "table" or not _has_trade(block) or "。" in block.key:
        return False
    cells = filled_cells(block.text)
    spam = [cell for cell in cells if score(cell) >= _MIN_SCORE]
    return len(spam) >= _MIN_RUN and len(spam) >= _FARM * len(cells) and not is_against(block.key)


def _runs(blocks: Sequence[Block], listed: Set[int]) -> list[Block]:
    """Runs of short lines of which most are spam: words of the trade, and beside them lines that are wholly strange."""
    if sum(map(_has_trade, blocks)) < _MIN_RUN:
        return []
    home = at_home(block.key for block in blocks if not hits(block.key) and len(block.key) > _SHORT)
    found: list[Block] = []
    for short, group in groupby(blocks, key=lambda block: _is_item(block) and id(block) not in listed):
        run = list(group)
        certain = [short and score(_NUMBER.sub("", block.text)) >= _MIN_SCORE for block in run]
        like = [sure or (short and _is_strange(block, home)) for sure, block in zip(certain, run, strict=True)]
        if sum(certain) < _MIN_RUN:
            continue
        first, last = like.index(True), len(like) - like[::-1].index(True)
        if sum(like[first:last]) >= _MOST * (last - first) and sum(certain) >= _SURE * (last - first):
            label = run[first - 1 : first] if first and _LABEL.search(run[first - 1].key) else []
            found += label + run[first:last]
    return found


def _is_item(block: Block) -> bool:
    """True for a line that may stand in a list: short, no sentence; numbered or not."""
    if block.kind == "table" or len(block.text) > _SHORT or "。" in block.key:
        return False
    return not _is_text(block) or (_NUMBER.match(block.key) is not None and not is_against(block.key))


def _is_strange(block: Block, home: Collection[str]) -> bool:
    key = _NUMBER.sub("", block.key)
    return strangeness(key, home) >= _STRANGE and not is_organisation(key) and titles.score(key) < 3


def _listed(blocks: Sequence[Block]) -> set[int]:
    """Ids of the short lines that a line like 重点整治： announces: a list of what is fought."""
    found = set()
    announced = False
    for block in blocks:
        if _is_text(block) or len(block.text) > _SHORT:
            announced = block.key.endswith(":") and _ON_THE_SUBJECT.search(block.key) is not None
        elif announced:
            found.add(id(block))
    return found


def _is_lone(block: Block) -> bool:
    """One line that is nearly nothing but words of the trade (two of them at least)."""
    if not _has_trade(block) or _is_text(block) or len(block.key) > _LINE:
        return False
    found = hits(block.key)
    trade = {block.key[hit.start : hit.stop] for hit in found if hit.kind in TRADE}
    return len(trade) >= 2 and covered(found) >= 0.45 * max(1, count_cjk(block.key))
