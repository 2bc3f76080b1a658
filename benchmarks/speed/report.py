"""The figures of a run as tables in Markdown.

Enters: the figures of `benchmarks.speed.bench`. Leaves: lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LITTLE = 0.01
"""Share of the time below which stages are one line."""


def lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """What was measured; what was not is left out."""
    if size := figures.get("mean page, bytes"):
        yield f"{figures['pages']:,} pages of {size / 1000:.1f} KB, {figures['shard']} a shard"
    if race := figures.get("race"):
        yield ""
        yield (
            f"One core, CPU time, in turns: ours {race['ours, pages/s']:.0f} pages/s, trafilatura with its defaults "
            f"{race['trafilatura, pages/s']:.0f}; ratio {race['ratio']:.2f}"
        )
    yield from _speeds(figures)
    if stages := figures.get("stages"):
        yield from ("", "| stage | share of the CPU time |", "|---|---|")
        yield from (f"| {name} | {share:.1%} |" for name, share in stages.items() if share >= LITTLE)
        rest = [share for share in stages.values() if share < LITTLE]
        if rest:
            yield f"| {len(rest)} others | {sum(rest):.1%} |"
    if memory := figures.get("memory, MB"):
        (small, low), (large, high) = memory.items()
        yield from ("", f"Peak memory: {low:.0f} MB at {int(small):,} pages, {high:.0f} MB at {int(large):,}")
        yield f"({high / low - 1:+.1%})"
    if spent := figures.get("dask, CPU"):
        yield from ("", f"Dask, by CPU time: two workers do {2 * spent['2'] / spent['1']:.2f} times what one does")
    if flow := figures.get("flow, s"):
        more = flow["flow"] / flow["direct"] - 1
        yield from ("", f"A run: direct {flow['direct']:.1f} s, as a Prefect flow {flow['flow']:.1f} s ({more:+.1%})")


def _speeds(figures: Mapping[str, Any]) -> Iterator[str]:
    clean = dict(figures.get("clean", {}))
    if not clean:
        return
    other = clean.pop("trafilatura")
    rows = [(f"zhengce, {count} process{'es' * (count != '1')}", rate) for count, rate in clean.items()]
    rows += [(f"zhengce, {count} Dask workers", rate) for count, rate in figures.get("dask", {}).items()]
    rows += [(f"datatrove, {count} tasks at a time", rate) for count, rate in figures.get("datatrove", {}).items()]
    yield from ("", "| by the clock | pages/s | × trafilatura |", "|---|---|---|")
    yield from (f"| {name} | {rate:.0f} | {rate / other:.2f} |" for name, rate in rows)
    yield f"| trafilatura, 1 process, its defaults, reading not counted | {other:.0f} | 1 |"
