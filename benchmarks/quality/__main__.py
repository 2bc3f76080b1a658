"""Ours beside the peers on every gold set, in one run: `python -m benchmarks.quality --help`."""

from __future__ import annotations

import argparse
import json
import logging
import os
import socket
import sys
import warnings
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from benchmarks.quality.extractors import OURS, READING
from benchmarks.quality.floors import write_floors
from benchmarks.quality.gold import GoldError
from benchmarks.quality.measure import Result, assess, clock
from benchmarks.quality.peers import PACKAGES, PEERS
from benchmarks.quality.report import insert, misses, report
from benchmarks.quality.sets import OWN, SETS, load_set, missing
from benchmarks.quality.summary import summarize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.quality.extractors import Extractor

DATA = Path("..") / "shared" / "data"
EXAMPLE = "example: python -m benchmarks.quality --only pages gov-pages --peers trafilatura gne --misses"


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.quality", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("--data", type=Path, help=f"folder of the gold sets (else $ZHENGCE_DATA, else {DATA})")
    parser.add_argument("--only", nargs="+", choices=SETS, default=list(SETS), metavar="SET", help=", ".join(SETS))
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS), metavar="NAME", help=", ".join(PEERS))
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds, after one that does not count; 0: none")
    parser.add_argument("--misses", action="store_true", help="say what ours got wrong, page by page")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every page's figures")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="put the tables between the markers of a page")
    parser.add_argument("--write-floors", action="store_true", help="make today's figures on our own pages the floors")
    return parser.parse_args(words)


def refuse_network(*_: object) -> NoReturn:
    raise OSError("the benchmark is offline")


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 when a gold page or a set could not be used (the others were), 2 for wrong use."""
    given = arguments(words)
    data = given.data or Path(os.environ.get("ZHENGCE_DATA") or Path(__file__).parents[2] / DATA)
    try:
        extractors = [OURS, READING, *(PEERS[name](name) for name in given.peers)]
    except ImportError as error:
        print(f"{error}; the peers come with: pip install -c constraints.txt -e '.[test]'", file=sys.stderr)
        return 2
    problems: list[str] = []
    if absent := missing(data, given.only):
        problems.append(f"{data}: holds no {', '.join(absent)}; say where it lies with --data or ZHENGCE_DATA")
    present = [name for name in given.only if name not in absent]
    results = {name: measure(name, data, extractors, given.rounds, problems) for name in present}
    text = report(results, PACKAGES if given.peers else ())
    print(text)
    if given.misses:
        print("\n".join(misses(results)))
    try:
        if given.json:
            given.json.write_text(json.dumps(results, default=asdict, ensure_ascii=False, indent=1), encoding="utf-8")
        if given.markdown and problems:
            problems.append(f"{given.markdown}: left as it is, because not everything could be measured")
        elif given.markdown:
            insert(given.markdown, text)
    except (OSError, GoldError) as error:
        problems.append(str(error))
    if given.write_floors and OWN in results:
        write_floors(summarize(results[OWN][0]))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def measure(name: str, data: Path, extractors: Sequence[Extractor], rounds: int, problems: list[str]) -> list[Result]:
    """One set by every extractor, ours first."""
    pages, broken = load_set(name, data)
    problems += broken
    print(f"{name}: {len(pages)} pages, {len(extractors)} extractors ...", file=sys.stderr)
    results = [assess(pages, extractor) for extractor in extractors]
    seconds = clock(pages, extractors, rounds) if rounds else {}
    return [replace(result, seconds=seconds.get(result.extractor)) for result in results]


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    socket.socket.connect = refuse_network  # type: ignore[method-assign]  # not even for a word list
    sys.exit(main())
