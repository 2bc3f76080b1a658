"""All pages of a file -> a `FileRead`.

Enters: sheets, one after another. Leaves: blocks in reading order, the title, what was left out, and which pages are
pictures. A page at a time is held with its characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.files.errors import EMPTY, NEEDS_OCR, FileRefused
from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.heading import leading_title
from pipeline.extract.files.layout.bounds import set_bounds, set_leadings, usual_size
from pipeline.extract.files.layout.flow import Flow
from pipeline.extract.files.layout.furniture import furniture
from pipeline.extract.files.layout.page import page_of
from pipeline.model import Removal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.extract.files.fileread import Kind
    from pipeline.extract.files.layout.sheet import Sheet

_SCAN = 0.5
"""Share of a page that pictures cover where it is a scan; a letterhead or a seal covers less than a tenth."""
_OUTLINED = 2000
"""Corners of shapes on a page whose letters are drawn as shapes: forty characters have as many, a frame has four."""
_WORDS = 20  # characters of a stamp or a page number over a scan
_UNREADABLE = 0.3  # of a page's characters
ASTRAY = "files.askew"


def is_scan(sheet: Sheet) -> bool:
    """True for a page whose text is a picture, shapes, or in fonts that do not say which letters they draw."""
    said = sum(not glyph.text.isspace() for glyph in sheet.glyphs)
    shown = sheet.pictured >= _SCAN or sheet.outlined >= _OUTLINED
    return (shown and said < _WORDS) or sheet.unreadable > _UNREADABLE * (said + sheet.unreadable)


def lay_out(kind: Kind, sheets: Iterable[Sheet]) -> FileRead:
    """The file. Raises FileRefused if no page has text."""
    pages, flags, removals = [], set[str](), list[Removal]()
    for sheet in sheets:
        if is_scan(sheet):
            flags.add("needs_ocr")
            told = f"page {sheet.number} is a picture: its text needs recognition"
            removals.append(Removal(NEEDS_OCR, told, "".join(glyph.text for glyph in sheet.glyphs)))
            continue
        if sheet.astray.strip():
            removals.append(Removal(ASTRAY, f"stands askew on page {sheet.number}", sheet.astray))
        if sheet.confidence is not None:
            flags.add("ocr")
            told = f"page {sheet.number} was read from its picture, confidence {sheet.confidence:.2f}"
            removals.append(Removal("files.ocr", told, ""))
        pages.append(page_of(sheet))
    gone = furniture(pages)
    for page in pages:
        page.items = [item for item in page.items if id(item) not in gone]
    set_bounds(pages)
    set_leadings(pages)
    usual = usual_size(line for page in pages for line in page.lines)
    flow = Flow(usual)
    flow.read(pages)
    if not flow.paper.blocks:
        if flags:
            raise FileRefused(NEEDS_OCR, "its pages are pictures: their text needs recognition")
        raise FileRefused(EMPTY, "no page has text")
    return FileRead(
        kind=kind,
        blocks=tuple(flow.paper.blocks),
        title=leading_title(flow.head, usual),
        flags=frozenset(flags),
        removals=(*removals, *gone.values(), *flow.removals),
    )
