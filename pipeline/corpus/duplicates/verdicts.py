"""Verdicts on many pairs: those known from earlier runs, and the others from the texts, in worker processes.

Enters: pairs of units, and where their texts stand. Leaves: a verdict for each. A verdict is a function of two
contents, so it is kept under their two hashes and a night compares only what it has not seen. The folder is named by
the digest of these rules, and can be deleted like the rest of the cache.

>>> Verdicts(cache).of(pairs, where, pool=None)["outcome"]
['merge']
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from pipeline.corpus.duplicates.components import components
from pipeline.corpus.duplicates.reading import read
from pipeline.corpus.duplicates.texts import gathered, taken
from pipeline.corpus.duplicates.verdict import compare
from pipeline.corpus.files import replacing

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from pipeline.corpus.duplicates.columns import Array

    Ints = NDArray[np.int64]
    Task = tuple[tuple[Path, ...], Ints, Ints, Ints, Ints, NDArray[np.uint8]]

KEYED, ISSUES, STRICT = 1, 2, 4
"""What else was known of a pair when it was compared, as bits of `asked`."""

_ANSWER: dict[str, pa.DataType] = {
    "outcome": pa.string(),
    "rule": pa.string(),
    "score": pa.float64(),
    "evidence": pa.string(),
}
ANSWER = pa.schema(_ANSWER)
_QUESTION: dict[str, pa.DataType] = {"one": pa.uint64(), "other": pa.uint64(), "asked": pa.uint8()}
QUESTION = pa.schema(_QUESTION)
VERDICTS = pa.schema([*QUESTION, *ANSWER])
"""one, other: the first 64 bits of two content hashes, one < other: among a million contents two agree in them with a
probability of 3e-8."""

CHUNK = 512
"""Pairs that a worker compares together: about 4 MB of text."""
MANY = 16
"""Files before they are joined."""

FOLDER = "verdicts"

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Odd, with its bits mixed well: 2^64 divided by the golden ratio."""

__all__ = ["ISSUES", "KEYED", "STRICT", "Pairs", "Verdicts", "Where", "kept_by_other_rules"]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of units with what was known of them."""

    one: Ints
    other: Ints
    asked: NDArray[np.uint8]

    def with_(self, more: Pairs) -> Pairs:
        """These pairs and then those."""
        return Pairs(
            np.concatenate([self.one, more.one]),
            np.concatenate([self.other, more.other]),
            np.concatenate([self.asked, more.asked]),
        )


@dataclass(frozen=True, slots=True)
class Where:
    """Of each unit, in the order of their contents: the first 64 bits of its content hash, the shard and the row of
    its text."""

    contents: NDArray[np.uint64]
    shards: Array
    rows: Ints


class Verdicts:
    """The verdicts of one cache folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER / rules()
        self.folder.mkdir(parents=True, exist_ok=True)

    def of(self, pairs: Pairs, where: Where, pool: Executor | None) -> pa.Table:
        """The columns ANSWER for pairs of units, in their order. Raises CorpusError if a text cannot be read."""
        sides = (where.contents[pairs.one], where.contents[pairs.other], pairs.asked)
        question = pa.table([pa.array(side) for side in sides], schema=QUESTION)
        files = sorted(self.folder.glob("[!.]*.parquet"))
        known = pa.concat_tables([pa.table({n: [] for n in VERDICTS.names}, VERDICTS), *map(_kept, files)])
        places = _places(question, known)
        new = np.flatnonzero(places < 0)
        answers = [known.select(ANSWER.names)]
        if new.size:
            found = _compared(Pairs(pairs.one[new], pairs.other[new], pairs.asked[new]), where, self.folder, pool)
            places[new] = len(known) + np.arange(len(new))
            answers.append(found)
        answer = pa.concat_tables(answers).take(places)
        if new.size:
            joined = len(files) >= MANY
            some = np.arange(len(places)) if joined else new
            self._keep(question.take(some), answer.take(some))
            for path in files if joined else ():
                path.unlink(missing_ok=True)
        return answer

    def _keep(self, question: pa.Table, answer: pa.Table) -> None:
        table = pa.table([*question.columns, *answer.columns], schema=VERDICTS)
        digest = hashlib.sha256()
        for column in question.columns:
            digest.update(column.to_numpy().tobytes())
        with replacing(self.folder / f"{digest.hexdigest()[:32]}.parquet") as file:
            parquet.write_table(table, file, compression="zstd")


def _kept(path: Path) -> pa.Table:
    """The verdicts of a file; none if it cannot be read: they are found again."""
    try:
        return parquet.read_table(path, schema=VERDICTS, partitioning=None)
    except (pa.ArrowException, OSError):
        path.unlink(missing_ok=True)
        return pa.table({name: [] for name in VERDICTS.names}, VERDICTS)


def _places(question: pa.Table, known: pa.Table) -> Ints:
    """Where each question is answered among the known ones, -1 for nowhere."""
    if not len(known) or not len(question):
        return np.full(len(question), -1)
    asked = [column.to_numpy() for column in question.columns]
    answered = [known[name].to_numpy() for name in question.column_names]
    keys = _mixed(*answered)
    order = np.argsort(keys)
    places = order[np.minimum(np.searchsorted(keys[order], _mixed(*asked)), len(order) - 1)]
    same = np.logical_and.reduce([there[places] == here for there, here in zip(answered, asked, strict=True)])
    return np.where(same, places, -1)


def _mixed(one: NDArray[np.uint64], other: NDArray[np.uint64], asked: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """A number for each question, by which it is looked up. Two that share one cost a comparison, and no mistake."""
    return np.asarray((one * SPREAD) ^ (other + asked * SPREAD), np.uint64)


def _compared(pairs: Pairs, where: Where, spill: Path, pool: Executor | None) -> pa.Table:
    units, inverse = np.unique(np.concatenate([pairs.one, pairs.other]), return_inverse=True)
    one, other = np.split(inverse.reshape(-1), 2)
    family = components(len(units), one, other)
    order = np.lexsort([other, one, family[one]])  # pairs that share texts go to one worker
    with gathered(where.shards.take(units), where.rows[units], spill, pool) as texts:
        tasks: list[Task] = []
        for start in range(0, len(order), CHUNK):
            some = order[start : start + CHUNK]
            used, local = np.unique(np.concatenate([one[some], other[some]]), return_inverse=True)
            left, right = np.split(local.reshape(-1), 2)
            tasks.append((texts.files, texts.file[used], texts.place[used], left, right, pairs.asked[some]))
        found = pa.concat_tables(pool.map(_chunk, tasks) if pool else map(_chunk, tasks))
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return found.take(back)


def _chunk(task: Task) -> pa.Table:
    files, file, place, left, right, asked = task
    readings = read(*taken(files, file, place))
    verdicts = [
        compare(
            readings[one],
            readings[other],
            keyed=bool(bits & KEYED),
            issues=bool(bits & ISSUES),
            strict=bool(bits & STRICT),
        )
        for one, other, bits in zip(left.tolist(), right.tolist(), asked.tolist(), strict=True)
    ]
    columns = [pa.array([getattr(verdict, name) for verdict in verdicts]) for name in ANSWER.names]
    return pa.table([column.cast(type_) for column, type_ in zip(columns, ANSWER.types, strict=True)], schema=ANSWER)


def kept_by_other_rules(folder: Path) -> list[Path]:
    """Files of a cache folder that hold verdicts of rules that are not these: nobody reads them again."""
    return sorted(path for path in folder.glob(f"{FOLDER}/*/*") if path.parent.name != rules())


@cache
def rules() -> str:
    """Digest of the rules that make a verdict: a change of them makes all verdicts anew."""
    digest = hashlib.sha256()
    for name in ("differences", "letters", "hashing", "numerals", "places", "reading", "revisions", "verdict"):
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]
