"""What nobody could start at its hour, and a server that goes away for longer than anybody waits."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from prefect_side import ask, until
from test_due import card

if TYPE_CHECKING:
    import pytest

    from flows.server import PrefectServer

HOUSE = Path(__file__).parents[2]

MISSED = """
import asyncio, json, pathlib, sys
from datetime import UTC, datetime, timedelta
from flows.engine import prepare_prefect
from flows.root import Root
root = Root(pathlib.Path(sys.argv[1]))
root.prepare()
prepare_prefect(root)
from prefect.client.orchestration import get_client
from prefect.states import Cancelled, Completed, Crashed, Failed, Running, Scheduled
from crawler.source import Source
from flows.deployments import deployments
from flows.missed import catch_up

card = Source.model_validate_json(sys.argv[2])

async def main():
    made = await deployments({card.id: card}, {"root": sys.argv[1]})
    day, told = datetime.now(UTC), []
    async with get_client() as client:
        id = await made[0].aapply()
        print(json.dumps(["new", await catch_up(made)]))  # its last hour was before it was made
        for state in (None, Crashed(message="killed"), Cancelled(message="Runner is shutting down."),
                      Cancelled(message="by hand"), Failed(), Completed(), Running()):
            day += timedelta(days=32)
            if state:
                begun = Scheduled(scheduled_time=day - timedelta(minutes=1))
                run = await client.create_flow_run_from_deployment(id, state=begun)
                await client.set_flow_run_state(run.id, state, force=True)
            print(json.dumps([state and state.message, await catch_up(made, day)]))
            await catch_up(made, day)  # asked again before it has begun
        trial = await deployments({card.id: card}, {"root": sys.argv[1]}, every=60)
        print(json.dumps(["trial", await catch_up(trial, day + timedelta(days=32))]))

asyncio.run(main())
"""


def told(server: PrefectServer, script: str, *words: object, url: str = "") -> subprocess.Popen[str]:
    """A script that talks to the server."""
    env = {
        **os.environ,
        "PREFECT_API_URL": url or server.url,
        "PYTHONPATH": str(HOUSE),
        "PREFECT_CLIENT_MAX_RETRIES": "0",
    }
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def test_an_hour_that_passed_while_nobody_served_is_caught_up_with_once(server: PrefectServer, tmp_path: Path) -> None:
    process = told(server, MISSED, tmp_path, card("a", frequency="weekly").model_dump_json())
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert [json.loads(line) for line in out.splitlines()] == [
        ["new", []],
        [None, ["weekly"]],
        ["killed", ["weekly"]],
        ["Runner is shutting down.", ["weekly"]],
        ["by hand", []],
        *[[None, []]] * 3,
        ["trial", []],
    ]
    keys = [run["idempotency_key"] or "" for run in ask(server.url, "/flow_runs/filter")]
    assert sum(key.startswith("weekly of") for key in keys) == 3


class Relay:
    """Hands connections on to a server, until it is cut."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.open, self.refused = True, 0
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            if not self.open:
                here.close()
                self.refused += 1
                continue
            there = socket.create_connection(("127.0.0.1", self._to))
            self._ends += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=pump, args=(one, other), daemon=True).start()

    def cut(self) -> None:
        self.open = False
        for end in self._ends:
            end_of(end)

    def close(self) -> None:
        self.cut()
        self._listening.close()


def pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(1 << 16):
            other.sendall(data)
    end_of(one)
    end_of(other)


def end_of(connection: socket.socket) -> None:
    """Also for the thread that is waiting for its next byte, which a mere close would not wake."""
    with suppress(OSError):  # it has ended before
        connection.shutdown(socket.SHUT_RDWR)


SERVED = """
import pathlib, sys
from flows.engine import prepare_prefect
from flows.root import Root
root = Root(pathlib.Path(sys.argv[1]))
root.prepare()
prepare_prefect(root)
from crawler.source import Source
from flows import serving

serving.POLL, serving.AGAIN = 0.2, 0.2
card = Source.model_validate_json(sys.argv[2])
order = serving.Order(
    root=root, cards={card.id: card}, parameters={"root": sys.argv[1]}, names=None, every=None, tell=None, server=None
)
serving.serve(order, lambda line: print(line, flush=True))
"""


def test_a_server_that_was_away_for_longer_than_patience_is_served_again(
    server: PrefectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Relay(urlsplit(server.url).port or 0)) as relay:
        there = f"http://127.0.0.1:{relay.port}/api"
        monkeypatch.setenv("PREFECT_CLIENT_MAX_RETRIES", "0")
        process = told(server, SERVED, tmp_path, card("b", frequency="monthly").model_dump_json(), url=there)
        assert process.stdout
        assert process.stderr
        until(lambda: "Ctrl-C ends it" in process.stdout.readline())
        until(lambda: polls(server) is not None)
        relay.cut()
        until(lambda: "the Prefect server cannot be reached" in process.stderr.readline())
        before = polls(server)
        relay.open = True
        until(lambda: polls(server) != before)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate()
        assert process.returncode == 0, err
        assert "Traceback" not in err


def test_a_schedule_whose_server_is_away_ends_when_it_is_told_to(
    server: PrefectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Relay(urlsplit(server.url).port or 0)) as relay:
        relay.cut()
        monkeypatch.setenv("PREFECT_CLIENT_MAX_RETRIES", "20")  # hours
        there = f"http://127.0.0.1:{relay.port}/api"
        process = told(server, SERVED, tmp_path, card("c", frequency="monthly").model_dump_json(), url=there)
        until(lambda: relay.refused)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate()
        assert (process.returncode, "Traceback" in err) == (0, False), err


def polls(server: PrefectServer) -> str | None:
    """When somebody asked last for runs of the deployment."""
    found = [one for one in ask(server.url, "/deployments/filter") if one["name"] == "monthly"]
    return next((one["last_polled"] for one in found), None)
