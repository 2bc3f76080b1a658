"""How Prefect is set up when a run goes its way: quiet, offline, and at home in the corpus.

Enters: a root and the environment. Leaves: the environment that Prefect reads when it is first imported, so
`prepare_prefect` must come before that import. What the user has set wins, except for the two telemetry switches.

- No telemetry of the client (DO_NOT_TRACK) and of the server (PREFECT_SERVER_ANALYTICS_ENABLED).
- The embedded server's database lies in ROOT/.zhengce/prefect (PREFECT_HOME), not in the home directory. Its first
  start takes 10-25 s, more than the 20 s that Prefect waits by itself.
- Logs go to the server and not to the terminal: an error is one line there, and the command line prints it."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from flows.errors import FlowError

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["prepare_prefect", "server_answers", "takes_the_flow_way"]

ALWAYS = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
UNLESS_SET = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}
PATIENCE = 1.0
"""Seconds that a running server has to answer; a verb should start within two."""


def takes_the_flow_way(asked: bool) -> bool:
    """Whether a run goes through Prefect: because it was asked to (`--prefect`), or because PREFECT_API_URL answers.

    Raises FlowError when it was asked to and PREFECT_API_URL names a server that does not answer.
    """
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        return asked
    if server_answers(url):
        return True
    if asked:
        raise FlowError(f"no Prefect server answers at {url}; start it or unset PREFECT_API_URL")
    return False


def server_answers(url: str) -> bool:
    """Whether a Prefect API is alive at this address."""
    try:
        with urllib.request.urlopen(url.rstrip("/") + "/health", timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ValueError, OSError):
        return False


def prepare_prefect(root: Root) -> None:
    """Set the environment of this process for Prefect."""
    os.environ.update(ALWAYS)
    for name, value in {**UNLESS_SET, "PREFECT_HOME": str((root.private / "prefect").resolve())}.items():
        os.environ.setdefault(name, value)
    if not os.environ.get("PREFECT_API_URL"):
        os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_ENABLED", "true")
