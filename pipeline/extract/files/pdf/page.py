"""A page of a PDF -> a sheet: its characters, lines and pictures.

Enters: a page of PDFium. Leaves: a sheet. Its text says which way is up, /Rotate only where there is none.
"""

from __future__ import annotations

import ctypes
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING

from pypdfium2 import raw

from pipeline.extract.files.layout.upright import Drawing, Mark, quarters, upright
from pipeline.extract.files.layout.words import SOFT_HYPHEN
from pipeline.extract.files.pdf.objects import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage, PdfTextPage

    from pipeline.extract.files.layout.sheet import Sheet

_HYPHEN = 2  # PDFium's mark for a hyphen at the end of a line
_UNKNOWN = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))
_PRIVATE = range(0xE000, 0xF900)
"""Unicode's private area: fonts of symbols, and fonts cut down by programs that lost the meaning of their glyphs."""


def sheet_of(page: PdfPage, number: int) -> Sheet:
    """The sheet of a page. number: from 1."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    text = page.get_textpage()
    try:
        marks = list(_marks(text, left, top))
    finally:
        text.close()
    found = drawn(page, left, top)
    pictured = found.pictured / (width * height) if width * height > 0 else 0
    return upright(
        number, width, height, Drawing(marks, found.rules, pictured, page.get_rotation() // 90, found.outlined)
    )


def _marks(text: PdfTextPage, left: float, top: float) -> Iterator[Mark]:
    """The characters of a page, in the order in which they are drawn. left, top: its corner; PDF's y grows upwards."""
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    to_box, to_matrix, to_x, to_y = (ctypes.byref(one) for one in (box, matrix, x, y))
    handle = text.raw
    owner: int | None = -1
    size = 0.0
    turns: int | None = None
    for at in range(raw.FPDFText_CountChars(handle)):
        if raw.FPDFText_IsGenerated(handle, at) == 1:
            continue
        shown = raw.FPDFText_GetTextObject(handle, at)
        here = ctypes.cast(shown, ctypes.c_void_p).value if shown else None
        if here is None or here != owner:
            owner = here
            raw.FPDFText_GetMatrix(handle, at, to_matrix)
            size = raw.FPDFText_GetFontSize(handle, at) * hypot(matrix.c, matrix.d)
            turns = quarters(degrees(atan2(matrix.b, matrix.a)))
        if size <= 0:
            continue
        raw.FPDFText_GetLooseCharBox(handle, at, to_box)
        raw.FPDFText_GetCharOrigin(handle, at, to_x, to_y)
        code = raw.FPDFText_GetUnicode(handle, at)
        corners = box.left - left, top - box.top, box.right - left, top - box.bottom
        yield Mark(_letter(code), *corners, x.value - left, top - y.value, size, turns)


def _letter(code: int) -> str:
    """The character; nothing for one that has no meaning."""
    if code == _HYPHEN:
        return SOFT_HYPHEN
    if code in _UNKNOWN or code in _PRIVATE or 0xD800 <= code < 0xE000:
        return ""
    return chr(code)
