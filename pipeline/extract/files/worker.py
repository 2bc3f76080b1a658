"""The worker process of this process: it reads files, one at a time, and is replaced when it dies.

Enters: bytes and limits. Leaves: a `FileRead`; a refusal where the worker died, ran out of time or of memory. What a
file does to its reader is told by a fresh worker, never by one that has read other files before: the verdict does not
depend on them.

The worker is no child of multiprocessing, whose daemons may have none (Dask's workers are such daemons). It leads a
process group of its own, so that it goes together with an office program that it started.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extract.files.errors import CRASHED, TOO_MUCH_MEMORY, TOO_SLOW
from pipeline.extract.files.fileread import FileRead, refused
from pipeline.extract.files.wire import pack_limits, unpack

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from pipeline.extract.files.fileread import Limits

__all__ = ["Worker", "worker"]

_PATIENCE = 4
"""Seconds on the clock for one of computing: a night's run shares its cores."""
_LEAVING = 5
"""Seconds that a dying process may take to say how it died."""
_HOUSE = str(Path(__file__).parents[3])
_AGAIN = (CRASHED, TOO_MUCH_MEMORY)


class Worker:
    """A process that reads files; started when the first comes. Threads take turns."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: Connection | None = None
        self._used = False

    def read(self, body: bytes, limits: Limits) -> FileRead:
        """Read a file within limits. Never raises for what a file does."""
        with self._lock:
            used = self._used
            found = self._ask(body, limits)
            if used and found.refusal and found.refusal.rule in _AGAIN:
                self._end()
                found = self._ask(body, limits)
            return found

    @property
    def pid(self) -> int | None:
        """The number of the process, if there is one."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process. The next file starts another."""
        with self._lock:
            self._end()

    def _ask(self, body: bytes, limits: Limits) -> FileRead:
        process, wire = self._process, self._wire
        if process is None or wire is None:
            process, wire = self._begin()
        self._used = True
        late = threading.Event()
        clock = threading.Timer(max(_PATIENCE * limits.seconds, limits.office_seconds), _stop, (process, late))
        clock.daemon = True
        clock.start()
        try:
            wire.send_bytes(pack_limits(limits))
            wire.send_bytes(body)
            found = unpack(wire.recv_bytes())
        except (EOFError, OSError, ValueError):
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LEAVING)
            self._end()
            return _died(process.returncode, limits, late=late.is_set())
        finally:
            clock.cancel()
        if found.refusal and found.refusal.rule == TOO_MUCH_MEMORY:
            self._end()
        return found

    def _begin(self) -> tuple[subprocess.Popen[bytes], Connection]:
        ours, its = Pipe()
        command = [sys.executable, "-m", "pipeline.extract.files.child", str(its.fileno())]
        self._process = subprocess.Popen(
            command,
            pass_fds=[its.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # libraries complain about damaged files there, and we do in the refusal
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_HOUSE, os.environ.get("PYTHONPATH"))))},
            start_new_session=True,
        )
        its.close()
        self._wire = ours
        self._used = False
        return self._process, ours

    def _end(self) -> None:
        if self._process is not None:
            _kill(self._process)
            self._process.wait()
        if self._wire is not None:
            self._wire.close()
        self._process = self._wire = None
        self._used = False


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:  # else its number may be another's by now
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _died(code: int | None, limits: Limits, *, late: bool) -> FileRead:
    if late or code == -signal.SIGXCPU:
        return refused("binary", TOO_SLOW, f"reading the file takes more than {limits.seconds} s")
    how = signal.Signals(-code).name if code and code < 0 else f"exit {code}"
    return refused("binary", CRASHED, f"the file brought its reader down ({how})")


_WORKERS: list[Worker] = []
_STARTING = threading.Lock()


def worker() -> Worker:
    """The worker of this process; a forked process gets one of its own."""
    with _STARTING:
        if not _WORKERS or _WORKERS[0].owner != os.getpid():
            _WORKERS[:] = [Worker()]
            atexit.register(_WORKERS[0].close)
        return _WORKERS[0]
