"""Lines become blocks; entities that a scraper left are read and can be put back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.lines import blocks_of
from pipeline.repair.edits import revert


def test_a_block_a_line_with_its_number() -> None:
    found = blocks_of("一、总体要求\n\n  二、主要目标  \r\n\u3000\n三、保障措施")
    assert [(block.text, block.line) for block in found] == [
        ("一、总体要求", 1),
        ("二、主要目标", 3),
        ("三、保障措施", 5),
    ]
    assert {block.kind for block in found} == {"paragraph"}


@pytest.mark.parametrize("text", ["", "\n\n", " \u3000\u00a0\n\u200b"])
def test_a_page_without_a_letter_has_no_block(text: str) -> None:
    assert blocks_of(text) == ()


def test_tabs_stay_for_the_tables() -> None:
    assert [block.text for block in blocks_of("\t序号\n1\t 任务 \n\t\n")] == ["\t序号", "1\t任务", "\t"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("&ldquo;十四五&rdquo;期间", "“十四五”期间"),
        ("?ldquo;一事一议?rdquo;", "“一事一议”"),
        ("甲&nbsp;乙", "甲 乙"),
        ("&emsp;&emsp;甲", "甲"),
        ("甲&nbsp;", "甲"),
        ("2021&mdash;2023", "2021—2023"),
        ("2021&#8212;2023", "2021—2023"),
        ("A&amp;B", "A&B"),
        ("面积&gt;5亩", "面积>5亩"),
    ],
)
def test_entities_are_read_and_can_be_put_back(line: str, expected: str) -> None:
    (block,) = blocks_of(line)
    assert block.text == expected
    assert {repair.rule for repair in block.repairs} == {"entity"}
    assert revert(block.text, block.repairs) == line


@pytest.mark.parametrize("line", ["R&D投入", "甲;乙", "AT&T公司", "a?b;c", "政策&措施;"])
def test_what_is_no_entity_stays(line: str) -> None:
    (block,) = blocks_of(line)
    assert (block.text, block.repairs) == (line, ())


@given(
    st.lists(st.sampled_from(("&ldquo;", "&nbsp;", "?rdquo;", "&#160;", "&#xD800;", "政", ";", "&", " ")), max_size=9)
)
def test_any_mixture_can_be_put_back(pieces: list[str]) -> None:
    for block in blocks_of("".join(pieces)):
        block.text.encode()
        assert revert(block.text, block.repairs) == " ".join("".join(pieces).split())
