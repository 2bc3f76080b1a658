"""The tree of numbered headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import HEADINGS, SENTENCES

from pipeline.extract.structure.parts import parts
from pipeline.extract.structure.sections import sections

if TYPE_CHECKING:
    from pipeline.model import Section


def tree(*lines: str) -> tuple[Section, ...]:
    paragraphs, at = [], 0
    for line in lines:
        paragraphs.append((at, line))
        at += len(line) + 1
    end = max(0, at - 1)
    return sections(paragraphs, parts(None, paragraphs, end), end)


def governed(*lines: str) -> dict[str, str]:
    """number -> the text of its section."""
    text = "\n".join(lines)
    return {section.number: text[section.start : section.end] for section in tree(*lines)}


@pytest.mark.parametrize(
    ("line", "level", "number", "heading"),
    [
        ("第一编 总则", 0, "第一编", "总则"),
        ("第二分编 合同", 0, "第二分编", "合同"),
        ("第一部分 发展基础", 0, "第一部分", "发展基础"),
        ("第十二章 附则", 1, "第十二章", "附则"),
        ("第一章总则", 1, "第一章", "总则"),
        ("## 第一章　总　则", 1, "第一章", "总　则"),
        ("一、总体要求", 1, "一", "总体要求"),
        ("十二、保障措施", 1, "十二", "保障措施"),
        ("五、六大行动", 1, "五", "六大行动"),
        ("一、问：如何申报？", 1, "一", "如何申报？"),
        ("第二节 监督", 2, "第二节", "监督"),
        ("（一）指导思想。以高质量发展为主线，推进建设。", 2, "（一）", "指导思想"),
        ("（一）项目负责人年龄不超过60周岁。", 2, "（一）", "项目负责人年龄不超过60周岁"),
        ("(三)基本原则", 2, "(三)", "基本原则"),
        ("第三条 本办法所称企业，是指在本市注册的企业。", 3, "第三条", "本办法所称企业，是指在本市注册的企业"),
        ("第三条（管理部门）", 3, "第三条", "管理部门"),
        ("第三条 【适用范围】本市适用。", 3, "第三条", "适用范围"),
        ("**第三条** 本市适用。", 3, "第三条", "本市适用"),
        ("**第三条 适用范围**", 3, "第三条", "适用范围"),
        ("第 三 条　本市适用。", 3, "第 三 条", "本市适用"),
        ("1.加强组织领导", 3, "1", "加强组织领导"),
        ("1.2025年底前完成。", 3, "1", "2025年底前完成"),
        ("12、加强保障", 3, "12", "加强保障"),
        ("（1）落实责任", 4, "（1）", "落实责任"),
    ],
)
def test_a_numbered_heading_has_its_level(line: str, level: int, number: str, heading: str) -> None:
    (found,) = tree(line)
    assert (found.level, found.number, found.heading) == (level, number, heading)
    assert (found.start, found.end) == (line.index(number), len(line))


@pytest.mark.parametrize(
    "line",
    [
        *("总体要求", "2022年5月19日", "1.5亿元资金", "1．5亿元资金", "第一季度增长5%", "一事一议", "一是加强领导"),
        *("100家企业", "（一次性奖励）", "一、二、三产业融合发展", "三、四级公路", "3、4号楼", "十百、千亿"),
        *("（一）、（二）项规定的情形", "（二）项规定的情形", "第三章规定的程序", "第十一届全国人大"),
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert tree(line) == ()


def test_a_section_ends_where_one_of_its_kind_or_a_wider_one_begins() -> None:
    found = governed("一、总体要求", "（一）指导思想", "坚持。", "（二）目标", "1.数量", "二、任务", "完成。")
    assert found == {
        "一": "一、总体要求\n（一）指导思想\n坚持。\n（二）目标\n1.数量\n",
        "（一）": "（一）指导思想\n坚持。\n",
        "（二）": "（二）目标\n1.数量\n",
        "1": "1.数量\n",
        "二": "二、任务\n完成。",
    }


def test_an_article_holds_its_items() -> None:
    found = governed("第一章 总则", "第一条 有下列情形：", "（一）甲；", "（二）乙。", "第二条 施行。", "第二章 附则")
    assert found["第一条"] == "第一条 有下列情形：\n（一）甲；\n（二）乙。\n"
    assert found["第一章"].endswith("第二条 施行。\n")


def test_a_chapter_of_a_plan_holds_its_numbered_headings() -> None:
    found = governed("第一章 基础", "第一节 现状", "一、成效", "显著。", "二、问题", "突出。", "第二节 形势")
    assert found["第一节"] == "第一节 现状\n一、成效\n显著。\n二、问题\n突出。\n"
    assert found["第一章"].endswith("第二节 形势")


def test_a_list_behind_the_colon_of_an_article_lies_inside_it() -> None:
    found = governed("第一条 标准如下：", "一、甲等", "二、乙等", "第二条 施行。", "三、附则")
    assert found["第一条"] == "第一条 标准如下：\n一、甲等\n二、乙等\n"
    assert found["第二条"] == "第二条 施行。\n"


def test_the_words_of_a_chapter_may_stand_below_its_number() -> None:
    assert [section.heading for section in tree("第一章", "总则", "第一条 本市适用。")] == ["总则", "本市适用"]
    assert tree("第一章", "本市适用本办法，区适用。")[0].heading == ""


def test_no_section_crosses_the_border_of_a_part_or_enters_the_signature() -> None:
    lines = ("一、总体要求", "坚持。", "苏州市人民政府", "2022年5月19日", "附件", "说明", "一、说明", "完。")
    text = "\n".join(lines)
    first, second = tree(*lines)
    assert text[first.start : first.end] == "一、总体要求\n坚持。\n"
    assert text[second.start : second.end] == "一、说明\n完。"


def test_the_list_of_annexes_is_no_list_of_sections() -> None:
    assert [section.number for section in tree("附件：1.重点清单", "2.任务分解表", "一、总体要求")] == ["一"]


BODY = ("第一章 总则", "第一条 为了节水。", "第二章 用水", "第二条 节约。", "第三章 附则", "第三条 施行。")


@pytest.mark.parametrize(
    "contents",
    [
        ("目　录", "第一章 总则", "第二章 用水", "第三章 附则"),
        ("目录", "第一章 总则……1", "第二章 用水……3", "第三章 附则……9", "用水条例"),
        ("## 目次", "## 第一章 总则", "第二章 用水 (2)", "第三章 附则 (3)"),
        ("第一章 总 则", "第二章 用 水", "第三章 附 则"),
    ],
)
def test_a_printed_table_of_contents_is_no_second_tree(contents: tuple[str, ...]) -> None:
    found = tree(*contents, *BODY)
    assert [section.number for section in found] == [section.number for section in tree(*BODY)]
    assert found[0].start > sum(map(len, contents))


def test_a_list_that_does_not_come_again_is_the_document() -> None:
    assert len(tree("目录", "一、钢铁", "二、水泥", "三、玻璃")) == 3
    assert len(tree("一、钢铁", "二、水泥", "三、玻璃", "一、钢铁")) == 4


@given(st.lists(st.sampled_from((*HEADINGS, *SENTENCES, *BODY, "第二条之一 节约。", "附件", "目录")), max_size=25))
def test_sections_are_a_tree_in_the_order_of_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = tree(*lines)
    open_ends: list[int] = []
    for section in found:
        assert text.startswith(section.number, section.start)
        while open_ends and open_ends[-1] <= section.start:
            open_ends.pop()
        assert section.start < section.end <= (open_ends[-1] if open_ends else len(text))
        open_ends.append(section.end)
    assert [section.start for section in found] == sorted(section.start for section in found)
