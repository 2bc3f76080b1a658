"""`python -m tests.city [--port N] [--log FILE] [--bulk N]`: a city that runs until it is stopped.

Leaves on standard output one line of JSON with the addresses as soon as it can be asked. --port: of the portal, the
sites have the ports after it; 0: whatever is free. --log: a line [monotonic time, site, method, target, status] a
request.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from contextlib import ExitStack
from pathlib import Path

from tests.city import BULK, City


async def main(arguments: argparse.Namespace, stack: ExitStack) -> None:
    journal = stack.enter_context(arguments.log.open("a", encoding="utf-8")) if arguments.log else None
    here = City(port=arguments.port, bulk=arguments.bulk, journal=journal)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    def tell() -> None:
        told = {
            name: getattr(here, name)
            for name in ("url", "bulk", "sites", "interfaces", "families", "hostile", "challenges")
        }
        print(json.dumps(told), flush=True)

    await here.serve(tell, stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.city", description="A portal on the loopback, for tests.")
    parser.add_argument("--port", type=int, default=0, help="port of the portal (default: a free one)")
    parser.add_argument("--log", type=Path, help="file for a line of JSON a request")
    parser.add_argument("--bulk", type=int, default=BULK, help="pages of the bulk column (default: %(default)s)")
    with ExitStack() as stack:
        asyncio.run(main(parser.parse_args(), stack))
