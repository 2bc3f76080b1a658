"""The parts of a document and its tree of numbered headings.

Enters: the title and the final text, block by block. Leaves: `Part`s (cover, payload, annexes) and `Section`s. Levels
are kinds of numbering: 编 0; 一、 and 章 1; （一） and 节 2; 1. and 条 3; （1） 4 (GB/T 9704-2012, 7.3.3;
《立法法》第六十五条).

>>> [(s.level, s.heading) for s in sections([(0, "一、总体要求"), (7, "（一）指导思想。以习近平……")], [], 20)]
[(1, '总体要求'), (2, '指导思想')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import Part, Section
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

_N = "[一二三四五六七八九十百零〇]"
_HEADINGS = (
    (0, re.compile(rf"^(第{_N}+编)\s*")),
    (1, re.compile(rf"^(第{_N}+章)\s*")),
    (1, re.compile(rf"^({_N}{{1,4}})、\s*")),
    (2, re.compile(rf"^(第{_N}+节)\s*")),
    (2, re.compile(rf"^([（(]{_N}{{1,4}}[)）])[、.]?\s*")),
    (3, re.compile(rf"^(第{_N}+条)\s*")),
    (3, re.compile(r"^(\d{1,3})(?:[、．]|\.(?!\d))\s*")),
    (4, re.compile(r"^([（(]\d{1,3}[)）])[、.]?\s*")),
)
_STOP = re.compile(r"[。：:；;]")
_RUN_IN = 40  # a heading that runs into its paragraph ends with a stop within so many characters
_ALONE = 60  # a line of its own without a stop is a heading up to this length
ANNEX = re.compile(r"^附件(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[:：]?$")
"""The mark above an annex, on a folded line of its own."""
_ANNEX_LIST = re.compile(r"^附件[:：\d一二三四五六七八九十]")
_CARRIED = re.compile(
    r"(?:印发|转发|批转|公布|发布|颁布|下发|制定|修订|通过)(?:了)?(?:的)?(.{4,}?)(?:的)?(?:通知|公告|通告|决定|令|函|意见)?$"
)


def parts(title: str | None, blocks: Sequence[tuple[int, str]], end: int) -> tuple[Part, ...]:
    """Cover notice, the plan it carries, annexes. blocks: (start, text) of each paragraph or table."""
    annexes = [start for start, text in blocks if ANNEX.match(fold(text))]
    payload = _payload_start(title, blocks, annexes[0] if annexes else end)
    marks = [("cover", 0), ("payload", payload)] if payload else [("payload", 0)]
    marks = [mark for mark in marks if not annexes or mark[1] < annexes[0] or mark[1] == 0]
    bounds = [*marks, *(("annex", start) for start in annexes)]
    if annexes and annexes[0] == 0:
        bounds = [bound for bound in bounds if bound[0] == "annex"]
    stops = [start for _, start in bounds[1:]] + [end]
    return tuple(Part(kind, start, stop) for (kind, start), stop in zip(bounds, stops, strict=True) if stop > start)  # type: ignore[arg-type]


def _payload_start(title: str | None, blocks: Sequence[tuple[int, str]], before: int) -> int:
    """Where the plan's own title stands again after the cover; 0 if the title carries no plan."""
    if not title:
        return 0
    quoted = re.findall(r"《(.+)》", title)
    carried = _CARRIED.search(fold(title))
    wanted = {letters(name) for name in [*quoted, *([carried.group(1)] if carried else [])] if len(letters(name)) >= 4}
    for start, text in blocks[1:]:
        if start >= before:
            return 0
        if len(text) <= 120 and "。" not in text and letters(text) in wanted:
            return start
    return 0


def sections(blocks: Sequence[tuple[int, str]], borders: Sequence[int], end: int) -> tuple[Section, ...]:
    """The numbered headings. blocks: (start, text) of paragraphs; borders: where parts begin (no section
    crosses one).
    """
    found: list[tuple[int, str, str, int]] = []
    listing = False
    for start, text in blocks:
        listing = bool(_ANNEX_LIST.match(fold(text))) or (listing and bool(re.match(r"^\d", text)))
        if listing:
            continue
        for level, pattern in _HEADINGS:
            if match := pattern.match(text):
                found.append((level, match.group(1), _heading(text[match.end() :]), start))
                break
    out = []
    for index, (level, number, heading, start) in enumerate(found):
        stops = [s for other, _, _, s in found[index + 1 :] if other <= level][:1]
        stops += [*[border for border in borders if border > start][:1], end]
        out.append(Section(level, number, heading, start, min(stops)))
    return tuple(out)


def _heading(rest: str) -> str:
    """The words of a heading, without the paragraph that it may run into; empty if they cannot be told apart."""
    stop = _STOP.search(rest)
    if stop and stop.start() <= _RUN_IN:
        return rest[: stop.start()]
    return rest if stop is None and len(rest) <= _ALONE else ""
