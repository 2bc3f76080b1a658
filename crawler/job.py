"""What a crawling process is told to do.

Enters: a card and how to crawl it. Leaves: one line of JSON for a pipe, and the same `Job` at its other end.
"""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003  # pydantic reads the types
from pathlib import Path  # noqa: TC003

from crawler.part import Part
from crawler.source import Source  # noqa: TC001

__all__ = ["LEAVING", "Job"]

LEAVING = 30
"""Seconds between asking a process to end and ending it."""


class Job(Part):
    """What the child process is to do."""

    card: Source
    root: Path
    run: str
    now: datetime
    contact: str
    locks: Path
    since: date | None = None
    until: date | None = None
    limit: int | None = None
