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
from itertools import islice

CALL = re.compile(r"(function\s+|//[^\n]{0,40})?\bcreatePageHTML\s*\(([^()]{3,300})\)")
ARGUMENT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|([\w$]+))\s*(?:,|$)""")
LINK = re.compile(
    r"""\bhref=\\?["']?([\w-]{1,80})["']\s{0,9}\+\s{0,9}["']_["']\s{0,9}\+\s{0,9}\w{1,40}\s{0,9}\+\s{0,9}["']\.["']"""
    r"""\s{0,9}\+\s{0,9}["'](s?html?)\b"""
)
"""document.write("<a href=\\"index"+"_" + nextPage + "."+"html\\">"), as TRS templates do it."""
MOST_CALLS, MOST_WORDS = 20, 40
"""Of a page; one call with two variables is usual, and each variable is looked for in the whole page."""


@dataclass(frozen=True, slots=True)
class Pager:
    """What a call says. current is counted as the family counts; rows is the column's number of items."""

    pages: int
    current: int
    name: str
    extension: str
    rows: int | None = None


def trs(page: str) -> Pager | None:
    """The call with four arguments, numbers first; a fifth, where there is one, is not read.

    Older templates do without the call: they set countPage and currentPage and write the links themselves.
    """
    for arguments in _calls(page):
        match arguments:
            case [int(pages), int(current), str(name), str(extension), *rest] if len(rest) <= 1:
                return Pager(pages, current, name, extension)
    return _written(page)


def ucap(page: str) -> Pager | None:
    """The call with six arguments, the element's name first."""
    for arguments in _calls(page):
        match arguments:
            case [str(_), int(pages), int(current), str(name), str(extension), int(rows)]:
                return Pager(pages, current, name, extension, rows)
    return None


def _calls(page: str) -> list[list[str | int]]:
    """Arguments of each call that is neither a definition nor commented out; variables are looked up in the page."""
    calls = [call[2] for call in islice(CALL.finditer(page), MOST_CALLS) if not call[1]]
    told = [[(word, single or double) for single, double, word in ARGUMENT.findall(call)] for call in calls]
    words = dict.fromkeys(word for call in told for word, _ in call if word)
    values = {word: _value(page, word) for word in islice(words, MOST_WORDS)}
    return [[values.get(word, word) if word else literal for word, literal in call] for call in told]


def _written(page: str) -> Pager | None:
    """The pager that older TRS templates print: counters as variables, and links that are put together from them."""
    link = LINK.search(page)
    pages, current = (_value(page, name) for name in ("countPage", "currentPage")) if link else ("", "")
    if link is None or not isinstance(pages, int) or not isinstance(current, int):
        return None
    return Pager(pages, current, link[1], link[2])


def _value(page: str, word: str) -> str | int:
    if word.isdigit():
        return int(word[:9])
    known = re.search(rf"""\b{re.escape(word)}\s*=\s*(?:(\d{{1,9}})|['"]([^'"]*)['"])""", page)
    if known is None:
        return word
    return int(known[1]) if known[1] else known[2]
