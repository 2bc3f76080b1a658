"""A city on the loopback: a portal that speaks every CMS family, for tests, for benchmarks and for the demo.

    with city(robots={"trs": "disallow"}, flaky=1) as c:
        crawl(c.sites["ucap"])                      # addresses of lists, by name
        c.documents("ucap")                         # what they hold: (url, title, date), newest first
        c.edit(url); c.withdraw(url); c.add("ucap") # what happens to documents
        c.log                                       # (monotonic time, method, path, status) of every request

Every site has a port of its own, since the families need root paths. `python -m tests.city` runs a city in a process of
its own; `apart()` does so from a test. What the lists do is written at the top of tests/city/families/<family>.py, what
`city()` takes at `faults.Faults`, what the hostile lists do at `hostile.LISTS`.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.city.families import all_sites
from tests.city.faults import Faults, Rule
from tests.city.town import BULK, City
from tests.city.wire import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BULK", "City", "Faults", "Rule", "Visit", "apart", "city", "lists"]


def lists() -> dict[str, str]:
    """Names of all columns with their family, without a city: what tests are parametrized with."""
    return {key: site.family or site.name for site in all_sites() for key in site.columns}


@contextmanager
def city(*, bulk: int = BULK, **faults: Any) -> Iterator[City]:
    """A city in a thread of this process. faults: see `faults.Faults`."""
    here = City(bulk=bulk, **faults)
    ready = threading.Event()
    stop: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def main() -> None:
        ended = asyncio.Event()
        stop.append((asyncio.get_running_loop(), ended))
        await here.serve(ready.set, ended)

    thread = threading.Thread(target=lambda: asyncio.run(main()), name="city", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield here
    finally:
        loop, ended = stop[0]
        loop.call_soon_threadsafe(ended.set)
        thread.join()


@contextmanager
def apart(*, bulk: int = BULK, log: Path | None = None, port: int = 0) -> Iterator[dict[str, Any]]:
    """A city in a process of its own. Gives its addresses as `python -m tests.city` tells them.

    log: file that gets a line of JSON a request. port: of the portal, the sites have the ones after it; 0: any.
    """
    command = [sys.executable, "-m", "tests.city", "--bulk", str(bulk), "--port", str(port)]
    command += ["--log", str(log)] if log else []
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
