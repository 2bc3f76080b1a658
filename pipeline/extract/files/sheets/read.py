"""Spreadsheets -> blocks: a table a sheet, under the sheet's name.

Enters: the bytes of an xlsx, xls or et. Leaves: a `FileRead`. Hidden sheets, rows and columns are no text: they are
removals, and the file has a flag.
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
    from collections.abc import Sequence

    from pipeline.extract.files.fileread import Kind, Limits
    from pipeline.extract.files.sheets.sheet import Sheet

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
    return on_paper("xlsx" if body.startswith(b"PK") else "xls", found, macros=macros)


def on_paper(kind: Kind, sheets: Sequence[Sheet], *, macros: bool = False) -> FileRead:
    """The sheets of a workbook as a file; what a reader of it does not see stands apart."""
    paper = Paper()
    shown = [sheet for sheet in sheets if not sheet.hidden and sheet.cells]
    removals = [
        Removal("files.hidden_sheet", "a sheet that readers of the file do not see", f"{one.name}\n{_said(one.cells)}")
        for one in sheets
        if one.hidden and one.cells
    ]
    flags = {*(("macros",) if macros else ()), *(("hidden_sheets",) if removals else ())}
    for sheet in shown:
        if unseen := sheet.unseen():
            flags.add("hidden_text")
            removals.append(Removal("files.hidden_text", "in rows or columns that are hidden", _said(unseen)))
        put(sheet, paper)
    first = paper.blocks[0] if paper.blocks else None
    return FileRead(
        kind=kind,
        blocks=tuple(paper.blocks),
        title=first.text if first and first.kind == "paragraph" else None,
        flags=frozenset(flags),
        removals=tuple(removals),
    )


def _said(cells: dict[tuple[int, int], str]) -> str:
    return "\t".join(cells[place] for place in sorted(cells))
