"""Paragraphs and tables of any format -> blocks, the same as those of a web page.

Enters: texts, and tables as rows of cells, in reading order. Leaves: blocks. A table is made HTML and goes through the
reader of HTML (`extract.html.datatable`): merged cells, titles and notes in its first and last rows, tables that only
arrange the sheet and the 版记 are treated alike, wherever they come from.

>>> paper = Paper()
>>> paper.add("一、总体要求")
>>> paper.table([[Cell("地区", rows=2), Cell("资金", columns=2)], [Cell("上年"), Cell("本年")], [*map(Cell, "甲12")]])
>>> [block.text.splitlines()[0] for block in paper.blocks]
['一、总体要求', '| 地区 | 资金 |  |']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.draft import Block
from pipeline.extract.files.cell import Cell  # noqa: TC001  the example above uses it
from pipeline.extract.html.datatable import joined, read_table
from pipeline.extract.html.grid import Grid, fill, form
from pipeline.extract.html.line import Line
from pipeline.extract.html.page import page_lines
from pipeline.extract.tables.markdown import to_markdown
from pipeline.fields.factlines import WEAK
from pipeline.fields.labels import label_of
from pipeline.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.etree import _Element


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may hold (XML 1.0, 2.2); Word writes some for page breaks and fields."""
_FEWEST, _HEADING = 3, 20  # rows and columns; characters
_WORDS = 20  # characters beside pictures that are the text: a title, the number of the annex
_PLACES = 150_000
"""Places of one table; `extract.html.grid` takes no larger ones for tables. A longer sheet becomes several tables, each
with the heading."""


@dataclass(slots=True)
class Paper:
    """Takes what a file holds in reading order."""

    blocks: list[Block] = field(default_factory=list)
    line: int = 0

    def flags(self, *, pictured: bool) -> frozenset[str]:
        """The flag of a file that says next to nothing outside its pictures."""
        said = sum(len(block.text) for block in self.blocks)
        return frozenset({"needs_ocr"} if pictured and said < _WORDS else ())

    def add(self, text: str, *, goes_on: bool = False) -> None:
        """A paragraph. Line breaks in it begin lines that are no paragraphs of their own. Blank ones are left out.

        goes_on: the format does not say that a paragraph begins here (a line of a PDF).
        """
        for number, line in enumerate(_NO_XML.sub("", text).split("\n")):
            if plain := tidy(line):
                self.line += 1
                self.blocks.append(Block(plain, self.line, begins=not goes_on and not number))

    def put(self, blocks: Iterable[Block]) -> None:
        """Blocks of another paper."""
        for block in blocks:
            self.line += 1
            self.blocks.append(replace(block, line=self.line))

    def table(self, rows: Sequence[Sequence[Cell]]) -> None:
        """A table with lines around its cells. What is no table after all becomes its lines."""
        width = max((sum(cell.columns for cell in row) for row in rows), default=0)
        if not width:
            return
        most = max(2, _PLACES // width)
        if len(rows) <= most:
            self._table(rows)
            return
        for start in range(1, len(rows), most - 1):
            self._table([rows[0], *rows[start : start + most - 1]])

    def _table(self, rows: Sequence[Sequence[Cell]]) -> None:
        lines: dict[_Element, list[Line]] = {}
        table = _element(rows, lines)
        found = read_table(table, lambda _: lines, lambda _: False)
        if found is None and _is_headed(rows) and (grid := _grid(table, lines)):
            self._put(grid)
            return
        if found is None:
            body = etree.Element("body")
            body.append(table)
            for line in page_lines(body).lines:
                self.add(line.text, goes_on=line.goes_on)
            return
        for text in found.above:
            self.add(text)
        self._put(found.grid)
        for text in found.below:
            self.add(text)

    def _put(self, grid: Grid) -> None:
        self.line += 1
        self.blocks.append(Block(to_markdown(grid.rows), self.line, "table", merged=grid.merged))


def _is_headed(rows: Sequence[Sequence[Cell]]) -> bool:
    """True for rows under a heading of three columns or more.

    A portal's table of facts (索引号, 发文机关) is what the reader of HTML takes some such tables for; a file has few.
    There, a label stands before its value from the first row on. A heading (字段名, 类型, 备注) has labels before other
    headings only, and the rows below it begin with names of their own.
    """
    texts = [tidy(cell.text) for cell in rows[0]]
    if not (len(rows) >= _FEWEST <= len(texts) and all(cell.columns == 1 for cell in rows[0])):
        return False
    if not all(0 < len(text) <= _HEADING for text in texts):
        return False
    tells = any(_is_strong(text) and label_of(beside) is None for text, beside in pairwise(texts))
    return not (tells and any(_is_strong(tidy(row[0].text)) for row in rows[1:] if row))


def _is_strong(text: str) -> bool:
    """True for a label that names a fact of a document, and is no word of every table (名称, 类别)."""
    return bool(label_of(text)) and fold(text) not in WEAK


def _grid(table: _Element, lines: Mapping[_Element, Sequence[Line]]) -> Grid | None:
    cells = form(table).cells
    texts = [joined(line.text for line in lines[cell.element]) for cell in cells]
    rows, columns = sorted({cell.row for cell in cells}), sorted({cell.column for cell in cells})
    return fill(cells, texts, rows, columns)


def _element(rows: Sequence[Sequence[Cell]], lines: dict[_Element, list[Line]]) -> _Element:
    """The table as HTML; `lines` takes what the reader of HTML would find in each cell."""
    table = etree.Element("table", border="1")
    for row in rows:
        tr = etree.SubElement(table, "tr")
        for cell in row:
            td = etree.SubElement(tr, "td")
            if cell.columns > 1:
                td.set("colspan", str(cell.columns))
            if cell.rows > 1:
                td.set("rowspan", str(cell.rows))
            lines[td] = _fill(td, cell, lines)
    return table


def _fill(td: _Element, cell: Cell, lines: dict[_Element, list[Line]]) -> list[Line]:
    """Write a cell; its lines."""
    text = _NO_XML.sub("", cell.text)
    paragraphs = text.split("\n")
    if len(paragraphs) > 1:
        for paragraph in paragraphs:
            etree.SubElement(td, "p").text = paragraph
    else:
        td.text = text
    found = [Line(plain, td) for paragraph in paragraphs if (plain := tidy(paragraph))]
    for part in cell.rest:
        if isinstance(part, str):
            etree.SubElement(td, "p").text = _NO_XML.sub("", part)
            found += [Line(tidy(part), td)] if tidy(part) else []
        else:
            td.append(_element(part, lines))
            found += [line for row in td[-1] for inside in row for line in lines[inside]]
    return found
