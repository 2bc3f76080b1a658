"""The verb `zhengce schedule`: a Prefect server and the scheduled runs, for as long as it runs.

Enters: the cards. Leaves: runs of `zhengce-nightly`, on the server and in the corpus. SIGINT or SIGTERM end the runs
that are under way (the next ones resume them), then the server; no process stays. If the server dies it is started
again, and what is under way goes on.

>>> zhengce schedule --publish s3://bucket/zhengce
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from crawler.subprocesses import module_environment
from flows.address import open_remote
from flows.cards import read_cards
from flows.crew import EngineName, engine_of  # typer reads the annotation at run time
from flows.due import due_sources, frequencies
from flows.engine import known_server, prepare_prefect, server_answers
from flows.errors import WrongUse
from flows.server import PrefectServer
from flows.targets import check_sources
from flows.terminal import at_work, list_broken, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.root import Root

__all__ = ["schedule"]

PATIENCE = "7"
"""How often a request is tried again while the server is away: 2 + 4 + … + 128 s are four minutes."""


def schedule(
    context: typer.Context,
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Else all enabled ones.")] = None,
    every: Annotated[
        float | None, typer.Option("--every", metavar="SECONDS", min=1, help="Instead of the hours of the cards.")
    ] = None,
    publish: Annotated[
        str | None, typer.Option("--publish", metavar="REMOTE", help="Where each release goes: a folder, http(s), s3.")
    ] = None,
    tell: Annotated[
        str | None,
        typer.Option(
            "--tell", metavar="URL", envvar="ZHENGCE_TELL", help="Is sent a POST when a source or a run breaks."
        ),
    ] = None,
    engine: Annotated[EngineName, typer.Option("--engine", help="Who cleans.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster; else one of our own.")
    ] = None,
    exchange: Annotated[
        str | None, typer.Option("--exchange", metavar="PLACE", help="Where far workers read and write.")
    ] = None,
    retry_after: Annotated[
        float,
        typer.Option("--retry-after", metavar="SECONDS", min=0, help="Until a failed source is asked again."),
    ] = 60,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Of the Prefect server.")] = None,
) -> None:
    """Crawl, clean, release and publish by the clock: each source as often as its card says. Ends with Ctrl-C.

    \b
    Example:
      zhengce schedule --publish s3://bucket/zhengce
      zhengce schedule suzhou kunshan --every 3600
    """
    root: Root = context.obj
    root.prepare()
    found = read_cards(root)
    cards = found.sources
    list_broken(found.broken)
    list_broken({name: "there is no such source; it is passed over" for name in sources or () if name not in found})
    check_sources([card.id for card in due_sources(cards, names=sources)] or sources or [], root)
    if not frequencies(cards, sources):
        raise WrongUse("no card has columns and is enabled; look at: zhengce sources list")
    if publish:
        _without_password(publish)
        open_remote(publish)
    if tell and urlsplit(tell).scheme not in ("http", "https"):
        raise WrongUse("--tell takes an address that begins with https:// or http://")
    engine_of(engine, scheduler, exchange)
    parameters: dict[str, Any] = {
        "root": str(root.path.resolve()),
        "publish": publish,
        "engine": engine,
        "scheduler": scheduler,
        "exchange": exchange,
        "retry_after": retry_after,
    }
    with root.claim("schedule") as alone:
        if not alone:
            at = known_server(root)
            raise WrongUse(f"{root.path} has a schedule already{f', at {at}' if at else ''}; end it first")
        os.environ.update(module_environment())
        os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", PATIENCE)
        prepare_prefect(root)
        with _server(root, port) as server:
            from flows.serving import Order, serve  # importing Prefect takes two seconds; it reads the environment then

            order = Order(
                root=root, cards=cards, parameters=parameters, names=sources, every=every, tell=tell, server=server
            )
            serve(order, say)


def _without_password(address: str) -> None:
    """What a run is given stands in Prefect for everybody to read."""
    if "@" in urlsplit(address).netloc:
        raise WrongUse(f"the address of {open_remote(address)} has a password in it; put it into ~/.netrc instead")


@contextmanager
def _server(root: Root, port: int | None) -> Iterator[PrefectServer | None]:
    """A server of our own, or None if PREFECT_API_URL names one."""
    if url := os.environ.get("PREFECT_API_URL"):
        if not server_answers(url):
            raise WrongUse(f"no Prefect server answers at {url}; start it, or unset PREFECT_API_URL to get one here")
        yield None
        return
    server = PrefectServer(root, port)
    with at_work() as watch:
        watch("starting a Prefect server (10-25 s)", 0, 0)
        server.start()
    try:
        os.environ["PREFECT_API_URL"] = server.url
        yield server
    finally:
        del os.environ["PREFECT_API_URL"]
        server.end()
