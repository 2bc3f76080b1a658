"""With reportlab: pages of 28 characters a line after GB/T 9704, running heads, page numbers; and as a ruled table."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

    from benchmarks.attachments.regulations import Regulation

_FONT = "STSong-Light"
registerFont(UnicodeCIDFont(_FONT))
_TITLE = ParagraphStyle("title", fontName=_FONT, fontSize=22, leading=32, alignment=TA_CENTER, wordWrap="CJK")
_HEADING = ParagraphStyle("heading", _TITLE, fontSize=16, leading=28)
_BODY = ParagraphStyle(
    "body", fontName=_FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK", alignment=TA_JUSTIFY
)
_MERGED = 12  # rows: reportlab does not break a merged cell over pages
_CELL = ParagraphStyle("cell", fontName=_FONT, fontSize=10.5, leading=14, wordWrap="CJK")


def write(regulation: Regulation) -> bytes:
    styles = {0: _BODY, 1: _TITLE}
    return _built(
        regulation, [Paragraph(escape(one.text), styles.get(one.level, _HEADING)) for one in regulation.paragraphs]
    )


def write_table(regulation: Regulation) -> bytes:
    """The regulation as a table with a heading on each page; its chapters are merged cells."""
    rows = regulation.rows
    spans = [at for at, row in enumerate(rows, 1) if row[1]] + [len(rows) + 1]
    cells = [[Paragraph(escape(cell), _CELL) for cell in row] for row in (("序号", "章节", "内容"), *rows)]
    style: list[Sequence[object]] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    if len(rows) <= _MERGED:
        style += [("SPAN", (1, top), (1, below - 1)) for top, below in pairwise(spans)]
    return _built(regulation, [Table(cells, colWidths=[40, 90, 312], repeatRows=1, style=style)])


def _built(regulation: Regulation, flow: list[Flowable]) -> bytes:
    def furnish(canvas: Canvas, _: object) -> None:
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 20 * mm, regulation.name)
        canvas.setFont(_FONT, 14)
        canvas.drawCentredString(A4[0] / 2, 20 * mm, f"— {canvas.getPageNumber()} —")

    buffer = BytesIO()
    left = (A4[0] - 28 * 16) / 2 - 6  # reportlab's frames keep 6 pt
    pages = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=left, rightMargin=left, topMargin=37 * mm, bottomMargin=35 * mm, invariant=1
    )
    pages.build(flow, onFirstPage=furnish, onLaterPages=furnish)
    return buffer.getvalue()
