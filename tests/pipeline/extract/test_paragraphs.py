"""Hard-wrapped lines are joined; lines that end are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import HEADINGS, SENTENCES, blocks

from pipeline.extract.lines import blocks_of
from pipeline.extract.paragraphs import join_wrapped
from pipeline.repair.edits import revert

LONG = (
    "为深入贯彻落实党中央国务院关于促进生物医药产业高质量发展的决策部署加快构建具有国际竞争力的产业体系推动创新链"
    "产业链资金链人才链深度融合结合本市实际制定本实施方案各区各部门要按照职责分工抓好落实并及时报告进展情况和问题"
    "市有关部门要加强统筹协调指导督促确保各项任务按期完成。"
)
WRAPPED = [LONG[at : at + 28] for at in range(0, len(LONG), 28)]


def test_a_page_with_lines_of_28_characters_becomes_paragraphs() -> None:
    found = join_wrapped(blocks(*WRAPPED, "一、总体要求", *WRAPPED))
    assert [block.text for block in found] == [LONG, "一、总体要求", LONG]
    assert {repair.rule for repair in found[0].repairs} == {"hard_wrap"}
    assert revert(found[0].text, found[0].repairs) == "\n".join(WRAPPED)


def test_a_long_line_that_ends_in_a_comma_goes_on() -> None:
    found = join_wrapped(blocks("为贯彻落实国务院关于促进产业发展的精神，", "现就有关事项通知如下。"))
    assert [block.text for block in found] == ["为贯彻落实国务院关于促进产业发展的精神，现就有关事项通知如下。"]


@pytest.mark.parametrize(
    "lines",
    [
        ["为贯彻落实国务院关于促进产业发展的精神。", "现就有关事项通知如下。"],
        ["各县级市人民政府，各直属单位，各有关企业：", "现将方案印发给你们。"],
        ["为贯彻落实国务院关于促进产业发展的精神，", "一、总体要求"],
        ["为贯彻落实国务院关于促进产业发展的精神，", "（一）指导思想"],
        ["为贯彻落实国务院关于促进产业发展的精神，", "附件：清单"],
        ["加强组织领导", "落实工作责任"],
        ["苏州市人民政府", "2022年5月19日"],
    ],
)
def test_lines_that_end_or_begin_anew_stay_apart(lines: list[str]) -> None:
    assert [block.text for block in join_wrapped(blocks(*lines))] == lines


def test_latin_words_keep_a_blank_between_them() -> None:
    lines = [
        *WRAPPED[:-1],
        *WRAPPED[:-1],
        "重点支持发展抗体药物和基因治疗产业以及合成生物CAR",
        "T cell therapy等前沿技术领域。",
    ]
    found = join_wrapped(blocks(*lines))
    assert len(found) == 1
    assert "CAR T cell" in found[0].text
    assert revert(found[0].text, found[0].repairs) == "\n".join(lines)


def test_repairs_of_joined_lines_can_still_be_undone() -> None:
    page = "为贯彻落实国务院关于促进产业发展的精神&nbsp;，\n&ldquo;十四五&rdquo;期间推进重点任务&nbsp;建设。"
    (found,) = join_wrapped(blocks_of(page))
    assert revert(found.text, found.repairs) == page


@given(st.lists(st.sampled_from((*SENTENCES, *HEADINGS, *WRAPPED, "&ldquo;甲&rdquo;，&nbsp;")), max_size=20))
def test_any_lines_come_back(lines: list[str]) -> None:
    page = "\n".join(lines)
    assert "\n".join(revert(block.text, block.repairs) for block in join_wrapped(blocks_of(page))) == page


LIST = [f"青屿市{name}山电子信息科技股份有限公司" for name in "东西南北中海天云龙凤"]


def test_paragraphs_of_the_markup_stay_apart_however_equal_they_are() -> None:
    items = [replace(block, begins=True) for block in blocks(*LIST, "身份证明原件及复印件各一份，", "场地证明一份。")]
    assert list(join_wrapped(items)) == items


def test_lines_that_a_break_parts_are_joined_up_to_the_next_paragraph() -> None:
    twice = blocks(*WRAPPED, *WRAPPED)
    marked = [replace(block, begins=at % len(WRAPPED) == 0) for at, block in enumerate(twice)]
    found = join_wrapped([*marked, *(replace(block, begins=True) for block in blocks(*LIST))])
    assert [block.text for block in found] == [LONG, LONG, *LIST]
    assert all(block.begins for block in found)
