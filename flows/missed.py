"""A run that nobody could start at its hour is started now: a machine that was off at three has its night at nine.

Enters: deployments that are served again. Leaves: one run of each whose last hour passed without a run, or whose run
was killed or ended by the end of the schedule. Prefect itself forgets hours that pass while nobody serves; a machine
that only slept needs none of this, its runs are late.

>>> await catch_up(made)
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.server.schemas.schedules import CronSchedule as CronHours  # the client's cannot tell its hours
from prefect.types import DateTime

from flows.nightly import nightly

__all__ = ["catch_up"]

SPAN = timedelta(days=32)
"""The longest time between two hours of one deployment: of a monthly one."""

SHUT = "Runner is shutting down."
"""What Prefect says of a run that it cancels because the schedule ends. One that a person cancelled stays cancelled."""


async def catch_up(made: Sequence[RunnerDeployment], now: datetime | None = None) -> list[str]:
    """The names of those that were started. One hour is caught up with once, whatever becomes of that run."""
    at = now or datetime.now(UTC)
    started = []
    async with get_client() as client:
        for one in made:
            if (due := await _last_hour(one, at)) is None:
                continue
            known = await client.read_deployment_by_name(f"{nightly.name}/{one.name}")
            if known.created is None or known.created > due:
                continue
            of_it = FlowRunFilter(
                deployment_id=FlowRunFilterDeploymentId(any_=[known.id]),
                expected_start_time=FlowRunFilterExpectedStartTime(after_=due),
            )
            if not _done(await client.read_flow_runs(flow_run_filter=of_it, sort=FlowRunSort.EXPECTED_START_TIME_ASC)):
                key = f"{one.name} of {due.isoformat()}"
                run = await client.create_flow_run_from_deployment(known.id, idempotency_key=key)
                started += [str(one.name)] if run.state_type == StateType.SCHEDULED else []
    return started


def _done(runs: Iterable[FlowRun]) -> bool:
    """Whether one of them came to an end of its own, or is on its way there."""
    for run in runs:
        lost = run.state_type == StateType.CRASHED or (run.state and run.state.message == SHUT)
        if run.state_type != StateType.SCHEDULED and not lost:
            return True
    return False


async def _last_hour(deployment: RunnerDeployment, at: datetime) -> DateTime | None:
    """When it should have begun last."""
    for one in deployment.schedules or ():
        if isinstance(one.schedule, CronSchedule):
            known = CronHours(cron=one.schedule.cron, timezone=one.schedule.timezone)
            hours = await known.get_dates(n=1000, start=at - SPAN, end=at)
            return max(hours, default=None)
    return None
