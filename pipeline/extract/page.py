"""An HTML tree -> the lines a reader sees, complete: a line a block element, a Markdown row a table row.

Enters: a parsed page. Leaves: lines in reading order. Text split over inline tags stays together, however short its
pieces (extractors that drop text nodes of one character lose 年 and 月 out of dates). Tables that hold data become
rows with merged cells blank; tables that only arrange the page, or that are the 信息公开 fact table, become lines.

>>> from lxml import html
>>> list(page_lines(html.fromstring("<div><p>2022<b>年</b>5月</p><p>二</p></div>")))
['2022年5月', '二']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pipeline.extract.markdown import to_markdown
from pipeline.fields.labels import label_of
from pipeline.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset"),
        *(
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "option",
            "p",
        ),
        *("pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
_SILENT = frozenset(["script", "style", "noscript", "template", "head", "svg", "iframe", "object"])
_MAX_CELL = 1000  # characters; a table with more in one cell arranges a page


def page_lines(tree: html.HtmlElement) -> Iterator[str]:
    """The visible lines of a page."""
    pieces: list[str] = []

    def flush() -> Iterator[str]:
        line = tidy("".join(pieces))
        pieces.clear()
        if line:
            yield line

    body = tree.find("body")
    root = tree if body is None else body
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))  # no recursion: pages nest without bound
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in _BLOCKS:
                yield from flush()
            if tag == "table" and (rows := _data_rows(element)):
                yield from to_markdown(rows).splitlines()
                walker.skip_subtree()
            elif tag in _SILENT:
                walker.skip_subtree()
            else:
                pieces.append(element.text or "")
            continue
        if tag in _BLOCKS:
            yield from flush()
        if element is not root:
            pieces.append(element.tail or "")
    yield from flush()


def _data_rows(table: html.HtmlElement) -> list[list[str]]:
    """The rows of a table that holds data, merged cells blank after the first; empty for any other table."""
    if table.find(".//table") is not None:
        return []
    rows: list[list[str]] = []
    pending: dict[tuple[int, int], str] = {}  # places that a cell above reaches down to
    for y, row in enumerate(table.iter("tr")):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while (y, len(cells)) in pending:
                cells.append(pending[y, len(cells)])
            text = tidy(" ".join(page_lines(cell)) if cell.find(".//table") is None else "")
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for x in range(len(cells), len(cells) + width):
                pending.update({(below, x): "" for below in range(y + 1, y + height)})
            cells += [text, *[""] * (width - 1)]
        while (y, len(cells)) in pending:
            cells.append(pending[y, len(cells)])
        if any(cells):
            rows.append(cells)
    every = [cell for row in rows for cell in row if cell]
    is_data = len(rows) >= 2 and max(map(len, rows)) >= 2 and max(map(len, every)) <= _MAX_CELL
    is_facts = sum(label_of(cell) is not None for cell in every) >= 2
    return rows if is_data and not is_facts else []


def _span(cell: html.HtmlElement, name: str) -> int:
    """A span as browsers read it: a number between 1 and 1000, else 1."""
    value = (cell.get(name) or "").strip()
    return min(int(value), 1000) if value.isdecimal() and int(value) else 1
