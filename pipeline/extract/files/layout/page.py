"""A page -> its lines and tables in reading order.

Enters: a sheet. Leaves: a page; of its characters only the lines are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.extract.files.layout.columns import regions
from pipeline.extract.files.layout.lines import Line, lines_of
from pipeline.extract.files.layout.runs import runs_of
from pipeline.extract.files.layout.tables import Ruled, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.files.layout.runs import Run
    from pipeline.extract.files.layout.sheet import Sheet


@dataclass(slots=True)
class Page:
    """A page. items: in reading order. Lines of column 0 take the whole width; others count within their column."""

    number: int
    width: float
    height: float
    items: list[Line | Ruled]

    @property
    def lines(self) -> list[Line]:
        """From top to bottom, those in tables left out."""
        return sorted((item for item in self.items if isinstance(item, Line)), key=attrgetter("base"))


def page_of(sheet: Sheet) -> Page:
    """The page in reading order; a table stands between what is above it and the rest."""
    tables, glyphs = tables_of(sheet)
    left = sorted(runs_of(glyphs), key=attrgetter("base"))
    items: list[Line | Ruled] = []
    columns = count(1)
    for table in tables:
        above = [run for run in left if run.base < table.top]
        left = left[len(above) :]
        items += _read(above, sheet.number, columns)
        items.append(table)
    items += _read(left, sheet.number, columns)
    return Page(sheet.number, sheet.width, sheet.height, items)


def _read(runs: Sequence[Run], number: int, columns: Iterator[int]) -> Iterator[Line]:
    found = regions(runs)
    for region in found:
        column = next(columns) if len(found) > 1 and len(region) < len(runs) else 0
        for line in lines_of(region):
            line.sheet, line.column = number, column
            yield line
