"""Deployments are served until somebody says stop: due runs are started, and the server is kept alive.

Enters: an `Order` and a server that runs. Leaves: nothing but what the runs left. Prefect's own `serve` would do, but
it neither ends when it is told to nor goes on when its server dies; so its runner is used here, with an end.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateIs
from prefect.client.schemas.objects import State, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.states import Crashed

from crawler.source import FREQUENCIES, Source
from flows.automations import tell_by_webhook, tell_nobody
from flows.deployments import deployments
from flows.errors import FlowError
from flows.keeping import keep
from flows.missed import catch_up
from flows.nightly import nightly, turn
from flows.root import Root
from flows.server import PrefectServer

__all__ = ["Order", "serve"]

AGAIN = 5.0
"""Seconds until a server that could not be reached is tried again."""

POLL = 5.0
"""Seconds between two questions for due runs: so much later one may start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be served. names: of sources, or None for all. every: seconds, or None for the hours of the cards.

    tell: address that hears of trouble. server: None if it is somebody else's.
    """

    root: Root
    cards: Mapping[str, Source]
    parameters: Mapping[str, Any]
    names: Sequence[str] | None
    every: float | None
    tell: str | None
    server: PrefectServer | None


def serve(order: Order, say: Callable[[str], None]) -> None:
    """Until SIGINT or SIGTERM. Raises FlowError when the server cannot be kept, or refuses what it is asked."""
    try:
        asyncio.run(_serve(order, say))
    except httpx.HTTPError as error:
        log = f"; its last words stand in {order.server.log}" if order.server else ""
        raise FlowError(f"the Prefect server does not do as it is told ({_line(error)}){log}") from error


async def _serve(order: Order, say: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    _end_by_signals(stop)
    if order.server:
        await _close_left_open(order.root)
    if order.tell:
        await tell_by_webhook(order.tell)
    elif order.server:
        await tell_nobody()
    made = await deployments(order.cards, order.parameters, order.names, order.every)
    if order.server:
        await _forget({one.name for one in made})
    for deployment in made:
        say(f"{deployment.name:<8}{deployment.description}")
    say(f"look at {order.server.address if order.server else 'your Prefect server'}; Ctrl-C ends it")
    async with _kept(order.server, stop):
        while not stop.is_set():
            runner = Runner(
                name="zhengce",
                query_seconds=min(POLL, order.every or POLL),
                limit=len(made) + 1,  # one of each at work, and one more that finds that out and is skipped
                pause_on_shutdown=False,
            )
            try:
                await _unless(stop, _register(runner, made, order))
                if not stop.is_set():
                    await _run(runner, stop)
            except* (RuntimeError, httpx.HTTPError) as errors:  # the server was away for longer than patience lasts
                if not stop.is_set():
                    _warn(f"the Prefect server cannot be reached ({_line(errors)}); trying again")
                    await asyncio.sleep(AGAIN)


async def _register(runner: Runner, made: Sequence[RunnerDeployment], order: Order) -> None:
    for deployment in made:
        await runner.aadd_deployment(deployment)
    if order.every is None:
        await catch_up(made)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do it, but not for as long as patience with a server lasts, when somebody says stop meanwhile."""
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    doing.cancel()
    with suppress(asyncio.CancelledError):
        await doing


async def _run(runner: Runner, stop: asyncio.Event) -> None:
    """Until it is stopped: then runs that are under way are cancelled, and their processes are gone."""
    running = asyncio.create_task(runner.start())
    while not (runner.started or running.done() or stop.is_set()):
        await asyncio.sleep(0.05)
    _end_by_signals(stop)  # again: the runner has set a handler that ends the process at once
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if runner.started:
        await runner.astop()
    elif not running.done():
        running.cancel()
    with suppress(asyncio.CancelledError):
        await running


def _end_by_signals(stop: asyncio.Event) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)


@asynccontextmanager
async def _kept(server: PrefectServer | None, stop: asyncio.Event) -> AsyncIterator[None]:
    """A server of our own is kept alive meanwhile. When it cannot be, everything stops, and the reason is raised."""
    if not server:
        yield
        return
    keeping = asyncio.create_task(keep(server, _warn))
    keeping.add_done_callback(lambda _: stop.set())
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


def _warn(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _line(error: BaseException) -> str:
    """What went wrong, of a group of errors the first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return " ".join(f"{type(error).__name__}: {error}".split())


OURS = FlowFilter(name=FlowFilterName(any_=[nightly.name]))


async def _forget(names: set[str]) -> None:
    """Deployments that a schedule before this one made and nobody serves now, with their runs that are due."""
    async with get_client() as client:
        for deployment in await client.read_deployments(flow_filter=OURS):
            if deployment.name in FREQUENCIES and deployment.name not in names:
                await client.delete_deployment(deployment.id)


async def _close_left_open(root: Root) -> None:
    """Runs that a killed schedule left behind: who does not hold its lock has crashed, and the next resumes it."""
    under_way = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    async with get_client() as client:
        for run in await client.read_flow_runs(
            flow_filter=OURS,
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=StateIs(any_=under_way))),
        ):
            if not root.claimed(turn(run.parameters.get("frequency"))):
                state: State[None] = Crashed(message="the schedule was killed meanwhile; the next run resumes it")
                await client.set_flow_run_state(run.id, state, force=True)
