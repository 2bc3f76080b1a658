"""A file that is being loaded, and what to say when it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import CrawlerError
from crawler.page import canonical_url, file_urn

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path, PurePosixPath

MAX_FILE = 512 << 20
"""Bytes of a file other than a WARC, which is read record by record. The whole State Council library has 0.3 GiB."""

MAX_LINE = 64 << 20
"""Bytes of one line of JSON Lines or one cell of a table: six hundred times the longest policy text of the seeds."""

ENCODING = ("charset", "utf-8")
"""The hint on a page whose bytes we encoded ourselves: a <meta charset> inside it no longer speaks of these bytes."""


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """An input of which something could not be loaded. path: as it was given. reason: what is wrong, what to do."""

    path: str
    reason: str


class Unreadable(CrawlerError):
    """Part of a file or all of it cannot be loaded; the message is the reason. Pages before it were delivered."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """path: where it lies. collection and relative: what its pages are named after. captured: when it is loaded."""

    path: Path
    collection: str
    relative: PurePosixPath
    captured: datetime

    @property
    def urn(self) -> str:
        return file_urn(self.collection, self.relative)

    def row_url(self, number: int, address: str) -> str:
        """The page's address: its own where it has one, else the row's place in this file."""
        if address.lower().startswith(("http://", "https://")):
            try:
                return canonical_url(address)
            except ValueError:  # such as a bracket that opens an IPv6 address and does not close it
                pass
        return f"{self.urn}#row-{number}"
