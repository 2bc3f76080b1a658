"""What every tool reads and leaves, whichever interpreter it runs in: this needs nothing but Python.

Enters: LIST, a file with a path a line. Leaves: OUT, a line of JSON for each: file, seconds (the best of several
times), text, and error where there is none.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def measure(read: Callable[[Path], str]) -> None:
    """Read all files of the command line with a function."""
    parser = argparse.ArgumentParser()
    parser.add_argument("list", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    files = [Path(line) for line in given.list.read_text(encoding="utf-8").splitlines()]
    with given.out.open("w", encoding="utf-8") as out:
        for file in files:
            out.write(json.dumps(_measured(read, file, given.times), ensure_ascii=False) + "\n")


def _measured(read: Callable[[Path], str], file: Path, times: int) -> dict[str, object]:
    best, text = float("inf"), ""
    for _ in range(times):
        begun = time.perf_counter()
        try:
            text = read(file)
        except Exception as error:  # noqa: BLE001  whatever a peer raises is its answer
            return {"file": str(file), "seconds": 0, "text": "", "error": f"{type(error).__name__}: {error}"[:200]}
        best = min(best, time.perf_counter() - begun)
    return {"file": str(file), "seconds": best, "text": text, "error": ""}
