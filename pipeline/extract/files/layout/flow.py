"""Lines and tables of all pages, in reading order -> paragraphs and tables on a paper.

Enters: pages with bounds. Leaves: a paper, the first paragraphs with the size of their type, and the rows left out
because they repeat a table's heading. Notes at the foot of a page follow the paragraph that goes over the page's end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.files.heading import HEAD, Printed
from pipeline.extract.files.layout.lines import Line
from pipeline.extract.files.layout.paragraphs import Begun, goes_on
from pipeline.extract.files.layout.tables import Ruled, continues, join
from pipeline.extract.files.layout.words import glued
from pipeline.extract.files.paper import Paper
from pipeline.model import Removal
from pipeline.text import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.files.layout.page import Page

_SMALL = 0.9  # of the usual size: notes have 9 pt under 10.5, 10.5 under 16
_NOTE = re.compile(r"^(?:[①-⑳*＊※]|[\[［〔(（]\d{1,2}[\])）〕］]|\d{1,2}\s?[^\d.．、年月]|注[:：\d])")
REPEATED = "files.repeated_heading"


@dataclass(slots=True)
class Flow:
    """One pass over the pages. usual: the size of most of the text."""

    usual: float
    paper: Paper = field(default_factory=Paper)
    head: list[Printed] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    _text: str = ""
    _size: float = 0
    _last: Line | None = None
    _begun: Begun = field(default_factory=lambda: Begun(0))
    _table: Ruled | None = None
    _notes: list[Line] = field(default_factory=list)

    def read(self, pages: Sequence[Page]) -> None:
        """Take all pages."""
        for page in pages:
            items = page.items
            notes = self._feet(items)
            for item in items[: len(items) - len(notes)]:
                if isinstance(item, Line):
                    self._line(item)
                else:
                    self._ruled(item)
            self._notes += notes
        self._end()
        self._close()

    def _line(self, line: Line) -> None:
        if self._table:
            self._close()
        last = self._last
        begun = self._begun._replace(is_open=self._text.count("（") > self._text.count("）"))
        if last is not None and goes_on(last, line, begun, self.usual):
            self._text = glued(self._text, line.text)
            if begun.hangs is None:
                self._begun = begun._replace(hangs=line.x0 - line.left)
        else:
            self._end()
            self._text, self._size, self._begun = line.text, line.size, Begun(line.x0 - line.left)
        self._last = line

    def _ruled(self, table: Ruled) -> None:
        self._end()
        if self._table and self._table.sheet != table.sheet and continues(self._table, table):
            reason = f"repeats the table's heading (page {table.sheet})"
            self.removals += [Removal(REPEATED, reason, row) for row in join(self._table, table)]
            return
        self._close()
        self._table = table

    def _end(self) -> None:
        """End the paragraph, and let the notes follow that waited for its end."""
        if self._last is not None:
            if len(self.head) < HEAD and (plain := tidy(self._text)):
                self.head.append(Printed(plain, round(self._size, 1)))
            self.paper.add(self._text)
            self._last, self._text = None, ""
        notes, self._notes = self._notes, []
        if notes and self._table:
            self._close()
        for note in notes:
            self._line(note)
        if notes:
            self._end()

    def _close(self) -> None:
        """End the table."""
        if self._table:
            table, self._table = self._table, None
            self.paper.table(table.rows)

    def _feet(self, items: Sequence[Line | Ruled]) -> list[Line]:
        """The notes at the foot of a page: lines in small type, the first of them with a mark."""
        small: list[Line] = []
        for item in reversed(items):
            if not isinstance(item, Line) or item.size > _SMALL * self.usual:
                break
            small.append(item)
        small.reverse()
        first = next((at for at, line in enumerate(small) if _NOTE.match(line.text)), len(small))
        return small[first:] if len(small) < len(items) else []
