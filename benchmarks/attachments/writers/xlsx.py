"""With openpyxl: a table whose chapters are merged cells."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from benchmarks.attachments.regulations import Regulation


def write(regulation: Regulation) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("序号", "章节", "内容"))
    first = 2
    for at, row in enumerate((*regulation.rows, ("", "end", "")), 2):
        if row[1] and at - first > 1:
            sheet.merge_cells(start_row=first, end_row=at - 1, start_column=2, end_column=2)
        first = at if row[1] else first
        if row[1] != "end":
            sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
