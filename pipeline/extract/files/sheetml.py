"""The one-file XML of Excel 2003, which websites send as .xls -> blocks.

Enters: bytes. Leaves: a `FileRead`, a table a worksheet. Cells stand where they say (ss:Index), or after the last one
and past what it covers.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.extract.files.sheets.display import show
from pipeline.extract.files.sheets.forms import DATES
from pipeline.extract.files.sheets.read import on_paper
from pipeline.extract.files.sheets.sheet import Sheet
from pipeline.extract.files.xmltree import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pipeline.extract.files.fileread import FileRead, Limits
    from pipeline.extract.files.sheets.sheet import Range

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_NAMED = {
    "Percent": "0.00%",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Currency": "¥#,##0.00",
    "Scientific": "0.00E+00",
    "General Date": DATES[22],
    "Long Date": DATES[31],
    "Short Date": DATES[14],
    "Short Time": "h:mm",
    "Medium Date": "d-mmm-yy",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
}
"""Formats that go by a name."""
_WIDEST, _LONGEST = 1 << 14, 1 << 20  # columns and rows of a sheet


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a workbook. Raises FileRefused for damaged XML."""
    del limits  # nothing is packed in it
    root = parse_xml(body.lstrip())
    forms = {
        style.get(f"{_SS}ID", ""): _NAMED.get(form, form)
        for style in root.iterfind(f"{_SS}Styles/{_SS}Style")
        for one in style.iterfind(f"{_SS}NumberFormat")
        if (form := one.get(f"{_SS}Format", "General")) != "General"
    }
    return on_paper("sheetml", [_sheet(one, forms) for one in root.iterfind(f"{_SS}Worksheet")])


def _sheet(sheet: _Element, forms: dict[str, str]) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    merged: list[Range] = []
    rows = _hidden(sheet, "Row", _LONGEST)
    columns = _hidden(sheet, "Column", _WIDEST)
    covered: dict[int, int] = {}  # column -> first row that is free again below a merged cell
    for y, row in _placed(sheet.iterfind(f"{_SS}Table/{_SS}Row"), _LONGEST):
        x = -1
        for cell in row.iterfind(f"{_SS}Cell"):
            x += 1
            while covered.get(x, 0) > y:
                x += 1
            x = min(_number(cell, "Index", x + 1) - 1, _WIDEST)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if text := _text(cell, forms).strip():
                cells[y, x] = text
            if across or down:
                last = min(x + across, _WIDEST)
                merged.append((y, x, y + down, last))
                covered.update((column, y + down + 1) for column in range(x, last + 1))
                x = last
    hidden = any((one.text or "") != "SheetVisible" for one in sheet.iterfind(f"{_X}WorksheetOptions/{_X}Visible"))
    return Sheet(sheet.get(f"{_SS}Name", ""), cells, merged, hidden, rows, columns)


def _placed(elements: Iterator[_Element], most: int) -> Iterator[tuple[int, _Element]]:
    """Rows or columns with their places from 0; one may say its place, and that it stands for several."""
    at = 0
    for element in elements:
        at = _number(element, "Index", at + 1)
        if at > most:
            return
        yield at - 1, element
        at += _number(element, "Span", 0)


def _hidden(sheet: _Element, name: str, most: int) -> frozenset[int]:
    return frozenset(
        place
        for at, element in _placed(sheet.iterfind(f"{_SS}Table/{_SS}{name}"), most)
        if element.get(f"{_SS}Hidden") == "1"
        for place in range(at, min(at + _number(element, "Span", 0), most) + 1)
    )


def _text(cell: _Element, forms: dict[str, str]) -> str:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    said = "".join(data.itertext())
    form = forms.get(cell.get(f"{_SS}StyleID", ""))
    try:
        match data.get(f"{_SS}Type"):
            case "Number":
                return show(float(said), form)
            case "DateTime":
                return show(datetime.fromisoformat(said), form)
            case "Boolean":
                return show(said.strip() == "1")
    except ValueError:
        return said
    return said


def _number(element: _Element, name: str, otherwise: int) -> int:
    said = element.get(f"{_SS}{name}", "")
    return int(said) if said.isdecimal() and len(said) < 9 else otherwise
