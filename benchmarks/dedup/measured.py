"""What a program costs: wall time, processor time and memory, its children's too.

Enters: a command. Leaves: a `Cost`. Memory is the largest sum over all its processes at one moment, each page of
memory counted once however many share it (PSS), as Linux tells ten times a second; a shorter peak is missed.

>>> measured([sys.executable, "-c", "bytearray(10**8)"]).peak > 10**8
True
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PAUSE = 0.1
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """A program ended with an error; its last lines say which."""


@dataclass(frozen=True, slots=True)
class Cost:
    """seconds: by the clock. processor: seconds of all processes, none that lived for less than a tenth of a second
    unless its parent waited for it. peak: bytes. Both of the latter are 0 where the system does not tell."""

    seconds: float
    processor: float
    peak: int


def measured(command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run it to its end in the root of the project. log: takes what it says. Raises Failed if it ends badly."""
    root = Path(__file__).parents[2]
    variables = {**os.environ, "PYTHONPATH": str(root), **(environment or {})}
    peak, busy = 0, dict[int, float]()
    with log.open("wb") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=root, env=variables, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            tree = _processes(process.pid)
            busy.update(tree)
            peak = max(peak, sum(map(_memory, tree)))
            time.sleep(_PAUSE)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    if process.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise Failed(f"{' '.join(command[:4])} … ended with {process.returncode}: {' | '.join(lines[-3:])}")
    waited = ended[2].ru_utime + ended[2].ru_stime
    return Cost(seconds, max(waited, sum(busy.values())), peak)


def _processes(session: int) -> dict[int, float]:
    """The processes of a session, and the processor seconds of each."""
    found = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[3]) == session:
            found[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICKS
    return found


def _memory(process: int) -> int:
    """Its bytes, and of those that it shares its part."""
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
