"""A running city as tests see it: where its lists are, what they hold, who asked what, and what happens to documents.

Enters: what `city()` takes. Leaves: a `City`, whose methods may be called from any thread.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, TextIO, TypeVar
from urllib.parse import unquote, urlsplit

from tests.city.bulk import Bulk
from tests.city.families import Site, all_sites
from tests.city.faults import CHALLENGES, Faults, Rule
from tests.city.hostile import LISTS
from tests.city.portal import Portal
from tests.city.server import Answering, Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.city.wire import Visit

BULK = 2000
HOST = "127.0.0.1"
Result = TypeVar("Result")


class City:
    """A running city. url: of the portal, which has the bulk column, the hostile lists and the challenge pages."""

    def __init__(self, port: int = 0, bulk: int = BULK, journal: TextIO | None = None, **faults: Any) -> None:
        self._houses = all_sites()
        portal = Portal(Bulk(bulk), self._houses)
        everybody: list[Answering] = [portal, *self._houses]
        sockets: dict[Answering, socket.socket] = {}
        for number, site in enumerate(everybody):
            listening = socket.create_server((HOST, port + number if port else 0), backlog=256)
            site.base = f"http://{HOST}:{listening.getsockname()[1]}"
            sockets[site] = listening
        self._server = Server(sockets, Faults(**faults), journal)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.url = portal.base
        self.columns = {key: column for site in self._houses for key, column in site.columns.items()}

    @property
    def sites(self) -> dict[str, str]:
        """The address of the first list page of every column, by the column's name."""
        return {key: column.site.base + column.path for key, column in self.columns.items()}

    @property
    def interfaces(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Address and facts of the interface of every column whose page has no row; what a card may name instead."""
        return {key: (c.site.base + c.interface, dict(c.facts)) for key, c in self.columns.items() if c.interface}

    @property
    def families(self) -> dict[str, str]:
        """The family that each column is of."""
        return {key: column.site.family or column.site.name for key, column in self.columns.items()}

    @property
    def hostile(self) -> dict[str, str]:
        """Lists that mean harm: each has three good documents."""
        return {name: f"{self.url}/hostile/{name}/index.html" for name in LISTS}

    @property
    def challenges(self) -> dict[str, str]:
        """A page of every kind of challenge."""
        return {kind: f"{self.url}/challenge/{kind}.html" for kind in CHALLENGES}

    @property
    def bulk(self) -> str:
        """The list of the many pages of 50 KB."""
        return f"{self.url}/bulk/index.html"

    def documents(self, name: str) -> list[tuple[str, str, str]]:
        """(url, title, date) of every document that the list gives, newest first."""
        column = self.columns[name]
        site = column.site
        return [(site.url_of(column, d), site.title_of(column, d), d.day) for d in site.reachable(column)]

    def attachments(self, name: str) -> list[tuple[str, str]]:
        """(url of the document, url of the attachment) of a column."""
        column = self.columns[name]
        site = column.site
        return [
            (site.url_of(column, d), site.base + site.attachment_path(column, d, n))
            for d in site.reachable(column)
            for n in range(len(d.attachments))
        ]

    def parts(self, url: str) -> list[str]:
        """The addresses of the pages of a long article, its own first."""
        site, path = self._where(url)
        return [site.base + part for part in site.part_paths(*site.find(path))]

    # What was asked

    @property
    def visits(self) -> list[Visit]:
        """Every request with its site and headers, in the order of coming."""
        return list(self._server.visits)

    @property
    def log(self) -> list[tuple[float, str, str, int]]:
        """(monotonic time, method, path with query, status) of every request; status 0: cut or not yet answered."""
        return [(visit.time, visit.method, visit.target, visit.status) for visit in self.visits]

    def asked(self, url: str) -> list[Visit]:
        """The requests for one address."""
        site, path = self._where(url)
        return [v for v in self.visits if v.site == site.name and unquote(v.target) == path]

    def forget(self) -> None:
        """An empty log, before the second run."""
        self._do(self._server.visits.clear)

    # What happens

    def edit(self, url: str) -> None:
        """A paragraph of this document changes; its title and its place in the list stay."""
        site, path = self._where(url)
        self._do(lambda: site.edit(path))

    def withdraw(self, url: str, *, listed: bool = False) -> None:
        """This document is 404 from now on. listed: its row stays in the list."""
        site, path = self._where(url)
        self._do(lambda: site.withdraw(path, listed=listed))

    def add(self, name: str, place: int = 0) -> str:
        """A new document in a column, by its name or the address of its list; gives its address.

        place: rows above it; 0: at the head, where new ones come. Documents are filed further down, too.
        """
        key = next((key for key, address in self.sites.items() if address == name), name)
        column = self.columns[key]

        def add() -> str:
            address = column.site.add(column)
            column.documents.insert(place, column.documents.pop(0))
            return address

        return self._do(add)

    def spoil(self, rule: Rule) -> None:
        """From now on this trouble too."""
        self._do(lambda: self._server.faults.rules.append(rule))

    def hold(self, site: str) -> None:
        """This site takes requests and does not answer them, until it is let go."""
        self._do(lambda: self._server.faults.held.add(site))

    def let_go(self, site: str) -> None:
        self._do(lambda: self._server.faults.held.discard(site))

    def calm(self) -> None:
        """No trouble any more, robots.txt included."""

        def clear() -> None:
            self._server.faults = Faults()

        self._do(clear)

    def _where(self, url: str) -> tuple[Site, str]:
        parts = urlsplit(url)
        site = next(site for site in self._houses if site.host == parts.netloc)
        return site, unquote(parts.path)

    def _do(self, action: Callable[[], Result]) -> Result:
        """In the server's own thread, between two answers."""
        if self._loop is None:
            return action()

        async def act() -> Result:
            return action()

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result()

    async def serve(self, ready: Callable[[], None], stop: asyncio.Event) -> None:
        """Answer until `stop` is set. ready: called when the city can be asked."""
        self._loop = asyncio.get_running_loop()
        ready()
        await self._server.run(stop)
        self._loop = None
