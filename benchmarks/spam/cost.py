"""What the filters and repairs cost beside trafilatura, in one run.

Enters: pages. Leaves: CPU seconds of each step of the pipeline for all pages, and of trafilatura.extract as it is
usually called: medians of some rounds, after one that does not count. Rounds take turns and begin with empty caches.
"""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.quality.measure import forget
from benchmarks.quality.peers import ERRORS
from benchmarks.spam.tools import record
from pipeline.draft import Draft
from pipeline.repair.script import to_simplified
from pipeline.steps import STEPS, restore_lost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.spam.anatomy import Clean
    from crawler.page import RawRecord
    from pipeline.model import Removal

    Step = Callable[[Draft], Draft | Removal]

SCRIPT = to_simplified.__name__
SPAM = "drop_spam"


def group(step: Step) -> str:
    """ "filters", "repair", "script" or "reading", by the module where the step lives."""
    if step.__name__ == SCRIPT:
        return "script"
    if step is restore_lost:  # lives in pipeline.steps, works with pipeline.repair
        return "repair"
    package = step.__module__.removeprefix("pipeline.").split(".")[0]
    return package if package in ("filters", "repair") else "reading"


GROUPS = {step.__name__: group(step) for step in STEPS}


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds for all pages: of each step, and of trafilatura."""

    steps: dict[str, float]
    trafilatura: float

    def share(self, *groups: str) -> float:
        """Of trafilatura's time."""
        return sum(taken for name, taken in self.steps.items() if GROUPS[name] in groups) / self.trafilatura


def time_steps(records: Sequence[RawRecord]) -> dict[str, float]:
    """One pass of all pages through the steps, a page at a time."""
    taken: dict[str, float] = defaultdict(float)
    for raw in records:
        outcome: Draft | Removal = Draft(raw=raw)
        for step in STEPS:
            if not isinstance(outcome, Draft):
                break
            start = time.process_time()
            outcome = step(outcome)
            taken[step.__name__] += time.process_time() - start
    return dict(taken)


def clock(pages: Sequence[Clean], rounds: int) -> Cost:
    """The medians."""
    from trafilatura import extract

    records = [record(page.source, page.url, page.plain) for page in pages]
    steps: dict[str, list[float]] = defaultdict(list)
    other: list[float] = []
    for _ in range(rounds + 1):
        forget()
        for name, taken in time_steps(records).items():
            steps[name].append(taken)
        forget()
        start = time.process_time()
        for page in pages:
            with suppress(*ERRORS):
                extract(page.source, url=page.url)
        other.append(time.process_time() - start)
    return Cost({name: median(taken[1:]) for name, taken in steps.items()}, median(other[1:]))
