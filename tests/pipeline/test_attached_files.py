"""An attached file is a document of its own, linked to its page both ways; an archive is one for each file in it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest

from crawler.page import Page, RawRecord, document_id
from pipeline.steps import clean, clean_all

PAGE = "http://www.example.gov.cn/zwgk/202205/t20220520_1.html"
FILE = "http://www.example.gov.cn/zwgk/202205/P020220520_1.docx"
HTML = f"""<html><head><title>关于印发实施方案的通知</title></head><body><h1>关于印发《供水管理实施方案》的通知</h1>
<div class="TRS_Editor"><p>各县（区）人民政府：</p><p>现将《供水管理实施方案》印发给你们，请认真贯彻执行。</p>
<p>附件：<a href="{FILE}">供水管理实施方案.docx</a></p><p>示例市人民政府</p><p>2022年5月20日</p></div></body></html>"""
LINES = (
    "一、总体要求",
    "坚持节约用水，保障城乡供水安全。",
    "二、主要任务",
    "完善供水设施，提高供水水质，落实工作责任。",
)


def plan(title: str = "供水管理实施方案") -> bytes:
    paper = docx.Document()
    paper.add_heading(title, 0)
    for line in LINES:
        paper.add_paragraph(line)
    table = paper.add_table(rows=2, cols=2)
    for cell, text in zip(
        (one for row in table.rows for one in row.cells), ["序号", "任务", "1", "改造管网"], strict=True
    ):
        cell.text = text
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def record(body: bytes, url: str, media_type: str = "application/octet-stream", **hints: str) -> RawRecord:
    page = Page(
        url=url,
        source="example",
        body=body,
        media_type=media_type,
        captured=datetime(2026, 1, 1, tzinfo=UTC),
        status=200,
        hints=tuple(hints.items()),
    )
    return RawRecord(page=page, sha256=page.sha256, warc="", offset=0)


def test_page_and_file_know_each_other() -> None:
    page = clean(record(HTML.encode(), PAGE, "text/html")).document
    file = clean(record(plan(), FILE, parent=PAGE, name="附件：供水管理实施方案.docx")).document
    assert page is not None
    assert file is not None
    assert [one.document_id for one in page.attachments] == [file.id]
    assert (file.parent, page.parent) == (page.id, None)
    assert (file.title, file.extractor) == ("供水管理实施方案", "file:docx")
    assert [line for line in LINES if line not in file.text] == []
    assert [section.heading for section in file.sections] == ["总体要求", "主要任务"]
    assert (file.tables[0].header, file.tables[0].rows) == (("序号", "任务"), (("1", "改造管网"),))


def test_an_archive_is_a_document_without_text_and_its_files_are_documents() -> None:
    body = packed(plan__a=plan("防汛方案"), b=plan("抗旱方案"), c=b"\0\1\2")
    archive, *members = clean_all(record(body, "http://www.example.gov.cn/a.zip", parent=PAGE, name="附件.zip"))
    assert archive.document is not None
    assert (archive.document.text, archive.document.parent) == ("", document_id(PAGE))
    assert "archive" in archive.document.flags
    assert [one.document_id for one in archive.document.attachments] == [member.id for member in members]
    titles = [member.document.title if member.document else None for member in members]
    assert titles == ["防汛方案", "抗旱方案", None]
    assert {member.document.parent for member in members if member.document} == {archive.id}
    assert [removal.rule for removal in members[2].removals] == ["files.unsupported"]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (plan()[:900], "files.damaged"),
        (b"", "files.empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "files.needs_ocr"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "files.unsupported"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_refused_record(body: bytes, rule: str) -> None:
    [found] = clean_all(record(body, FILE, parent=PAGE, name="附件.docx"))
    assert found.document is None
    assert [(removal.rule, removal.scope) for removal in found.removals] == [(rule, "page")]


def test_bytes_tell_the_format_and_no_name_does() -> None:
    as_text = clean(record(plan(), "urn:zhengce:inbox/a.txt", "text/plain")).document
    assert as_text is not None
    assert as_text.extractor == "file:docx"
    as_page = clean(record(HTML.encode(), FILE, "application/msword", parent=PAGE, name="通知.doc")).document
    assert as_page is not None
    assert "现将《供水管理实施方案》印发给你们，请认真贯彻执行。" in as_page.text
