"""Units that are one document, joined edge by edge, and never across a veto.

Enters: merges and vetoes between units. Leaves: the cluster of each unit, and what was refused. The surest merges come
first, ties in the order of the units, so that any order of arrival gives the same clusters.

>>> joined(3, [Edge(0, 1, 0.97), Edge(1, 2, 0.91)], vetoes={(0, 2)}, known=known)
([0, 0, 2], [Refusal(1, 2, 'veto.cluster', …)])
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.corpus.duplicates.units import Identity

__all__ = ["Edge", "Refusal", "joined"]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two units that are one document by a verdict. one < other."""

    one: int
    other: int
    score: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edge that was not followed. foes: the two units that must not meet."""

    edge: Edge
    rule: str
    foes: tuple[int, int]


def joined(
    size: int, edges: Sequence[Edge], vetoes: Collection[tuple[int, int]], known: Identity
) -> tuple[list[int], list[Refusal]]:
    """For each unit the smallest unit of its cluster; and the refused edges."""
    forest = _Forest(size, vetoes, known)
    doubtful = _doubtful(edges, forest)
    refusals = []
    for edge in sorted(edges, key=lambda edge: (-edge.score, edge.one, edge.other)):
        foes = doubtful.get((edge.one, edge.other))
        if foes is not None:
            refusals.append(Refusal(edge, "veto.ambiguous", foes))
        elif (foes := forest.join(edge.one, edge.other)) is not None:
            refusals.append(Refusal(edge, "veto.cluster", foes))
    return [forest.root(unit) for unit in range(size)], refusals


def _doubtful(edges: Sequence[Edge], forest: _Forest) -> dict[tuple[int, int], tuple[int, int]]:
    """Edges of a unit that could belong to two documents: to both equally, it joins neither; else the nearer one."""
    friends: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for edge in edges:
        friends[edge.one].append((edge.score, edge.other))
        friends[edge.other].append((edge.score, edge.one))
    doubtful = {}
    for unit, many in friends.items():
        for (score, one), (another, other) in combinations(many, 2):
            if forest.kept_apart(one, other):
                for mine, friend in ((score, one), (another, other)):
                    if mine <= min(score, another):
                        doubtful[min(unit, friend), max(unit, friend)] = (min(one, other), max(one, other))
    return doubtful


class _Forest:
    """Disjoint sets that know which of them must not meet. The root of a set is its smallest unit."""

    def __init__(self, size: int, vetoes: Collection[tuple[int, int]], known: Identity) -> None:
        self.parent = list(range(size))
        self.members: dict[int, list[int]] = {}
        self.foes: dict[int, set[int]] = defaultdict(set)
        for one, other in vetoes:
            self.foes[one].add(other)
            self.foes[other].add(one)
        self.known = known

    def root(self, unit: int) -> int:
        while self.parent[unit] != unit:
            self.parent[unit] = self.parent[self.parent[unit]]
            unit = self.parent[unit]
        return unit

    def kept_apart(self, one: int, other: int) -> bool:
        return other in self.foes.get(one, ()) or self.known.rule(one, other) is not None

    def join(self, one: int, other: int) -> tuple[int, int] | None:
        """Joins the sets of two units, or gives the two members that must not meet."""
        low, high = sorted((self.root(one), self.root(other)))
        if low == high:
            return None
        left, right = self.members.get(low, [low]), self.members.get(high, [high])
        few, many = sorted((left, right), key=len)
        for foe in few:
            for member in many:
                if self.kept_apart(foe, member):
                    return min(foe, member), max(foe, member)
        self.parent[high] = low
        self.members[low] = left + right
        self.members.pop(high, None)
        return None
