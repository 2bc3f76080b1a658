"""A server is kept: started again when it dies or falls silent, and given up when that does not help.

Enters: a `PrefectServer` that runs. Leaves: nothing as long as all is well; FlowError when it cannot be kept, so that
whoever started the schedule (systemd) starts all of it again, on another port if this one has been taken.

>>> await keep(server, print)
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from flows.errors import FlowError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.server import PrefectServer

__all__ = ["keep"]

LOOK = 1.0
"""Seconds between two looks at the server."""

SILENCE = 120.0
"""Seconds without an answer after which a server that is alive counts as hung: it has as long to start. Clients try
for four minutes, so that what is under way gets through."""

GAP = 10.0
"""One look counts for as many seconds of silence at most: while a machine sleeps nobody is silent."""

TRIES = 5
"""Starts without a single answer until it is given up."""


async def keep(server: PrefectServer, say: Callable[[str], None], silence: float = SILENCE) -> None:
    """Until it is cancelled. Raises FlowError when the server cannot be kept, OSError when it cannot be started."""
    silent, tries, before = 0.0, 0, monotonic()
    while True:
        await asyncio.sleep(LOOK)
        answers = await asyncio.to_thread(server.answers)
        silent += min(monotonic() - before, GAP)
        before = monotonic()
        if answers:
            silent, tries = 0.0, 0
            continue
        if server.alive() and silent < silence:
            continue
        if tries == TRIES:
            raise FlowError(f"the Prefect server does not come up again; its last words stand in {server.log}")
        what = f"has not answered for {silent:.0f} s" if server.alive() else "died"
        say(f"the Prefect server {what}; it is started again, and its last words stand in {server.log}.1")
        await asyncio.sleep(0 if not tries else 2**tries)
        await asyncio.to_thread(server.revive)
        silent, tries, before = 0.0, tries + 1, monotonic()
