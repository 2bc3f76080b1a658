"""A run that does not end is told of; and nobody is told any more when nobody is to be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prefect_side import ask, listener, until

if TYPE_CHECKING:
    from flows.server import PrefectServer

TELL = """
import asyncio, pathlib, sys
from datetime import timedelta
from flows.engine import prepare_prefect
from flows.root import Root
root = Root(pathlib.Path(sys.argv[1]))
root.prepare()
prepare_prefect(root)
from prefect.events import emit_event
from flows.automations import tell_by_webhook, tell_nobody

def happens(name, run, follows=None):
    flow = {"prefect.resource.id": "prefect.flow.a", "prefect.resource.role": "flow",
            "prefect.resource.name": "zhengce-nightly"}
    return emit_event(
        f"prefect.flow-run.{name}", related=[flow], follows=follows,
        resource={"prefect.resource.id": f"prefect.flow-run.{run}", "prefect.resource.name": f"run {run}"},
    )

if sys.argv[2]:
    asyncio.run(tell_by_webhook(sys.argv[2], timedelta(seconds=10)))  # Prefect looks no closer
    happens("Running", "one")
    happens("Unchanged", "two", follows=happens("Running", "two"))
else:
    asyncio.run(tell_nobody())
"""


def script(server: PrefectServer, folder: Path, address: str) -> None:
    env = {**os.environ, "PREFECT_API_URL": server.url, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", TELL, str(folder), address]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.soak  # Prefect waits for ten seconds at least
def test_a_run_that_does_not_end_is_told_of(server: PrefectServer, tmp_path: Path) -> None:
    with listener() as (address, heard):
        script(server, tmp_path, address)
        until(lambda: heard)
    assert [one["text"] for one in heard] == ["run one of zhengce has been at work for a long time; look at its log"]
    assert len(ask(server.url, "/automations/filter")) == 3
    script(server, tmp_path, "")
    assert ask(server.url, "/automations/filter") == []
