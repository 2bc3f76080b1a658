"""The process that reads: bounded, replaced when it dies, gone when its owner is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from officemaker import SENTENCE, docx, every_kind, p, packed

from pipeline.extract.files.errors import CRASHED, EMPTY, TOO_LARGE, TOO_MUCH_MEMORY, TOO_SLOW
from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.formats import parse
from pipeline.extract.files.read import read_file
from pipeline.extract.files.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[4]
SOUND = docx(p(SENTENCE))
HEAVY = docx("".join(p(f"第{n}条 {SENTENCE}") for n in range(40_000)))
"""Ten megabytes of XML: more than a second of work."""


@pytest.fixture
def reader() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def rule(found: FileRead) -> str | None:
    return found.refusal.rule if found.refusal else None


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc/self").exists() else True


def gone(pid: int) -> bool:
    """True as soon as a process has ended; False if it has not within ten seconds."""
    deadline = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


@pytest.mark.parametrize("kind", every_kind())
def test_what_comes_over_the_wire_is_what_was_read(kind: str) -> None:
    body = every_kind()[kind]
    assert read_file(body) == parse(body, Limits())


def test_one_process_reads_many_files(reader: Worker) -> None:
    reader.read(SOUND, Limits())
    first = reader.pid
    assert reader.read(SOUND, Limits()).blocks
    assert reader.pid == first


def test_a_dead_worker_is_replaced(reader: Worker) -> None:
    reader.read(SOUND, Limits())
    first = reader.pid
    assert first
    os.kill(first, signal.SIGKILL)
    assert reader.read(SOUND, Limits()).blocks[0].text == SENTENCE
    assert reader.pid not in (None, first)


def test_a_file_that_brings_two_workers_down_is_refused(reader: Worker) -> None:
    """The reader is killed each time that it works on the file."""
    done = threading.Event()

    def kill() -> None:
        while not done.is_set():
            if reader.pid:
                os.kill(reader.pid, signal.SIGSEGV)
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    found = reader.read(HEAVY, Limits())
    done.set()
    killer.join()
    assert rule(found) == CRASHED
    assert found.refusal is not None
    assert "SIGSEGV" in found.refusal.reason
    assert reader.read(SOUND, Limits()).blocks


def test_time_is_bounded(reader: Worker) -> None:
    assert rule(reader.read(HEAVY, Limits(seconds=0))) == TOO_SLOW
    assert reader.read(SOUND, Limits()).blocks


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_memory_is_bounded_and_the_verdict_is_a_fresh_worker_s(reader: Worker) -> None:
    reader.read(SOUND, Limits())
    assert rule(reader.read(docx(" " * (120 << 20)), Limits(memory=180 << 20))) in (TOO_MUCH_MEMORY, CRASHED)
    assert reader.read(SOUND, Limits(memory=180 << 20)).blocks


def test_the_size_of_the_file_is_bounded_before_anything_is_started() -> None:
    worker = Worker()
    assert rule(read_file(SOUND, Limits(bytes=10))) == TOO_LARGE
    assert rule(read_file(b"")) == EMPTY
    assert worker.pid is None


def test_a_bomb_in_an_archive_is_refused(reader: Worker) -> None:
    assert rule(reader.read(packed({"a.bin": bytes(8 << 20)}), Limits(inflated=1 << 20))) == TOO_LARGE


def test_close_ends_the_process(reader: Worker) -> None:
    reader.read(SOUND, Limits())
    pid = reader.pid
    assert pid
    reader.close()
    assert gone(pid)
    assert reader.pid is None


_OWNER = """
import sys
from pipeline.extract.files.fileread import Limits
from pipeline.extract.files.worker import worker
worker().read(b"text", Limits())
print(worker().pid, flush=True)
{then}
"""


@pytest.mark.parametrize("then", ["sys.stdin.read()", "worker().read(open(sys.argv[1], 'rb').read(), Limits())"])
def test_no_orphan_is_left_when_the_owner_is_killed(then: str, tmp_path: Path) -> None:
    """Killed while the worker waits, and while it reads."""
    (tmp_path / "heavy.docx").write_bytes(HEAVY)
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER.format(then=then), str(tmp_path / "heavy.docx")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=HOUSE,
    )
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    assert is_alive(pid)
    owner.kill()
    owner.communicate()
    assert gone(pid)


def test_it_works_in_a_pool_and_ends_with_it() -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        found = list(pool.map(_read_and_tell, [SOUND, every_kind()["rtf"]]))
    assert [text for text, _ in found] == [SENTENCE, "关于印发青屿市防汛应急预案的通知"]
    assert all(gone(pid) for _, pid in found)


def _read_and_tell(body: bytes) -> tuple[str, int]:
    from pipeline.extract.files.worker import worker

    first = read_file(body).blocks[0].text
    pid = worker().pid
    assert pid is not None
    return first, pid
