"""PDF -> blocks.

Enters: the bytes. Leaves: a `FileRead`. PDFium says where each character and each line stands; what they mean together
is found in `files.layout`. No script, form or link of the file is run or followed: PDFium is never asked to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, TOO_LARGE, UNSUPPORTED, FileRefused
from pipeline.extract.files.layout.document import is_scan, lay_out
from pipeline.extract.files.pdf.page import sheet_of
from pipeline.extract.files.pdf.scan import SECONDS, is_installed, recognized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.files.fileread import FileRead, Limits
    from pipeline.extract.files.layout.sheet import Sheet

_REASONS = {
    raw.FPDF_ERR_PASSWORD: (ENCRYPTED, "the file can be opened with a password only"),
    raw.FPDF_ERR_SECURITY: (UNSUPPORTED, "encrypted in a way that is not read"),
}
_DAMAGED = (DAMAGED, "the PDF is cut or damaged")


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a PDF. Raises FileRefused if it is damaged, locked, too long, or has no text."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise FileRefused(*_REASONS.get(error.err_code, _DAMAGED)) from error
    with document:
        pages = len(document)
        if pages > limits.pages:
            raise FileRefused(TOO_LARGE, f"{pages} pages, more than {limits.pages}")
        if not pages:
            raise FileRefused(*_DAMAGED)
        return lay_out("pdf", _sheets(document, limits.seconds // SECONDS if is_installed() else 0))


def _sheets(document: pypdfium2.PdfDocument, scans: int) -> Iterator[Sheet]:
    """The pages. One that PDFium cannot load, in a file that it can, is a blank one, as viewers show it.

    scans: how many scanned pages are recognized.
    """
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        try:
            sheet = sheet_of(page, number + 1)
            if scans and is_scan(sheet):
                scans -= 1
                sheet = recognized(page, sheet)
            yield sheet
        finally:
            page.close()
