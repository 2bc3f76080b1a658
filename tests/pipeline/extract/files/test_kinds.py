"""Formats are told by bytes: every sound file, files under false names, files cut short."""

from __future__ import annotations

from io import BytesIO

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from officemaker import SENTENCE, docx, every_kind, p, packed, xls

from pipeline.extract.files.kinds import kind_of


@pytest.mark.parametrize("kind", every_kind())
def test_each_format_is_known_by_its_bytes(kind: str) -> None:
    assert kind_of(every_kind()[kind]) == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"%PDF-1.4\n", "pdf"),
        (b"\0\0junk before it\n%PDF-1.4\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"\x00\x01\x02\x03" * 20, "binary"),
        ("一、总体要求".encode("utf-16"), "text"),
        ("一、总体要求".encode("gb18030"), "text"),
        ("<正文>不是网页".encode(), "text"),
        (b"\xef\xbb\xbf<!-- Word --><HTML><body>", "html"),
        (b"<table><tr><td>1</table>", "html"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", "wordml"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "sheetml"),
        (b"Subject: not a page\n\ntext", "text"),
        (b"<span style='color:red'>1</span>", "html"),
        (b"<h1>1</h1>", "html"),
        (b"<FONT size=3>1</FONT>", "html"),
        (b"From: <Saved by Blink>\nSnapshot-Content-Location: http://a\nSubject: x\nMIME-Version: 1.0\n\n", "mhtml"),
    ],
)
def test_first_bytes(body: bytes, kind: str) -> None:
    assert kind_of(body) == kind


def test_packages_are_told_by_their_parts() -> None:
    assert kind_of(packed({"OFD.xml": "<ofd/>", "Doc_0/Document.xml": "<d/>"})) == "ofd"
    assert kind_of(packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<d/>"})) == "odf"
    assert kind_of(packed({"[Content_Types].xml": "<t/>", "ppt/presentation.xml": "<p/>"})) == "pptx"
    assert kind_of(packed({"word/a.txt": "a folder called word makes no document"})) == "zip"


def test_a_cut_package_keeps_its_kind() -> None:
    body = docx(p(SENTENCE) * 50)
    assert kind_of(body[: len(body) // 2]) == "docx"


def test_a_cut_compound_file_is_nothing_known() -> None:
    assert kind_of(xls()[:600]) == "ole2"


def test_a_document_with_a_password_is_encrypted() -> None:
    buffer = BytesIO()
    OOXMLFile(BytesIO(every_kind()["xlsx"])).encrypt("secret", buffer)
    assert msoffcrypto.OfficeFile(BytesIO(buffer.getvalue())).is_encrypted()
    assert kind_of(buffer.getvalue()) == "encrypted"
