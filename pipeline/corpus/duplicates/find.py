"""Documents that are one text, seen in several places; and texts that are near and still two documents.

Enters: the living documents, the catalogue that holds their bands, the cache of verdicts. Leaves: clusters, a pair for
every merge and every veto, and relations between neighbours. The order of the input does not matter, and neither does
what was there yesterday: the cache holds only what two contents are to each other.

>>> find_duplicates(live, catalogue, cache, pool=None).clusters["canonical"]
['0f3a…']   # the issuer's own page
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline.corpus.duplicates.bands import bands_of, prefixes
from pipeline.corpus.duplicates.candidates import Keys, candidates, keyed_pairs
from pipeline.corpus.duplicates.clusters import Edge, joined
from pipeline.corpus.duplicates.columns import codes, compute, equal, ints
from pipeline.corpus.duplicates.columns import joined as as_one
from pipeline.corpus.duplicates.components import components
from pipeline.corpus.duplicates.neighbours import neighbours
from pipeline.corpus.duplicates.report import Found, clusters_of, pairs_of
from pipeline.corpus.duplicates.units import units_of
from pipeline.corpus.duplicates.verdicts import ISSUES, KEYED, STRICT, Pairs, Verdicts, Where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.units import Units

    Ints = NDArray[np.int64]

LIVE = [
    *("id", "first_seen", "shard", "row", "content_hash", "source_kind", "title", "doc_number", "division"),
    *("written", "published", "effective", "repairs", "characters"),
    *("letters", "letter_count", "title_key", "form_key", "payload_key", "number_key", "numbers", "revised"),
]
"""The columns of the catalogue that are read of a living document."""

FAMILY = 12
"""Units of a group in which every pair is compared before they are joined; of a larger one, each with the first."""

__all__ = ["LIVE", "Duplicates", "find_duplicates"]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Tables with the columns GROUPS, PAIRS and NEIGHBOURS; sorted by their ids."""

    clusters: pa.Table
    pairs: pa.Table
    neighbours: pa.Table


def find_duplicates(live: pa.Table, catalogue: Sequence[Path], cache: Path, pool: Executor | None = None) -> Duplicates:
    """live: one row for each document with the columns of the catalogue; those of the bands may be missing. cache: a
    folder for verdicts and for what does not fit into memory. pool: processes that compare texts, None for none.

    Raises CorpusError if a catalogue file or a shard cannot be read.
    """
    cache.mkdir(parents=True, exist_ok=True)
    live = _sorted(live.select(LIVE))
    contents = prefixes(live["content_hash"])
    units = units_of(live, contents)
    heads = live.select(_HEAD).take(units.heads).combine_chunks()
    where = Where(contents[units.heads], as_one(heads["shard"]), ints(heads["row"]))
    with bands_of(catalogue, where.contents, cache) as bands:
        keys = _keys(heads, units)
        near = candidates(bands, keys, units.known)
        verdicts = Verdicts(cache)
        pairs = Pairs(near.one, near.other, _asked(keys, near.one, near.other))
        answers = verdicts.of(pairs, where, pool)
        more = _closing(keys, pairs, answers, units)
        pairs = pairs.with_(more)
        answers = pa.concat_tables([answers, verdicts.of(more, where, pool)]).combine_chunks()
        found = _joined(live, units, pairs, answers)
        return Duplicates(clusters_of(found), pairs_of(found, near), neighbours(found, bands))


_HEAD = ["shard", "row", "number_key", "title_key", "payload_key", "division", "letter_count", "letters"]


def _sorted(live: pa.Table) -> pa.Table:
    """By id, which costs as much as all that follows when it is done for nothing."""
    ids = as_one(live["id"])
    rising = compute.all(compute.less(ids[:-1], ids[1:])).as_py()
    return (live if rising is not False else live.sort_by("id")).combine_chunks()


def _keys(heads: pa.Table, units: Units) -> Keys:
    titles = pa.chunked_array([*heads["title_key"].chunks, *heads["payload_key"].chunks], pa.uint64())
    title, payload = np.split(codes(titles), 2)  # one numbering for both: they are compared with each other
    return Keys(
        number=codes(heads["number_key"]),
        title=title,
        payload=payload,
        division=codes(heads["division"]),
        counts=ints(heads["letter_count"]),
        text=codes(heads["letters"]),
        alone=units.alone,
    )


def _asked(keys: Keys, one: Ints, other: Ints) -> NDArray[np.uint8]:
    keyed, issues = keyed_pairs(keys, one, other)
    return (KEYED * keyed + ISSUES * issues).astype(np.uint8)


def _closing(keys: Keys, pairs: Pairs, answers: pa.Table, units: Units) -> Pairs:
    """The pairs that nobody compared inside groups that merges hold together: A may be like B and B like C, when A and
    C are two documents."""
    size = len(keys.counts)
    merged = equal(answers["outcome"], "merge")
    one, other = pairs.one[merged], pairs.other[merged]
    label = components(size, one, other)
    inside, counts = np.unique(label, return_counts=True)
    members = np.flatnonzero(np.isin(label, inside[counts > 2]))
    members = members[np.argsort(label[members], kind="stable")]
    missing = [np.zeros((0, 2), np.int64)]
    for group in np.split(members, np.flatnonzero(np.diff(label[members])) + 1):
        if len(group) > FAMILY:
            left, right = np.zeros(len(group) - 1, np.int64), np.arange(1, len(group))
        else:
            left, right = _every_pair(len(group))
        missing.append(np.stack([group[left], group[right]], axis=1))
    wanted = np.concatenate(missing)
    known = pairs.one * size + pairs.other
    wanted = wanted[~np.isin(wanted[:, 0] * size + wanted[:, 1], known)]
    decided = units.known.conflicts(wanted[:, 0], wanted[:, 1]) | (keys.text[wanted[:, 0]] == keys.text[wanted[:, 1]])
    wanted = wanted[~decided]
    one, other = wanted[:, 0], wanted[:, 1]
    return Pairs(one, other, _asked(keys, one, other) | np.uint8(STRICT))


@cache
def _every_pair(size: int) -> tuple[Ints, Ints]:
    return np.triu_indices(size, 1)


def _joined(live: pa.Table, units: Units, pairs: Pairs, answers: pa.Table) -> Found:
    """The clusters of the units. Only what merges join although something keeps parts of it apart goes through the
    loop: all else is joined as it is connected."""
    merged = equal(answers["outcome"], "merge")
    carried = equal(answers["outcome"], "contains") | equal(answers["outcome"], "within")
    vetoed = equal(answers["outcome"], "veto") | (carried & ((pairs.asked & ISSUES) > 0))
    root = components(len(units.heads), pairs.one[merged], pairs.other[merged])
    disputed = units.known.disputed(root)
    disputed[root[pairs.one[vetoed & (root[pairs.one] == root[pairs.other])]]] = True
    merged &= disputed[root[pairs.one]]
    touched = np.flatnonzero(disputed[root])
    one, other = (np.searchsorted(touched, side) for side in (pairs.one, pairs.other))
    both = vetoed & disputed[root[pairs.one]] & disputed[root[pairs.other]]
    edges = [
        Edge(*edge)
        for edge in zip(
            one[merged].tolist(), other[merged].tolist(), answers["score"].to_numpy()[merged].tolist(), strict=True
        )
    ]
    vetoes = set(zip(one[both].tolist(), other[both].tolist(), strict=True))
    roots, refusals = joined(len(touched), edges, vetoes, units.known.of(touched))
    root[touched] = touched[roots]
    refused = {
        (int(touched[r.edge.one]), int(touched[r.edge.other])): (
            r.rule,
            int(touched[r.foes[0]]),
            int(touched[r.foes[1]]),
        )
        for r in refusals
    }
    return Found(live, units, pairs, answers, root, refused)
