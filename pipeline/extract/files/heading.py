"""A file's own heading: a line that its style calls the title, or the largest type at its head.

Enters: the first lines of a file as they are printed. Leaves: the title, or nothing. Of several large lines, that which
reads most like a title counts, then the larger: a decree prints its issuer larger than its title.

>>> lines = [Printed("××市文件", 72), Printed("关于做好防汛", 44), Printed("工作的通知", 44), Printed("各区：", 32)]
>>> leading_title(lines, 32)
'关于做好防汛工作的通知'
"""

from __future__ import annotations

import re
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.structure.numbering import read_mark
from pipeline.fields import title as titles
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = 12
"""Lines at the head of a file among which its title stands: mark 附件, masthead, 文号, title over several lines."""
_LARGER = 1.2  # a title has 22 pt over 16 pt (GB/T 9704-2012, 7.3.1), in Word's default 小三 15 over 五号 10.5
_LONGEST = 200  # characters
_LINES = 5  # of a title; more lines of one size are a cover or a list
_COUNT = r"[\d一二三四五六七八九十]{1,3}"
_MASTHEAD = re.compile(
    rf"(?:文件|公报)$|^附[件表录]?(?:{_COUNT})?:?$|^\(.*\)$"
    rf"|^目[录次]$|^[\d〇○一二三四五六七八九]{{4}}年{_COUNT}月(?:{_COUNT}日)?$"
)
"""Lines in large type that are no title: mastheads, marks of annexes, notes in brackets, contents, dates of covers."""


class Printed(NamedTuple):
    """A line. size: of its type, in any unit; 0 if unknown. is_title: its style says that it is the title."""

    text: str
    size: float = 0
    is_title: bool = False


def leading_title(lines: Sequence[Printed], usual: float) -> str | None:
    """The title among the first lines. usual: the size of most of the text."""
    head = [line for line in lines[:HEAD] if line.text]
    named = next((at for at, line in enumerate(head) if line.is_title and not _is_other(line)), None)
    if named is not None:
        return _joined(takewhile(lambda line: line.is_title and not _is_other(line), head[named:]))
    large = (
        list(lines) for size, lines in groupby(head, key=lambda line: _is_large(line, usual) and line.size) if size
    )
    found = [
        (titles.score(text), lines[0].size, -at, text) for at, lines in enumerate(large) if (text := _joined(lines))
    ]
    return max(found, default=(0, 0, 0, None))[-1]


def _is_large(line: Printed, usual: float) -> bool:
    return line.size >= _LARGER * usual > 0 and not _is_other(line)


def _is_other(line: Printed) -> bool:
    return _MASTHEAD.search(fold(line.text)) is not None or read_mark(line.text) is not None


def _joined(lines: Iterable[Printed]) -> str | None:
    texts = [line.text for line in lines]
    title = "".join(texts)
    return title if 0 < len(title) <= _LONGEST and len(texts) <= _LINES else None
