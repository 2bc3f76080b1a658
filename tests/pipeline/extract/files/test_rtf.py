"""RTF: text in any code page, tables, notes; what is hidden or deleted stands apart."""

from __future__ import annotations

import pytest
from officemaker import SENTENCE, TITLE, rtf

from pipeline.extract.files.errors import EMPTY, NEEDS_OCR, TOO_DEEP
from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.formats import parse
from pipeline.extract.files.rtf.read import read as read_rtf
from pipeline.extract.tables.markdown import read_back


def read(body: bytes) -> FileRead:
    return read_rtf(body, Limits())


def texts(body: bytes) -> list[str]:
    return [block.text for block in read(body).blocks]


def test_paragraphs_in_gbk() -> None:
    assert texts(rtf(rf"{TITLE}\par {SENTENCE}\line 二\par")) == [TITLE, SENTENCE, "二"]


def test_unicode_with_its_stand_ins() -> None:
    assert texts(rb"{\rtf1\ansi\uc1 \u25919?\u31574?\uc0\u20844 A\par}") == ["政策公A"]
    assert texts(rb"{\rtf1\ansi\uc2 \u-10187\'a1\'a1\u-9138\'a1\'a1\par}") == ["\U0001d44e"]  # two surrogates
    assert texts(rb"{\rtf1\ansi{\upr{\'d5\'fe}{\*\ud{\u25919}}}\par}")[0].endswith("政")


def test_a_number_before_nothing_says_nothing() -> None:
    items = rb"{\listtext 1.\tab}a\par{\listtext 2.\tab}\par{\listtext 3.\tab}b\par"
    assert texts(rb"{\rtf1\ansi" + items + b"}") == ["1. a", "3. b"]


def test_braces_and_backslashes_of_the_text() -> None:
    assert texts(rb"{\rtf1\ansi a\{b\}c\\d {e}\par f\par}") == ["a{b}c\\d e", "f"]


def test_a_text_given_twice_is_taken_in_unicode() -> None:
    assert texts(rb"{\rtf1\ansi{\upr{AB}{\*\ud{CD}}}E\par}") == ["CDE"]


def test_fonts_of_signs_are_read_as_signs() -> None:
    fonts = rb"{\fonttbl{\f0\fcharset134 SimSun;}{\f3\fcharset2{\*\panose 05}Symbol;}{\f4\fcharset2 Wingdings;}}"
    body = rb"{\listtext\f3\'b7\tab}\f0 \'bc\'d7\f3\'a3\u61619?\f0 5\f4\'fe\par}"
    assert texts(rb"{\rtf1\ansi\ansicpg936" + fonts + body) == ["甲≤≥5☑"]


def test_the_font_names_the_code_page() -> None:
    head = r"\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset136 MingLiU;}{\f2\fcharset134 SimSun;}}"
    body = (
        b"{\\rtf1\\ansi"
        + head.encode()
        + b"\\f1 "
        + "計畫".encode("big5")
        + b"\\f2 "
        + "规划".encode("gbk")
        + b"\\par}"
    )
    assert texts(body) == ["計畫规划"]


def test_a_character_split_between_escape_and_letter() -> None:
    assert texts(b"{\\rtf1\\ansi\\ansicpg936 \\'81@\\par}") == ["\u4e02"]


def test_layout_is_no_text() -> None:
    body = rtf(
        r"{\info{\title 内部}}{\header 页眉\par}{\*\generator W;}{\pict 00ff}"
        r"{\field{\*\fldinst PAGE}{\fldrslt 正}}文\par"
    )
    assert texts(body) == ["正文"]


def test_numbers_of_lists_stand_in_the_text() -> None:
    assert texts(rtf(r"{\listtext\pard\plain 一、\tab}总体要求\par {\pntext 1.\tab}任务\par")) == [
        "一、总体要求",
        "1. 任务",
    ]


def test_merged_cells() -> None:
    rows = (
        r"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\intbl 地区\cell 资金\cell\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\intbl\cell 上年\cell 本年\cell\row"
        r"\trowd\cellx1005\cellx2000\cellx3000\intbl 甲\par 市\cell 1\cell 2\cell\row"
        r"\trowd\cellx1000\cellx3000\intbl 合计\cell 3\cell\row\pard 说明\par"
    )
    table, below = read(rtf(rows)).blocks
    assert below.text == "说明"
    assert read_back(table.text, table.merged) == (
        ("地区", "资金", "资金"),
        (("地区", "上年", "本年"), ("甲市", "1", "2"), ("合计", "3", "3")),
    )


def test_what_was_deleted_or_hidden_stands_apart() -> None:
    found = read(rtf(r"拨付{\deleted 旧额}{\revised 新额}{\v 暗}\v 密\v0 元\par"))
    assert [block.text for block in found.blocks] == ["拨付新额元"]
    assert found.flags == {"tracked_changes", "hidden_text"}
    assert [(one.rule, one.evidence) for one in found.removals] == [
        ("files.tracked_deletion", "旧额"),
        ("files.hidden_text", "暗密"),
    ]


def test_footnotes_stand_at_the_end() -> None:
    assert texts(rtf(r"增长{\super\chftn}{\footnote{\super\chftn} 以2021年为基期。\par}五成\par")) == [
        "增长[1]五成",
        "[1] 以2021年为基期。",
    ]


def test_the_largest_line_is_the_title() -> None:
    assert (
        read(rtf(rf"\fs72 青屿市人民政府文件\par\fs44 {TITLE}\par\fs32 {SENTENCE}\par {SENTENCE}\par")).title == TITLE
    )


def test_binary_data_is_passed_over() -> None:
    assert texts(b"{\\rtf1\\ansi a{\\pict\\bin6 }}{{\\p}b\\par}") == ["ab"]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"{\\rtf1\\ansi" + b"{" * 5000, TOO_DEEP),
        (b"{\\rtf1\\ansi}", EMPTY),
        (b"{\\rtf1", EMPTY),
        (rb"{\rtf1{\pict\pngblip 8950}\par}", NEEDS_OCR),
    ],
)
def test_bad_files_are_refused(body: bytes, rule: str) -> None:
    found = parse(body, Limits())
    assert found.refusal is not None
    assert found.refusal.rule == rule
