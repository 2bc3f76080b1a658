"""Planted duplicates and traps: what is found, what is joined by mistake, time and memory, beside other tools."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.dedup.bench import Bench
from benchmarks.dedup.generate import generate
from benchmarks.dedup.tools import OURS, TOOLS
from benchmarks.dedup.truth import read_truth

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLE = "example: python -m benchmarks.dedup --documents 10000 100000 --peers --peer-python datatrove=DIR/bin/python"


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.dedup", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000], metavar="N", help="default: 10000")
    parser.add_argument("--seed", type=int, default=1, help="another seed writes another corpus")
    parser.add_argument("--processes", type=int, default=2, help="that a tool may use (default: %(default)s)")
    parser.add_argument("--peers", action="store_true", help="run the other tools too")
    parser.add_argument(
        "--peers-up-to", type=int, default=100_000, metavar="N", help="documents (default: %(default)s)"
    )
    parser.add_argument("--peer-python", nargs="+", default=[], metavar="PACKAGE=PYTHON", help="where a peer lives")
    parser.add_argument("--only", nargs="+", choices=[tool.name for tool in TOOLS], default=[], metavar="TOOL")
    parser.add_argument("--day", action="store_true", help="then add one document in a hundred and time it again")
    parser.add_argument("--release", action="store_true", help="release before and after that day and count the bytes")
    parser.add_argument("--folder", type=Path, help="keep the corpora here, and use those that are there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 if a tool failed; 2 for wrong use."""
    given = arguments(words)
    pairs = [pair.partition("=") for pair in given.peer_python]
    if any(not python for _, _, python in pairs):
        print("--peer-python takes PACKAGE=PYTHON, for instance datatrove=DIR/bin/python", file=sys.stderr)
        return 2
    wanted = given.only or ([tool.name for tool in TOOLS] if given.peers else [OURS])
    figures: dict[str, object] = {}
    failures: list[str] = []
    for documents in given.documents:
        with tempfile.TemporaryDirectory() as scratch:
            corpus = _corpus(given.folder or Path(scratch), documents, given.seed)
            bench = Bench(
                corpus=corpus,
                runs=Path(scratch) / "runs",
                truth=read_truth(corpus),
                processes=given.processes,
                interpreters={name: python for name, _, python in pairs},
            )
            bench.compare(wanted if documents <= given.peers_up_to else [OURS])
            if given.day or given.release:
                bench.day()
            if given.release:
                bench.release()
            figures[str(documents)] = bench.figures
            failures += bench.failures
    if given.json:
        given.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    return 1 if failures else 0


def _corpus(folder: Path, documents: int, seed: int) -> Path:
    corpus = folder / f"{documents}-{seed}"
    begun = time.perf_counter()
    if not (corpus / "truth").exists():
        generate(corpus, documents, seed)
    print(f"\n## {documents:,} documents, seed {seed} ({time.perf_counter() - begun:.0f} s to make)\n", flush=True)
    return corpus


if __name__ == "__main__":
    sys.exit(main())
