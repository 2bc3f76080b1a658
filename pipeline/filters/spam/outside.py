"""Injected links: an anchor that leads to another site and is called like the trade.

Enters: a draft with the links that leave its site. Leaves: the spans of their texts, by block. A link of the trade is
cut wherever it stands in a paragraph, without the words around it; so is its text where the page has it unlinked. A
link whose text is only strange goes where somebody was at the page, or where such links lead to several odd hosts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.tables.markdown import filled_cells
from pipeline.filters.spam.evidence import has_trade, is_against, points, unlike
from pipeline.filters.spam.vocabulary import hits, is_house, is_odd
from pipeline.text import fold, fold_places, letters

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from pipeline.draft import Block, Draft

_FIRM = re.compile(
    r"(?:公司|集团|厂|合作社|农场|酒店|宾馆|商行|事务所|研究院|研究所|学院|大学|学校|医院|商会|协会|学会|基金会|银行|产业园|开发区|(?<!娱乐)中心)(?:\(.{2,8}\))?$"
)
"""How names of firms and other honest bodies end, whatever words of the trade they are made of."""
_EMBEDDED = re.compile(r"[一-鿿]{2}|[一-鿿][,。;、]")
_LEADS_AWAY, _ODD = 2.0, 1.0
_ENOUGH, _UNKNOWN = 4.0, 5.0  # points of a link with a word of the trade, and of one without
_POOL, _MOST = 3, 0.5  # links in lines of nothing else; share of them that is spam or strange
_WHOLLY = 0.9  # of the letters of such a line
_DOUBTFUL = 3.0  # points of a link that goes with the others
_HOSTS = 2  # numbered hosts that strange links of a page lead to
_LONGEST = 60  # letters of such a link
_FARM = 0.5  # of a table's cells


def linked_spans(draft: Draft) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
    """Each block that holds the text of such a link, with the places to cut; a table full of them goes whole."""
    links = {(fold(text), host) for _, text, host in draft.leaving}
    worth = {(key, host): _worth(key, host) for key, host in links}
    strange = {link for link, points in worth.items() if points >= _UNKNOWN}
    moved = {host for _, host in strange if is_odd(host)}
    believed = "compromised" in draft.flags or len(moved) >= _HOSTS
    trade = {key for (key, host), points in worth.items() if points >= _ENOUGH and has_trade(hits(key))}
    spam = trade | ({key for key, _ in strange} if believed else set())
    keys = sorted(spam, key=lambda key: (-len(key), key))
    for block in draft.blocks if keys else ():
        if not any(key in block.key for key in keys):
            continue
        if block.kind == "paragraph":
            if places := _places(block.text, keys, trade):
                yield block, places
        elif _is_farm(block, keys):
            yield block, [(0, len(block.text))]


def link_pools(draft: Draft) -> list[Block]:
    """The blocks that are nothing but links to other sites, where some are of the trade and most are strange."""
    leaving: dict[int, list[tuple[str, str]]] = {}
    for line, text, host in draft.leaving:
        leaving.setdefault(line, []).append((fold(text), host))
    whole = [(block, leaving[block.line]) for block in draft.blocks if _is_of_links(block, leaving.get(block.line, ()))]
    links = [link for _, some in whole for link in some]
    strange = sum(_worth(*link) >= _ENOUGH for link in links)
    if len(links) < _POOL or strange < _MOST * len(links) or not any(has_trade(hits(key)) for key, _ in links):
        return []
    return [block for block, some in whole if any(_worth(*link) >= _DOUBTFUL for link in some)]


def _is_of_links(block: Block, links: Sequence[tuple[str, str]]) -> bool:
    size = sum(len(letters(key)) for key, _ in links)
    return size > 0 and size >= _WHOLLY * len(letters(block.key)) and not is_against(block.key)


def _worth(key: str, host: str) -> float:
    """Points of a link that leads away: what it is called, and whether its host is one as spam has them."""
    if not 1 < len(key) <= _LONGEST or is_against(key):
        return 0.0
    if _FIRM.search(key) and all(is_house(key[hit.start : hit.stop]) for hit in hits(key)):  # 皇冠家具制造厂
        return 0.0
    return points(key, hits(key)) + _LEADS_AWAY + unlike(key) + _ODD * is_odd(host)


def _is_farm(table: Block, keys: list[str]) -> bool:
    cells = [fold(cell) for cell in filled_cells(table.text)]
    return sum(cell in keys for cell in cells) >= _FARM * len(cells)


def _places(text: str, keys: list[str], trade: Container[str]) -> list[tuple[int, int]]:
    """Where the keys stand in a text, the longest first, none over another. Within a sentence only those of the trade:
    spam makes links of honest words too.
    """
    folded, places = fold_places(text)
    found: list[tuple[int, int]] = []
    for key in keys:
        start = folded.find(key)
        while start >= 0:
            stop = start + len(key)
            embedded = _EMBEDDED.fullmatch(folded[max(0, start - 1) : start] + folded[stop : stop + 1]) is not None
            if (key in trade or not embedded) and all(stop <= one or other <= start for one, other in found):
                found.append((start, stop))
            start = folded.find(key, stop)
    return [(places[start], places[stop - 1] + 1) for start, stop in sorted(found)]
