"""The benchmark of crawling runs and counts the same pages on both sides; how fast, no test says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def test_both_spiders_bring_all_pages_and_their_ratio_is_told() -> None:
    command = [sys.executable, "-m", "benchmarks.crawl", "--pages", "45", "--rounds", "1"]
    told = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    warm, counted, ratio = told.stdout.splitlines()
    assert warm.endswith("(not counted)")
    assert re.fullmatch(r"ours \d+ pages/s, bare \d+, ratio \d+\.\d\d", counted)
    assert ratio == f"median ratio of 1 rounds: {counted.rsplit(' ', 1)[1]}"
