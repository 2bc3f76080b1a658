"""What two texts are to each other: one document, two, or one inside the other.

Enters: two readings and the keys that they share. Leaves: a Verdict, a function of the two contents alone, so that it
can be kept for as long as both stand.

>>> compare(*read(["关于防汛的通知"] * 2, [text, text + "来源：新华网"]), keyed=False).rule
'near.letters'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from pipeline.corpus.duplicates.differences import difference, title_difference

if TYPE_CHECKING:
    from pipeline.corpus.duplicates.reading import Reading

NEAR = 0.8
"""Share of equal pieces (Jaccard) from which two texts are one document, if nothing keeps them apart."""

KEYED = 0.5
"""The same under one 发文字号 or title: half is enough when nearly all of the shorter text stands in the longer one."""

CONTAINED = 0.95
"""Share of the shorter text's pieces that stand in the longer one, from which it counts as contained."""

CARRIED = 0.75
"""The same for a plan and the notice that issues it: their titles say it already."""

__all__ = ["CONTAINED", "KEYED", "NEAR", "Outcome", "Verdict", "compare"]

Outcome = Literal["merge", "veto", "contains", "within", "apart"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """outcome: contains, within: the first text carries the second one, or is carried by it. score: share of equal
    pieces."""

    outcome: Outcome
    rule: str
    score: float
    evidence: str


def compare(one: Reading, other: Reading, keyed: bool = False, issues: bool = False, strict: bool = False) -> Verdict:
    """The verdict on two texts. keyed: they have one 发文字号 or one title. issues: one has the title of what the other
    one issues, so that it stands in the other one and is not the other one. strict: texts that are not near may be
    members of one cluster through a third one, so what keeps them apart is looked for too."""
    shared = _shared(one, other)
    union = len(one.pieces) + len(other.pieces) - shared
    least = min(len(one.pieces), len(other.pieces))
    score = round(shared / union, 4) if union else 0.0
    inside = shared / least if least else 0.0
    near = score >= NEAR or (keyed and score >= KEYED and inside >= CONTAINED)
    if inside >= (CARRIED if issues else CONTAINED) and (issues or not (near or strict)):
        outcome: Outcome = "contains" if len(one.pieces) >= len(other.pieces) else "within"
        return Verdict(outcome, "contained", score, f"{shared} of {least} pieces")
    if issues or not (near or strict):
        return Verdict("apart", "", score, "")
    if found := title_difference(one.title, other.title) or difference(one, other):
        return Verdict("veto", found.rule, score, found.evidence)
    if not near:
        return Verdict("apart", "", score, "")
    return Verdict("merge", "near.letters" if score >= NEAR else "same.key", score, f"{shared} of {union} pieces")


def _shared(one: Reading, other: Reading) -> int:
    both = np.concatenate([one.pieces, other.pieces])
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))
