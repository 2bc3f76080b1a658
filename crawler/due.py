"""Whose turn it is to be asked for again, because a crawl that stops at what it knows never sees edits.

Enters: what raw/ holds, the card's rule, the time, and when rechecks came to nothing. Leaves: pages, the most urgent
first: those that were not there when last asked for, then those published lately, then a share of the others that gives
each its turn in the sweep's time, whatever the days between two runs.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.days import address_date, printed_date
from crawler.page import APART, document_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from crawler.card import Recheck
    from crawler.known import Held, Known
    from crawler.page import Page

__all__ = ["PERIODS", "due"]

AGAIN = timedelta(hours=20)
"""A page is asked for again once a night, also when a run is repeated."""

PERIODS = {"weekly": 7, "monthly": 30, "quarterly": 91}
"""Days of a sweep."""


def due(
    known: Known,
    recheck: Recheck,
    now: datetime,
    most: int,
    *,
    last: datetime | None = None,
    attempts: Mapping[str, datetime] | None = None,
) -> list[Page]:
    """At most so many pages, each as it was last stored, without its body.

    last: when the last run that came to its end began; None: a day ago. attempts: address -> when a recheck of it last
    came to nothing.
    """
    tried = {document_id(url): moment for url, moment in (attempts or {}).items()}

    def asked(held: Held) -> datetime:
        return max(held.checked, tried.get(document_id(held.url), held.checked))

    rested = [held for held in known.pages if now - asked(held) >= AGAIN]
    missing = [held for held in rested if held.gone and now - held.gone[0] >= APART and not held.lost]
    present = [held for held in rested if not held.gone or held.lost]  # what was lost may be back
    # What was published in those days was first seen in them, but not the other way round: a first crawl sees all.
    young = [held for held in present if not held.lost and held.first and now - held.first <= timedelta(recheck.days)]
    facts = known.facts(young)
    facts |= known.facts(known.of(_parents(facts).difference(facts)))
    since = (now - timedelta(recheck.days)).date()
    recent = [held for held in young if _recent(facts[document_id(held.url)], facts, since)]
    chosen = {id(held) for held in recent}
    old = sorted((held for held in present if id(held) not in chosen), key=lambda held: (asked(held), held.url))
    picked = [*missing, *recent, *old[: _share(len(old), recheck.sweep, now - last if last else None)]][:most]
    facts |= known.facts(held for held in picked if document_id(held.url) not in facts)
    return [facts[document_id(held.url)] for held in picked]


def _share(pages: int, sweep: str, since: timedelta | None) -> int:
    """How many of the pages have their turn after so long a time without a run."""
    if sweep == "never":
        return 0
    days = max(1, round(since / timedelta(days=1))) if since is not None else 1
    return math.ceil(pages * min(days, PERIODS[sweep]) / PERIODS[sweep])


def _parents(facts: Mapping[str, Page]) -> set[str]:
    return {document_id(parent) for page in facts.values() if (parent := dict(page.hints).get("parent"))}


def _recent(page: Page, facts: Mapping[str, Page], since: date) -> bool:
    """A file is as young as its page. What nothing tells the age of waits for the sweep."""
    parent = dict(page.hints).get("parent")
    day = _day(page) or (_day(facts[document_id(parent)]) if parent and document_id(parent) in facts else None)
    return day is not None and day >= since


def _day(page: Page) -> date | None:
    """By the row of the list, the address, or a sitemap's word for its last change."""
    said = dict(page.hints)
    return printed_date(said.get("published")) or address_date(page.url) or printed_date(said.get("changed"))
