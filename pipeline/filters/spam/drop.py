"""The step: injected spam out of a draft, and the page flagged `compromised` where some was found.

Enters and leaves: a draft. Blocks go whole, with rule, reason and score; spans inside paragraphs are cut, each a
removal of scope "span". What the extraction left outside the body or found hidden is looked at too: it says whether
somebody was at the page, and its removal then names the spam.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.draft import Block
from pipeline.fields import title as titles
from pipeline.filters.spam.blocks import spam_blocks
from pipeline.filters.spam.evidence import REACH, TRADE, is_spam_text
from pipeline.filters.spam.language import put_in
from pipeline.filters.spam.outside import link_pools, linked_spans
from pipeline.filters.spam.sentences import spans_of
from pipeline.filters.spam.titles import stuffing, unstuffed
from pipeline.filters.spam.vocabulary import hits
from pipeline.text import CJK, fold, fold_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.draft import Draft

_OUTSIDE = ("extract.outside_body", "extract.hidden")
_SENTENCE, _INSIDE = "spam.sentence", "words of the trade inside a paragraph"
_STUFFED, _STUFFED_WHY = "spam.stuffed_title", "search phrases in a title"
_TOP = 8  # lines in which a title stands
_LINK_WHY = "a link that leaves the site, called like the trade"
_PASSES = 2  # on a page where spam was found less evidence is enough
_SIGNS = "\u2600-\u26ff\u2705\u2728\u274c\u2753-\u2757\U0001f000-\U0001faff"
_PICTURES = re.compile(rf"(?<=[{CJK}，、,])[{_SIGNS}][{_SIGNS}\u200d\ufe0f]*(?=[{CJK}])")
"""Pictures inside a sentence: spinning tools set them between two words. Those at its ends are the writer's own."""
_EMOJI = re.compile(f"[{_SIGNS}]")
_PICTURE_WHY = "a picture between two words, as spinning tools set them"
_POOL_WHY = "nothing but links to other sites, of the trade and strange ones"
_FEW = 3


def drop_spam(draft: Draft) -> Draft:
    """Take out injected spam."""
    draft = _told(draft)
    heads = ((block, stuffing(block.text)) for block in draft.blocks[:_TOP])
    stuffed = [(block, places) for block, places in heads if places and titles.score(unstuffed(block.text)) >= 3]
    if stuffed:
        draft = draft.cut((*one, _STUFFED, _STUFFED_WHY) for one in stuffed).flag("compromised")
    if found := list(spam_blocks(draft.blocks)):
        draft = draft.remove_each((block, rule, reason, None) for block, rule, reason in found).flag("compromised")
    if pools := link_pools(draft):
        draft = draft.remove(pools, "spam.link_pool", _POOL_WHY).flag("compromised")
    for _ in range(_PASSES):
        before = draft
        if links := [(block, places, "spam.link", _LINK_WHY) for block, places in linked_spans(draft)]:
            draft = draft.cut(links).flag("compromised")
        spans = spans_of(draft.blocks, compromised="compromised" in draft.flags)
        if cuts := [(block, places, _SENTENCE, f"{_INSIDE} ({worth:g} points)") for block, places, worth in spans]:
            draft = draft.cut(cuts).flag("compromised")
        if draft is before:
            break
    return _without_pictures(draft)


def _told(draft: Draft) -> Draft:
    """The removals of what stood outside the body or was hidden, with the spam's own rule where it was spam."""
    outside = {at: removal for at, removal in enumerate(draft.removals) if removal.rule in _OUTSIDE}
    blocks = {
        at: Block(removal.evidence, removal.line) for at, removal in outside.items() if hits(fold(removal.evidence))
    }
    if not blocks:
        return draft
    places = {id(block): at for at, block in blocks.items()}
    told = {
        places[id(block)]: (rule, reason) for block, rule, reason in spam_blocks(list(blocks.values()), titled=False)
    }
    for at, block in blocks.items():
        told_of = any(hit.kind in (*TRADE, *REACH) for hit in hits(block.key))
        if outside[at].rule == "extract.hidden" and told_of and is_spam_text(block.key):
            told.setdefault(at, ("spam.hidden", "words of the trade that the page hides from its readers"))
    if not told:
        return draft
    removals = list(draft.removals)
    for at, (rule, reason) in told.items():
        removals[at] = replace(removals[at], rule=rule, reason=reason)
    return replace(draft, removals=tuple(removals)).flag("compromised")


def _without_pictures(draft: Draft) -> Draft:
    """Without pictures inside sentences and what came with them, if somebody was at the page, or they are many."""
    found = [(block, list(_pictures(block.text))) for block in draft.blocks if _EMOJI.search(block.text)]
    count = sum(len(places) for _, places in found)
    if not count or (count < _FEW and "compromised" not in draft.flags):
        return draft
    return draft.cut((block, places, "spam.picture", _PICTURE_WHY) for block, places in found if places)


def _pictures(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for match in _PICTURES.finditer(text):
        if match.start() >= end:
            key, places = fold_places(text)
            start, stop = places.index(match.start()), bisect_left(places, match.end())
            end = places[put_in(key, start, stop) - 1] + 1
            yield match.start(), max(end, match.end())
