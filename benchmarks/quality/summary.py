"""The figures of a result: what the report prints and the floors hold.

Enters: a `Result`. Leaves: a `Summary`. A figure that has nothing to count is None: no tables, no fields, not timed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.quality.measure import Result

GOOD, LOST = 0.99, 0.5
"""F1 of a page that is as good as right, and of one that is as good as lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """pages: those with a body to compare. precision, recall, f1: means over pages. loss: deleted ÷ gold characters of
    the whole set. cells: mean cell F1 over pages with tables. fields: (right, present) by field; metadata: their share.
    invented: (fields and pages with a value or a table where there is none, how many there are where there is none).
    """

    extractor: str
    pages: int
    precision: float
    recall: float
    f1: float
    loss: float
    good: int
    lost: int
    refused: tuple[int, int] | None
    cells: float | None
    fields: Mapping[str, tuple[int, int]]
    metadata: float | None
    invented: tuple[int, int] | None
    marks: tuple[int, int] | None
    errors: int
    fell_through: int
    speed: float | None


def summarize(result: Result) -> Summary:
    """Count one extractor's sheets of one set."""
    sheets = result.sheets
    bodies = [sheet.body for sheet in sheets if sheet.body]
    cells = [sheet.cells.f1 for sheet in sheets if sheet.cells]
    facts = [sheet.facts for sheet in sheets if sheet.facts]
    right = Counter(field for fact in facts for field in fact.right)
    present = right + Counter(field for fact in facts for field, _, _ in fact.wrong)
    refused = [sheet.refused for sheet in sheets if sheet.refused is not None]
    gold = sum(body.gold for body in bodies)
    marks = sum(sheet.marks for sheet in sheets)
    tableless = [sheet.tableless for sheet in sheets if sheet.tableless is not None]
    absent = sum(fact.absent for fact in facts) + len(tableless)
    return Summary(
        extractor=result.extractor,
        pages=len(bodies),
        precision=mean(body.precision for body in bodies) if bodies else 0.0,
        recall=mean(body.recall for body in bodies) if bodies else 0.0,
        f1=mean(body.f1 for body in bodies) if bodies else 0.0,
        loss=sum(body.deleted for body in bodies) / gold if gold else 0.0,
        good=sum(body.f1 >= GOOD for body in bodies),
        lost=sum(body.f1 < LOST for body in bodies),
        refused=(sum(refused), len(refused)) if refused else None,
        cells=mean(cells) if cells else None,
        fields={field: (right[field], count) for field, count in present.items()},
        metadata=right.total() / present.total() if present else None,
        invented=(sum(len(fact.invented) for fact in facts) + tableless.count(False), absent) if absent else None,
        marks=(marks - sum(len(sheet.missed) for sheet in sheets), marks) if marks else None,
        errors=sum(sheet.error is not None for sheet in sheets),
        fell_through=sum(sheet.rule == "trafilatura" for sheet in sheets),
        speed=len(sheets) / result.seconds if result.seconds else None,
    )
