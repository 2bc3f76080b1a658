"""Deployments of the nightly flow: one for each frequency that has sources, on the clock of China.

Enters: cards and what the person who schedules wants. Leaves: deployments, to be served by a runner.

>>> [deployment.name for deployment in await deployments(cards, parameters)]
['daily', 'monthly']
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval
from prefect.types.entrypoint import EntrypointType

from crawler.source import Frequency, Source
from flows.due import due_sources, frequencies
from flows.nightly import nightly

__all__ = ["CRONS", "deployments"]

CHINA = "Asia/Shanghai"

CRONS: dict[Frequency, str] = {
    "hourly": "17 * * * *",
    "daily": "0 3 * * *",
    "weekly": "0 4 * * 6",
    "monthly": "0 5 1 * *",
}
"""When nobody in an office needs the sites. Not on the same minute: the longer ones would wait for the shorter."""


async def deployments(
    cards: Mapping[str, Source],
    parameters: Mapping[str, Any],
    names: Sequence[str] | None = None,
    every: float | None = None,
) -> list[RunnerDeployment]:
    """One a frequency. parameters: of the flow, the same for all. every: seconds between two runs, for a trial."""
    made = []
    for frequency in frequencies(cards, names):
        due = due_sources(cards, frequency, names)
        schedule = Interval(timedelta(seconds=every)) if every else Cron(CRONS[frequency], timezone=CHINA)
        made.append(
            await nightly.ato_deployment(
                name=frequency,
                schedule=schedule,
                parameters={**parameters, "frequency": frequency, "sources": [*names] if names else None},
                tags=["zhengce", frequency],
                description=f"{len(due)} sources whose cards say `frequency: {frequency}`: {_few(due)}",
                entrypoint_type=EntrypointType.MODULE_PATH,  # from where it is installed
            )
        )
    return made


def _few(due: Sequence[Source]) -> str:
    names = ", ".join(card.id for card in due[:8])
    return f"{names} …" if len(due) > 8 else names
