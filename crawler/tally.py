"""What a run counts while it goes on, and the outcome that it comes to.

Enters: events, one method each. Leaves: `Health`. This is the only place where an outcome is chosen.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.health import Counts, Health, Pending
from crawler.page import document_id
from crawler.polite import BLOCKED
from crawler.robots import refused_by_site

if TYPE_CHECKING:
    from datetime import date, datetime

    from crawler.health import Outcome
    from crawler.polite import Gate
    from crawler.source import Source
    from crawler.walk import Walk

__all__ = ["Tally"]

FOR_GOOD = ("http_404", "http_410", "soft_404", "off_card", "robots", "private_address", "redirects", "too_big")
"""Failures that another try would only repeat. The others come from trouble that passes."""

QUIET = ("budget",)
"""What a recheck may end in without anything being wrong: its turn comes again."""

MOST_PENDING = 500
MOST_NAMED = 1000
MISSING = 0.05
"""Share of a column's own total that a walk to its end may miss: sites count drafts and deleted pages too."""


class Tally:
    """Counts of one run."""

    def __init__(self, card: Source) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.pending: dict[str, Pending] = {}
        self.gone: list[str] = []
        self.withdrawn: list[str] = []
        self.walks: dict[str, Walk] = {}
        self.trouble: str | None = None
        self._card = card
        self._list_failures: Counter[str] = Counter()
        self._page_failures: Counter[str] = Counter()

    def list_failed(self, kind: str) -> None:
        self.failures[kind] += 1
        self._list_failures[kind] += 1

    def page_failed(self, pending: Pending) -> bool:
        """True if the page will never come; else it is noted for the next run."""
        self.failures[pending.kind] += 1
        self._page_failures[pending.kind] += 1
        if pending.kind in FOR_GOOD:
            return True
        if len(self.pending) < MOST_PENDING:
            self.pending[pending.url] = pending
        return False

    def page_gone(self, url: str, *, withdrawn: bool) -> None:
        """A known page answered 404 or 410; withdrawn: and so it did a day ago or earlier."""
        self.counts["gone"] += 1
        self.gone.append(url)
        if withdrawn:
            self.withdrawn.append(url)

    def health(
        self,
        run: str,
        *,
        started: datetime,
        ended: datetime,
        gate: Gate,
        window: tuple[date | None, date | None, int | None],
        errors: int = 0,
        drained: bool = False,
    ) -> Health:
        """errors: exceptions in the spider itself. drained: nothing was left in the queue."""
        noted = frozenset(document_id(url) for url in self.pending)
        columns = {name: walk.report(noted) for name, walk in self.walks.items()}
        if errors:
            self.failures["spider_error"] += errors
        outcome, reason = self._outcome(gate, sum(column.held for column in columns.values()))
        since, until, limit = window
        return Health(
            source=self._card.id,
            run=run,
            outcome=outcome,
            reason=reason,
            started=started,
            ended=ended,
            since=since,
            until=until,
            limit=limit,
            drained=drained and len(self.pending) < MOST_PENDING,
            counts=Counts(requests=gate.requests, **self._counted()),
            columns=columns,
            failures=dict(sorted(self.failures.items())),
            shut=gate.shut,
            pending=tuple(self.pending.values()),
            gone=tuple(self.gone[:MOST_NAMED]),
            withdrawn=tuple(self.withdrawn[:MOST_NAMED]),
        )

    def _counted(self) -> dict[str, int]:
        return {name: count for name, count in self.counts.items() if name in Counts.model_fields}

    def _outcome(self, gate: Gate, held: int) -> tuple[Outcome, str | None]:
        walks = self.walks.values()
        if self.trouble:
            return "failed", self.trouble
        blocked = [
            f"{host}: {kind.removeprefix(BLOCKED)}" for host, kind in gate.shut.items() if kind.startswith(BLOCKED)
        ]
        if blocked:
            return "blocked", f"the site refused us ({'; '.join(blocked)}); it was left alone"
        if not walks:
            return "failed", "the card has no columns"
        if gate.stopped and not any(walk.pages for walk in walks):
            return "partial", _stopped(gate.stopped)
        if not any(walk.pages for walk in walks):
            kinds = ", ".join(kind for kind, _ in self._list_failures.most_common(3)) or "no answer"
            if self._list_failures and all(map(refused_by_site, self._list_failures)):
                return "blocked", f"the site refused us ({kinds})"
            return "failed", f"no list could be read ({kinds})"
        if not any(walk.rows for walk in walks):
            return "empty", "the lists hold no rows; has the site changed?"
        if problems := self._problems(gate, held):
            return "partial", "; ".join(problems)
        moved = any(self.counts[name] for name in ("new", "changed", "gone"))
        return ("ok" if moved else "unchanged"), None

    def _problems(self, gate: Gate, held: int) -> list[str]:
        found = []
        least = self._card.expect.min
        if least is not None and held < least and all(walk.end in ("end", "known") for walk in self.walks.values()):
            found.append(f"the lists have {held} documents, and the card expects {least} or more")
        for name, walk in self.walks.items():
            if not walk.rows:
                found.append(f"column {name} has no rows")
            elif problem := walk.problem(MISSING):
                found.append(f"column {name}: {problem}")
        if gate.stopped and gate.stopped not in QUIET:
            found.append(_stopped(gate.stopped))
        elif gate.stopped and self.pending:
            found.append("the budget of pages was used up")
        lost = self._page_failures
        passing = {kind: count for kind, count in lost.items() if kind not in (*FOR_GOOD, gate.stopped)}
        if passing:
            found.append(f"{sum(passing.values())} pages did not come ({', '.join(sorted(passing))})")
        if errors := self.failures["spider_error"]:
            found.append(f"{errors} answers could not be read for an error of ours; see the log")
        if lost["too_big"]:
            found.append(f"{lost['too_big']} pages were larger than the card allows")
        dead = sum(lost[kind] for kind in FOR_GOOD)
        if dead > self.counts["details"] / 2:
            found.append(f"{dead} links of the lists lead nowhere")
        return found


def _stopped(why: str) -> str:
    return {
        "time": "the time of the run was up",
        "budget": "the budget of pages was used up",
        "quiet_hours": "the site's quiet hours have begun",
        "signal": "the crawl was told to stop",
    }.get(why, why)
