"""What each step reports: small, frozen and easy to print as JSON.

Enters: the counts that a step kept. Leaves: `LoadOutcome`, `CrawlOutcome`, `PageLine` and `RunOutcome`.

>>> Counts(new=5).unchanged
0
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from crawler.health import Health
    from crawler.loaders import LoadFailure
    from pipeline.model import Cleaned

__all__ = [
    *("SHOWN", "Counts", "CrawlOutcome", "LoadOutcome", "PageLine", "RunOutcome", "SourceCrawl"),
    *("crawled", "not_begun", "page_line"),
]

SHOWN = 20
"""Pages in the final table: as many as one screen shows; the rest is a number. All of them are in the release."""


@dataclass(slots=True)
class Counts:
    """What one source brought in one load: pages, and the inputs that gave none."""

    new: int = 0
    unchanged: int = 0
    failures: list[LoadFailure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """counts: by source. recovered: half-written files of a killed run that were mended first, a line each.

    pages: ids of the first pages, in order, for the final table.
    """

    at: datetime
    counts: Mapping[str, Counts]
    recovered: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def failures(self) -> Iterator[LoadFailure]:
        """Every input that gave no page."""
        for counts in self.counts.values():
            yield from counts.failures


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCrawl:
    """How the crawl of one source went. outcome: as explained at `crawler.health`. reason: None when all is well.

    run: name of its file and log in raw/<source>/runs/; None if it could not begin. counts: pages. failures: class of
    failure -> pages. seen: share of the site's own total that all runs together have seen; None if it does not count.
    """

    source: str
    outcome: str
    reason: str | None
    run: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    seen: float | None = None

    @property
    def good(self) -> bool:
        """Nothing is missing."""
        return self.outcome in ("ok", "unchanged")

    @property
    def stands(self) -> bool:
        """The source answered with rows, and what could be had was stored."""
        return self.good or self.outcome == "partial"


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """Every source that was crawled, in the order in which they were named."""

    at: datetime
    sources: tuple[SourceCrawl, ...]


def crawled(health: Health) -> SourceCrawl:
    """What a run's record says, as far as it is shown."""
    return SourceCrawl(
        source=health.source,
        outcome=health.outcome,
        reason=health.reason,
        run=health.run,
        counts=health.counts.model_dump(),
        failures=health.failures,
        seen=health.seen,
    )


def not_begun(source: str, error: Exception) -> SourceCrawl:
    """A crawl that could not even begin is a failed one, and the others go on."""
    return SourceCrawl(source=source, outcome="failed", reason=str(error))


@dataclass(frozen=True, slots=True)
class PageLine:
    """A row of the final table. letters: letters and digits of the text; removed, repaired: spans, each with a rule."""

    id: str
    title: str
    kind: str
    letters: int
    removed: int
    repaired: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """A release that stands, and what happened on the way to it. changed: False when there was nothing new."""

    version: str
    digest: str
    path: Path
    changed: bool
    documents: int
    reposts: int
    refused: int
    removed: int
    repaired: int
    pages: tuple[PageLine, ...] = ()
    load: LoadOutcome | None = None
    crawl: CrawlOutcome | None = None


def _name(url: str) -> str:
    """The last part of an address, as a person wrote it."""
    return unquote(url.rsplit("/", 1)[-1])


def page_line(cleaned: Cleaned) -> PageLine:
    """The row of one page; a page that was refused whole shows the reason where its title would be."""
    document = cleaned.document
    if document is None:
        reason = next((removal.reason for removal in cleaned.removals if removal.scope == "page"), "")
        return PageLine(cleaned.id, f"{_name(cleaned.url)}: {reason}", "refused", 0, len(cleaned.removals), 0, ())
    return PageLine(
        cleaned.id,
        document.title or _name(cleaned.url),
        document.source_kind,
        sum(map(str.isalnum, document.text)),
        len(cleaned.removals),
        len(document.repairs),
        document.flags,
    )
