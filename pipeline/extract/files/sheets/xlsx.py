"""Sheets of an xlsx: values and merged cells from python-calamine, formats from the package."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, FileRefused
from pipeline.extract.files.sheets.display import show
from pipeline.extract.files.sheets.sheet import Sheet
from pipeline.extract.files.sheets.styles import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BROKEN = (CalamineError, WorksheetNotFound, XmlError, ZipError)


def sheets(body: bytes, shown: Mapping[str, Shown]) -> Iterator[Sheet]:
    """The sheets with cells. shown: what the package says of each. Raises FileRefused."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(body)) as book:
            for about in book.sheets_metadata:
                if about.typ == SheetTypeEnum.WorkSheet:
                    hidden = about.visible != SheetVisibleEnum.Visible
                    yield _sheet(book, about.name, shown.get(about.name, Shown()), hidden=hidden)
    except PasswordError as error:
        raise FileRefused(ENCRYPTED, "the workbook can be opened with a password only") from error
    except _BROKEN as error:
        raise FileRefused(DAMAGED, f"the workbook is damaged ({str(error)[:120]})") from error


def _sheet(book: CalamineWorkbook, name: str, shown: Shown, *, hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    cells = {
        (y, x): text
        for y, row in enumerate(sheet.to_python(skip_empty_area=True), top)
        for x, value in enumerate(row, left)
        if (text := show(value, shown.formats.get((y, x))).strip())
    }
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Sheet(name, cells, merged, hidden, shown.hidden_rows, shown.hidden_columns)
