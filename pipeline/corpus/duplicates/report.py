"""What was found, as the tables of the release.

Enters: units, verdicts, and which units are one. Leaves: clusters, and a pair for every merge and every veto; where a
document is kept apart from many by its number or its year, the nearest one is listed.

>>> clusters_of(found).to_pylist()
[{'id': '04aa…', 'canonical': '9c1f…', 'members': ['04aa…', '9c1f…'], 'rule': 'near.letters', 'evidence': …}]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline.corpus.duplicates.candidates import BYTES
from pipeline.corpus.duplicates.columns import compute, equal, joined
from pipeline.corpus.duplicates.units import arrival, preference
from pipeline.corpus.schemas import GROUPS, PAIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.candidates import Candidates
    from pipeline.corpus.duplicates.columns import Array
    from pipeline.corpus.duplicates.units import Units
    from pipeline.corpus.duplicates.verdicts import Pairs

    Ints = NDArray[np.int64]
    Scores = NDArray[np.float64]

__all__ = ["Found", "clusters_of", "pairs_of"]


@dataclass(frozen=True)
class Found:
    """live: sorted by id. answers: the verdicts on the pairs. root: of each unit, the smallest unit of its cluster.
    refused: merges that were not followed, with the rule and the two units that must not meet."""

    live: pa.Table
    units: Units
    pairs: Pairs
    answers: pa.Table
    root: Ints
    refused: dict[tuple[int, int], tuple[str, int, int]]

    @cached_property
    def trust(self) -> Ints:
        """The place of each row of live in the order of trust."""
        return preference(self.live)

    @cached_property
    def cluster(self) -> Ints:
        """The cluster of each row of live, as a unit."""
        return self.root[self.units.unit]

    @cached_property
    def best(self) -> Ints:
        """The row of each unit that is trusted most."""
        return _best(self.units.unit, self.trust, len(self.units.heads))

    @cached_property
    def canonical(self) -> Ints:
        """The row of each cluster that is trusted most, by its root; of other units it means nothing."""
        return _best(self.cluster, self.trust, len(self.units.heads))


def _best(group: Ints, trust: Ints, size: int) -> Ints:
    least = np.full(size, len(trust))
    np.minimum.at(least, group, trust)
    order = np.argsort(trust)
    found: Ints = order[np.minimum(least, max(0, len(trust) - 1))]
    return found


def clusters_of(found: Found) -> pa.Table:
    """Clusters of two and more documents, with the columns GROUPS, sorted by id.

    The id is that of the member that was seen first: copies that come later leave it as it is, and so does what joins
    two clusters to the older one.
    """
    sizes = np.bincount(found.cluster, minlength=len(found.root))
    rows = np.flatnonzero(sizes[found.cluster] > 1)
    rows = rows[np.argsort(found.cluster[rows], kind="stable")]  # ids rise inside each cluster
    starts = np.flatnonzero(np.diff(found.cluster[rows], prepend=-1))
    first = _best(found.cluster, arrival(found.live), len(found.root))[found.cluster[rows[starts]]]
    order = np.argsort(first)
    root = found.cluster[rows[starts]][order]
    ids = found.live["id"]
    members = pa.ListArray.from_arrays(
        pa.array(np.append(starts, len(rows)), pa.int32()), ids.take(rows).combine_chunks()
    ).take(order)
    near, keyed, least = _edges(found)
    letters = _digests(found, rows[starts][order])
    rules = np.where(keyed[root], "same.key", np.where(near[root], "near.letters", "exact.letters")).tolist()
    evidence = [
        digest if rule == "exact.letters" else f"least share of equal pieces {score:.4f}"
        for rule, digest, score in zip(rules, letters, least[root].tolist(), strict=True)
    ]
    canonical = ids.take(found.canonical[root])
    columns = [ids.take(first[order]), canonical, pa.chunked_array([members])]
    columns += [pa.chunked_array([pa.array(words, pa.string())]) for words in (rules, evidence)]
    return pa.table(columns, schema=GROUPS)


def _digests(found: Found, rows: Ints) -> list[str]:
    digests: list[bytes | None] = found.live["letters"].take(rows).to_pylist()
    return [f"letters {(digest or b'').hex()[:16]}" for digest in digests]


def _edges(found: Found) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]]:
    """Of each root: whether a merge of near texts, and one by a key, holds its cluster together; the least score."""
    merged = equal(found.answers["outcome"], "merge")
    merged &= found.root[found.pairs.one] == found.root[found.pairs.other]
    root = found.root[found.pairs.one[merged]]
    near, keyed = (np.zeros(len(found.root), np.bool_) for _ in range(2))
    least = np.ones(len(found.root))
    near[root] = True
    keyed[root[equal(found.answers["rule"], "same.key")[merged]]] = True
    np.minimum.at(least, root, found.answers["score"].to_numpy()[merged])
    return near, keyed, least


def pairs_of(found: Found, near: Candidates) -> pa.Table:
    """Every decision, with the columns PAIRS, sorted by its ids."""
    tables = [_copies(found), _vetoes(found), _decided(found), _apart(found, near)]
    return pa.concat_tables(tables).sort_by([("document_id", "ascending"), ("other_id", "ascending")])


def _table(
    found: Found, one: Ints, other: Ints, verdict: Sequence[str], rule: Sequence[str], score: Scores, evidence: Array
) -> pa.Table:
    ids = joined(found.live["id"])
    columns = [
        ids.take(np.minimum(one, other)),
        ids.take(np.maximum(one, other)),
        pa.array(verdict, pa.string()),
        pa.array(rule, pa.string()),
        pa.array(score, pa.float64()),
        evidence,
    ]
    return pa.table(columns, schema=PAIRS)


def _copies(found: Found) -> pa.Table:
    """The best document of each unit and each other one of it."""
    unit = found.units.unit
    rows = np.arange(len(unit))
    rows = rows[found.best[unit] != rows]
    evidence = pa.array(_digests(found, rows), pa.string())
    rules = ["exact.letters"] * len(rows)
    best = found.best[unit[rows]]
    return _table(found, best, rows, ["merge"] * len(rows), rules, np.ones(len(rows)), evidence)


def _vetoes(found: Found) -> pa.Table:
    """Equal texts under several titles or numbers."""
    vetoes = found.units.vetoes
    one = np.array([veto.row for veto in vetoes], np.int64)
    other = np.array([veto.other for veto in vetoes], np.int64)
    rules, evidence = [veto.rule for veto in vetoes], pa.array([veto.evidence for veto in vetoes], pa.string())
    return _table(found, one, other, ["veto"] * len(one), rules, np.ones(len(one)), evidence)


def _decided(found: Found) -> pa.Table:
    """Merges and vetoes by the texts, and merges that were not followed."""
    kept = np.flatnonzero(equal(found.answers["outcome"], "merge") | equal(found.answers["outcome"], "veto"))
    one, other = found.pairs.one[kept], found.pairs.other[kept]
    answers = found.answers.take(kept)
    outcome, rule, evidence = (list(map(str, answers[name].to_pylist())) for name in ("outcome", "rule", "evidence"))
    if found.refused:
        ids = found.live["id"]
        for place, pair in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
            if outcome[place] == "merge" and (refusal := found.refused.get(pair)):
                foes = (str(ids[int(found.best[foe])]) for foe in refusal[1:])
                outcome[place], rule[place] = "veto", refusal[0]
                evidence[place] = " and ".join(foes) + " are kept apart"
    score, words = answers["score"].to_numpy(), pa.array(evidence, pa.string())
    return _table(found, found.best[one], found.best[other], outcome, rule, score, words)


def _apart(found: Found, near: Candidates) -> pa.Table:
    """Near texts whose numbers, titles or versions differ: the nearest one of each."""
    one, other = near.apart_one, near.apart_other
    known = found.units.known
    rules = np.full(len(one), "veto.revision", dtype=object)
    evidence = _said(found, "revised", one, other)
    for rule, facts, name in (
        ("veto.title_numbers", known.numbers, "numbers"),
        ("veto.doc_number", known.doc_number, "doc_number"),
    ):
        differ = (facts[one] != facts[other]) & (facts[one] != 0) & (facts[other] != 0)
        rules[differ] = rule
        evidence = compute.if_else(pa.array(differ), _said(found, name, one, other), evidence)
    score = np.round(near.apart_likeness / BYTES, 2)
    verdicts = ["veto"] * len(one)
    return _table(found, found.best[one], found.best[other], verdicts, rules.tolist(), score, evidence)


def _said(found: Found, name: str, one: Ints, other: Ints) -> Array:
    values = joined(found.live[name].take(found.units.heads).cast(pa.string()))
    sides = [compute.fill_null(values.take(side), "") for side in (one, other)]
    said: Array = compute.binary_join_element_wise(*sides, " | ")
    return said
