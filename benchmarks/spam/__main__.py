"""How much injected spam ours removes beside trafilatura and a keyword filter: `python -m benchmarks.spam --help`."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.spam.alarms import alarms
from benchmarks.spam.bases import SETS, bases
from benchmarks.spam.controls import check, honest
from benchmarks.spam.cost import clock
from benchmarks.spam.measure import hacked, measure
from benchmarks.spam.report import alarm_table, control_table, cost_line, cost_table, misses, technique_table
from benchmarks.spam.techniques import TECHNIQUES

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path("..") / "shared" / "data"
EXAMPLE = "example: python -m benchmarks.spam --only sentences 'hidden text' --sample 5 --misses"


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.spam", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("--seed", type=int, default=1, help="another seed writes other spam in other places")
    parser.add_argument("--data", type=Path, help=f"folder of the evaluation data (else $ZHENGCE_DATA, else {DATA})")
    parser.add_argument("--sample", type=int, default=20, help="pages a variant; 0: all")
    parser.add_argument("--only", nargs="+", choices=TECHNIQUES, default=[], metavar="TECHNIQUE")
    parser.add_argument("--variants", action="store_true", help="a row for each variant")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds; 0: no cost")
    parser.add_argument("--misses", type=int, nargs="?", const=2, default=0, help="name the worst N pages a variant")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures of every page")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0; 2 for wrong use."""
    given = arguments(words)
    data = given.data or Path(os.environ.get("ZHENGCE_DATA") or Path(__file__).parents[2] / DATA)
    if given.data and not given.data.is_dir():
        print(f"{given.data} is no folder; give the folder that holds {', '.join(SETS[1:])}", file=sys.stderr)
        return 2
    pages = list(bases(data))
    web = [page for page in pages if not page.plain]
    sheets = list(measure(pages, given.seed, given.sample, given.only))
    clean = list(honest())
    controls = [control for page in clean for control in check(page)]
    raised = list(alarms([*pages, *clean]))
    variants = len({(sheet.technique, sheet.variant) for sheet in sheets})
    print(f"{len(web)} clean HTML pages, {len(pages) - len(web)} plain texts; {variants} variants, seed {given.seed}\n")
    print(technique_table(sheets, given.variants), control_table(controls), sep="\n\n")
    print("", alarm_table(raised, len(pages) + len(clean)), sep="\n")
    if given.rounds:
        print("", cost_table(clock(web, given.rounds), len(web)), sep="\n")
        print(cost_line("pages with spam", clock(hacked(web, given.seed), given.rounds)))
    if given.misses:
        print("", *misses(sheets, controls, raised, given.misses), sep="\n")
    if given.json:
        rows = {"sheets": [asdict(sheet) for sheet in sheets], "controls": [asdict(control) for control in controls]}
        rows["alarms"] = [asdict(alarm) for alarm in raised]
        given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.exit(main())
