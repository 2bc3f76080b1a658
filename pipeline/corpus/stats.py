"""What a release holds, counted: stats.json and coverage.json.

Enters: the pages that were cleaned and the clusters found among them. Leaves: two models that are written as JSON.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from pipeline.corpus.content import FIELDS
from pipeline.corpus.tables import shanghai_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Cleaned

__all__ = ["Coverage", "SourceCoverage", "Stats", "count", "cover"]


class Stats(BaseModel):
    """Counts over all documents, canonical ones and reposts. fill: share of documents that have the field, 0 to 1."""

    model_config = ConfigDict(frozen=True)

    documents: int
    characters: int
    source_kinds: dict[str, int]
    extractors: dict[str, int]
    flags: dict[str, int]
    removals: dict[str, int]
    repairs: dict[str, int]
    relations: dict[str, int]
    refusals: dict[str, int]
    fill: dict[str, float]


class SourceCoverage(BaseModel):
    """as_of: the day in China of the newest capture. refused: pages without a document. compromised: pages with spam,
    whether a document came of them or not.
    """

    model_config = ConfigDict(frozen=True)

    as_of: str
    documents: int
    refused: int
    compromised: int = 0


class Coverage(BaseModel):
    """How far each source reaches, by its id."""

    model_config = ConfigDict(frozen=True)

    sources: dict[str, SourceCoverage]


def count(cleaned: Sequence[Cleaned]) -> Stats:
    """Counts rules, flags, kinds and filled fields."""
    documents = [one.document for one in cleaned if one.document is not None]
    refused = [one for one in cleaned if one.document is None]
    fields = [name for name in FIELDS if name != "text"]
    return Stats(
        documents=len(documents),
        characters=sum(len(document.text) for document in documents),
        source_kinds=_sorted(document.source_kind for document in documents),
        extractors=_sorted(document.extractor for document in documents),
        flags=_sorted(flag for document in documents for flag in document.flags),
        removals=_sorted(removal.rule for one in cleaned for removal in one.removals),
        repairs=_sorted(repair.rule for document in documents for repair in document.repairs),
        relations=_sorted(relation.type for one in cleaned for relation in one.relations),
        refusals=_sorted(removal.rule for one in refused for removal in one.removals if removal.scope == "page"),
        fill={
            name: round(sum(getattr(document, name) is not None for document in documents) / max(len(documents), 1), 4)
            for name in fields
        },
    )


def cover(cleaned: Sequence[Cleaned]) -> Coverage:
    """The as-of day and the number of pages of each source."""
    newest: dict[str, Cleaned] = {}
    documents: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    hacked: Counter[str] = Counter()
    for one in cleaned:
        newest[one.source] = max(newest.get(one.source, one), one, key=lambda page: page.captured)
        (refused if one.document is None else documents)[one.source] += 1
        hacked[one.source] += one.is_compromised
    return Coverage(
        sources={
            source: SourceCoverage(
                as_of=shanghai_day(page.captured),
                documents=documents[source],
                refused=refused[source],
                compromised=hacked[source],
            )
            for source, page in sorted(newest.items())
        }
    )


def _sorted(names: Iterable[str]) -> dict[str, int]:
    """Counts, the most frequent first, ties by name."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
