"""The programs that are compared, each run in processes of its own.

Enters: a corpus on disk. Leaves: a `Run`: what it cost, its steps and its clusters. A peer that is not installed is
left out with a reason.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyarrow import parquet

from benchmarks.dedup.measured import Cost, measured

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

OURS = "zhengce"


@dataclass(frozen=True, slots=True)
class Tool:
    """module: the program. package: what it needs. processes: how many it may use, at most those of the run."""

    name: str
    module: str
    package: str
    single: bool = False


TOOLS = (
    Tool(OURS, "benchmarks.dedup.ours", "rensa"),
    Tool("rensa", "benchmarks.dedup.peers.rensa_", "rensa", single=True),
    Tool("rensa, all processes", "benchmarks.dedup.peers.rensa_", "rensa"),
    Tool("datasketch", "benchmarks.dedup.peers.datasketch_", "datasketch"),
    Tool("datatrove", "benchmarks.dedup.peers.datatrove_", "datatrove"),
    Tool("text-dedup", "benchmarks.dedup.peers.text_dedup_", "text_dedup"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One tool over one corpus. steps: seconds. neighbours: relations that it found, if it looks for any."""

    tool: str
    cost: Cost
    steps: dict[str, float]
    clusters: pa.Table
    neighbours: pa.Table | None


def available(interpreters: Mapping[str, str]) -> tuple[list[Tool], dict[str, str]]:
    """The tools that can run, and of each other one by its name why not. interpreters: by package, where it lives."""
    here: list[Tool] = []
    missing: dict[str, str] = {}
    for tool in TOOLS:
        if tool.package in interpreters or importlib.util.find_spec(tool.package):
            here.append(tool)
        else:
            missing[tool.name] = f"not installed; --peer-python {tool.package}=PYTHON says where it is"
    return here, missing


def run(tool: Tool, source: Path, out: Path, processes: int, interpreters: Mapping[str, str], *more: str) -> Run:
    """source: the folder that the tool reads: the corpus for ours, the prepared texts for others. Raises Failed."""
    out.mkdir(parents=True)
    python = interpreters.get(tool.package, sys.executable)
    count = 1 if tool.single else processes
    command = [python, "-m", tool.module, str(source), str(out), "--processes", str(count), *more]
    quiet = {"HF_HOME": str(out / "home"), "HF_HUB_OFFLINE": "1"}
    if tool.single:
        quiet["RAYON_NUM_THREADS"] = "1"
    cost = measured(command, out / "log.txt", quiet)
    return read_run(tool.name, cost, out)


def read_run(name: str, cost: Cost, out: Path) -> Run:
    """What a tool left."""
    found = out / "neighbours.parquet"
    return Run(
        tool=name,
        cost=cost,
        steps=json.loads((out / "steps.json").read_text(encoding="utf-8")),
        clusters=parquet.read_table(out / "clusters.parquet"),
        neighbours=parquet.read_table(found) if found.exists() else None,
    )
