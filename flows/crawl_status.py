"""How the crawls of each source stand: the last outcome, whether it is broken, since when and why.

Enters: the runs of raw/<source>/runs/. Leaves: a `CrawlStatus` a source.

>>> crawl_states(root)["suzhou"].state
'broken'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.health import UNENDED, runs
from crawler.triage import triage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crawler.health import Health
    from crawler.triage import Triage
    from flows.root import Root

__all__ = ["CrawlStatus", "crawl_states"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlStatus:
    """The last crawl that ended, in the light of those before it.

    state: good, partial, broken, or dead (broken for a week of nights). outcome, reason: of the last crawl; at: when it
    began. since: the first run of the bad streak; bad_runs: how many there are; last_good: when all was well.
    new, changed, gone: pages. held, total: what all runs together have seen of the lists, and what the site says they
    hold (null where it does not count). fill: share of the rows seen that had a fact. failures: class -> pages.
    """

    state: str
    outcome: str
    reason: str | None
    at: datetime
    since: datetime | None
    bad_runs: int
    last_good: datetime | None
    new: int
    changed: int
    gone: int
    held: int
    total: int | None
    fill: Mapping[str, float]
    failures: Mapping[str, int]


def crawl_states(root: Root) -> dict[str, CrawlStatus]:
    """Every source that was ever crawled, by its id. A crawl that is under way is left out of account."""
    found = runs(root.path)
    if root.busy():
        found = [health for health in found if health.ended or health.reason != UNENDED]
    return {one.source: _status(one) for one in triage(found)}


def _status(found: Triage) -> CrawlStatus:
    latest = found.latest
    counted = [column for column in latest.columns.values() if column.total is not None]
    return CrawlStatus(
        state=found.state,
        outcome=latest.outcome,
        reason=latest.reason,
        at=latest.started,
        since=found.since,
        bad_runs=found.bad_runs,
        last_good=found.last_good,
        new=latest.counts.new,
        changed=latest.counts.changed,
        gone=latest.counts.gone,
        held=sum(column.held for column in counted or latest.columns.values()),
        total=sum(column.total or 0 for column in counted) if counted else None,
        fill=_fill(latest),
        failures=latest.failures,
    )


def _fill(latest: Health) -> dict[str, float]:
    """Over all columns, each by its rows."""
    rows = sum(column.rows for column in latest.columns.values())
    facts = sorted({fact for column in latest.columns.values() for fact in column.fill})
    return {
        fact: round(sum(column.fill.get(fact, 0) * column.rows for column in latest.columns.values()) / rows, 3)
        for fact in facts
        if rows
    }
