"""False alarms on clean pages: what the spam rules take where there is no spam.

Enters: clean pages. Leaves: an `Alarm` for each removal by a rule of the spam filter, and for each page that is called
compromised. A removal here is not always wrong (a site may hide a print area), so they are listed to be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.spam.tools import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.spam.anatomy import Clean
    from benchmarks.spam.controls import Honest

PREFIX = "spam"
"""How the names of the filter's rules begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One removal, or the flag (rule "compromised")."""

    page: str
    rule: str
    evidence: str


def alarms(pages: Iterable[Clean | Honest]) -> Iterator[Alarm]:
    """Read every page once."""
    for page in pages:
        found = cleaned(page.source, page.url, page.plain)
        for removal in found.removals:
            if removal.rule.startswith(PREFIX):
                yield Alarm(page=page.name, rule=removal.rule, evidence=removal.evidence)
        if found.document and "compromised" in found.document.flags:
            yield Alarm(page=page.name, rule="compromised", evidence="")
