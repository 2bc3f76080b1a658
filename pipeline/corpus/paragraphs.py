"""Two texts compared paragraph by paragraph.

Enters: a text before and after. Leaves: the changed paragraphs in unified form.

>>> paragraph_diff("一\\n二", "一\\n三")
'@@ -1,2 +1,2 @@\\n 一\\n-二\\n+三'
"""

from __future__ import annotations

import difflib
from itertools import takewhile

CONTEXT = 1
"""Unchanged paragraphs shown around a change: enough to find the place, little enough to read."""

MOST = 5000
"""Paragraphs that are matched one by one. The time grows with their square (10,000 rows of a table of which every
second one changed: 3.6 s); of longer texts all that stands between the first and the last change is shown."""

__all__ = ["paragraph_diff"]


def paragraph_diff(before: str, after: str) -> str:
    """The changed paragraphs: " " kept, "-" gone, "+" new, "@@" where they stand; "" if nothing changed."""
    if before == after:
        return ""
    old, new = before.split("\n"), after.split("\n")
    if max(len(old), len(new)) > MOST:
        return "\n".join(_as_one(old, new))
    lines = difflib.unified_diff(old, new, lineterm="", n=CONTEXT)
    return "\n".join(list(lines)[2:])  # without the two lines of file names


def _as_one(old: list[str], new: list[str]) -> list[str]:
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    first = max(0, head - CONTEXT)
    ends = [min(len(side), len(side) - tail + CONTEXT) for side in (old, new)]
    place = " ".join(f"{sign}{first + 1},{end - first}" for sign, end in zip("-+", ends, strict=True))
    return [
        f"@@ {place} @@",
        *(f" {line}" for line in old[first:head]),
        *(f"-{line}" for line in old[head : len(old) - tail]),
        *(f"+{line}" for line in new[head : len(new) - tail]),
        *(f" {line}" for line in old[len(old) - tail : ends[0]]),
    ]
