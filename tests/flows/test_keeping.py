"""A server that dies, hangs or is somebody else's: it is started again, or given up, and never mistaken for ours."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import pytest

from flows import keeping
from flows.errors import FlowError
from flows.keeping import keep
from flows.root import Root
from flows.server import PrefectServer

if TYPE_CHECKING:
    from pathlib import Path


class Patient(PrefectServer):
    """A server whose state is told beforehand, a word a look: well, silent, dead."""

    def __init__(self, root: Root, *course: str) -> None:
        super().__init__(root)
        self._course = iter(course)
        self._now = "well"
        self.starts = 0

    def answers(self) -> bool:
        self._now = next(self._course, "")
        if not self._now:
            raise EOFError
        return self._now == "well"

    def alive(self) -> bool:
        return self._now != "dead"

    def revive(self) -> None:
        self.starts += 1


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second a look by a clock of its own."""
    clock = itertools.count(0.0)
    monkeypatch.setattr(keeping, "LOOK", 0)
    monkeypatch.setattr(keeping, "monotonic", lambda: next(clock))


def course(tmp_path: Path, *words: str, silence: float = 4.5) -> tuple[int, list[str]]:
    """How often it was started again, and what was said."""
    said: list[str] = []
    patient = Patient(Root(tmp_path), *words)
    with pytest.raises(EOFError):
        asyncio.run(keep(patient, said.append, silence))
    return patient.starts, said


def test_a_server_that_dies_is_started_again_and_has_time_to_start(tmp_path: Path) -> None:
    starts, [told] = course(tmp_path, "well", "dead", "silent", "silent", "well", "well")
    assert starts == 1
    assert "died; it is started again" in told
    assert "server.log.1" in told


def test_a_server_that_falls_silent_is_started_again_but_not_one_that_is_slow(tmp_path: Path) -> None:
    assert course(tmp_path, *["well", "silent", "silent", "silent"] * 5) == (0, [])
    starts, [told] = course(tmp_path, "well", *["silent"] * 5, "well")
    assert starts == 1
    assert "has not answered for" in told


def test_a_machine_that_sleeps_does_not_make_its_server_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = iter([0.0, 1.0, 1.0, 36_000.0, 36_000.0, 36_001.0, 36_001.0, 36_002.0])
    monkeypatch.setattr(keeping, "monotonic", lambda: next(hours))
    assert course(tmp_path, "well", "silent", "well", silence=60) == (0, [])


def test_a_server_that_does_not_come_up_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []

    async def nap(seconds: float) -> None:
        naps.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", nap)
    patient = Patient(Root(tmp_path), *["dead"] * 99)
    with pytest.raises(FlowError, match=r"does not come up again; its last words stand in .*server\.log"):
        asyncio.run(keep(patient, lambda _: None))
    assert patient.starts == keeping.TRIES
    assert [nap for nap in naps if nap] == [2, 4, 8, 16]


def test_a_server_of_another_root_is_not_taken_for_ours(server: PrefectServer, tmp_path: Path) -> None:
    assert server.answers()
    before = server.pid
    other = PrefectServer(Root(tmp_path))
    other.port = server.port
    other.revive()
    with pytest.raises(FlowError, match="did not start"):
        other.wait()
    assert (server.pid, server.answers()) == (before, True)
