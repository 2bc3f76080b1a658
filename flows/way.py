"""The two ways of a run, with somebody watching: the steps as they are, or as a Prefect flow.

Enters: a `Plan` and which way to go. Leaves: the same `RunOutcome` and the same bytes either way.

>>> run_plan(plan, flow_way=False).changed
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.direct import run_direct
from flows.engine import prepare_prefect
from flows.terminal import at_work

if TYPE_CHECKING:
    from flows.direct import Plan
    from flows.outcome import RunOutcome

__all__ = ["run_plan"]


def run_plan(plan: Plan, flow_way: bool) -> RunOutcome:
    """Load, crawl, clean, release, with progress on the terminal."""
    with at_work() as watch:
        if not flow_way:
            return run_direct(plan, watch)
        watch("Prefect flow (its embedded server takes 10-25 s to start)", 0, 0)
        prepare_prefect(plan.root)
        from flows.run import run_flow  # importing Prefect takes two seconds and must follow `prepare_prefect`

        return run_flow(plan)
