"""Which line goes on in the next: lines of a page are wrapped where its text ends at the right.

Enters: two lines, with the bounds of the text that they stand in, and the paragraph so far. Leaves: yes or no.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.files.layout.words import first_word
from pipeline.extract.structure.numbering import read_mark

if TYPE_CHECKING:
    from pipeline.extract.files.layout.lines import Line

_SLACK = 0.75  # ems that a full line may leave: brackets and quotes are set half as wide, and lines not drawn out
_INDENT = 0.8  # ems; a paragraph begins 2 in (GB/T 9704-2012, 7.3.3)
_TYPE = 1.15  # times as large
_LEADING = 1.45  # times the usual distance of two lines
_TITLE = 1.15
"""A line larger than this times the usual type is a title, and centred lines of it belong together."""
_CENTRED = 1.0  # ems by which the margins of a centred line may differ
_HEADED = ("编", "章", "节", "条")
_SHORT = 2  # characters
_LEADERS = re.compile(r"[.．·…‥]{3,}\s*\d{1,4}$|…\s*\d{1,4}$")
"""A line of a table of contents."""
_DATE = re.compile(r"[\d二〇○零]{4}\s?年")
_ENDED = re.compile(r"[。；;：:！!？?]['”’）)」』》]?$")


class Begun(NamedTuple):
    """The paragraph so far. first: where its first line begins, in points from the left bound. hangs: where the others
    do, None if there are none. is_open: one of its brackets has not been closed.
    """

    first: float
    hangs: float | None = None
    is_open: bool = False


def goes_on(above: Line, line: Line, begun: Begun, usual: float) -> bool:
    """True if a line is the rest of the one above, the last of a paragraph so far. usual: the size of most text."""
    if max(above.size, line.size) > _TYPE * min(above.size, line.size) or _LEADERS.search(above.text):
        return False
    if above.parts > 1 < line.parts:  # rows of a list
        return False
    near = above.sheet == line.sheet and above.column == line.column
    if near and line.base - above.base > _LEADING * max(line.leading, line.size):
        return False
    starts = read_mark(line.text)
    ended = _ENDED.search(above.text) is not None
    if starts is not None and not starts.doubtful and (ended or (starts.apart and starts.kind.name in _HEADED)):
        return False
    inset, before, em = line.x0 - line.left, above.x0 - above.left, line.size
    is_full = above.right - above.x1 < (first_word(line.text) + _SLACK) * em + line.spacing
    if near and begun.is_open:
        if _is_centred(above, -1) and _is_centred(line, -1):
            return True
        if begun.hangs and _is_near(inset, begun.hangs, em):
            return True
    if _is_centred(line, 2) and _is_centred(above, -1 if is_full else 2):
        return near and not ended and _is_heading(above, usual) and starts is None and not _is_apart(above, line)
    if not is_full:
        return False
    if begun.hangs is not None:
        return _is_near(inset, begun.hangs, em) and not (ended and _is_near(begun.first, begun.hangs, em))
    if inset <= max(_INDENT * em, before - _INDENT * em):
        return not (ended and _is_near(begun.first, inset, em))
    return inset > before + _INDENT * em / 2 and read_mark(above.text) is not None


def _is_near(one: float, other: float, em: float) -> bool:
    return abs(one - other) <= _INDENT * em


def _is_heading(line: Line, usual: float) -> bool:
    return line.size > _TITLE * usual or read_mark(line.text) is not None


def _is_apart(above: Line, line: Line) -> bool:
    """True for 公  告 below the issuer, and for a date; 通  知 below 关于做好……的 is the end of a title."""
    is_word = len("".join(line.text.split())) <= _SHORT and not above.text.endswith("的")
    return is_word or _DATE.match(line.text) is not None


def _is_centred(line: Line, least: float) -> bool:
    left, right = line.x0 - line.left, line.right - line.x1
    return left > least * line.size and abs(left - right) <= _CENTRED * line.size
