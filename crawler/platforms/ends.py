"""Is there a next list page? Every way in which lists end, and the ways in which they only seem to go on.

Enters: the rows of one answer and the request that would follow. Leaves: a `Listing`. It ends at
- the last page by the site's own count of pages, or of items;
- an empty answer: a page beyond the end that says nothing (JCMS: 54 bytes of XML without a record);
- a stub: 300-400 bytes of HTML with status 200 beyond the end (seen on TRS sites);
- a page whose rows are page 1 again, or the page before again: what some servers send for any number too high.

>>> listing(ListRequest(url="http://a.cn/"), [], None).ended
'empty answer'
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.platforms.protocol import Listing, ListRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.card import Column
    from crawler.platforms.protocol import Item

STUB = 600
"""Bytes. Stubs have 300 to 400 (domain.md §2.1 F3); the shortest list page with a row that we hold has 9,000."""

COMMON = {"match": "regular expression that the address of a row must contain; the others are left out"}
"""Options of every family."""


def listing(
    request: ListRequest,
    items: Sequence[Item],
    following: ListRequest | None,
    *,
    column: Column | None = None,
    total: int | None = None,
    pages: int | None = None,
    size: int | None = None,
) -> Listing:
    """A list page and, unless the list ends with it, the next one.

    following: the next page if there is one; its state may hold what the family needs, the rest is added here.
    total: items of the column; pages: list pages of the column; size: bytes of the answer.
    """
    state = dict(request.state)
    mark = _mark(items)
    seen = int(state.get("seen", "0")) + len(items)
    counted = total if total and total >= len(items) else None  # fewer than the rows here: it counts something else
    ended = None
    if not items:
        ended = "stub" if size is not None and size < STUB and request.number > 1 else "empty answer"
    elif mark == state.get("first"):
        ended = "repeats page 1"
    elif mark == state.get("before"):
        ended = "repeats the page before"
    elif pages is not None and request.number >= pages:
        ended = "last page"
    elif pages is None and counted is not None and seen >= counted:
        ended = "total reached"
    elif following is None:
        ended = "no next page"
    if ended is not None or following is None:
        rows = () if ended and ended.startswith("repeats") else _wanted(items, column)
        return Listing(rows, (), total, pages, ended)
    carried = {"first": state.get("first", mark), "before": mark, "seen": str(seen)}
    onward = replace(following, number=request.number + 1, state=tuple((dict(following.state) | carried).items()))
    return Listing(_wanted(items, column), (onward,), total, pages, None)


def pages_of(total: int | None, size: int | None) -> int | None:
    """Pages that hold total items, size on each.

    >>> pages_of(31, 15)
    3
    """
    return -(-total // size) if total and size else None


def _mark(items: Sequence[Item]) -> str:
    return hashlib.sha256("\n".join(item.url for item in items).encode()).hexdigest()[:16]


def _wanted(items: Sequence[Item], column: Column | None) -> tuple[Item, ...]:
    """Each address once, in the order of the page."""
    pattern = str(column.options.get("match", "")) if column else ""
    unique = {item.url: item for item in reversed(items)}
    rows = dict(reversed(unique.items())).values()
    return tuple(item for item in rows if re.search(pattern, item.url))
