"""kill -9 at any moment and a rerun: the release is the one of a run that nobody disturbed.

The moments are places in the work and not times: `killed_at.py` counts what the process asks of the file system below
the corpus (open, rename, mkdir, remove) and kills itself with SIGKILL at the n-th of them."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

WRAPPER = Path(__file__).with_name("killed_at.py")
NEVER = 0


def zhengce(corpus: Path, inbox: Path, moment: int = NEVER) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, WRAPPER, moment, corpus, "--root", corpus, "run", inbox]
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)


def released(corpus: Path) -> dict[str, bytes]:
    """Every byte of the release that stands, by name."""
    files = (path for path in (corpus / "clean").rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in files}


def survives(moment: int, inbox: Path, folder: Path, undisturbed: dict[str, bytes]) -> bool:
    """Kill a run at this moment, run again, compare; True when the kill came before the run's own end."""
    corpus = folder / f"killed-at-{moment}"
    ended = zhengce(corpus, inbox, moment).returncode
    assert ended in (0, -signal.SIGKILL)
    again = zhengce(corpus, inbox)
    assert again.returncode == 0, again.stderr
    after = released(corpus)
    assert after.keys() == undisturbed.keys()
    assert [name for name in after if after[name] != undisturbed[name]] == []
    assert not list(corpus.rglob("*.partial")) + list(corpus.rglob("*.open"))
    shutil.rmtree(corpus)
    return ended != 0


@pytest.fixture
def undisturbed(tmp_path: Path, inbox: Path) -> tuple[int, dict[str, bytes]]:
    """How many moments a run has, and what it releases."""
    calm = tmp_path / "calm"
    run = zhengce(calm, inbox)
    assert run.returncode == 0, run.stderr
    return int(run.stderr.rsplit("moments: ", 1)[1]), released(calm)


def moments(seed: int, count: int, last: int) -> Iterator[int]:
    """Different moments, one out of each of `count` equal stretches of the run."""
    choose = random.Random(seed)
    for place in range(count):
        yield choose.randint(1 + place * last // count, (place + 1) * last // count)


def test_three_kills_leave_no_trace(inbox: Path, tmp_path: Path, undisturbed: tuple[int, dict[str, bytes]]) -> None:
    last, release = undisturbed
    assert [survives(moment, inbox, tmp_path, release) for moment in moments(2026, 3, last)] == [True] * 3


@pytest.mark.soak
def test_fifty_kills_leave_no_trace(inbox: Path, tmp_path: Path, undisturbed: tuple[int, dict[str, bytes]]) -> None:
    last, release = undisturbed
    assert last >= 50
    assert all(survives(moment, inbox, tmp_path, release) for moment in moments(4711, 50, last))
