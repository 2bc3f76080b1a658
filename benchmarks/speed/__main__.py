"""How fast the clean step is: pages a second at one process and two, where the time goes, memory, beside others."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.dedup.measured import Failed
from benchmarks.speed import pages
from benchmarks.speed.bench import Bench
from benchmarks.speed.report import lines
from flows.workers import CORES

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLE = "example: python -m benchmarks.speed --pages 20000 --peer-python DIR/bin/python --flow"
DATA = Path(__file__).parents[3] / "shared" / "data"


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.speed", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("--pages", type=int, default=2000, metavar="N", help="default: 2000; memory at a tenth too")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, min(2, CORES)], metavar="P")
    parser.add_argument("--rounds", type=int, default=3, help="the median counts (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="whose regulations/ lend their text")
    parser.add_argument("--peer-python", metavar="PYTHON", help="where datatrove lives; without it, it is left out")
    parser.add_argument("--dask", action="store_true", help="the clean step by one Dask worker and by two")
    parser.add_argument("--flow", action="store_true", help="a run as a Prefect flow beside a direct one")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 if something that was measured failed; 2 for wrong use."""
    given = arguments(words)
    if given.pages <= pages.SHARD:
        return _wrong(f"--pages {given.pages}: the first {pages.SHARD} only warm up; give more than that")
    if given.peer_python and not shutil.which(given.peer_python):
        return _wrong(f"--peer-python {given.peer_python}: there is no such program")
    with tempfile.TemporaryDirectory(prefix="zhengce-") as folder:
        bench = Bench(Path(folder), given.pages, given.data, given.rounds)
        try:
            bench.race()
            bench.stages()
            bench.clean(given.processes)
            bench.memory()
            if given.peer_python:
                bench.datatrove(given.peer_python, given.processes)
            if given.dask:
                bench.dask()
            if given.flow:
                bench.flow()
        except Failed as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            print(*lines(bench.figures), sep="\n", flush=True)
            if given.json:
                given.json.write_text(json.dumps(bench.figures, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _wrong(why: str) -> int:
    print(why, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
