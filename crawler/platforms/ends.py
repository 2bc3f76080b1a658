"""Is there a next list page? Every way in which lists end, and the ways in which they only seem to go on.

Enters: the rows of one answer and the request that would follow. Leaves: a `Listing`. Whether the list is over with it
or has broken off, crawler/branch.py says by all of its pages. No page follows after
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
    broken: str | None = None,
) -> Listing:
    """A list page and, unless the list ends with it, the next one.

    following: the next page if there is one; its state may hold what the family needs, the rest is added here.
    total: items of the list; pages: list pages of the list, where the site itself says so; size: bytes of the answer.
    broken: see `Listing`.
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
    repeated = ended is not None and ended.startswith("repeats")
    rows, left_out = ((), 0) if repeated else _wanted(items, column)
    if ended is not None or following is None:
        return Listing(rows, (), total, pages, ended, left_out, broken)
    carried = {"first": state.get("first", mark), "before": mark, "seen": str(seen)}
    state = dict(following.state) | carried
    onward = replace(following, number=request.number + 1, state=tuple(state.items()), branch=request.list_id)
    return Listing(rows, (onward,), total, pages, None, left_out, broken)


def pages_of(total: int | None, size: int | None) -> int | None:
    """Pages that hold total items, size on each.

    >>> pages_of(31, 15)
    3
    """
    return -(-total // size) if total and size else None


def _mark(items: Sequence[Item]) -> str:
    return hashlib.sha256("\n".join(item.url for item in items).encode()).hexdigest()[:16]


def _wanted(items: Sequence[Item], column: Column | None) -> tuple[tuple[Item, ...], int]:
    """Each address that the card wants once, in the order of the page, and how many it does not want."""
    pattern = str(column.options.get("match", "")) if column else ""
    unique = {item.url: item for item in reversed(items)}
    rows = dict(reversed(unique.items())).values()
    wanted = tuple(item for item in rows if re.search(pattern, item.url))
    return wanted, len(rows) - len(wanted)
