"""The gate before a release: does it lose, alter or spoil more of a source than its card tolerates?

Enters: facts about each source, of the release that is about to be and of the one before it (`pipeline.corpus.standing`
counts them). Leaves: findings; a release with any is refused until somebody has looked. A source that stood still,
because its site was down or blocked us, loses nothing and is no finding.

>>> before = {"suzhou": SourceFacts(documents=1000, pages=1000)}
>>> now = {"suzhou": SourceFacts(documents=700, pages=1000, lost=300)}
>>> [(finding.source, finding.kind, finding.count) for finding in judge(now, before, {})]
[('suzhou', 'lost', 300)]
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.source import Tolerance
from pipeline.corpus.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.corpus.findings import Kind

LEAST = 5
"""So many documents never trip the gate: whoever wonders reads them one by one with `zhengce why`. A source that is so
small is not out of sight for that: all sources are also judged together."""

EXAMPLES = 3
"""Ids that a finding names: enough to see what they have in common."""

__all__ = ["EXAMPLES", "LEAST", "SourceFacts", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What the gate must know of a source in one release, counted.

    documents: canonical ones and reposts. pages: those, and pages that gave no document. compromised: pages with
    injected spam. filled: documents that have a field, by its name. lost: documents of the release before that are gone
    without evidence (not withdrawn, moved or withheld). altered: documents that say something else than before. The ids
    are a few of those, for people to look at. The release before has nothing lost or altered.
    """

    documents: int
    pages: int
    compromised: int = 0
    filled: Mapping[str, int] = field(default_factory=dict)
    lost: int = 0
    altered: int = 0
    lost_ids: tuple[str, ...] = ()
    altered_ids: tuple[str, ...] = ()


def judge(
    now: Mapping[str, SourceFacts], before: Mapping[str, SourceFacts], tolerances: Mapping[str, Tolerance]
) -> tuple[Finding, ...]:
    """Findings of each source that was there before, by source; then of all together, unless a single one has a finding
    of that kind.

    A source that is new has nothing to lose; one that `now` does not know has lost everything. tolerances: by source;
    one that is not named has the default.
    """
    single: list[Finding] = []
    sums: dict[tuple[Kind, str | None], _Measure] = {}
    for source, old in sorted(before.items()):
        new = now.get(source) or SourceFacts(documents=0, pages=0, lost=old.documents)
        for measure in _measures(new, old, tolerances.get(source, Tolerance())):
            key = measure.kind, measure.field
            sums[key] = sums[key].plus(measure) if key in sums else measure
            if measure.is_too_much:
                single.append(measure.finding(source))
    kinds = {finding.kind for finding in single}
    every = [one.finding(None) for one in sums.values() if one.is_too_much and one.kind not in kinds]
    return (*single, *every)


@dataclass(frozen=True, slots=True)
class _Measure:
    """count out of total: documents or pages that are concerned. allowed: so many pass. count and allowed are parts of
    shares, so they need not be whole."""

    kind: Kind
    field: str | None
    count: float
    total: int
    allowed: float
    ids: tuple[str, ...] = ()

    @property
    def is_too_much(self) -> bool:
        return self.count > max(LEAST, self.allowed)

    def plus(self, other: _Measure) -> _Measure:
        return replace(
            self,
            count=self.count + other.count,
            total=self.total + other.total,
            allowed=self.allowed + other.allowed,
            ids=self.ids or other.ids,
        )

    def finding(self, source: str | None) -> Finding:
        return Finding(
            source=source,
            kind=self.kind,
            field=self.field,
            count=round(self.count),
            total=self.total,
            tolerated=self.allowed / self.total,
            examples=self.ids,
        )


def _measures(new: SourceFacts, old: SourceFacts, tolerance: Tolerance) -> Iterator[_Measure]:
    """Lost and altered documents are counted in what was there before. Missing fields and spam are what the documents
    and pages of now have beyond the shares of before, so that a source may grow."""
    yield _Measure("lost", None, new.lost, old.documents, tolerance.lost * old.documents, new.lost_ids)
    yield _Measure("altered", None, new.altered, old.documents, tolerance.altered * old.documents, new.altered_ids)
    for name, filled in sorted(old.filled.items()) if old.documents else ():
        missing = new.documents * filled / old.documents - new.filled.get(name, 0)
        yield _Measure("fill", name, max(missing, 0), new.documents, tolerance.fill * new.documents)
    if old.pages:
        more = new.compromised - new.pages * old.compromised / old.pages
        yield _Measure("spam", None, max(more, 0), new.pages, tolerance.spam * new.pages)
