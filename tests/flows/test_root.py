"""The layout, the lock and the clock."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from flows.errors import WrongUse
from flows.root import Root, now

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, pathlib
from flows.root import Root
with Root(pathlib.Path(sys.argv[1])).lock(lambda: None):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_says_so_and_waits(tmp_path: Path) -> None:
    said: list[str] = []
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"

    def waiting() -> None:
        said.append("waiting")
        holder.stdin.close()  # the holder ends, and the lock is ours

    with Root(tmp_path).lock(waiting):
        assert said == ["waiting"]
        assert holder.wait() == 0
    holder.stdout.close()


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        holder.kill()
        holder.wait()
    with Root(tmp_path).lock(lambda: pytest.fail("somebody still holds the lock")):
        pass


def test_private_things_stay_out_of_version_control(tmp_path: Path) -> None:
    root = Root(tmp_path)
    root.prepare()
    assert (root.private / ".gitignore").read_text() == "*\n"


def test_a_root_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongUse, match="choose another --root"):
        Root(tmp_path / "file" / "corpus").prepare()


def test_the_clock_can_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert now() == datetime(1970, 1, 1, tzinfo=UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert now().tzinfo is UTC
    assert now().microsecond == 0


def test_a_claim_does_not_wait_and_other_names_are_free(tmp_path: Path) -> None:
    root = Root(tmp_path)
    with root.claim() as ours, root.claim() as again, root.claim("daily.run") as other:
        assert (ours, again, other) == (True, False, True)
        assert root.busy()
    assert not root.busy()
    with root.claim() as ours:
        assert ours
