"""A Prefect server of our own: started for a root, started again when it dies, ended with us however we end.

Enters: a root and perhaps a port. Leaves: a running server, whose database lies in ROOT/.zhengce/prefect, whose log in
server.log beside it, and whose address in ROOT/.zhengce/server, where other verbs find it. It answers on the loopback
only: whoever can reach a Prefect server can run things on it.

>>> server = PrefectServer(root)
>>> server.start()
>>> server.url
'http://127.0.0.1:4200/api'

`python -m flows.server PORT` is the server's process: `prefect server start`, which ends when its input does.
"""

from __future__ import annotations

import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from crawler.subprocesses import module_command, module_environment
from flows.engine import SERVER, home_of
from flows.errors import FlowError, WrongUse

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["PrefectServer"]

HOST = "127.0.0.1"
PORT = 4200
"""Prefect's own. If it is taken, any that is free."""

STARTING = 120.0
"""Seconds until a server must answer: 8 s on an idle machine with a new database, 25 s on a busy one."""

LEAVING = 20.0
"""Seconds until a server that was told to end is killed. Its database survives that."""

SETTINGS = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",  # seconds; SQLite has one writer, and a busy machine lets others wait
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # of 90 days ago, or the file grows for ever
}


class PrefectServer:
    """A server in a process of its own, from `start` to `end`."""

    def __init__(self, root: Root, port: int | None = None) -> None:
        """port: None for the one that it had here before, or Prefect's own, or any that is free."""
        self._root, self._wanted = root, port
        self._home = os.environ.get("PREFECT_HOME") or str((root.private / "prefect").resolve())
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Of the API."""
        return f"{self.address}/api"

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def log(self) -> str:
        return str(self._root.private.resolve() / "prefect" / "server.log")

    @property
    def address(self) -> str:
        """For a browser."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Raises FlowError if it does not come up, WrongUse if the port is taken."""
        self._root.prepare()
        self.port = _free_port(self._wanted, known_port(self._root))
        self._start()
        try:
            self.wait()
            (self._root.private / SERVER).write_text(self.url + "\n")
        except BaseException:
            self._end()
            raise

    def end(self) -> None:
        """And nobody finds it any more."""
        with suppress(FileNotFoundError):
            (self._root.private / SERVER).rename(self._root.private / LAST)
        self._end()

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def answers(self) -> bool:
        """Whether it is alive and well, and not another root's server that has taken its port."""
        return self.alive() and home_of(self.url) == self._home

    def revive(self) -> None:
        """Start it again where it was, with all that it knew."""
        self._end()
        self._start()

    def wait(self) -> None:
        """Until it answers. Raises FlowError if it ends before that, or takes too long."""
        end = time.monotonic() + STARTING
        while not self.answers():
            if not self.alive() or time.monotonic() > end:
                raise FlowError(f"the Prefect server did not start; its last words stand in {self.log}")
            time.sleep(0.2)

    def _start(self) -> None:
        path = Path(self.log)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # a webhook that is a secret stands in there
        if path.exists():
            path.rename(f"{path}.1")  # why the one before it died
        with path.open("wb") as log:
            self._process = subprocess.Popen(
                [*module_command("flows.server"), str(self.port)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=module_environment() | SETTINGS | {"PREFECT_HOME": self._home},
                start_new_session=True,  # Ctrl-C is ours: the server must outlive the runs that report to it
            )

    def _end(self) -> None:
        if not (process := self._process):
            return
        process.terminate()
        try:
            process.wait(LEAVING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()


LAST = "server.last"
"""File in ROOT/.zhengce: the address of the server that ran last, beside the one of the server that runs."""


def known_port(root: Root) -> int | None:
    """The port that a server had here: bookmarks and runs that are under way know it."""
    for name in (SERVER, LAST):
        with suppress(OSError, ValueError):
            return int((root.private / name).read_text().strip().removesuffix("/api").rpartition(":")[2])
    return None


def _free_port(wanted: int | None, before: int | None) -> int:
    for port in (wanted,) if wanted else (before, PORT, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise WrongUse(f"port {wanted} is taken; give another: --port")


def _end_with(parent: TextIO) -> None:
    """Whoever started us holds the other end of our input: when it is gone, we go."""

    def wait() -> None:
        while os.read(parent.fileno(), 1 << 16):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(LEAVING)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """`prefect server start` on the port that is our argument."""
    _end_with(sys.stdin)
    sys.argv = ["prefect", "server", "start", "--host", HOST, "--port", sys.argv[1]]
    runpy.run_module("prefect", run_name="__main__")


if __name__ == "__main__":
    main()
