"""The format of a file, by its bytes; names and media types lie (a web page saved as .doc, a PDF called .docx).

Enters: bytes. Leaves: a `Kind`.

>>> kind_of(b"%PDF-1.7"), kind_of("政策".encode("gb18030")), kind_of(b"<html><body>")
('pdf', 'text', 'html')
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import olefile

from pipeline.extract.encoding.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.extract.files.fileread import Kind

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_FIRST = 1024  # bytes before %PDF that readers pass over (ISO 32000-1, annex H, 3.4.1)
_SNIFF = 4096  # text in any encoding has no NUL once decoded; every binary format has one within the first block
_LOCAL = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.S)
_TAG = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|meta|link|script|body|table|div|p|style|title"
    r"|span|font|center|h[1-6]|br|b|strong|a|img|ul|ol|section|article|form)\b",
    re.I | re.S,
)
_MAIL = re.compile(r"\s*(?:[A-Za-z][\w-]*:.*\n(?:[ \t].*\n)*)+")
_PARTS: tuple[tuple[str, Kind], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
    ("encryptedpackage", "encrypted"),
)


def is_packed(body: bytes) -> bool:
    """True for bytes that no text begins with: a file, whatever its server or its name says."""
    return body.startswith((*_ZIP, _OLE2, b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"%PDF-"))


def kind_of(body: bytes) -> Kind:
    """The format. Never fails: a damaged file keeps the kind that its first bytes name."""
    if not body.strip():
        return "empty"
    if body.startswith(_ZIP):
        return _packed(_names(body))
    if body.startswith(_OLE2):
        return _compound(body)
    if b"%PDF-" in body[:_FIRST]:
        return "pdf"
    if body.lstrip()[:5].lower() == b"{\\rtf":
        return "rtf"
    if body.startswith(b"Rar!\x1a\x07"):
        return "rar"
    if body.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if body.startswith(_PICTURES):
        return "picture"
    return _written(body)


def _names(body: bytes) -> list[str]:
    """The names in a zip; those of its first entries if its directory is lost."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return [
            body[match.end() : match.end() + int.from_bytes(match[1], "little")].decode("ascii", "replace")
            for match in _LOCAL.finditer(body)
        ]


def _packed(names: Iterable[str]) -> Kind:
    parts = {name.replace("\\", "/").removeprefix("/").lower() for name in names}
    if "ofd.xml" in parts:
        return "ofd"
    if "mimetype" in parts and "content.xml" in parts:
        return "odf"
    if "[content_types].xml" in parts or "_rels/.rels" in parts:
        for folder, kind in _PARTS:
            if any(name.startswith(folder) for name in parts):
                return kind
    return "zip"


def _compound(body: bytes) -> Kind:
    """An OLE2 file by the streams at its root; one embedded in a document does not stand there."""
    try:
        with olefile.OleFileIO(BytesIO(body)) as ole:
            streams = {entry[0].lower() for entry in ole.listdir() if len(entry) == 1}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, OverflowError, RecursionError):
        return "ole2"
    return next((kind for name, kind in _STREAMS if name in streams), "ole2")


def _written(body: bytes) -> Kind:
    head = decode(body[:_SNIFF]).text
    if "\0" in head:
        return "binary"
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if "Word.Document" in start or "office/word/2003/wordml" in start:
            return "wordml"
        if "office/2006/xmlPackage" in start or "office/2006/xmlpackage" in start:
            return "wordml"
        if "Excel.Sheet" in start and "<html" not in start.lower():
            return "sheetml"
        return "html" if _TAG.match(start) else "text"
    headers = _MAIL.match(start)
    return "mhtml" if headers and "mime-version" in headers[0].lower() else "text"
