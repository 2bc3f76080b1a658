"""Files of Word 97 and WPS, with an office program and without one."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest
from docmaker import CELL, GONE, UNSEEN, Line, compound, doc, row_of
from officemaker import SENTENCE, TITLE, docx, p, packed

from pipeline.extract.files import office
from pipeline.extract.files.doc.properties import SYMBOL
from pipeline.extract.files.doc.read import read
from pipeline.extract.files.errors import DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, NEEDS_OFFICE, FileRefused
from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.formats import parse
from pipeline.extract.files.kinds import kind_of
from pipeline.extract.tables.markdown import read_back

LIMITS = Limits()


def texts(found: FileRead) -> list[str]:
    return [block.text for block in found.blocks]


@pytest.mark.parametrize("split", [0, 7, 40])
def test_paragraphs_in_order_wherever_their_pieces_stand(split: int) -> None:
    body = doc([Line(f"{TITLE}\r"), Line("各区：\x0b甲\r"), Line(f"{SENTENCE}\r")], split=split)
    assert kind_of(body) == "doc"
    found = read(body, LIMITS)
    assert texts(found) == [TITLE, "各区：", "甲", SENTENCE]
    assert found.flags == {"needs_office"}


def test_tables_with_merged_cells() -> None:
    def row(*cells: str, flags: tuple[int, ...] = ()) -> list[Line]:
        return [*(Line(f"{cell}\x07", CELL) for cell in cells), Line("\x07", row_of(1000, 2000, 3000, flags=flags))]

    lines = [
        Line("附表\r"),
        *row("地区", "资金", "", flags=(0x60, 0x01, 0x02)),
        *row("", "上年", "本年", flags=(0x20, 0, 0)),
        Line("青屿\r", CELL),
        *row("市", "12", ""),
        Line("说明\r"),
    ]
    found = read(doc(lines), LIMITS)
    assert [block.kind for block in found.blocks] == ["paragraph", "table", "paragraph"]
    assert read_back(found.blocks[1].text, found.blocks[1].merged) == (
        ("地区", "资金", "资金"),
        (("地区", "上年", "本年"), ("青屿市", "12", "")),
    )


def test_what_was_deleted_or_hidden_stands_apart() -> None:
    line = Line("拨付旧额新额暗元\r", runs=((2, 4, GONE), (6, 7, UNSEEN)))
    found = read(doc([Line("前言\r"), line]), LIMITS)
    assert texts(found) == ["前言", "拨付新额元"]
    assert [(one.rule, one.evidence) for one in found.removals] == [
        ("files.tracked_deletion", "旧额"),
        ("files.hidden_text", "暗"),
    ]
    assert found.flags == {"needs_office", "tracked_changes", "hidden_text"}


def test_fields_and_footnotes() -> None:
    body = doc([Line("见\x13HYPERLINK x\x14附件\x15，增长\x02。\r"), Line("末段\r")], notes="\x02 以2021年为基期。\r")
    assert texts(read(body, LIMITS)) == ["见附件，增长[1]。", "末段", "[1] 以2021年为基期。"]


def test_a_field_over_several_paragraphs_leaves_no_code() -> None:
    contents = '\x13 TOC \\o "1-3" \x14第一章\t\x13 PAGEREF _T1 \x141\x15\r'
    assert texts(read(doc([Line(contents), Line("第二章\x15\r"), Line("正文\r")]), LIMITS)) == [
        "第一章 1",
        "第二章",
        "正文",
    ]


def test_endnotes_and_boxes_are_read() -> None:
    lines = [Line("甲\x02乙\x02丙\x02。\r")]
    body = doc(lines, notes="\x02 脚注\r", endnotes="\x02 尾注一\r\x02 尾注二\r", boxes="框中文字\r\r", feet=(3,))
    assert texts(read(body, LIMITS)) == ["甲[1]乙[2]丙[3]。", "[1] 尾注一", "[2] 脚注", "[3] 尾注二", "框中文字"]


def test_signs_are_read_by_their_fonts() -> None:
    signs = [struct.pack("<HHH", SYMBOL, font, 0xF0A3) for font in (1, 2)]
    lines = [Line("不(5项\r", runs=((1, 2, signs[0]),)), Line("(同意\r", runs=((0, 1, signs[1]),))]
    assert texts(read(doc(lines, fonts=("宋体", "Symbol", "Wingdings 2")), LIMITS)) == ["不≤5项", "□同意"]


def refusal(body: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read(body, LIMITS)
    return caught.value.rule


def test_files_that_cannot_be_read_say_why() -> None:
    line = [Line(f"{SENTENCE}\r")]
    assert refusal(doc(line, flags=0x0100)) == ENCRYPTED
    assert refusal(doc(line, version=0x65)) == NEEDS_OFFICE
    assert refusal(compound({"WordDocument": b"none"})) == DAMAGED


@pytest.mark.parametrize(("text", "rule"), [("\r", EMPTY), ("\x01\r", NEEDS_OCR)])
def test_a_file_without_text_says_why(text: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    found = parse(doc([Line(text)]), LIMITS)
    assert found.refusal is not None
    assert found.refusal.rule == rule


def stand_in(folder: Path, script: str) -> str:
    """A program in the place of LibreOffice. It gets the same arguments."""
    program, code = folder / "soffice", folder / "soffice.py"
    code.write_text(f"import pathlib, sys\n{script}\n", encoding="utf-8")
    # a shell finds a Python whose path has a blank in it, which the first line of a script cannot name
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{code}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return str(program)


_CONVERTS = """
arguments = dict(zip(sys.argv, sys.argv[1:]))
out = pathlib.Path(arguments["--outdir"])
assert arguments["--convert-to"] == "docx" and pathlib.Path(sys.argv[-1]).read_bytes()[:4] == bytes.fromhex("d0cf11e0")
out.mkdir()
(out / "file.docx").write_bytes(pathlib.Path({made!r}).read_bytes())
"""


def test_an_office_program_reads_it_better(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(docx(p("一、总体要求")))
    monkeypatch.setenv("ZHENGCE_OFFICE", stand_in(tmp_path, _CONVERTS.format(made=str(made))))
    found = office.read(doc([Line("总体要求\r")]), LIMITS)
    assert texts(found) == ["一、总体要求"]
    assert found.kind == "doc"
    assert found.flags == frozenset()


def test_an_office_program_that_fails_is_no_failure_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGCE_OFFICE", stand_in(tmp_path, "sys.exit(1)"))
    with pytest.raises(FileRefused) as caught:
        office.read(doc([Line("总体要求\r")]), LIMITS)
    assert caught.value.rule == DAMAGED


def test_without_an_office_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.delenv("ZHENGCE_OFFICE", raising=False)
    monkeypatch.setattr(office, "_MAC", Path(os.devnull) / "soffice")
    assert texts(office.read(doc([Line("总体要求\r")]), LIMITS)) == ["总体要求"]
    odt = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<d/>"})
    with pytest.raises(FileRefused) as caught:
        office.read(odt, LIMITS)
    assert caught.value.rule == NEEDS_OFFICE
