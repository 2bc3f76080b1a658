"""`??` where two ideographic spaces stood."""

from __future__ import annotations

import pytest
from pagemaker import cleaned, draft, texts, undone

from pipeline.draft import Block
from pipeline.repair.spaces import restore_spaces


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("??二、发展方向", "二、发展方向"),
        ("？？二、发展方向", "二、发展方向"),
        ("?? 2022年1月14日", "2022年1月14日"),
        ("????（一）指导思想", "（一）指导思想"),
        ("??《方案》已经同意", "《方案》已经同意"),
        ("??“十四五”期间", "“十四五”期间"),
    ],
)
def test_question_marks_before_a_line_are_indentation(line: str, expected: str) -> None:
    page = restore_spaces(draft(line))
    assert texts(page) == [expected]
    assert {repair.rule for repair in page.blocks[0].repairs} == {"lost_space"}
    assert not page.flags


@pytest.mark.parametrize("line", ["怎么办？？", "?一个问号", "什么是政策??", "??", "a??b", "“??”"])
def test_other_question_marks_stay(line: str) -> None:
    assert texts(restore_spaces(draft(line))) == [line]


def test_question_marks_inside_a_sentence_stay_and_are_flagged() -> None:
    page = restore_spaces(draft("新增企业??其中领军企业5家。"))
    assert texts(page) == ["新增企业??其中领军企业5家。"]
    assert page.flags == {"suspect_lost_chars"}


def test_cells_of_a_table_lose_theirs_too() -> None:
    table = Block("| 序号 | 任务 |\n| --- | --- |\n| 1 | ??加强领导 |", 1, "table")
    page = restore_spaces(draft("x").amend(lambda _: table))
    assert texts(page) == ["| 序号 | 任务 |\n| --- | --- |\n| 1 | 加强领导 |"]


@pytest.mark.parametrize("lost", ["??", "？？", "??&nbsp;", "?&nbsp;?", "&nbsp;??", "?\t?", "????"])
def test_it_can_be_undone(lost: str) -> None:
    page = f"{lost}为贯彻落实国务院关于促进产业发展的精神，结合我市实际制定本方案。"
    assert undone(cleaned(page)).split() == page.split()
