"""The server: one loop, one port a site, HTTP/1.1 with keep-alive, and a journal of all that was asked.

Enters: sites with listening sockets. Leaves: answers on the wire, and `Visit`s in the order in which requests came. It
is written by hand since a library's server would not let a body drip, lie about its length or break off in the head.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TextIO

from tests.city.messages import Answer, Request
from tests.city.wire import LARGEST_HEAD, Visit, read, validated, write

if TYPE_CHECKING:
    import socket

    from tests.city.faults import Faults


class Answering(Protocol):
    name: str
    base: str

    def answer(self, request: Request) -> Answer: ...


@dataclass
class Server:
    """sockets: a listening socket for every site."""

    sites: dict[Answering, socket.socket]
    faults: Faults
    journal: TextIO | None = None
    visits: list[Visit] = field(default_factory=list)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; then every connection is cut."""
        tasks: set[asyncio.Task[None]] = set()

        def caller(site: Answering):  # type: ignore[no-untyped-def]  # a closure for start_server
            async def called(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                task = asyncio.current_task()
                assert task is not None
                tasks.add(task)
                try:
                    await self._connection(site, reader, writer)
                except (OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
                    pass  # the other side has gone, or we go
                finally:
                    tasks.discard(task)
                    writer.transport.abort() if stop.is_set() else writer.close()

            return called

        servers = [
            await asyncio.start_server(caller(site), sock=sock, limit=LARGEST_HEAD) for site, sock in self.sites.items()
        ]
        await stop.wait()
        for server in servers:
            server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connection(self, site: Answering, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read(reader)
            if request is None:
                return
            visit = Visit(time.monotonic(), site.name, request.method, request.target, request.headers)
            self.visits.append(visit)
            answer = self._answer(site, request)
            if pause := answer.delay or self.faults.delay_of(site.name):
                await asyncio.sleep(pause)
            while site.name in self.faults.held:
                await asyncio.sleep(0.02)
            visit.status = answer.status or 0
            self._note(visit)
            more = await write(writer, request, answer, visit)
            if not more or request.headers.get("connection", "").lower() == "close":
                return

    def _answer(self, site: Answering, request: Request) -> Answer:
        spoilt = self.faults.take(site.name, site.base, request.target, request.body.decode("utf-8", "replace"))
        answer = spoilt or site.answer(request)
        if spoilt is None and answer.status == 404 and self.faults.soft_404:
            return Answer(body=answer.body)
        return validated(request, answer)

    def _note(self, visit: Visit) -> None:
        if self.journal is not None:
            told = (visit.time, visit.site, visit.method, visit.target, visit.status)
            self.journal.write(json.dumps(told, ensure_ascii=False) + "\n")
            self.journal.flush()
