"""A cell of a table of any format, with the places that it covers and the tables inside it.

>>> Cell.of(["甲", [[Cell("乙"), Cell("丙")]], "丁"]).said().split()
['甲', '乙', '丙', '丁']
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Table = Sequence[Sequence["Cell"]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the places that it covers. text: a line a paragraph, up to the first table inside the cell. rest: that
    table, and what follows it.
    """

    text: str = ""
    columns: int = 1
    rows: int = 1
    rest: tuple[str | Table, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[str | Table]) -> Cell:
        """A cell of paragraphs and tables."""
        texts: list[str] = []
        rest: list[str | Table] = []
        for part in parts:
            (texts if isinstance(part, str) and not rest else rest).append(part)  # type: ignore[arg-type]
        return cls("\n".join(texts), rest=tuple(rest))

    def over(self, columns: int, rows: int = 1) -> Cell:
        """The cell over so many columns and rows."""
        return replace(self, columns=columns, rows=rows)

    def said(self) -> str:
        """All its text, that of its tables too."""
        inner = (part if isinstance(part, str) else _lines_of(part) for part in self.rest)
        return "\n".join(filter(None, (self.text, *inner)))


def _lines_of(table: Table) -> str:
    return "\n".join(" ".join(said for cell in row if (said := cell.said())) for row in table)
