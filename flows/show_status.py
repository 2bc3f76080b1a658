"""The sources at a glance, for a person: one row each, and below them what is broken, since when and why.

Enters: a `Status`. Leaves: a table and lines on a console.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from flows.show import colour, grid, line, plain
from pipeline.corpus.tables import shanghai_day

if TYPE_CHECKING:
    from rich.console import Console

    from flows.crawl_status import CrawlStatus
    from flows.status import SourceStatus, Status

__all__ = ["show_status"]


def show_status(console: Console, status: Status) -> None:
    """Sources by name, what is wrong with them, the release."""
    if status.version is None:
        console.print("No release yet; make one with: zhengce run FOLDER")
    if status.sources:
        names = ("source", "crawl", "documents", "refused", "as of", "last run", "seen", "failed")
        table = grid(*names, numbers=("documents", "refused", "seen", "failed"), wide="source")
        for one in status.sources:
            table.add_row(*_row(one))
        console.print(table)
    for one in status.sources:
        if one.crawl and one.crawl.state != "good":
            line(console, one.crawl.state, f"{one.source}: {_trouble(one.crawl)}")
        for failure in one.failures:
            line(console, "failed", f"{failure.path}: {failure.reason}")
    if status.version is not None:
        line(console, "release", f"{status.path}: {status.documents:,} documents, {status.reposts:,} reposts")


def _row(one: SourceStatus) -> tuple[str | Text, ...]:
    crawl = one.crawl
    last = max((moment for moment in (one.loaded, crawl.at if crawl else None) if moment), default=None)
    failed = len(one.failures) + (sum(crawl.failures.values()) if crawl else 0)
    return (
        Text(plain(one.source)),
        Text(crawl.outcome, colour(crawl.outcome)) if crawl else "",
        f"{one.documents:,}",
        f"{one.refused:,}",
        one.as_of or "",
        shanghai_day(last) if last else "",
        f"{min(1.0, crawl.held / crawl.total):.0%}" if crawl and crawl.total else "",
        Text(str(failed or ""), "red"),
    )


def _trouble(crawl: CrawlStatus) -> str:
    """What a person needs to decide whether to look at it now."""
    since = f" since {shanghai_day(crawl.since)}" if crawl.since else ""
    runs = f", {crawl.bad_runs} runs" if crawl.bad_runs > 1 else ""
    good = f"last good {shanghai_day(crawl.last_good)}" if crawl.last_good else "never good"
    return f"{crawl.outcome}{since}{runs} ({good}): {crawl.reason}"
