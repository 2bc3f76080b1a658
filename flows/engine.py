"""How Prefect is set up when a run goes its way: quiet, offline, and at home in the corpus.

Enters: a root and the environment. Leaves: the environment that Prefect reads when it is first imported, so
`prepare_prefect` must come before that import. What the user has set wins, except for the two telemetry switches.

- No telemetry of the client (DO_NOT_TRACK) and of the server (PREFECT_SERVER_ANALYTICS_ENABLED).
- The embedded server's database lies in ROOT/.zhengce/prefect (PREFECT_HOME), not in the home directory. Its first
  start takes 10-25 s, more than the 20 s that Prefect waits by itself.
- Logs go to the server and not to the terminal: an error is one line there, and the command line prints it."""

from __future__ import annotations

import http.client
import json
import os
import urllib.request
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING

from flows.errors import FlowError

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["SERVER", "known_server", "prepare_prefect", "server_answers", "takes_the_flow_way"]

SERVER = "server"
"""File in ROOT/.zhengce with the address of the API that `zhengce schedule` keeps."""

ALWAYS = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
UNLESS_SET = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}
PATIENCE = 1.0
"""Seconds that a running server has to answer; a verb should start within two."""


def takes_the_flow_way(asked: bool, root: Root) -> bool:
    """Whether a run goes through Prefect: because it was asked to (`--prefect`), or because a server answers.

    That is the one of PREFECT_API_URL, else the one that `zhengce schedule` keeps for this root, which PREFECT_API_URL
    names then. Raises FlowError when it was asked to and PREFECT_API_URL names a server that does not answer.
    """
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        if found := known_server(root):
            os.environ["PREFECT_API_URL"] = found
        return asked or found is not None
    if server_answers(url):
        return True
    if asked:
        raise FlowError(f"no Prefect server answers at {url}; start it or unset PREFECT_API_URL")
    return False


def known_server(root: Root) -> str | None:
    """The address of the API that `zhengce schedule` keeps for this root, if it answers."""
    if root.claimed("schedule"):  # of a schedule that was killed, another root's server may have the port by now
        with suppress(OSError):
            url = (root.private / SERVER).read_text().strip()
            return url if server_answers(url) else None
    return None


def server_answers(url: str) -> bool:
    """Whether a Prefect API is alive at this address."""
    try:
        with urllib.request.urlopen(url.rstrip("/") + "/health", timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError, http.client.HTTPException):
        return False


def home_of(url: str) -> str | None:
    """PREFECT_HOME of the server at this address, which tells servers apart; None if none answers."""
    try:
        request = urllib.request.Request(url.rstrip("/") + "/admin/settings")
        if password := os.environ.get("PREFECT_API_AUTH_STRING"):
            request.add_header("Authorization", f"Basic {b64encode(password.encode()).decode()}")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return str(json.load(answer)["home"])
    except (OSError, ValueError, KeyError, http.client.HTTPException):  # it is starting, ending, or no Prefect server
        return None


def prepare_prefect(root: Root) -> None:
    """Set the environment of this process for Prefect."""
    os.environ.update(ALWAYS)
    for name, value in {**UNLESS_SET, "PREFECT_HOME": str((root.private / "prefect").resolve())}.items():
        os.environ.setdefault(name, value)
    if not os.environ.get("PREFECT_API_URL"):
        os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_ENABLED", "true")
