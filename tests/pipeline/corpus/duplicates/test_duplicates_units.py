"""The quick ways of counting and telling apart say what the plain ones say."""

from __future__ import annotations

import numpy as np

from pipeline.corpus.duplicates.bands import PAIRS, equal_bytes
from pipeline.corpus.duplicates.clusters import Edge, joined
from pipeline.corpus.duplicates.components import components
from pipeline.corpus.duplicates.fingerprint import BANDS, ROWS
from pipeline.corpus.duplicates.units import Identity


def test_equal_bytes_are_those_that_are_equal_one_by_one() -> None:
    random = np.random.default_rng(7)
    sketches = random.integers(0, 4, (300, BANDS, ROWS)).astype(np.uint8)  # a quarter of all bytes are equal, many zero
    sketches[:, 0, 0] |= 128  # no sketch looks like that of a short text
    sketches[5] = 0
    wide = np.zeros((300, BANDS, 8), np.uint8)
    wide[:, :, :ROWS] = sketches
    bands = wide.view("<u8").reshape(-1, BANDS)
    one, other = random.integers(0, 300, (2, PAIRS + 1000))
    plain = (sketches[one] == sketches[other]).sum(axis=(1, 2))
    plain[(one == 5) | (other == 5)] = 0  # a short text is like nothing
    assert np.array_equal(equal_bytes(bands, one, other), plain)


def test_a_group_is_disputed_when_two_of_its_rows_know_different_things() -> None:
    nothing = np.zeros(6, np.int64)
    numbers = np.array([7, 0, 7, 7, 8, 0])
    revised = np.array([0, 0, 0, -3, 0, 5])
    known = Identity(numbers, nothing, revised)
    assert known.disputed(np.array([0, 0, 0, 3, 3, 5])).tolist() == [False, False, False, True, False, False]
    assert known.disputed(np.array([0, 0, 0, 3, 4, 3])).tolist() == [False, False, False, True, False, False]
    assert not known.disputed(np.arange(6)).any()


def test_what_is_not_disputed_is_joined_as_it_is_connected() -> None:
    random = np.random.default_rng(11)
    one, other = np.sort(random.integers(0, 60, (40, 2)), axis=1).T
    edges = [Edge(*edge, 0.9) for edge in zip(one.tolist(), other.tolist(), strict=True) if edge[0] != edge[1]]
    nobody = np.zeros(60, np.int64)
    roots, refusals = joined(60, edges, set(), Identity(nobody, nobody, nobody))
    assert refusals == []
    assert roots == components(60, one, other).tolist()
