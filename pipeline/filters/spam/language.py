"""How unlike the language of offices a text is.

Enters: a folded text, and the pairs of characters of the page that it stands on. Leaves: the share of its pairs that
neither official texts nor the page use. Official Chinese is narrow: of sentences in notices one in ten has half of its
pairs from elsewhere, of 2,050 labelled spam texts 97 in a hundred. Names and lists are as strange as spam, so this is
one kind of evidence and never enough.

>>> strangeness("各单位应当认真执行本办法") < 0.2 < 0.7 < strangeness("撸友在线嗨翻全场")
True
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_RUN = re.compile(r"[一-鿿]{2,}")
_LONGEST = 12  # characters of what is put into a word
_FEW = 3  # pairs; of fewer nothing can be said


@cache
def _official() -> frozenset[str]:
    lines = (files("pipeline.filters") / "data" / "official_pairs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line[0] + second for line in lines if not line.startswith("#") for second in line[1:])


def pairs(key: str) -> list[str]:
    """Neighbours among the Chinese characters of a folded text."""
    return [run[at : at + 2] for run in _RUN.findall(key) for at in range(len(run) - 1)]


@lru_cache(maxsize=8192)
def _strange(key: str) -> tuple[int, tuple[str, ...]]:
    """How many pairs a text has, and those that official texts do not use."""
    found = pairs(key)
    return len(found), tuple(pair for pair in found if pair not in _official())


def strangeness(key: str, home: Collection[str] = ()) -> float:
    """Share of the pairs that are at home neither in official texts nor on the page; 0 for a text of less than 3."""
    size, strange = _strange(key)
    return sum(pair not in home for pair in strange) / size if size >= _FEW else 0.0


def at_home(keys: Iterable[str]) -> frozenset[str]:
    """The pairs of the honest lines of a page that official texts do not use: its places, bodies and subjects."""
    return frozenset(pair for key in keys for pair in _strange(key)[1])


def strange_run(key: str, start: int, stop: int, home: Collection[str] = ()) -> tuple[int, int]:
    """A span with the characters before and behind it that are strange to what they stand beside.

    The outermost character of such a run may be the honest one that the insertion made strange, so it stays.

    >>> strange_run("应当菠萝彩娱乐官网执行", 5, 9)
    (2, 9)
    """

    def is_strange(at: int) -> bool:
        pair = key[at : at + 2]
        return _RUN.fullmatch(pair) is not None and pair not in _official() and pair not in home

    first, last = start, stop
    while first > 0 and is_strange(first - 1):
        first -= 1
    while last < len(key) and is_strange(last - 1):
        last += 1
    return min(start, first + 1), max(stop, last - 1)


def closes(key: str, start: int, stop: int, home: Collection[str] = ()) -> bool:
    """True if what stands before and behind a span makes a pair of the language: the span was put into a word.

    >>> closes("国务www院", 2, 5)
    True
    """
    pair = key[max(0, start - 1) : start] + key[stop : stop + 1]
    return len(pair) == 2 and (pair in _official() or pair in home)


def put_in(key: str, start: int, stop: int, home: Collection[str] = ()) -> int:
    """The end of what was put into a word, when only its beginning is sure: the strange characters up to the place
    where the word goes on; the end that was given if there is none.

    >>> put_in("国务🔥菠萝彩院", 2, 3)
    6
    """
    for end in range(stop + 1, min(stop + _LONGEST, len(key))):
        within = key[end - 2 : end] if end - 2 >= stop else ""
        if within and _RUN.fullmatch(within) and (within in _official() or within in home):
            return stop
        if closes(key, start, end, home) and key[end - 1 : end + 1] not in _official():
            return end
    return stop
