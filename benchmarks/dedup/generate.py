"""A corpus with planted duplicates and traps, as shards of the clean step.

Enters: a folder, a number of documents, a seed. Leaves: FOLDER/shards/*.parquet and FOLDER/day/*.parquet (one document
in a hundred, for the day after) with the schema CLEANED, and FOLDER/truth/ (see `benchmarks.dedup.truth`). The same
seed and number write the same bytes, however many processes work on it.

    python -m benchmarks.dedup.generate FOLDER --documents 100000 --seed 1
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pyarrow as pa

from benchmarks.dedup.families import families
from benchmarks.dedup.jaccard import five_grams, jaccard
from benchmarks.dedup.pages import page
from benchmarks.dedup.truth import PLANTED, WORKS, write_truth
from pipeline.corpus.tables import write_cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from benchmarks.dedup.families import Expected, Member
    from pipeline.model import Cleaned

BLOCK = 20_000
"""Documents that are made and shuffled together. A pair lies inside one block, so that memory is bounded."""

DAY = 0.01
"""Share of the corpus that comes a day later, besides it."""

_WORKS_OF_BLOCK = 10_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a corpus. day: how many of its documents come later."""

    folder: Path
    seed: int
    index: int
    documents: int
    day: int
    shard: int


def generate(folder: Path, documents: int, seed: int, processes: int | None = None) -> None:
    """Write the corpus. Raises FileExistsError if the folder holds one already."""
    if (folder / "truth").exists():
        raise FileExistsError(f"{folder} holds a corpus already; delete it or name another folder")
    shard = 1_000 if documents < 100_000 else 10_000
    blocks = [
        Block(
            folder,
            seed,
            index,
            size := min(BLOCK, documents - start),
            round((start + size) * DAY) - round(start * DAY),
            shard,
        )
        for index, start in enumerate(range(0, documents, BLOCK))
    ]
    workers = min(processes or os.cpu_count() or 1, len(blocks))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), max_tasks_per_child=None) as pool:
        written = list(pool.map(write_block, blocks))
    works, pairs = zip(*written, strict=True)
    write_truth(folder, pa.concat_tables(works), pa.concat_tables(pairs))


def write_block(block: Block) -> tuple[pa.Table, pa.Table]:
    """Write the shards of a block; its works and its planted pairs."""
    members, pairs = _fill(block)
    rng = Random(f"pages {block.seed} {block.index}")
    pages = [page(member, rng, f"{block.index}-{at}") for at, (member, _) in enumerate(members)]
    for folder, news in (("shards", False), ("day", True)):
        some = [one for one, (member, _) in zip(pages, members, strict=True) if member.news == news]
        rng.shuffle(some)
        _write(block.folder / folder, block, some)
    ids = [one.id for one in pages]
    works = [{"id": ids[at], "work": work, "day": member.news} for at, (member, work) in enumerate(members)]
    return pa.Table.from_pylist(works, WORKS), pa.Table.from_pylist(list(_planted(members, ids, pairs)), PLANTED)


def _planted(
    members: Sequence[tuple[Member, int]], ids: Sequence[str], pairs: Sequence[tuple[int, int, str, Expected]]
) -> Iterator[dict[str, str | float]]:
    """Rows of PLANTED."""

    @cache
    def grams(at: int) -> NDArray[np.uint64]:
        return five_grams("\n".join(members[at][0].lines))

    for one, other, kind, expected in pairs:
        first, second = sorted((ids[one], ids[other]))
        alike = jaccard(grams(one), grams(other))
        yield dict(zip(PLANTED.names, (first, second, kind, expected, alike), strict=True))


def _fill(block: Block) -> tuple[list[tuple[Member, int]], list[tuple[int, int, str, Expected]]]:
    """As many members, each with its work, as the block needs; a family that does not fit is cut."""
    members: list[tuple[Member, int]] = []
    pairs: list[tuple[int, int, str, Expected]] = []
    room = {True: block.day, False: block.documents}
    works = block.index * _WORKS_OF_BLOCK
    for news in (True, False):
        made = families(block.seed, block.index, news)
        while room[news]:
            family = next(made)
            places: dict[int, int] = {}
            for at, member in enumerate(family.members):
                if room[member.news]:
                    room[member.news] -= 1
                    places[at] = len(members)
                    members.append((member, works + member.identity))
            pairs += [
                (places[one], places[other], kind, expected)
                for one, other, kind, expected in family.pairs
                if one in places and other in places
            ]
            works += len(family.members)
    return members, pairs


def _write(folder: Path, block: Block, pages: Sequence[Cleaned]) -> None:
    first = block.index * -(-BLOCK // block.shard)
    for turn, start in enumerate(range(0, len(pages), block.shard)):
        write_cleaned(folder / f"{first + turn:05d}.parquet", pages[start : start + block.shard])


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0; 2 for wrong use."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.dedup.generate", description="A corpus with planted duplicates."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--documents", type=int, default=10_000, help="default: %(default)s; one in a hundred more come later"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed writes another corpus")
    parser.add_argument("--processes", type=int, help="default: all processors")
    given = parser.parse_args(words)
    try:
        generate(given.folder, given.documents, given.seed, given.processes)
    except FileExistsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
