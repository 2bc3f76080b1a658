"""Drafts and blocks: edits keep account of themselves, removals keep what stood on the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import draft, texts

from pipeline.draft import Block, Fact, position_after
from pipeline.model import Repair
from pipeline.repair.edits import revert

EDITS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.text("甲乙丙,，", max_size=3)), max_size=4)


def apart(drawn: list[tuple[int, int, str]], size: int) -> list[tuple[int, int, str]]:
    """Ascending spans inside a text, with a character between any two."""
    found: list[tuple[int, int, str]] = []
    free = 0
    for start, length, new in sorted(drawn):
        if start >= free and start + length <= size:
            found.append((start, start + length, new))
            free = start + length + 1
    return found


@given(st.text("政策,()a1", max_size=16), EDITS)
def test_edits_can_be_undone(text: str, drawn: list[tuple[int, int, str]]) -> None:
    edited = Block(text, 1).edit("first", apart(drawn, len(text)))
    assert revert(edited.text, edited.repairs) == text


@given(st.text("政策,()a1", max_size=16), EDITS)
def test_edits_of_the_same_length_can_follow_any_others(text: str, drawn: list[tuple[int, int, str]]) -> None:
    edited = Block(text, 1).edit("first", apart(drawn, len(text)))
    wide = [(i, i + 1, "，") for i, mark in enumerate(edited.text) if mark == ","]
    twice = edited.edit("width", wide).edit("script", [(0, len(edited.text), edited.text.replace(",", "，")[::-1])])
    assert revert(twice.text, twice.repairs) == text


def test_an_edit_of_another_length_may_cover_earlier_ones() -> None:
    edited = Block("&nbsp;&nbsp;甲", 1).edit("entity", [(0, 6, " "), (6, 12, " ")]).edit("lost_space", [(0, 2, "")])
    assert edited.text == "甲"
    assert revert(edited.text, edited.repairs) == "&nbsp;&nbsp;甲"
    assert all(repair.start >= 0 for repair in edited.repairs)


def test_an_edit_that_changes_nothing_is_none() -> None:
    block = Block("甲,乙", 1)
    assert block.edit("width", [(1, 2, ",")]) is block
    assert block.edit("width", []) is block


def test_an_edit_tells_rule_place_before_and_after() -> None:
    edited = Block("?? 甲,乙", 1).edit("lost_space", [(0, 3, "")]).edit("width", [(1, 2, "，")])
    assert edited.text == "甲，乙"
    assert edited.repairs == (Repair("lost_space", 0, "?? ", ""), Repair("width", 1, ",", "，"))


def test_earlier_repairs_move_with_the_text() -> None:
    edited = Block("aa甲,乙", 1).edit("width", [(3, 4, "，")]).edit("lost_space", [(0, 2, "")])
    assert edited.repairs[0] == Repair("width", 1, ",", "，")
    assert revert(edited.text, edited.repairs) == "aa甲,乙"


def test_a_position_moves_by_what_was_edited_before_it() -> None:
    assert [position_after([(2, -1), (5, 3)], at) for at in (0, 2, 3, 5, 6)] == [0, 2, 2, 4, 9]


def test_a_removal_shows_the_block_as_it_stood_on_the_page() -> None:
    page = draft("??甲,乙", "丙").amend(lambda block: block.edit("width", [(3, 4, "，")] if "," in block.text else []))
    left = page.remove(page.blocks[:1], "test.rule", "a test")
    assert texts(left) == ["丙"]
    (removal,) = left.removals
    assert (removal.evidence, removal.line, removal.rule, removal.scope) == ("??甲,乙", 1, "test.rule", "block")


def test_only_the_named_block_goes_and_not_its_twin() -> None:
    page = draft("同文", "同文", "同文")
    left = page.remove([page.blocks[1]], "test.rule", "a test")
    assert [block.line for block in left.blocks] == [1, 3]
    assert [removal.line for removal in left.removals] == [2]


def test_facts_are_found_by_name_and_place() -> None:
    page = draft("x").learn(Fact("title", "甲", "body", 1), Fact("title", "乙", "meta"))
    assert page.find("title") == Fact("title", "甲", "body", 1)
    assert page.find("title", "meta", "url") == Fact("title", "乙", "meta")
    assert page.find("title", "url") is None
    assert page.find("issuer") is None


def test_flags_add_up() -> None:
    assert draft("x").flag("a", "b").flag("b").flags == {"a", "b"}


@pytest.mark.parametrize("text", ["二、主要目標", "（二）主要目标 "])
def test_the_key_is_the_folded_text(text: str) -> None:
    assert "主要目标" in Block(text, 1).key
