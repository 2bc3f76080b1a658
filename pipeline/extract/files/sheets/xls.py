"""Sheets of an xls or et (BIFF in OLE2), through xlrd, which knows how each cell is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, FileRefused
from pipeline.extract.files.sheets.display import show
from pipeline.extract.files.sheets.forms import BUILT_IN, DATES, ELAPSED, is_date_format
from pipeline.extract.files.sheets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def sheets(body: bytes) -> Iterator[Sheet]:
    """The sheets. Raises FileRefused."""
    try:
        book = xlrd.open_workbook(file_contents=body, formatting_info=True, logfile=_Silence())
    except (XLRDError, CompDocError) as error:
        if "encrypted" in str(error):
            raise FileRefused(ENCRYPTED, "the workbook can be opened with a password only") from error
        raise FileRefused(DAMAGED, f"the workbook is damaged ({str(error)[:120]})") from error
    for sheet in book.sheets():
        yield _sheet(book, sheet)


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    cells = {
        (y, x): text
        for y in range(sheet.nrows)
        for x in range(sheet.row_len(y))
        if (text := _text(book, sheet.cell(y, x)).strip())
    }
    merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    rows = frozenset(at for at, info in sheet.rowinfo_map.items() if info.hidden)
    columns = frozenset(at for at, info in sheet.colinfo_map.items() if info.hidden)
    return Sheet(sheet.name, cells, merged, sheet.visibility != 0, rows, columns)


def _text(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return show(bool(cell.value))
        case xlrd.XL_CELL_ERROR:
            return _ERRORS.get(int(cell.value), "")
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            key = book.xf_list[cell.xf_index or 0].format_key
            form = DATES.get(key) or book.format_map[key].format_str or BUILT_IN.get(key, "General")
            return _figure(book, float(cell.value), form)
    return ""


def _figure(book: xlrd.Book, value: float, form: str) -> str:
    """A number, or the day that it stands for."""
    if form.lower() == "general":
        return show(value)
    if ELAPSED.search(form):
        return show(timedelta(days=value), form)
    if is_date_format(form):
        try:
            return show(xlrd.xldate_as_datetime(value, book.datemode), form)
        except (xlrd.xldate.XLDateError, OverflowError):
            return show(value)
    return show(value, form)


class _Silence:
    """xlrd writes what it wonders about to a file."""

    def write(self, text: str) -> None:
        """Nobody reads it."""
