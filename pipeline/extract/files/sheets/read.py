"""Spreadsheets -> blocks: a table a sheet, under the sheet's name.

Enters: the bytes of an xlsx, xls or et. Leaves: a `FileRead`. Hidden sheets, rows and columns are no text; each hidden
sheet is a removal, and the file has a flag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.package import Package
from pipeline.extract.files.paper import Paper
from pipeline.extract.files.sheets import xls, xlsx
from pipeline.extract.files.sheets.sheet import put
from pipeline.extract.files.sheets.styles import shown_in
from pipeline.model import Removal

if TYPE_CHECKING:
    from pipeline.extract.files.fileread import Limits

_MACROS = "xl/vbaproject.bin"
_MACROS_XLS = "_VBA_PROJECT_CUR".encode("utf-16-le")


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a workbook. Raises FileRefused."""
    macros = False
    if body.startswith(b"PK"):
        with Package(body, limits) as package:
            for entry in package.entries.values():
                package.count(entry)
            macros = _MACROS in package.entries
            found = list(xlsx.sheets(body, shown_in(package)))
    else:
        macros = _MACROS_XLS in body
        found = list(xls.sheets(body))
    paper = Paper()
    shown = [sheet for sheet in found if not sheet.hidden and sheet.cells]
    for sheet in shown:
        put(sheet, paper)
    hidden = [sheet for sheet in found if sheet.hidden and sheet.cells]
    first = paper.blocks[0] if paper.blocks else None
    flags = {
        *(("macros",) if macros else ()),
        *(("hidden_sheets",) if hidden else ()),
        *(("hidden_text",) if any(sheet.hides for sheet in shown) else ()),
    }
    removals = (
        Removal(
            "files.hidden_sheet", "a sheet that readers of the file do not see", f"{sheet.name}\n{_said(sheet.cells)}"
        )
        for sheet in hidden
    )
    return FileRead(
        kind="xlsx" if body.startswith(b"PK") else "xls",
        blocks=tuple(paper.blocks),
        title=first.text if first and first.kind == "paragraph" else None,
        flags=frozenset(flags),
        removals=tuple(removals),
    )


def _said(cells: dict[tuple[int, int], str]) -> str:
    return "\t".join(cells[place] for place in sorted(cells))
