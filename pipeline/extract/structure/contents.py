"""Lines that carry a heading's number and are none: a printed table of contents, articles quoted by an amendment.

Enters: the paragraphs of a document. Leaves: the indices of those lines. They stay in the text.

>>> sorted(listed(["目 录", "第一章 总 则……1", "第二章 附则……9", "第一章 总则", "第一条 为了…", "第二章 附则"]))
[1, 2]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL = re.compile(r"^(?:目录|目次)$")
_LEADER = re.compile(r"[.·•…\-—_]*[(]?\d{0,4}[)]?$")  # ……12, ---- (12)
_LEADS = tuple(".·•…-—_()0123456789")
_NUMBERED = re.compile(
    r"^(?:第[一-龥\d]{1,6}[编篇章节]|第[一-龥]{1,2}部分|[一二三四五六七八九十]{1,3}、|[(][一-龥\d]{1,3}[)])"
)
_ENTRY = 60  # characters: no heading is longer
_LIST = 500  # entries: the largest plans list some 200
_RUN = 3  # so many headings without any text between them, and all of them once more below
_QUOTES = re.compile(r"(?:^|[:：为])“(?:第[^，。]{1,8}[编章节条]|[（(][^，。]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)")
_QUOTED = 50  # paragraphs: a longer quotation has lost its end


def listed(paragraphs: Sequence[str]) -> frozenset[int]:
    """The lines of tables of contents: under 目录 until the first of them comes again, or a run of headings that all
    come again.
    """
    keys = [_key(text) for text in paragraphs]
    last = {key: index for index, key in enumerate(keys) if key}
    found: set[int] = set()
    index = 0
    while index < len(keys):
        key = keys[index]
        if _LABEL.match(key):
            run = _under_label(keys, index + 1)
        elif _NUMBERED.match(key):
            run = _bare(keys, index, last)
        else:
            run = range(0)
        found.update(run)
        index = max(index + 1, run.stop)
    return frozenset(found)


def _under_label(keys: Sequence[str], first: int) -> range:
    """The entries below 目录 if one of them comes again right behind the list, else none."""
    seen: set[str] = set()
    for index in range(first, min(first + _LIST, len(keys))):
        if not keys[index] or _LABEL.match(keys[index]):
            break
        if keys[index] in seen and _NUMBERED.match(keys[index]):
            return range(first, index)
        seen.add(keys[index])
    return range(0)


def _bare(keys: Sequence[str], first: int, last: dict[str, int]) -> range:
    """A list without a label. last: where each key stands last."""
    stop = first
    seen: set[str] = set()
    while stop < len(keys) and _NUMBERED.match(keys[stop]) and last[keys[stop]] > stop and keys[stop] not in seen:
        seen.add(keys[stop])
        stop += 1
    return range(first, stop) if stop - first >= _RUN else range(0)


def _key(text: str) -> str:
    """A line as a list and a body share it; empty for what is too long to be an entry, or a sentence."""
    if len(text) > 2 * _ENTRY:
        return ""
    folded = fold(text).strip("#*")
    key = (_LEADER.sub("", folded) if folded.endswith(_LEADS) else folded) or folded
    return "" if len(key) > _ENTRY or folded.endswith(("。", ";")) else key


def quoted(paragraphs: Sequence[str]) -> frozenset[int]:
    """The paragraphs of quoted articles: 修改为：“第三条 … and all that follows to the closing mark."""
    found: set[int] = set()
    for index, text in enumerate(paragraphs):
        if index in found or "“" not in text or not _QUOTES.search(text) or _closes(text):
            continue
        for end in range(index + 1, min(index + _QUOTED, len(paragraphs))):
            if _closes(paragraphs[end]):
                found.update(range(index + 1, end + 1))
                break
    return frozenset(found)


def _closes(text: str) -> bool:
    return text.count("”") > text.count("“") or text.rstrip("。；，;, ").endswith("”")
