"""Repairs can be undone, and one that cannot is noticed."""

from __future__ import annotations

import pytest

from pipeline.model import Repair
from pipeline.repair.edits import RevertError, revert


def test_repairs_are_undone_from_the_last_to_the_first() -> None:
    repairs = (Repair("one", 0, "??", ""), Repair("two", 1, ",", "，"), Repair("three", 0, "甲，", "甲；"))
    assert revert("甲；乙", repairs) == "??甲,乙"


def test_repairs_of_one_rule_that_change_the_length_do_not_disturb_each_other() -> None:
    assert revert("甲乙丙", (Repair("p", 1, "(a)", ""), Repair("p", 2, "(b)", ""), Repair("p", 3, "(c)", ""))) == (
        "甲(a)乙(b)丙(c)"
    )


def test_nothing_repaired_is_the_text_itself() -> None:
    assert revert("甲乙", ()) == "甲乙"


@pytest.mark.parametrize(
    "repair", [Repair("width", 0, ",", "，"), Repair("width", 2, ",", "，"), Repair("width", 99, ",", "，")]
)
def test_a_repair_that_does_not_stand_where_it_says_is_an_error(repair: Repair) -> None:
    with pytest.raises(RevertError, match=f"width at {repair.start}"):
        revert("甲，乙", (repair,))
