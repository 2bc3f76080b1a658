"""Damage -> repair on clean texts: how much comes back, and what is changed that was never damaged.

Enters: regulations, State Council documents and the gold texts of tests/pages. Leaves: a Markdown table, one row a
damage: punctuation folded, Traditional by one-to-one tables, pinyin in brackets and bare, GBK slips, `??` for U+3000,
doubled commas; and the clean texts themselves, of which no letter and no digit may change.

    python -m benchmarks.spam.roundtrip --data ../shared/data
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality.report import table
from benchmarks.spam.rows import Bench
from benchmarks.spam.trips import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path("..") / "shared" / "data"


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0; 2 where the data is missing."""
    parser = argparse.ArgumentParser("python -m benchmarks.spam.roundtrip", description=__doc__)
    default = os.environ.get("ZHENGCE_DATA", str(Path(__file__).parents[2] / DATA))
    parser.add_argument("--data", type=Path, default=Path(default), help="folder with regulations and state-council")
    parser.add_argument("--regulations", type=int, default=150, help="how many regulations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, nargs="?", const=5, default=0, help="name N cases a row")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all rows with all cases")
    given = parser.parse_args(words)
    if not (given.data / "regulations").is_dir():
        print(f"{given.data} holds no regulations; give the evaluation data with --data", file=sys.stderr)
        return 2
    bench = Bench(given.seed)
    count = 0
    for count, sound in enumerate(texts(given.data, given.regulations, given.seed), 1):  # noqa: B007
        bench.run(sound)
    print(f"{count} clean texts, seed {given.seed}\n")
    head = ["damage", "unit", "damaged", "restored", "share", "else"]
    print(table(head, [[name, *row.line] for name, row in bench.rows.items()]))
    for name, row in bench.rows.items():
        for example in row.examples[: given.misses]:
            print(f"{name} | {example}")
    if given.json:
        rows = {name: [*row.line, row.examples] for name, row in bench.rows.items()}
        given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.exit(main())
