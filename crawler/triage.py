"""Which sources are broken, since when and why.

Enters: the runs of all sources. Leaves: one `Triage` a source.

>>> [(found.source, found.state, found.since) for found in triage(runs(Path("corpus")))]
[('suzhou', 'broken', datetime.datetime(2026, 11, 1, 19, 0, tzinfo=UTC))]
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crawler.health import Health

__all__ = ["DEAD", "Triage", "triage"]

BROKEN = ("empty", "blocked", "failed")

DEAD = 7
"""Runs without a good or at least partial one after which a source needs somebody to look at it: a week of nights."""


@dataclass(frozen=True, slots=True)
class Triage:
    """One source at a glance.

    state: good, partial, broken, dead (broken for `DEAD` runs or more). since: the first run of the bad streak.
    """

    source: str
    state: Literal["good", "partial", "broken", "dead"]
    latest: Health
    since: datetime | None
    bad_runs: int
    last_good: datetime | None

    @property
    def why(self) -> str | None:
        return self.latest.reason


def triage(found: Iterable[Health], dead: int = DEAD) -> list[Triage]:
    """One line for each source, by id. dead: runs in a row without any success."""
    by_source = groupby(sorted(found, key=lambda health: (health.source, health.run)), key=lambda health: health.source)
    return [_judged(source, list(history), dead) for source, history in by_source]


def _judged(source: str, history: list[Health], dead: int) -> Triage:
    streak: list[Health] = []
    for health in reversed(history):
        if health.good or (streak and (health.outcome in BROKEN) != (streak[0].outcome in BROKEN)):
            break
        streak.append(health)
    latest = history[-1]
    good = [health.started for health in history if health.good]
    state: Literal["good", "partial", "broken", "dead"] = "good"
    if streak:
        state = "partial" if latest.outcome == "partial" else "dead" if len(streak) >= dead else "broken"
    since = streak[-1].started if streak else None
    return Triage(source, state, latest, since, len(streak), max(good, default=None))
