"""kill -9 at any touch of the file system: readers see a whole version, and the next run gives the same release."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_factory import released
from release_until_killed import first, second

from pipeline.corpus.versions import intact, read_latest

SCRIPT = Path(__file__).with_name("release_until_killed.py")


def run(root: Path, moment: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, root, str(moment)], capture_output=True, text=True, check=False)


def start(root: Path, *, fresh: bool) -> None:
    root.mkdir()
    if not fresh:
        released(first(), root)


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def survives(tmp_path: Path, number: int, *, seed: int, fresh: bool) -> None:
    start(expected := tmp_path / "expected", fresh=fresh)
    alive = run(expected, 0)
    assert alive.returncode == 0, alive.stderr
    touches = int(alive.stdout)
    assert touches > 40
    for moment in random.Random(seed).sample(range(1, touches + 1), number):
        start(root := tmp_path / f"killed-{moment}", fresh=fresh)
        before = read_latest(root)
        assert run(root, moment).returncode == -signal.SIGKILL
        seen = read_latest(root)
        if seen is not None:
            assert intact(seen.path, seen.manifest)
        assert (seen is None) <= fresh
        after = released(second(), root)
        assert before is None or after.version != before.version
        assert tree(root) == tree(expected), f"killed at touch {moment}"


def test_killed_at_three_moments(tmp_path: Path) -> None:
    survives(tmp_path, 3, seed=20260131, fresh=False)


@pytest.mark.soak
@pytest.mark.parametrize("fresh", [True, False])
def test_killed_at_fifty_moments(tmp_path: Path, fresh: bool) -> None:
    survives(tmp_path, 25, seed=int(fresh), fresh=fresh)
