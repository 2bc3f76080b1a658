"""What a card expects of its source, and what a run may differ by."""

from __future__ import annotations

import pytest

from crawler.card import Expect
from crawler.expectation import altered, unmet

EXPECT = Expect(min=30, max=40, fill={"doc_number": 0.9, "title": 1}, tolerance=0.1)


@pytest.mark.parametrize(
    ("held", "rows", "filled", "lines"),
    [
        (30, 0, {}, []),
        (40, 20, {"title": 20, "doc_number": 16}, []),
        (29, 0, {}, ["29 documents are held, and the card expects 30 or more"]),
        (41, 0, {}, ["41 documents are held, and the card expects 40 at most"]),
        (35, 20, {"title": 17}, ["85 % of the rows have title, and the card expects 100 %"]),
        (35, 20, {"doc_number": 15}, ["75 % of the rows have doc_number, and the card expects 90 %"]),
        (35, 20, {"published": 1}, []),
        (35, 5, {"title": 1}, []),
    ],
)
def test_what_is_not_met(held: int, rows: int, filled: dict[str, int], lines: list[str]) -> None:
    assert unmet(EXPECT, held=held, rows=rows, filled=filled) == lines
    assert unmet(Expect(), held=held, rows=rows, filled=filled) == []


@pytest.mark.parametrize(
    ("before", "lost", "wrong"), [(0, 0, False), (100, 10, False), (100, 11, True), (49, 40, False)]
)
def test_what_may_be_lost(before: int, lost: int, wrong: bool) -> None:
    assert (altered(EXPECT, before=before, lost=lost) is not None) == wrong
