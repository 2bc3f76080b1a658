"""Bytes that slipped by one go back, what only has a question mark stays."""

from __future__ import annotations

import pytest
from pagemaker import draft

from pipeline.repair.edits import revert
from pipeline.repair.slips import mended, restore_slips


def slipped(text: str, mark: str) -> str:
    """The text as a tool shows it that lost the first byte of a mark."""
    before, rest = text.split(mark, 1)
    shown = b"?" + (mark + rest).encode("gbk")[1:]
    return before + shown.decode("gbk", "replace").replace("\ufffd", "?")


@pytest.mark.parametrize(
    "text",
    ["各部門要加強管理。縣級以上人民政府", "工作不斷改進。或許多人不知道"],
)
def test_a_slip_that_heals_is_put_back(text: str) -> None:
    damaged = slipped(text, "。")
    assert damaged != text
    assert mended(damaged) == text


@pytest.mark.parametrize(
    "text",
    [
        "这样做行吗?可以。",
        "怎么办理?需要什么材料?",
        "网上办?线下办?",
        "什么是“一网通办”?答：一次办好。",
        "电话?ABC",
        "??一、总体要求",
    ],
)
def test_questions_stay(text: str) -> None:
    assert mended(text) == text


def test_one_that_breaks_off_is_put_back_but_for_its_last_character_and_flagged() -> None:
    damaged = slipped("各单位要加强管理。县级以上人民政府负责", "。")
    found = restore_slips(draft(damaged, "特此通知。"))
    assert found.blocks[0].text == "各单位要加强管理。县级以上人民?府负责"
    assert found.flags == {"suspect_lost_chars"}


def test_a_repair_can_be_undone() -> None:
    damaged = slipped("工作不斷改進。或許多人不知道", "。")
    (block,) = restore_slips(draft(damaged)).blocks
    assert block.text != damaged
    assert revert(block.text, block.repairs) == damaged
    assert {repair.rule for repair in block.repairs} == {"gbk_slip"}


def test_a_page_without_slips_is_left_alone() -> None:
    page = draft("怎么办理?需要什么材料?")
    assert restore_slips(page) is page
