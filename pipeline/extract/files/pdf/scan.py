"""A scanned page -> a sheet with the text that recognition finds in its picture, where the extra `[ocr]` is installed.

Enters: a page and its sheet. Leaves: the sheet as it was, or one with characters and the confidence of the reader. The
models are part of the package rapidocr-onnxruntime; nothing is fetched.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.files.layout.sheet import Glyph
from pipeline.extract.files.layout.words import is_wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pypdfium2 import PdfPage

    from pipeline.extract.files.layout.sheet import Sheet

    Engine = Callable[..., tuple[Sequence[tuple[Sequence[tuple[float, float]], str, float]] | None, object]]

SECONDS = 6
"""Of computing time that a page may take: A4 in 28 lines takes 2 to 4 on one core. A file gets as many pages read as
its bound on time allows; the others are told."""
_PACKAGE = "rapidocr_onnxruntime"
_SCALE = 2.0  # 144 pixels an inch: type of 16 pt is 32 high, what the models were trained for; 10.5 pt still 21
_PIXELS = 4000  # of the longer side; a poster is made smaller
_TYPE = 0.8  # of the height of a line's box
_ALIKE = 1.3  # times: lines that differ less have one size of type
_LATIN = 0.5  # ems


class Found(NamedTuple):
    """A line in the picture, in points. score: from 0 to 1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    score: float


def is_installed() -> bool:
    """True if scanned pages can be read here."""
    return find_spec(_PACKAGE) is not None


def recognized(page: PdfPage, sheet: Sheet) -> Sheet:
    """The sheet with the text of its picture; the sheet as it is if there is none. Call only `if is_installed()`."""
    lines = list(_lines(page))
    if not lines:
        return sheet
    return replace(
        sheet,
        width=page.get_width(),
        height=page.get_height(),
        glyphs=glyphs_of(lines),
        rules=[],
        pictured=0,
        outlined=0,
        unreadable=0,
        confidence=fmean(line.score for line in lines),
    )


def _lines(page: PdfPage) -> Iterator[Found]:
    longer = max(page.get_width(), page.get_height())
    scale = min(_SCALE, _PIXELS / longer) if longer > 0 else _SCALE
    bitmap = page.render(scale=scale)
    try:
        found, _ = _engine()(bitmap.to_numpy().copy())
    finally:
        bitmap.close()
    for corners, text, score in found or ():
        xs, ys = [x / scale for x, _ in corners], [y / scale for _, y in corners]
        yield Found(text, min(xs), min(ys), max(xs), max(ys), float(score))


@cache
def _engine() -> Engine:
    engine: Engine = import_module(_PACKAGE).RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    return engine


def glyphs_of(lines: Sequence[Found]) -> list[Glyph]:
    """The characters of recognized lines."""
    usual = median(_TYPE * (line.y1 - line.y0) for line in lines)
    return [glyph for line in lines for glyph in _glyphs(line, usual)]


def _glyphs(line: Found, usual: float) -> Iterator[Glyph]:
    """The characters of a line, spread over it: recognition does not say where each stands."""
    size = _TYPE * (line.y1 - line.y0)
    if usual / _ALIKE < size < usual * _ALIKE:
        size = usual
    widths = [1.0 if is_wide(letter) else _LATIN for letter in line.text]
    em = (line.x1 - line.x0) / sum(widths) if widths else 0
    base = line.y1 - (line.y1 - line.y0 - size) / 2 - 0.14 * size
    x = line.x0
    for letter, width in zip(line.text, widths, strict=True):
        yield Glyph(letter, x, base - 0.86 * size, x + width * em, base + 0.14 * size, base, size)
        x += width * em
