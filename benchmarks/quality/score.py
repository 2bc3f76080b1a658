"""How near a text is to its gold text.

Enters: two texts. Leaves: a `Body`. Only letters and digits count, after NFKC and Traditional -> Simplified, so that
punctuation, blanks and width are nobody's loss (design §8).

>>> round(score_body("各县级市人民政府", "各县级市人民政府 版权所有").precision, 2)
0.5
>>> score_body("各县级市人民政府", "各县级市民政府").deleted
1
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.text import letters

GRAM = 5
"""Characters of a gram: long enough that a gram seldom occurs twice by chance, short enough that one lost character
costs five grams and not a paragraph."""


@dataclass(frozen=True, slots=True)
class Body:
    """Precision, recall and F1 of the 5-grams; of the `gold` characters, `deleted` are not there in their order."""

    precision: float
    recall: float
    f1: float
    deleted: int
    gold: int

    @property
    def loss(self) -> float:
        return self.deleted / self.gold if self.gold else 0.0


def grams(text: str) -> Counter[str]:
    """5-grams with their counts; a shorter text is one gram, an empty one none."""
    if not text:
        return Counter()
    return Counter(text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1)))


def score_body(gold: str, found: str) -> Body:
    """Compare what was found with the gold text. Where the gold text is empty, only an empty text is right."""
    gold, found = letters(gold), letters(found)
    if not gold or not found:
        right = float(gold == found)
        return Body(right, right, right, len(gold), len(gold))
    expected, given = grams(gold), grams(found)
    common = (expected & given).total()
    precision, recall = common / given.total(), common / expected.total()
    return Body(precision, recall, f1(common, expected.total(), given.total()), deleted(gold, found), len(gold))


def f1(common: int, expected: int, given: int) -> float:
    """Harmonic mean of precision and recall; 1 when nothing was expected and nothing given."""
    return 2 * common / (expected + given) if expected + given else 1.0


def deleted(gold: str, found: str) -> int:
    """Characters of the gold text that the cheapest alignment deletes or replaces."""
    steps = Levenshtein.opcodes(gold, found)
    return sum(step.src_end - step.src_start for step in steps if step.tag in ("delete", "replace"))
