"""What a card expects of its source, held against what a run has seen.

Enters: a card's `Expect`, the documents that are held, and the rows of the lists with the facts they bear. Leaves: one
line for each expectation that is not met. Whether it is time to judge (all lists read) is the caller's to say.

>>> unmet(Expect(min=30, max=40), held=12)
['12 documents are held, and the card expects 30 or more']
>>> unmet(Expect(fill={"doc_number": 0.9}), held=20, rows=20, filled={"doc_number": 12})
['60 % of the rows have doc_number, and the card expects 90 %']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.card import Expect

__all__ = ["altered", "unmet"]

LEAST_DOCUMENTS = 50
"""Documents from which their loss is counted: of a small source one page is more than any tolerance."""
LEAST_ROWS = 10
"""Rows from which a share says something: one of three rows without a number is no alarm."""


def unmet(expect: Expect, *, held: int, rows: int = 0, filled: Mapping[str, int] | None = None) -> list[str]:
    """held: documents in raw/, each once. rows: of the lists of this run. filled: how many of them bear each fact.

    A field that no list of the family prints is in no row: `fill` of the lists only speaks of fields that one row has.
    """
    found = []
    if expect.min is not None and held < expect.min:
        found.append(f"{held} documents are held, and the card expects {expect.min} or more")
    if expect.max is not None and held > expect.max:
        found.append(f"{held} documents are held, and the card expects {expect.max} at most")
    if filled and rows >= LEAST_ROWS:
        for name, share in sorted(expect.fill.items()):
            if name in filled and filled[name] < rows * (share - expect.tolerance):
                has = f"{100 * filled[name] / rows:.0f} %"
                found.append(f"{has} of the rows have {name}, and the card expects {100 * share:.0f} %")
    return found


def altered(expect: Expect, *, before: int, lost: int) -> str | None:
    """What is wrong if so many of a source's documents are gone, or read otherwise than before; None if it may be.

    >>> altered(Expect(tolerance=0.02), before=1000, lost=50)
    '5.0 % of 1000 documents were lost or altered, and the card tolerates 2.0 %'
    """
    if before < LEAST_DOCUMENTS or lost <= before * expect.tolerance:
        return None
    share = f"{100 * lost / before:.1f} %"
    return f"{share} of {before} documents were lost or altered, and the card tolerates {100 * expect.tolerance:.1f} %"
