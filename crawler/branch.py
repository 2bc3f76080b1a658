"""One list of a column: what it says of its own length, what was seen of it, and whether it is over.

Enters: its `Listing`s in order. Leaves: a verdict on each: go on, the end, or the list broke off. A column has several
lists where its page is an index: leaves of a catalogue, units of a page, archives of years, sitemaps of an index.

A list ends where its own count says so. One that stops earlier, by a 404, a stub, an empty page or one that was there
before, has broken off: what stands behind is unknown, and nothing of it may be taken for read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crawler.health import ListCount
from crawler.page import document_id

if TYPE_CHECKING:
    from crawler.platforms.protocol import Listing, ListRequest

__all__ = ["Branch", "Verdict"]

Verdict = Literal["go on", "end", "broke off"]

MISSING = 0.05
"""Share of a list's own total that may never be seen, since sites count drafts and deleted pages too: if the last of
the printed pages was read, or if two runs agree."""

STALE = 2
"""List pages in a row without a row that is new to the list, after which it goes round in circles."""


class Branch:
    """One list in one run. before: what it printed in the run before."""

    def __init__(self, before: ListCount | None = None) -> None:
        self.rows: set[str] = set()
        self.unknown: set[str] = set()
        self._before = before
        self._pages = self._total = self._longest = self._left_out = 0
        self._gap = before.gap if before else 0
        self._stale = 0
        self._why: str | None = None

    def take(self, listing: Listing, request: ListRequest) -> Verdict:
        """A page came."""
        self._pages = max(self._pages, listing.pages or 0)
        self._total = max(self._total, listing.total or 0)
        self._longest = max(self._longest, len(listing.items) + listing.left_out)
        self._left_out += listing.left_out
        fresh = {document_id(item.url) for item in listing.items} - self.rows
        self.rows |= fresh
        self._stale = 0 if fresh or not listing.items else self._stale + 1
        if listing.broken:
            self._why = listing.broken
            return "broke off"
        onward = any(further.branch == request.list_id for further in listing.following)
        if onward and self._stale < STALE:
            return "go on"
        if listing.following and not onward and not listing.items:
            return "go on"  # an index, which is no list itself
        read = request.number if listing.items or listing.left_out else request.number - 1
        return self._over(read, listing.ended)

    def missing(self, request: ListRequest) -> Verdict:
        """A page is not there (404). Some servers end their lists so; a list that is not there at all is no list."""
        return self._over(request.number - 1) if request.number > 1 and self._longest else "broke off"

    @property
    def count(self) -> ListCount | None:
        """What the list says of its length; None if it says nothing."""
        found = ListCount(total=self._total or None, pages=self._pages or None, gap=self._gap)
        return found if found.total or found.pages else None

    @property
    def grown(self) -> bool:
        """True if the list says that it has more new rows than were seen: some were put in further down."""
        if self._before is None:
            return False
        if self._total and self._before.total:
            return self._total - self._before.total > len(self.unknown)
        if self._pages and self._before.pages:  # that many pages more need at least so many rows
            return (self._pages - self._before.pages - 1) * self._longest + 1 > len(self.unknown)
        return False

    @property
    def why(self) -> str | None:
        """How the list broke off, for people."""
        return self._why

    def _over(self, number: int, ended: str | None = None) -> Verdict:
        """The list gives no rows after this page. ended: why, by its family."""
        seen = len(self.rows) + self._left_out
        self._gap = max(self._total - seen, 0)
        allowed = self._total * MISSING
        if not self._pages or number < self._pages:  # the total alone speaks: did it say the same the last time?
            allowed = min(allowed, self._before.gap if self._before else 0)
        if self._gap > allowed:
            self._why = f"the list broke off: {seen} of {self._total} rows were seen"
        elif not self._total and number < self._pages:
            self._why = f"the list broke off after page {number} of {self._pages}"
        if self._why and ended:
            self._why = f"{self._why} ({ended})"
        return "broke off" if self._why else "end"
