"""The pairs of units that are worth comparing: a function of the living documents alone.

Enters: bands and keys of the units. Leaves: pairs with an estimate of their likeness, few for each unit. Two units meet
in a bucket when they agree in a band or a key. A bucket of ten thousand pages of one form would hold fifty million
pairs; there each is compared only with its neighbours in an order by the bands that follow. A true copy agrees with it
in most bands, so one of the twenty orders brings the two together, whatever stands beside them in the others.

>>> candidates(bands, keys, identity).pairs
(array([0]), array([3]))
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from pipeline.corpus.duplicates.bands import equal_bytes
from pipeline.corpus.duplicates.columns import once
from pipeline.corpus.duplicates.fingerprint import BANDS, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.units import Identity

    Ints = NDArray[np.int64]
    Marks = NDArray[np.bool_]
    Matrix = NDArray[np.uint64]
    Orders = Callable[[Ints], list[NDArray[np.generic]]]

WINDOW = 8
"""Neighbours on each side in a bucket. Buckets of up to nine members are compared whole."""

FOLLOWING = 3
"""Bands that order a large bucket."""

MOST = 8
"""Pairs kept for each unit, the likeliest first; a pair stays when either of its units keeps it."""

THREADS = 2
HELD = 8_000_000
"""Pairs that wait, 64 MB."""

BYTES = BANDS * ROWS
LIKELY = round(0.66 * BYTES)
"""Equal bytes from which a pair may have 0.8 of its pieces in common: four deviations (0.036 each) below it."""

HALF, SOME = round(0.38 * BYTES), round(0.05 * BYTES)
"""The same for pairs under one key: from 0.5; and for one text inside another."""

__all__ = ["BYTES", "Candidates", "Keys", "candidates", "keyed_pairs"]


@dataclass(frozen=True, slots=True)
class Keys:
    """A value for each unit, 0 where it is unknown. division: of the issuing place. counts,
    text: of the letters; those of equal text are decided already. alone: units to be left out."""

    number: Ints
    title: Ints
    payload: Ints
    division: Ints
    counts: Ints
    text: Ints
    alone: Marks


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of units, one < other. likeness: equal bytes of BYTES. keyed: they have one 发文字号 or title. issues: one
    has the title of what the other issues. apart_*: pairs that their identities keep apart, the nearest of
    each unit."""

    one: Ints
    other: Ints
    likeness: NDArray[np.uint8]
    keyed: Marks
    issues: Marks
    apart_one: Ints
    apart_other: Ints
    apart_likeness: NDArray[np.uint8]


def candidates(bands: Matrix, keys: Keys, known: Identity) -> Candidates:
    """The pairs to compare. Units without bands are too short to be like another one and meet only by equal letters."""
    size = len(keys.counts)
    long = np.flatnonzero((bands[:size, 0] != 0) & ~keys.alone)
    with ThreadPoolExecutor(THREADS) as threads:  # numpy sorts without holding the interpreter
        met = threads.map(lambda bucket: _numbered(size, *bucket()), _buckets(bands, keys, long))
        found = once(np.concatenate([np.zeros(0, np.int64), *_promising(bands, keys, met)]))
    one, other = np.divmod(found, max(1, size))
    likeness = equal_bytes(bands, one, other)
    keyed, issues = keyed_pairs(keys, one, other)
    apart = known.conflicts(one, other)
    near = apart & (likeness >= 0.8 * BYTES)
    nearest = _ranked(other[near], one[near], likeness[near].astype(np.int64)) == 0
    kept = ~apart
    kept[kept] = _likeliest(one[kept], other[kept], likeness[kept] + BYTES * keyed[kept].astype(np.int64))
    return Candidates(
        one[kept],
        other[kept],
        likeness[kept],
        keyed[kept],
        issues[kept],
        one[near][nearest],
        other[near][nearest],
        likeness[near][nearest],
    )


def _numbered(size: int, one: Ints, other: Ints) -> Ints:
    """A number for each pair."""
    return np.asarray(one * size + other, np.int64)


def _promising(bands: Matrix, keys: Keys, met: Iterable[Ints]) -> Iterator[Ints]:
    """Those of the pairs that may be more than strangers. Near texts meet in most bands and are looked at once."""
    waiting: list[Ints] = []
    for part in met:
        waiting.append(part)
        if sum(map(len, waiting)) > HELD:
            yield _likely(bands, keys, once(np.concatenate(waiting)))
            waiting = []
    if waiting:
        yield _likely(bands, keys, once(np.concatenate(waiting)))


def _likely(bands: Matrix, keys: Keys, pairs: Ints) -> Ints:
    one, other = np.divmod(pairs, max(1, len(keys.counts)))
    likeness = equal_bytes(bands, one, other)
    keyed, issues = keyed_pairs(keys, one, other)
    inside = _inside(likeness, keys.counts[one], keys.counts[other]) & (likeness >= SOME)
    kept = keys.text[one] != keys.text[other]
    kept &= (likeness >= LIKELY) | (keyed & (likeness >= HALF)) | ((keyed | issues) & inside)
    return np.asarray(pairs[kept], np.int64)


def _buckets(bands: Matrix, keys: Keys, long: Ints) -> Iterator[Callable[[], tuple[Ints, Ints]]]:
    """The pairs that meet, bucket column by bucket column, made when they are asked for."""
    for band in range(BANDS):
        following = [(band + step) % BANDS for step in range(1, FOLLOWING + 1)]
        yield partial(_band, bands, long, band, following)
    for key in (keys.number, keys.title, keys.payload):
        yield partial(_key, bands, long[key[long] != 0], key, keys.division)


def _band(bands: Matrix, long: Ints, band: int, following: list[int]) -> tuple[Ints, Ints]:
    return _neighbours(bands[long, band], long, lambda some: [bands[some, after] for after in following])


def _key(bands: Matrix, known: Ints, key: Ints, division: Ints) -> tuple[Ints, Ints]:
    return _neighbours(key[known], known, lambda some: [division[some], bands[some, 0], bands[some, 1]])


def _neighbours(values: NDArray[np.generic], units: Ints, orders: Orders) -> tuple[Ints, Ints]:
    """Each unit with those that follow it in its bucket, up to WINDOW places on."""
    order = np.argsort(values)
    values, units = values[order], units[order]
    same = values[1:] == values[:-1]
    shared = np.zeros(len(values), np.bool_)
    shared[1:] |= same
    shared[:-1] |= same
    values, units = values[shared], units[shared]
    if not len(values):
        return units, units
    bucket = np.concatenate([[0], np.cumsum(values[1:] != values[:-1])])
    large = np.bincount(bucket)[bucket] > WINDOW + 1
    if large.any():
        some = np.flatnonzero(large)
        inner = np.lexsort([units[some], *reversed(orders(units[some])), bucket[some]])
        units[some] = units[some][inner]
    left, right = [], []
    for step in range(1, min(WINDOW, len(units) - 1) + 1):
        close = bucket[step:] == bucket[:-step]
        if not close.any():
            break
        left.append(units[:-step][close])
        right.append(units[step:][close])
    one, other = np.concatenate(left), np.concatenate(right)
    return np.minimum(one, other), np.maximum(one, other)


def keyed_pairs(keys: Keys, one: Ints, other: Ints) -> tuple[Marks, Marks]:
    """Which pairs have one 发文字号 or one title (or issue the same thing), and in which one issues the other."""

    def same(key: Ints) -> Marks:
        return np.asarray((key[one] == key[other]) & (key[one] != 0), np.bool_)

    places = (keys.division[one] == keys.division[other]) | (keys.division[one] == 0) | (keys.division[other] == 0)
    itself = keys.title == keys.payload
    payloads = same(keys.payload) & places
    issues = payloads & (itself[one] != itself[other])
    return (same(keys.number) | (payloads & (itself[one] == itself[other]))) & ~issues, issues


def _inside(likeness: NDArray[np.uint8], one: Ints, other: Ints) -> Marks:
    """Where the sketches let most of the shorter text stand in the longer one."""
    share = likeness / BYTES
    return np.asarray(share / (1 + share) * (one + other) >= 0.75 * np.minimum(one, other), np.bool_)


def _likeliest(one: Ints, other: Ints, weight: Ints) -> Marks:
    first, second = _ranked(one, other, weight), _ranked(other, one, weight)
    kept: Marks = np.minimum(first, second) < MOST
    return kept


def _ranked(units: Ints, others: Ints, weight: Ints) -> Ints:
    """The place of each pair among the pairs of its unit, the weightiest first, ties by the other unit."""
    order = np.lexsort([others, -weight, units])
    ordered = units[order]
    starts = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if len(order) else np.zeros(0, np.bool_)
    places = np.arange(len(order))
    rank = np.empty(len(order), np.int64)
    rank[order] = places - np.maximum.accumulate(np.where(starts, places, 0))
    return rank
