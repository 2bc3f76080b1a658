"""What a Prefect server says of runs, and which processes of a test are alive: asked from the outside."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = "ZHENGCE_TEST_MARK"
"""Variable of the environment that tells the processes of one test from all others."""

LONG = 120.0
"""Seconds after which something will not happen any more; on an idle machine nothing here takes a quarter of that."""


def ask(url: str, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
    """The API's answer to a question."""
    data = None if method == "GET" else json.dumps(body or {}).encode()
    request = urllib.request.Request(f"{url}{path}", data, {"Content-Type": "application/json"}, method=method)
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            if error.code != 503:  # the database is locked for a moment: Prefect's own client asks again too
                raise
            time.sleep(0.5)


def runs(url: str) -> list[dict[str, Any]]:
    """Flow runs that began, the oldest first."""
    found = ask(url, "/flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC"})
    return [run for run in found if run["state_type"] not in ("SCHEDULED", "PENDING")]


def tasks(url: str, run: str | None = None) -> dict[str, dict[str, Any]]:
    """Task runs by their names."""
    body = {"flow_runs": {"id": {"any_": [run]}}} if run else {}
    return {one["name"]: one for one in ask(url, "/task_runs/filter", body)}


def artifacts(url: str, run: str) -> dict[str, Any]:
    """The data of a run's artifacts, by their keys."""
    found = ask(url, "/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run]}}})
    return {one["key"]: json.loads(one["data"]) if one["type"] == "table" else one["data"] for one in found}


def events(url: str, name: str) -> list[dict[str, Any]]:
    """Events whose name begins like that."""
    return list(ask(url, "/events/filter", {"filter": {"event": {"prefix": [name]}}})["events"])


def until(found: Callable[[], Any], seconds: float = LONG) -> Any:
    """The first answer that is true."""
    end = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)
    return answer


def alive(mark: str) -> list[str]:
    """Command lines of the processes that carry the mark."""
    listed = subprocess.run(["ps", "axeww", "-o", "pid=,command="], capture_output=True, text=True, check=True).stdout
    marked = (line.strip() for line in listed.splitlines() if f"{MARK}={mark}" in line)
    return [line for line in marked if line.split()[0] != str(os.getpid())]  # others may name it: Dask's variables do


def pid_of(mark: str, words: str) -> int | None:
    """The process whose command line has these words."""
    return next((int(line.split()[0]) for line in alive(mark) if words in line), None)


@contextmanager
def listener() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address that keeps what is sent to it."""
    heard: list[dict[str, Any]] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", heard
    server.shutdown()
    server.server_close()
