"""Where the time of the clean step goes.

Enters: the program's own functions, wrapped in this process. Leaves: CPU seconds by stage; a stage that calls another
one counts for itself alone, so that the shares add up.
"""

from __future__ import annotations

import time
from collections import defaultdict
from functools import wraps
from typing import TYPE_CHECKING, Any

from crawler.store import RawStore
from flows import steps as flow_steps
from pipeline import steps
from pipeline.corpus import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.page import RawRecord


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: list[float] = []

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*words: Any, **named: Any) -> Any:
            begun = time.process_time()
            self._open.append(0.0)
            try:
                return function(*words, **named)
            finally:
                spent = time.process_time() - begun
                self.seconds[name] += spent - self._open.pop()
                if self._open:
                    self._open[-1] += spent

        return call

    def reading(self, records: Iterator[RawRecord]) -> Iterator[RawRecord]:
        """The records, each brought forth on the clock."""
        forth = self.timed("read the WARC file", lambda: next(records, None))
        while (record := forth()) is not None:
            yield record


def put_clocks(clock: Clock) -> None:
    """Every stage of this process counts from now on."""
    named = {step: step.__name__ for step in steps.STEPS}
    steps.STEPS = tuple(clock.timed(f"{_room(step)}: {name}", step) for step, name in named.items())
    for module, name, stage in (
        (steps, "decode", "extract: decode"),
        (steps, "extract_html", "extract: HTML"),
        (steps, "assemble", "fields: assemble"),
        (steps, "find_relations", "fields: find_relations"),
        (tables, "write_rows", "write rows and Parquet"),
        (flow_steps, "index_shard", "fingerprints and index"),
        (flow_steps, "clean_step", "the rest"),
    ):
        setattr(module, name, clock.timed(stage, getattr(module, name)))
    records = RawStore.records
    RawStore.records = lambda self, shard: clock.reading(records(self, shard))  # type: ignore[method-assign]


def _room(step: Callable[..., Any]) -> str:
    """Where a step lives: extract, filters, fields, repair, judge."""
    room = step.__module__.split(".")[1]
    return "extract" if room == "steps" and step.__name__ in ("read", "find_tables", "join_lines") else room
