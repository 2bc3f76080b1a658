"""Parts and numbered headings."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import HEADINGS, SENTENCES

from pipeline.extract.structure import parts, sections
from pipeline.model import Part, Section


def placed(*lines: str) -> tuple[list[tuple[int, str]], int]:
    """Paragraphs with their places in the text they make, and its length."""
    found, at = [], 0
    for line in lines:
        found.append((at, line))
        at += len(line) + 1
    return found, max(0, at - 1)


def tree(*lines: str) -> tuple[Section, ...]:
    paragraphs, end = placed(*lines)
    return sections(paragraphs, [], end)


@pytest.mark.parametrize(
    ("line", "level", "number", "heading"),
    [
        ("第一编 总则", 0, "第一编", "总则"),
        ("第十二章 附则", 1, "第十二章", "附则"),
        ("一、总体要求", 1, "一", "总体要求"),
        ("十二、保障措施", 1, "十二", "保障措施"),
        ("第二节 监督", 2, "第二节", "监督"),
        ("（一）指导思想。以高质量发展为主线，推进建设。", 2, "（一）", "指导思想"),
        ("(三)基本原则", 2, "(三)", "基本原则"),
        ("第三条 本办法所称企业，是指在本市注册的企业。", 3, "第三条", "本办法所称企业，是指在本市注册的企业"),
        ("1.加强组织领导", 3, "1", "加强组织领导"),
        ("12、加强保障", 3, "12", "加强保障"),
        ("（1）落实责任", 4, "（1）", "落实责任"),
    ],
)
def test_a_numbered_heading_has_its_level(line: str, level: int, number: str, heading: str) -> None:
    (found,) = tree(line)
    assert (found.level, found.number, found.heading) == (level, number, heading)
    assert (found.start, found.end) == (0, len(line))


@pytest.mark.parametrize(
    "line",
    [
        "总体要求",
        "2022年5月19日",
        "1.5亿元资金",
        "第一季度增长5%",
        "一事一议",
        "一是加强领导",
        "100家企业",
        "（一次性奖励）",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert tree(line) == ()


def test_a_section_ends_where_one_of_its_level_or_higher_begins() -> None:
    lines = ["一、总体要求", "（一）指导思想", "坚持。", "（二）目标", "1.数量", "二、任务", "完成。"]
    text = "\n".join(lines)
    found = tree(*lines)
    assert [text[section.start : section.end].split("\n")[0] for section in found] == [
        *("一、总体要求", "（一）指导思想", "（二）目标", "1.数量", "二、任务")
    ]
    assert [text[section.end :].split("\n")[0] for section in found] == [
        *("二、任务", "（二）目标", "二、任务", "二、任务", "")
    ]


def test_no_section_crosses_the_border_of_a_part() -> None:
    paragraphs, end = placed("一、总体要求", "坚持。", "附件", "说明")
    border = paragraphs[2][0]
    (found,) = sections(paragraphs, [0, border], end)
    assert found.end == border


def test_the_list_of_annexes_is_no_list_of_sections() -> None:
    assert [section.number for section in tree("附件：1.重点清单", "2.任务分解表", "一、总体要求")] == ["一"]


@given(st.lists(st.sampled_from((*HEADINGS, *SENTENCES)), max_size=15))
def test_sections_lie_inside_the_text_in_their_order(lines: list[str]) -> None:
    paragraphs, end = placed(*lines)
    found = sections(paragraphs, [], end)
    assert all(0 <= section.start < section.end <= end for section in found)
    assert [section.start for section in found] == sorted(section.start for section in found)


COVER = ("各区人民政府：", "现将方案印发给你们。", "苏州市人民政府", "2022年5月19日")
PLAN = ("苏州市绿色制造实施方案", "为推进绿色制造，制定本方案。")


@pytest.mark.parametrize(
    ("title", "lines", "kinds"),
    [
        ("关于印发苏州市绿色制造实施方案的通知", (*COVER, *PLAN), ["cover", "payload"]),
        ("关于印发《苏州市绿色制造实施方案》的通知", (*COVER, *PLAN), ["cover", "payload"]),
        ("关于印发苏州市绿色制造实施方案的通知", (*COVER, *PLAN, "附件", "清单"), ["cover", "payload", "annex"]),
        ("苏州市绿色制造若干措施", PLAN, ["payload"]),
        ("苏州市绿色制造若干措施", (*PLAN, "附件1", "清单", "附件2", "名单"), ["payload", "annex", "annex"]),
        (None, COVER, ["payload"]),
        ("关于印发苏州市绿色制造实施方案的通知", COVER, ["payload"]),
    ],
)
def test_the_parts_of_a_document(title: str | None, lines: tuple[str, ...], kinds: list[str]) -> None:
    paragraphs, end = placed(*lines)
    found = parts(title, paragraphs, end)
    assert [part.kind for part in found] == kinds
    assert found[0].start == 0
    assert found[-1].end == end
    assert all(one.end == after.start for one, after in itertools.pairwise(found))


def test_a_text_that_is_an_annex_is_nothing_else() -> None:
    paragraphs, end = placed("附件", "重点工作清单", "一、任务")
    assert parts(None, paragraphs, end) == (Part("annex", 0, end),)
