"""The one-file XML of Excel 2003, which websites send as .xls -> blocks.

Enters: bytes. Leaves: a `FileRead`, a table a worksheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.paper import Cell, Paper
from pipeline.extract.files.xmltree import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pipeline.extract.files.fileread import Limits

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a workbook. Raises FileRefused for damaged XML."""
    del limits  # nothing is packed in it
    paper = Paper()
    sheets = list(parse_xml(body.lstrip()).iterfind(f"{_SS}Worksheet"))
    for sheet in sheets:
        rows = [list(_cells(row)) for row in sheet.iterfind(f"{_SS}Table/{_SS}Row")]
        if any(cell.text for row in rows for cell in row):
            if len(sheets) > 1:
                paper.add(sheet.get(f"{_SS}Name", ""))
            paper.table(rows)
    return FileRead(kind="sheetml", blocks=tuple(paper.blocks))


def _cells(row: _Element) -> Iterator[Cell]:
    """The cells of a row. A cell may say its column; those before it that are not there are blank."""
    column = 1
    for cell in row.iterfind(f"{_SS}Cell"):
        at = _number(cell, "Index", column)
        yield from (Cell() for _ in range(min(at, 1000) - column))
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        data = cell.find(f"{_SS}Data")
        yield Cell("" if data is None else "".join(data.itertext()), 1 + across, 1 + down)
        column = max(at, column) + 1 + across


def _number(element: _Element, name: str, otherwise: int) -> int:
    said = element.get(f"{_SS}{name}", "")
    return int(said) if said.isdecimal() else otherwise
