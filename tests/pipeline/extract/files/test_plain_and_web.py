"""Texts, CSV and web pages under the names of office files."""

from __future__ import annotations

import pytest
from officemaker import SENTENCE, every_kind

from pipeline.extract.files import plain, webpage
from pipeline.extract.files.errors import DAMAGED, FileRefused
from pipeline.extract.files.fileread import Limits
from pipeline.extract.tables.markdown import read_back

LIMITS = Limits()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
def test_text_in_any_encoding(encoding: str) -> None:
    text = (
        "關於印發應急預案的通知\n各區人民政府要加強領導\n" if encoding == "big5hkscs" else f"一、总体要求\n{SENTENCE}\n"
    )
    found = plain.read(text.encode(encoding), LIMITS)
    assert [block.text for block in found.blocks] == text.split("\n")[:2]
    assert bool(found.encoding) == (not encoding.startswith("utf-8"))


def test_csv_is_a_table() -> None:
    (block,) = plain.read('序号,任务\r\n1,"甲,乙\r\n丙"\r\n2,丁\r\n'.encode("gb18030"), LIMITS).blocks
    assert read_back(block.text, block.merged) == (("序号", "任务"), (("1", "甲,乙丙"), ("2", "丁")))


@pytest.mark.parametrize(
    "text",
    [
        "first, second\nonly one here\nthird, fourth\n",
        "first, second\nthird, fourth\n",
        "第一条 甲,乙。\n第二条 丙,丁。\n",
    ],
)
def test_sentences_with_commas_are_no_table(text: str) -> None:
    found = plain.read(text.encode(), LIMITS)
    assert {block.kind for block in found.blocks} == {"paragraph"}


def test_a_web_page_under_another_name() -> None:
    found = webpage.read(every_kind()["html"], LIMITS)
    assert [block.kind for block in found.blocks] == ["paragraph", "table"]
    hidden = webpage.read("<p>正文<span style='display:none'>暗</span></p>".encode(), LIMITS)
    assert [removal.evidence for removal in hidden.removals] == ["暗"]


def test_a_web_archive() -> None:
    found = webpage.read(every_kind()["mhtml"], LIMITS)
    assert [block.text for block in found.blocks] == [SENTENCE]
    assert found.kind == "mhtml"


def test_an_archive_without_a_page_is_damaged() -> None:
    with pytest.raises(FileRefused) as caught:
        webpage.read(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", LIMITS)
    assert caught.value.rule == DAMAGED
