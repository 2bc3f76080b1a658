"""What every tool reads and leaves, whichever interpreter it runs in: this needs pyarrow and nothing of ours.

Enters: a folder with texts-0.parquet, texts-1.parquet, … (id; letters: the folded letters of the text; spaced: the same
with a blank after each). Leaves: OUT/clusters.parquet (id, cluster), a row for each document that has a copy, and
OUT/steps.json with the seconds of each step.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LENGTH = 5
PERMUTATIONS, BANDS, ROWS = 128, 16, 8
"""What these libraries' own examples use. A pair with the Jaccard index 0.8 meets in a band with probability 0.95."""

SEED = 42


@dataclass(slots=True)
class Steps:
    """Seconds by step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - begun

    def write(self, out: Path) -> None:
        (out / "steps.json").write_text(json.dumps(self.seconds), encoding="utf-8")


def arguments() -> argparse.Namespace:
    """texts, out and processes of the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    return given


def files(texts: Path) -> list[Path]:
    return sorted(texts.glob("texts-*.parquet"))


def ids(texts: Path) -> list[str]:
    """Of all files, in their order."""
    return [str(id_) for file in files(texts) for id_ in parquet.read_table(file, columns=["id"])["id"].to_pylist()]


def pieces(text: str) -> list[str]:
    """The five-grams of characters in their order; a shorter text is one."""
    return [text[at : at + LENGTH] for at in range(max(1, len(text) - LENGTH + 1))]


def components(size: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """The smallest number of each one's group."""
    parent = list(range(size))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in edges:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return [root(one) for one in range(size)]


def write_clusters(out: Path, names: list[str], clusters: list[int]) -> None:
    """Those with at least two members."""
    sizes = Counter(clusters)
    rows = [(name, cluster) for name, cluster in zip(names, clusters, strict=True) if sizes[cluster] > 1]
    table = pa.table({"id": [name for name, _ in rows], "cluster": [str(cluster) for _, cluster in rows]})
    parquet.write_table(table, out / "clusters.parquet")
