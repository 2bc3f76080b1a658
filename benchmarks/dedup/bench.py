"""One corpus and every tool on it, then the day after for ours.

Enters: a corpus on disk and which tools shall run. Leaves: tables on the screen and all figures by name. The tools run
one after the other, in an order drawn anew each time.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from random import SystemRandom
from typing import TYPE_CHECKING

from benchmarks.dedup.measured import Cost, Failed, measured
from benchmarks.dedup.report import cost_table, day_lines, kind_table, relation_table, release_lines, wrong_table
from benchmarks.dedup.score import related, score
from benchmarks.dedup.texts import write_texts
from benchmarks.dedup.tools import OURS, Run, available, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.dedup.tools import Tool
    from benchmarks.dedup.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """corpus: what `generate` wrote. runs: an empty folder. figures and failures fill while it runs."""

    corpus: Path
    runs: Path
    truth: Truth
    processes: int
    interpreters: Mapping[str, str]
    figures: dict[str, object] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def compare(self, wanted: Sequence[str]) -> None:
        """Every tool that is wanted and there."""
        tools, missing = available(self.interpreters)
        for name in missing.keys() & set(wanted):
            print(f"- {name}: {missing[name]}", flush=True)
        tools = [tool for tool in tools if tool.name in wanted]
        SystemRandom().shuffle(tools)
        if any(tool.name != OURS for tool in tools):
            write_texts(sorted((self.corpus / "shards").glob("*.parquet")), self.runs / "texts", self.processes)
        runs = [done for tool in tools if (done := self._run(tool, tool.name))]
        if runs:
            self._report(sorted(runs, key=lambda run: run.tool != OURS))

    def _report(self, runs: Sequence[Run]) -> None:
        scores = {run.tool: score(self.truth, run.clusters, day=False) for run in runs}
        self.figures["runs"] = {run.tool: {"cost": asdict(run.cost), "steps": run.steps} for run in runs}
        self.figures["scores"] = {tool: asdict(found) for tool, found in scores.items()}
        for expected in ("same", "apart", "contains"):
            print(kind_table(scores, expected), end="\n\n")
        print(wrong_table(scores), cost_table(runs), sep="\n\n", flush=True)
        if runs[0].neighbours is not None:
            print("", relation_table(related(self.truth, runs[0].neighbours), scores[OURS]), sep="\n", flush=True)

    def day(self) -> None:
        """Ours once more on what it kept from the first run, with a hundredth of new documents."""
        tool = next(tool for tool in available(self.interpreters)[0] if tool.name == OURS)
        full: dict[str, dict[str, dict[str, float]]] = self.figures.get("runs", {})  # type: ignore[assignment]
        if OURS not in full or not (later := self._run(tool, "day", "--day")):
            return
        found = score(self.truth, later.clusters, day=True)
        print(*day_lines(later, full[OURS]["cost"]["seconds"], found), sep="\n", flush=True)
        self.figures["day"] = {"cost": asdict(later.cost), "steps": later.steps, "score": asdict(found)}

    def release(self) -> None:
        """Two releases by ours, the second with the new documents."""
        out = self.runs / "released"
        out.mkdir()
        words = [str(self.corpus), str(out), "--cache", str(self.runs / "cache"), "--processes", str(self.processes)]
        try:
            cost: Cost = measured([sys.executable, "-m", "benchmarks.dedup.released", *words], out / "log.txt")
        except Failed as error:
            self._fail(f"release: {error}")
            return
        figures = json.loads((out / "released.json").read_text(encoding="utf-8"))
        self.figures["released"] = figures
        print(*release_lines(figures, cost), sep="\n", flush=True)

    def _run(self, tool: Tool, name: str, *more: str) -> Run | None:
        source = self.corpus if tool.name == OURS else self.runs / "texts"
        kept = ("--cache", str(self.runs / "cache")) if tool.name == OURS else ()
        try:
            return run(tool, source, self.runs / name, self.processes, self.interpreters, *kept, *more)
        except Failed as error:
            self._fail(f"{name}: {error}")
            return None

    def _fail(self, line: str) -> None:
        print(f"- {line}", flush=True)
        self.failures.append(line)
