"""Tables that arrange a page, told from tables that hold data.

Enters: a table element and what was read of it. Leaves: whether its cells stand where they stand for their looks
only. Evidence, in this order: one row or one column; fields to fill in on the page; links; labels of the 信息公开
fact table (`extract.html.facttable` reads its lines); 版记 and 署名; then lines around the cells, heading cells, the
marks of Word and Excel. A table without any of these holds data if each column has a heading, or if its cells are
short and most filled.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.extract.html.grid import form
from pipeline.extract.html.tree import text_of
from pipeline.fields.dates import DATE_LINE
from pipeline.fields.factlines import WEAK
from pipeline.fields.labels import PRINTED, label_of, labelled
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.datatable import Entry
    from pipeline.extract.html.grid import Formed, Grid

_CONTROLS = ("input", "select", "textarea", "button")
_NESTED = 50  # tables in a table; a form has a few, pages of 2003 have hundreds
_FORM = 3  # rows and columns at least of a form that holds other tables
_FEWEST = 3  # cells of a table with two rows and two columns, one of them merged
_SAMPLE = 12  # cells whose style is looked at
_CLASS = re.compile(r"mso(?:table|normal)|(?<!no)(?<!un)border(?!less|0)|grid|\bxl\d", re.I)
_BORDER = re.compile(r"(?:^|[;\s])border[a-z-]*\s*:[^;]*(?:solid|double|dashed|[1-9][\d.]*p[xt]|\.[1-9]\d*p[xt])", re.I)
_FACTS = 40  # rows; no fact table has more
_LABEL = 24  # characters
_STRANGE = 0.5  # rows of a fact table that begin with unknown words, for each that begins with a label
_IMPRINT = re.compile(r"^(?:抄送|抄报|分送|主送)[:：]")
_IMPRINT_ROWS = 5
_SIGNED = 4  # rows of a table that holds signatures over their date
_DOCUMENT, _ALL = 5000, 0.8  # a cell with so many characters, and so much of the table, holds the document
_LONG = 1000  # characters of a cell
_LINKS = 0.8  # share of the rows that lead to other pages, the first among them
_SHORT, _MOST = 40, 0.5  # characters; share of the cells
_PARAGRAPHS = 6  # lines in a cell
_HEADING = 20  # characters
_BOXES = 3  # columns of a page


def holds_many(table: _Element) -> bool:
    """True for a table around more tables than any form has."""
    return next(islice(table.iter("table"), _NESTED + 1, None), None) is not None


def holds_rows(table: _Element) -> bool:
    """False for a table with too few cells to have two rows and two columns, before its grid is formed."""
    return next(islice(table.iter("td", "th"), _FEWEST - 1, None), None) is not None


def may_hold_data(table: _Element, formed: Formed) -> bool:
    """What can be said before any cell is read: rows and columns, tables inside the table."""
    if not _is_square(formed) or any(not isinstance(part, str) and part.tag == "table" for part in formed.above):
        return False
    if any(field.get("type") != "hidden" for field in table.iter(*_CONTROLS)):
        return False
    inside = list(islice(table.iter("table"), 1, None))
    if not any(_is_square(form(one)) for one in inside):
        return True
    return is_ruled(table) and all(size >= _FORM for size in _size(formed)) and _is_form(formed, inside)


def _size(formed: Formed) -> tuple[int, int]:
    return len({cell.row for cell in formed.cells}), len({cell.column for cell in formed.cells})


def _is_square(formed: Formed) -> bool:
    return all(size >= 2 for size in _size(formed))


def _is_form(formed: Formed, inside: Sequence[_Element]) -> bool:
    """True if what stands in the tables inside is the smaller part."""
    total = sum(len(text_of(cell.element)) for cell in formed.cells)
    return sum(len(text_of(one)) for one in inside) * 2 < total


def is_ruled(table: _Element) -> bool:
    """True for a table with lines around its cells, heading cells, or the marks of Word and Excel."""
    if (table.get("border") or "0").strip().lower() not in ("0", "0px", "none") or table.get("rules") == "all":
        return True
    if table.get("x:str") is not None or table.get("str") is not None:
        return True
    cells = islice(table.iter("td", "th"), _SAMPLE)
    return any(
        element.tag == "th"
        or _CLASS.search(element.get("class") or "") is not None
        or _BORDER.search(element.get("style") or "") is not None
        for element in (table, *cells)
    )


def arranges(table: _Element, entries: Sequence[Entry], grid: Grid) -> bool:
    """True for a table whose cells say no more together than apart (see module)."""
    filled = [entry for entry in entries if entry.text]
    total = sum(len(entry.text) for entry in filled)
    ruled = is_ruled(table)
    if _wide_rows(entries if ruled else filled, grid) < 2 or _is_imprint(filled, grid) or _is_fact_table(filled, grid):
        return True
    first = min(entry.cell.row for entry in filled)
    heads = [entry for entry in filled if entry.cell.row == first]
    leads = {entry.cell.row for entry in filled if entry.linked * 2 > len(entry.text)}
    if first in leads and len(leads) >= _LINKS * len(grid.rows):
        return True
    if sum(entry.linked for entry in filled) * 2 > total and not (ruled and len(heads) > 2 and first not in leads):
        return True
    longest = max(len(entry.text) for entry in filled)
    if longest > _DOCUMENT and longest > _ALL * total:
        return True
    if ruled:
        return False
    return _is_signed(grid) or not (_is_headed(heads, filled, grid) or _is_terse(filled, grid))


def _is_headed(heads: Sequence[Entry], filled: Sequence[Entry], grid: Grid) -> bool:
    """True if each column has a short heading. With up to three columns, a cell of many lines is a box of the page."""
    places = len(heads) + sum(row == 0 for row, _, _, _ in grid.merged)
    if len(grid.rows) < 3 or places < len(grid.rows[0]) or any(len(entry.text) > _HEADING for entry in heads):
        return False
    return places > _BOXES or all(entry.paragraphs < _PARAGRAPHS for entry in filled)


def _is_terse(filled: Sequence[Entry], grid: Grid) -> bool:
    """True if most places are filled, and briefly."""
    places = len(grid.rows) * len(grid.rows[0])
    return (
        sum(len(entry.text) <= _SHORT for entry in filled) >= _MOST * len(filled)
        and len(filled) + len(grid.merged) >= _MOST * places
        and all(len(entry.text) <= _LONG and entry.paragraphs < _PARAGRAPHS for entry in filled)
    )


def _wide_rows(entries: Sequence[Entry], grid: Grid) -> int:
    """How many rows have two cells or more, those that reach down from above among them."""
    at = {row: index for index, row in enumerate(sorted({entry.cell.row for entry in entries}))}
    seen: set[int] = set()
    wide: set[int] = set()
    for row in (
        *(at[entry.cell.row] for entry in entries),
        *{row for row, _, above, _ in grid.merged if above < row},
    ):
        (wide if row in seen else seen).add(row)
    return len(wide)


def _is_imprint(filled: Sequence[Entry], grid: Grid) -> bool:
    return len(grid.rows) <= _IMPRINT_ROWS and any(_IMPRINT.match(entry.text) for entry in filled)


def _is_signed(grid: Grid) -> bool:
    """True for signatures side by side: the last row holds nothing but dates."""
    last = [fold(text) for text in grid.rows[-1] if text]
    return len(grid.rows) <= _SIGNED and bool(last) and all(map(DATE_LINE.match, last))


def _is_fact_table(filled: Sequence[Entry], grid: Grid) -> bool:
    """True for labels with their values: two strong labels, and not all of them in the heading.

    Where most rows begin with other words and no 索引号 stands among them, it is a record (双公示, a licence), and
    data.
    """
    if len(grid.rows) > _FACTS:
        return False
    heading = min(entry.cell.row for entry in filled)
    heads = {(entry.cell.column, entry.text) for entry in filled if entry.cell.row == heading}
    below = strong = known = strange = 0
    indexed = False
    for entry in filled:
        found = _label(entry.text)
        if entry.cell.column == 0:
            known += found is not None
            strange += found is None
        if found:
            label, field = found
            indexed = indexed or field == "index_number"
            strong += bool(field) and label not in WEAK
            below += entry.cell.row > heading and (entry.cell.column, entry.text) not in heads
    return strong >= 2 and below > 0 and (indexed or strange <= _STRANGE * known)


def _label(text: str) -> tuple[str, str] | None:
    """The label that a cell is, or that it begins with (索引号：0123), and its field."""
    if len(text) <= _LABEL and (field := label_of(text)) is not None:
        return fold(text).strip(":[]【】()"), field
    if len(text) > 4 * _LABEL or not (":" in text or "：" in text):
        return None
    found = labelled(text)
    known = found is not None and not found.prefix and found.labels[0] in PRINTED
    return (found.labels[0], found.pairs[0][0]) if found and known else None
