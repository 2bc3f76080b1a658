"""Prefect is set up to be quiet, offline and at home in the corpus, and retries only what may pass."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from flows.engine import SERVER, known_server, prepare_prefect, takes_the_flow_way
from flows.root import Root

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `prepare_prefect` sets goes away with the test."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


def test_telemetry_is_off_whatever_was_set(tmp_path: Path) -> None:
    os.environ.update({"DO_NOT_TRACK": "0", "PREFECT_SERVER_ANALYTICS_ENABLED": "true"})
    prepare_prefect(Root(tmp_path))
    assert (os.environ["DO_NOT_TRACK"], os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")


def test_prefect_lives_in_the_corpus_unless_the_user_has_a_home_for_it(tmp_path: Path) -> None:
    prepare_prefect(Root(tmp_path))
    assert os.environ["PREFECT_HOME"] == str(tmp_path / ".zhengce" / "prefect")
    os.environ["PREFECT_HOME"] = "/elsewhere"
    prepare_prefect(Root(tmp_path))
    assert os.environ["PREFECT_HOME"] == "/elsewhere"


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/health" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_the_server_that_a_schedule_keeps_is_found_while_it_answers(tmp_path: Path) -> None:
    root = Root(tmp_path)
    root.prepare()
    with ThreadingHTTPServer(("127.0.0.1", 0), Healthy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/api"
        assert known_server(root) is None
        (root.private / SERVER).write_text(url + "\n")
        assert known_server(root) is None  # nobody keeps it: whose server that is now is not known
        with root.claim("schedule"):
            assert takes_the_flow_way(asked=False, root=root)
            assert os.environ.pop("PREFECT_API_URL") == url
        server.shutdown()
    assert not takes_the_flow_way(asked=False, root=root)
    assert "PREFECT_API_URL" not in os.environ


RETRIED = """
import asyncio, pathlib, sys
from datetime import UTC, datetime, timedelta
from flows.engine import SERVER, known_server, prepare_prefect, takes_the_flow_way
from flows.root import Root
prepare_prefect(Root(pathlib.Path(sys.argv[1])))
from prefect.settings import get_current_settings
from prefect.states import exception_to_failed_state
from crawler.errors import RawStoreError
from flows.errors import FlowError
from flows.outcome import SourceCrawl
from flows.run import zhengce_run
from flows.tasks import clean_task, load_task, may_pass, release_task
from prefect.states import Failed

async def retried(error):
    return await may_pass(load_task, None, await exception_to_failed_state(error))

full, damaged, caused = OSError(28, "No space left on device"), FlowError("damaged"), RawStoreError("cannot write")
caused.__cause__ = OSError(5, "Input/output error")
print([asyncio.run(retried(error)) for error in (full, caused, damaged)])

class Begun:
    start_time = datetime.now(UTC) - timedelta(hours=11)

print([asyncio.run(may_pass(load_task, begun, Failed(data=SourceCrawl(source="suzhou", outcome="failed", reason=None))))
       for begun in (None, Begun)])

async def crawled_again(outcome):
    found = SourceCrawl(source="suzhou", outcome=outcome, reason=None)
    return await may_pass(load_task, None, Failed(data=found))

print([asyncio.run(crawled_again(outcome)) for outcome in ("failed", "blocked", "empty")])
print({step.persist_result for step in (load_task, clean_task, release_task, zhengce_run)})
settings = get_current_settings()
print(settings.server.analytics_enabled, settings.server.ephemeral.startup_timeout_seconds)
"""


def test_only_what_may_pass_is_tried_again(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", RETRIED, tmp_path], capture_output=True, text=True, check=False)
    assert run.stdout.splitlines() == [
        *("[True, True, False]", "[True, False]", "[True, False, False]"),
        *("{False}", "False 90"),
    ], run.stderr
