"""The figures as Markdown tables.

Enters: runs and scores. Leaves: text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.dedup.score import BELOW
from benchmarks.dedup.tools import OURS
from benchmarks.quality.report import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.dedup.measured import Cost
    from benchmarks.dedup.score import Score
    from benchmarks.dedup.tools import Run

_TITLES = {"same": "copies found", "apart": "traps joined", "contains": "carriers joined"}


def share(joined: int, pairs: int) -> str:
    """A percentage with the count of the rarer outcome, as it is the one that matters."""
    if not pairs:
        return "n/a"
    return f"{joined / pairs:.2%} ({joined} of {pairs:,})" if joined * 2 < pairs else f"{joined / pairs:.2%}"


def kind_table(scores: Mapping[str, Score], expected: str) -> str:
    """A row for each kind of planted pair, a column for each tool."""
    first = next(iter(scores.values()))
    names = [row.kind for row in first.rows if row.expected == expected]
    found = {tool: {r.kind: r for r in score.rows if r.expected == expected} for tool, score in scores.items()}
    rows = [
        [name, f"{found[next(iter(scores))][name].pairs:,}"]
        + [share(found[tool][name].joined, found[tool][name].pairs) for tool in scores]
        for name in sorted(names, key=lambda name: (name.endswith(BELOW), name))
    ]
    totals = {tool: score.total(expected) for tool, score in scores.items()}
    every = "all with J ≥ 0.8" if expected == "same" else "all"
    rows.append([every, f"{first.total(expected).pairs:,}"] + [share(t.joined, t.pairs) for t in totals.values()])
    return table([_TITLES[expected], "pairs", *scores], rows)


def wrong_table(scores: Mapping[str, Score]) -> str:
    """All pairs that share a cluster, planted or not."""
    rows = [[tool, f"{score.merged:,}", share(score.wrong, score.merged)] for tool, score in scores.items()]
    return table(["tool", "pairs in one cluster", "of them wrong"], rows)


def cost_table(runs: Sequence[Run]) -> str:
    """In the order in which they ran; the ratio is ours to theirs."""
    ours = next((run.cost.seconds for run in runs if run.tool == OURS), None)
    rows = []
    for run in runs:
        steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in run.steps.items())
        ratio = f"{ours / run.cost.seconds:.2f}" if ours and run.tool != OURS else ""
        memory = f"{run.cost.peak / 2**20:,.0f}" if run.cost.peak else "n/a"
        rows.append([run.tool, f"{run.cost.seconds:.1f}", f"{run.cost.processor:.1f}", memory, ratio, steps])
    return table(["tool", "s", "CPU s", "peak MB", "ours : it", "steps, s"], rows)


def relation_table(found: Mapping[tuple[str, str], int], score: Score) -> str:
    """Planted pairs that ours keeps apart and names as neighbours."""
    pairs = {row.kind: row.pairs for row in score.rows}
    rows = [[kind, type_, share(count, pairs[kind])] for (kind, type_), count in found.items() if kind in pairs]
    return table(["planted pair", "relation", "related"], rows or [["none", "", ""]])


def day_lines(later: Run, full: float, found: Score) -> list[str]:
    """full: seconds of the run without the new documents."""
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in later.steps.items())
    same, apart = found.total("same"), found.total("apart")
    return [
        f"\nWith 1 % more documents: {later.cost.seconds:.1f} s, {later.cost.seconds / full:.1%} of the full time;",
        f"steps, s: {steps};",
        f"copies found {share(same.joined, same.pairs)}, traps joined {share(apart.joined, apart.pairs)}",
    ]


def release_lines(figures: Mapping[str, Any], cost: Cost) -> list[str]:
    """figures: what `benchmarks.dedup.released` left."""
    first, new = figures["first"], figures["uploaded"]
    folders = ", ".join(f"{name} {count / 1e6:,.2f}" for name, count in figures["folders uploaded"].items())
    return [
        f"\nReleases of {first / 1e6:,.1f} MB, then {figures['second'] / 1e6:,.1f} MB, of which {new / 1e6:,.2f} MB "
        f"({new / first:.2%} of the first) in {figures['new files']} of {figures['files']} files are new;",
        f"MB of them: {folders};",
        f"{cost.seconds:.1f} s, peak {cost.peak / 2**20:,.0f} MB",
    ]
