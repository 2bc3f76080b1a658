"""Documents that are near one another and not one: versions, editions, and a notice with the plan that it carries.

Enters: what was found. Leaves: relations between canonical documents, with the columns NEIGHBOURS.

>>> neighbours(found, bands).to_pylist()
[{'document_id': '9c1f…', 'type': 'version_of', 'target_id': '04aa…', 'score': 0.91}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline.corpus.duplicates.bands import equal_bytes
from pipeline.corpus.duplicates.candidates import BYTES
from pipeline.corpus.duplicates.columns import codes, equal, once
from pipeline.corpus.duplicates.editions import LIKE, NEIGHBOURS, editions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.report import Found

_COLUMNS = [
    "id",
    "title",
    "division",
    "written",
    "published",
    "effective",
    "title_key",
    "form_key",
    "numbers",
    "revised",
]

__all__ = ["NEIGHBOURS", "neighbours"]


def neighbours(found: Found, bands: NDArray[np.uint64]) -> pa.Table:
    """Relations of the canonical documents, sorted by their ids."""
    tables = [_contained(found), _editions(found, bands)]
    return pa.concat_tables(tables).sort_by([(name, "ascending") for name in ("document_id", "type", "target_id")])


def _contained(found: Found) -> pa.Table:
    outcome = found.answers["outcome"]
    wholes, parts = [], []
    for name, whole, part in (
        ("contains", found.pairs.one, found.pairs.other),
        ("within", found.pairs.other, found.pairs.one),
    ):
        rows = np.flatnonzero(equal(outcome, name))
        wholes.append(np.stack([found.root[whole[rows]], rows], axis=1))
        parts.append(found.root[part[rows]])
    whole, part = np.concatenate(wholes), np.concatenate(parts)
    score = found.answers["score"].to_numpy()[whole[:, 1]]
    order = np.lexsort([-score, part, whole[:, 0]])
    both = np.stack([whole[order, 0], part[order]], axis=1)
    first = np.concatenate([[True], (both[1:] != both[:-1]).any(axis=1)]) if len(both) else np.zeros(0, np.bool_)
    first &= both[:, 0] != both[:, 1]
    ids = found.live["id"]
    return pa.table(
        [
            ids.take(found.canonical[both[first, 0]]).combine_chunks(),
            pa.array(["contains"] * int(first.sum()), pa.string()),
            ids.take(found.canonical[both[first, 1]]).combine_chunks(),
            pa.array(score[order][first]),
        ],
        schema=NEIGHBOURS,
    )


def _editions(found: Found, bands: NDArray[np.uint64]) -> pa.Table:
    roots = once(found.root)
    rows = found.canonical[roots]
    keys = [codes(found.live[name].take(rows)) for name in ("title_key", "form_key")]
    shared = np.any([(np.bincount(key) > 1)[key] & (key > 0) for key in keys], axis=0)
    roots, rows = roots[shared], rows[shared]
    table = found.live.select(_COLUMNS).take(rows)
    pairs = editions(table.append_column("unit", pa.array(roots)))
    one, other = (pairs[name].to_numpy().astype(np.int64) for name in ("unit", "before"))
    likeness = equal_bytes(bands, one, other) / BYTES
    kept = (likeness >= LIKE) | pairs["sure"].to_numpy(zero_copy_only=False).astype(np.bool_)
    short = (bands[one, 0] == 0) | (bands[other, 0] == 0)
    score = pa.array(np.round(likeness, 2), mask=short)
    table = pa.table([*pairs.select(NEIGHBOURS.names[:3]).columns, pa.chunked_array([score])], schema=NEIGHBOURS)
    return table.filter(pa.array(kept))
