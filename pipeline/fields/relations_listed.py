"""Lists of documents that end or change: 决定废止的规范性文件目录, and below it one document a line or a row.

Enters: a text and the mentions in it. Leaves: the type of each mention that stands in such a list, and documents that
the list names without 《》.

>>> text = "废止的规章目录（1件）\\n1.某市供水办法（2001年3月1日公布）"
>>> [one.title for one, _ in listed(text, [])]
['某市供水办法']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.fields.docnumber import find_all
from pipeline.fields.relations_cited import Mention, is_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import RelationType

_THINGS = r"(?:规范性文件|文件|规章|行政法规|地方性法规|法规|政策措施|政策)"
_HEAD = re.compile(
    rf"^(?P<line>[^。\n]{{0,60}}?(?:(?P<ends>废止|失效|停止执行)|(?P<changes>修[改订]|修正)|(?P<stays>继续有效|保留|有效))"
    rf"[^。\n]{{0,30}}?(?:{_THINGS}|目录|清单|名单)[^。\n《]{{0,20}}?)[：:]?$",
    re.MULTILINE,
)
_ITEM = re.compile(r"(?:[（(]?\d{1,3}[)）.、．]|[一二三四五六七八九十]{1,3}、|\|)\s*(?P<rest>.+)")
_MORE = re.compile(r"(?:发布|发文|公布|说明|文号|印发|理由)[^。\n]{0,8}[：:]")
_CUT = re.compile(
    r"[（(](?!试行|暂行|修订|\d{4}[-—－]\d{4}).*$|\s*(?:发布|发文|公布|印发)(?:时间|单位|机关|日期).*$|[，,；;。]$"
)
_BLANK = re.compile(r"[\s|:\-—]*")


def listed(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, RelationType]]:
    """Documents of the lists with their type; those that are among the mentions are yielded as they are."""
    if "废止" not in text and "失效" not in text and "停止执行" not in text:
        return
    for head in _HEAD.finditer(text):
        kind: RelationType | None = "repeals" if head["ends"] else "amends" if head["changes"] else None
        at = head.end() + 1
        while kind and at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            line = text[at:end]
            item = _ITEM.match(line)
            if _HEAD.match(line) or not (item or not line.strip() or _MORE.match(line)):
                break
            if item and (one := _first(line, at, mentions)):
                yield one, kind
            at = end + 1


def _first(line: str, at: int, mentions: Sequence[Mention]) -> Mention | None:
    """The document that a line or a row is about: the first that it names."""
    for start, cell in _cells(line):
        inside = [one for one in mentions if at + start <= one.start < at + start + len(cell)]
        if inside and inside[0].title and inside[0].start - at - start <= 8:
            return inside[0]
        title = _CUT.sub("", cell).strip()
        if is_document(title):
            begin = at + start + cell.index(title)
            numbers = [one for one in find_all(line) if one[1] >= start]
            return Mention(title, numbers[0][0] if numbers else None, begin, begin + len(title), begin + len(title))
    return None


def _cells(line: str) -> Iterator[tuple[int, str]]:
    if line.startswith("|"):
        start = 1
        for cell in line[1:].split("|"):
            yield start, cell
            start += len(cell) + 1
    elif match := _ITEM.match(line):
        yield match.start("rest"), match["rest"]
