"""createPageHTML: two families call a function of this name, and count differently.

TRS calls createPageHTML(pages, current, "index", "html"): four arguments, pages counted from 0, so page 2 is
index_1.html.
UCAP calls createPageHTML('page_div', pages, current, 'list', 'shtml', rows): six arguments, the element first, pages
counted from 1, so page 2 is list_2.shtml. The number of arguments tells them apart.

>>> trs('createPageHTML(20, 0, "index", "html");')
Pager(pages=20, current=0, name='index', extension='html', rows=None)
>>> ucap('createPageHTML(20, 0, "index", "html");') is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CALL = re.compile(r"(function\s+|//[^\n]{0,40})?\bcreatePageHTML\s*\(([^()]{3,300})\)")
ARGUMENT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|([\w$]+))\s*(?:,|$)""")


@dataclass(frozen=True, slots=True)
class Pager:
    """What a call says. current is counted as the family counts; rows is the column's number of items."""

    pages: int
    current: int
    name: str
    extension: str
    rows: int | None = None


def trs(page: str) -> Pager | None:
    """The call with four arguments, numbers first; a fifth, where there is one, is not read."""
    for arguments in _calls(page):
        match arguments:
            case [int(pages), int(current), str(name), str(extension), *rest] if len(rest) <= 1:
                return Pager(pages, current, name, extension)
    return None


def ucap(page: str) -> Pager | None:
    """The call with six arguments, the element's name first."""
    for arguments in _calls(page):
        match arguments:
            case [str(_), int(pages), int(current), str(name), str(extension), int(rows)]:
                return Pager(pages, current, name, extension, rows)
    return None


def _calls(page: str) -> list[list[str | int]]:
    """Arguments of each call that is neither a definition nor commented out; variables are looked up in the page."""
    found: list[list[str | int]] = []
    for call in CALL.finditer(page):
        if call[1]:
            continue
        arguments: list[str | int] = []
        for single, double, word in ARGUMENT.findall(call[2]):
            arguments.append(_value(page, word) if word else single or double)
        found.append(arguments)
    return found


def _value(page: str, word: str) -> str | int:
    if word.isdigit():
        return int(word[:9])
    known = re.search(rf"""\b{re.escape(word)}\s*=\s*(?:(\d{{1,9}})|['"]([^'"]*)['"])""", page)
    if known is None:
        return word
    return int(known[1]) if known[1] else known[2]
