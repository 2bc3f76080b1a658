"""What a run counts while it goes on, and the outcome that it comes to.

Enters: events, one method each. Leaves: `Health`. This is the only place where an outcome is chosen.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.expectation import altered, unmet
from crawler.gone import Gone
from crawler.health import Counts, Health
from crawler.page import document_id
from crawler.polite import BLOCKED
from crawler.robots import refused_by_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from crawler.health import Outcome, Pending
    from crawler.polite import Gate
    from crawler.source import Source
    from crawler.walk import Walk

__all__ = ["Tally"]

OF_THE_SITE = ("http_404", "http_410", "soft_404", "off_card", "robots", "private_address", "redirects", "too_big")
"""Failures that are how the site is, and no trouble of the night; a list may hold some."""

QUIET = ("budget",)
"""What a recheck may end in without anything being wrong: its turn comes again."""

MOST_PENDING = 2000
MOST_NAMED = 1000


class Tally:
    """Counts of one run. pending, attempts: what earlier runs left; what does not come again stays in them."""

    def __init__(
        self,
        card: Source,
        now: datetime,
        pending: Iterable[Pending] = (),
        attempts: Mapping[str, datetime] | None = None,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.pending: dict[str, Pending] = {document_id(page.url): page for page in pending}
        self.attempts: dict[str, datetime] = dict(attempts or {})
        self.gone = Gone()
        self.walks: dict[str, Walk] = {}
        self.trouble: str | None = None
        self._card = card
        self._now = now
        self._list_failures: Counter[str] = Counter()
        self._page_failures: Counter[str] = Counter()
        self._overflow = False

    def list_failed(self, kind: str) -> None:
        self.failures[kind] += 1
        self._list_failures[kind] += 1

    def page_failed(self, failure: Pending, *, asked: bool) -> bool:
        """True if nobody need wait for the page any more; else it is noted for a later run.

        asked: False if the request was not sent, because the run or its host was over.
        """
        self.failures[failure.kind] += 1
        self._page_failures[failure.kind] += 1
        number = document_id(failure.url)
        noted = failure.after(self.pending.get(number), self._now, asked=asked)
        if noted.forgotten:
            self.pending.pop(number, None)
            return True
        if number in self.pending or len(self.pending) < MOST_PENDING:
            self.pending[number] = noted
        else:
            self._overflow = True
        return False

    def came(self, number: str) -> None:
        """A page was stored. number: the document's id."""
        self.pending.pop(number, None)

    def recheck_failed(self, url: str, kind: str, stopped: str | None) -> None:
        self.attempts[url] = self._now
        if kind not in (*QUIET, stopped):
            self.failures[f"recheck_{kind}"] += 1

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
        noted = frozenset(self.pending)
        columns = {name: walk.report(noted, self._now) for name, walk in self.walks.items()}
        believed = not self.gone.doubt
        self.counts["gone"] = len(self.gone.named) if believed else 0
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
            drained=drained and not self._overflow,
            counts=Counts(requests=gate.requests, **self._counted()),
            columns=columns,
            failures=dict(sorted(self.failures.items())),
            shut=gate.shut,
            pending=tuple(self.pending.values()),
            attempts=self.attempts,
            gone=tuple(self.gone.named[:MOST_NAMED]) if believed else (),
            withdrawn=tuple(self.gone.withdrawn[:MOST_NAMED]) if believed else (),
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
            if self._list_failures and all(kind == "http_403" or refused_by_site(kind) for kind in self._list_failures):
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
        if all(walk.end in ("end", "known") for walk in self.walks.values()):
            rows = sum(walk.rows for walk in self.walks.values())
            filled = sum((walk.filled for walk in self.walks.values()), Counter[str]())
            found += unmet(self._card.expect, held=held, rows=rows, filled=filled)
        if vanished := altered(self._card.expect, before=held, lost=self.counts["gone"]):
            found.append(vanished)
        for name, walk in self.walks.items():
            if walk.problem:
                found.append(f"column {name}: {walk.problem}")
            elif not walk.rows:
                found.append(f"column {name} has no rows")
        if gate.stopped and gate.stopped not in QUIET:
            found.append(_stopped(gate.stopped))
        lost = self._page_failures
        if gate.stopped in QUIET and lost[gate.stopped]:
            found.append("the budget of pages was used up")
        passing = {kind: count for kind, count in lost.items() if kind not in (*OF_THE_SITE, gate.stopped)}
        if passing:
            found.append(f"{sum(passing.values())} pages did not come ({', '.join(sorted(passing))})")
        if errors := self.failures["spider_error"]:
            found.append(f"{errors} answers could not be read for an error of ours; see the log")
        if lost["too_big"]:
            found.append(f"{lost['too_big']} pages were larger than the card allows")
        dead = sum(lost[kind] for kind in OF_THE_SITE)
        if dead > max(held, sum(walk.rows for walk in self.walks.values())) / 2:
            found.append(f"{dead} links of the lists lead nowhere")
        if doubt := self.gone.doubt:
            found.append(doubt)
        return found


def _stopped(why: str) -> str:
    return {
        "time": "the time of the run was up",
        "budget": "the budget of pages was used up",
        "quiet_hours": "the site's quiet hours have begun",
        "signal": "the crawl was told to stop",
    }.get(why, why)
