"""What an xlsx says of its cells beside their values: number formats, hidden rows and columns.

Enters: the parts of the package. Leaves: for each sheet by its name, formats by place and what is not shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.files.sheets.forms import BUILT_IN
from pipeline.extract.files.xmltree import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pipeline.extract.files.package import Package

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_ON = ("1", "true")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said of one sheet. formats: by row and column from 0."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())


def shown_in(package: Package) -> dict[str, Shown]:
    """By the name of the sheet; sheets that are not where the package says are left out."""
    styles = package.get("xl/styles.xml")
    formats = _formats(parse_xml(styles)) if styles else {}
    book, links = package.get("xl/workbook.xml"), package.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in parse_xml(links)}
    found = {}
    for sheet in parse_xml(book).iterfind("{*}sheets/{*}sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if target and (part := package.get(path)):
            found[sheet.get("name", "")] = _read(parse_xml(part), formats)
    return found


def _formats(root: _Element) -> dict[str, str]:
    """The format of each style that cells name, where it is not General."""
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind("{*}numFmts/{*}numFmt")}
    known = {**{str(number): form for number, form in BUILT_IN.items()}, **own}
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    found = ((str(at), known.get(style.get("numFmtId", ""), "")) for at, style in styles)
    return {at: form for at, form in found if form and form.lower() not in ("general", "@")}


def _read(root: _Element, known: dict[str, str]) -> Shown:
    formats: dict[tuple[int, int], str] = {}
    rows: set[int] = set()
    for number, row in enumerate(root.iterfind("{*}sheetData/{*}row")):
        at = int(row.get("r", number + 1)) - 1
        if row.get("hidden") in _ON:
            rows.add(at)
        for cell in row:
            form = known.get(cell.get("s", ""))
            if form and (place := _PLACE.match(cell.get("r", ""))):
                formats[at, _column(place[1])] = form
    columns = {
        column
        for one in root.iterfind("{*}cols/{*}col")
        if one.get("hidden") in _ON
        for column in range(int(one.get("min", 1)) - 1, min(int(one.get("max", 1)), 1 << 14))
    }
    return Shown(formats, frozenset(rows), frozenset(columns))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
