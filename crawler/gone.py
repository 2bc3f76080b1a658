"""Known pages that are not there any more, and whether that is to be believed.

Enters: each recheck's answer. Leaves: at the end of the run the answers 404 and 410, to be kept as evidence. They are
held back until then: where most of what was there the last time is gone at once, the site is fenced or being moved,
and that proves nothing of any page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.page import Page

__all__ = ["Gone"]

FEW = 3
"""Pages that may go on one day whatever their share."""

MOST_KEPT = 1000
"""Answers that are held back; what is more is asked for again by the next run."""


class Gone:
    """The rechecks of one run."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.named: list[str] = []
        self.withdrawn: list[str] = []
        self._present = self._missed = 0

    def answered(self, *, missing: bool) -> None:
        """A known page was asked for. missing: it was not there the last time either."""
        self._present += not missing

    def saw(self, page: Page, *, missing: bool, withdrawn: bool, lost: bool) -> None:
        """It answered 404 or 410. withdrawn: so it did a day ago or earlier. lost: that was known before this run."""
        self._missed += not missing
        if len(self.pages) < MOST_KEPT:
            self.pages.append(page)
            if not lost:
                self.named.append(page.url)
            if withdrawn and not lost:
                self.withdrawn.append(page.url)

    @property
    def doubt(self) -> str | None:
        """Why none of it is believed."""
        if self._missed < FEW or self._missed <= self._present / 2:
            return None
        return f"{self._missed} of {self._present} known pages were gone at once, which proves nothing of any"
