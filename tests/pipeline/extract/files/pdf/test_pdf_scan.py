"""Recognized lines of a scan: where their characters stand, and how many pages are recognized."""

from __future__ import annotations

import pytest
from pdfmaker import HEIGHT, WIDTH, Leaf, pdf

from pipeline.extract.files.fileread import Limits
from pipeline.extract.files.formats import parse
from pipeline.extract.files.layout.document import lay_out
from pipeline.extract.files.layout.sheet import Sheet
from pipeline.extract.files.pdf.scan import Found, glyphs_of, is_installed

_LINES = ["为贯彻落实国务院关于防灾减灾的决策部署，进一步提升全市", "防汛抗旱能力，现将有关事项通知如下。"]


def scanned(number: int) -> Sheet:
    """A page as recognition reads it: boxes a little higher and lower than the type."""
    lines = [
        Found(text, 106 if not at else 74, 100 + 28 * at, 522 if not at else 362, 119 + 28 * at + at, 0.9 + at / 20)
        for at, text in enumerate(_LINES)
    ]
    return Sheet(number=number, width=WIDTH, height=HEIGHT, glyphs=glyphs_of(lines), rules=[], confidence=0.925)


def test_recognized_lines_become_paragraphs_and_the_confidence_is_kept() -> None:
    found = lay_out("pdf", [scanned(1)])
    assert [block.text for block in found.blocks] == ["".join(_LINES)]
    assert found.flags == {"ocr"}
    assert [(removal.rule, removal.reason) for removal in found.removals] == [
        ("files.ocr", "page 1 was read from its picture, confidence 0.93")
    ]


@pytest.mark.skipif(not is_installed(), reason="needs the extra [ocr]")
def test_a_picture_without_text_still_needs_recognition() -> None:
    found = parse(pdf(Leaf().picture(0, 0, WIDTH, HEIGHT)), Limits())
    assert found.refusal is not None and found.refusal.rule == "files.needs_ocr"
