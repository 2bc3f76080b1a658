"""How a crawl went: one JSON file for each run of a source, ROOT/raw/<source>/runs/<run>.json.

Enters: what a run counted. Leaves: `Health` with a named outcome, and all runs read back.

ok         pages were added, changed or found gone, and nothing went wrong
unchanged  the lists were read and there was nothing to add
empty      lists answered and held no row at all: never a success, lists of governments are not empty
partial    something is missing: a list that broke off, details that did not come, the time or the budget was up
blocked    the site refused us by a challenge page, 429 or robots.txt, and was left alone
failed     no list could be read, or the crawl itself broke down; what was stored before stands

>>> last_run(Path("corpus"), "suzhou").outcome
'unchanged'
"""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from pydantic import Field, ValidationError

from crawler.errors import CrawlError
from crawler.part import Part
from crawler.pending import Pending
from crawler.store import safe_name

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["UNENDED", "ColumnHealth", "Counts", "Health", "ListCount", "Pending", "last_run", "runs", "runs_folder"]

Outcome = Literal["ok", "unchanged", "empty", "partial", "blocked", "failed"]
GOOD = ("ok", "unchanged")

UNENDED = "the crawl did not come to its end; the next one goes on from what was stored"


class Counts(Part):
    """Pages of one run. new, changed, unchanged, gone: of those that were fetched; known: rows that needed no fetch."""

    requests: int = 0
    lists: int = 0
    details: int = 0
    attachments: int = 0
    parts: int = 0
    rechecks: int = 0
    not_modified: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    known: int = 0
    off_card: int = 0
    bytes: int = 0


class ListCount(Part):
    """What a list printed of its own length. gap: rows of its total that were not there when it was read to its end."""

    total: int | None = None
    pages: int | None = None
    gap: int = 0


class ColumnHealth(Part):
    """One column in one run.

    rows: distinct ones seen; total: what the site says the column has; held: documents of it that raw/ holds.
    walked: end, known, since, limit, budget, cut, stopped or failed. closed, back_to: whether the next run may stop at
    what it knows, and the day back to which that is true (None: to the beginning). through: when its lists were last
    read to their ends. lists: what each of them printed; twice: rows that stand in more than one of them. fill: share
    of rows with a fact.
    """

    pages: int = 0
    rows: int = 0
    new: int = 0
    total: int | None = None
    held: int = 0
    walked: str = "stopped"
    closed: bool = False
    back_to: date | None = None
    through: datetime | None = None
    lists: dict[str, ListCount] = Field(default_factory=dict)
    twice: int = 0
    fill: dict[str, float] = Field(default_factory=dict)

    @property
    def seen(self) -> float | None:
        """Share of the site's own total that was seen; None where the site does not count."""
        return min(1.0, self.held / self.total) if self.total else None


class Health(Part):
    """One run of one source. reason: one line for people; None when all is well."""

    source: str
    run: str
    outcome: Outcome
    reason: str | None = None
    started: datetime
    ended: datetime | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    drained: bool = False
    """Everything that was found was asked for; else the next run looks through the pages that this one stored."""
    counts: Counts = Counts()
    columns: dict[str, ColumnHealth] = Field(default_factory=dict)
    failures: dict[str, int] = Field(default_factory=dict)
    """Failure class -> pages: timeout, dns, http_500, soft_404, robots, off_card, too_big, blocked:acw …"""
    shut: dict[str, str] = Field(default_factory=dict)
    """Hosts that were left alone, and why."""
    pending: tuple[Pending, ...] = ()
    """Pages that did not come, in this run or before."""
    attempts: dict[str, datetime] = Field(default_factory=dict)
    """Known pages that were asked for again in vain, and when: others have their turn first."""
    gone: tuple[str, ...] = ()
    """Known pages that answered 404 or 410 in this run."""
    withdrawn: tuple[str, ...] = ()
    """Those of them that did so 24 hours ago or earlier as well: positive evidence that they were withdrawn."""

    @property
    def good(self) -> bool:
        return self.outcome in GOOD

    @property
    def seen(self) -> float | None:
        """Share of all columns' own totals that was seen, as far as the site counts."""
        counted = [column for column in self.columns.values() if column.total]
        total = sum(column.total or 0 for column in counted)
        return min(1.0, sum(column.held for column in counted) / total) if total else None

    def write(self, root: Path) -> Path:
        """Whole or not at all. Raises CrawlError if it cannot be written."""
        path = runs_folder(root, self.source) / f"{safe_name(self.run)}.json"
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("w", encoding="utf-8") as out:
                out.write(self.model_dump_json(indent=1, exclude_defaults=True) + "\n")
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(path)
        except OSError as error:
            raise CrawlError(f"{path}: cannot be written ({error.strerror})") from error
        return path


def runs_folder(root: Path, source: str) -> Path:
    """root: the folder that holds raw/."""
    return root / "raw" / safe_name(source) / "runs"


def runs(root: Path, source: str | None = None) -> list[Health]:
    """Every run of a source, or of all, by source and time. A damaged file is a failed run, not an error."""
    pattern = f"{safe_name(source)}/runs/*.json" if source else "*/runs/*.json"
    found = [_read(path) for path in sorted((root / "raw").glob(pattern))]
    return sorted(found, key=lambda health: (health.source, health.run))


def last_run(root: Path, source: str) -> Health | None:
    return next(reversed(runs(root, source)), None)


def _read(path: Path) -> Health:
    try:
        return Health.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        moment = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        reason = f"{path.name}: cannot be read ({type(error).__name__}); remove it"
        source = unquote(path.parent.parent.name)
        return Health(source=source, run=path.stem, outcome="failed", reason=reason, started=moment)
