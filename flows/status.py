"""Every source at a glance: how much of it is released, how old that is, and what broke in its last load or crawl.

Enters: a root. Leaves: a `Status`, one line a source, of the latest release, the last loads and the crawls.

>>> status(root).sources[0].documents
5
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.crawl_status import crawl_states
from flows.last import LastLoad, read_last
from pipeline.corpus.manifest import read_json
from pipeline.corpus.release import read_latest
from pipeline.corpus.stats import Coverage

if TYPE_CHECKING:
    from datetime import datetime

    from flows.crawl_status import CrawlStatus
    from flows.root import Root

__all__ = ["SourceStatus", "Status", "status"]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input of the last load that gave no page."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """documents, refused: pages in the latest release. as_of: the day of its newest capture there, in China.

    loaded: when its last load was. failures: what could not be read then. crawl: None if it was never crawled.
    """

    source: str
    documents: int
    refused: int
    as_of: str | None
    loaded: datetime | None
    failures: tuple[Failure, ...]
    crawl: CrawlStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """version: the latest release; None if there is none yet."""

    version: str | None
    path: str | None
    documents: int
    reposts: int
    sources: tuple[SourceStatus, ...]


def status(root: Root) -> Status:
    """Look at the latest release, the last loads and the crawls; nothing is changed."""
    latest = read_latest(root.clean)
    covered = read_json(Coverage, latest.path / "coverage.json").sources if latest else {}
    loads, crawls = read_last(root), crawl_states(root)
    lines = []
    for source in sorted({*covered, *loads, *crawls}):
        cover, load = covered.get(source), loads.get(source)
        lines.append(
            SourceStatus(
                source=source,
                documents=cover.documents if cover else 0,
                refused=cover.refused if cover else 0,
                as_of=cover.as_of if cover else None,
                loaded=load.at if load else None,
                failures=_failures(load),
                crawl=crawls.get(source),
            )
        )
    return Status(
        version=latest.version if latest else None,
        path=str(latest.path) if latest else None,
        documents=latest.documents if latest else 0,
        reposts=latest.reposts if latest else 0,
        sources=tuple(lines),
    )


def _failures(load: LastLoad | None) -> tuple[Failure, ...]:
    return tuple(Failure(one.path, one.reason) for one in load.failures) if load else ()
