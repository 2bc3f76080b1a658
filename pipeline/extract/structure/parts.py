"""The parts of a document: cover, payload, annexes, and inside them the elements of GB/T 9704.

Enters: the title and the final text, block by block. Leaves: `Part`s in the order of the text, the wider one first.
Cover (the notice), payload (the plan that it carries) and annexes share the whole text out among them; the elements
(`pipeline.extract.structure.elements`) lie inside.

>>> blocks = [(0, "各区人民政府："), (8, "现印发给你们。"), (16, "附件"), (19, "任务清单")]
>>> [part.kind for part in parts("关于印发任务清单的通知", blocks, 23)]
['payload', 'addressee', 'annex']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.structure.annexes import annex_starts
from pipeline.extract.structure.elements import elements
from pipeline.model import Part
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import PartKind

_TITLE = 120  # characters: no title line is longer
_MARKS = 20  # characters of a title line that are no letters: 《》, “”, blanks
_OPENING = 4  # blocks: 主送机关 and the sentence that says what is issued
_LINES = 400  # characters of a block in which that is said
_IN_ANNEX = ("annex_list", "note", "imprint")  # who signs a form or is asked to fill it in signs no document
_ENOUGH = 4  # letters: shorter names (《决定》) name nothing
_CARRIED = re.compile(
    r"(?:印发|转发|批转|公布|发布|颁布|下发|制定|修订|通过)(?:了)?(?:的)?(.{4,}?)(?:的)?(?:通知|公告|通告|决定|令|函|意见)?$"
)
_GIVEN = re.compile(r"((?:《[^》]+》(?:（[^）]{1,20}）)?(?:以?及|[、和与])?)+)(?:等[^，。]{0,6})?[已业]")
_GIVES = re.compile(
    r"(?:现将|现公布|现发布|印发|转发|公布|发布|批准)(?:修[订改]后的)?((?:《[^》]+》(?:以?及|[、和与])?)+)"
)
"""《甲》和《乙》已经市政府同意; 现将《甲》印发给你们."""
_NAME = re.compile(r"《([^》]+)》")


def parts(title: str | None, blocks: Sequence[tuple[int, str]], end: int) -> tuple[Part, ...]:
    """Every part. blocks: (start, text) of each paragraph or table; end: length of the text."""
    annexes = annex_starts(blocks)
    bounds: list[tuple[PartKind, int]] = []
    if not annexes or annexes[0] > 0:
        own = [block for block in blocks if not annexes or block[0] < annexes[0]]
        payloads = _payload_starts(title, own)
        bounds = [("cover", 0)] if payloads else [("payload", 0)]
        bounds += [("payload", start) for start in payloads]
    bounds += [("annex", start) for start in annexes]
    stops = [start for _, start in bounds[1:]] + [end]
    found = []
    place = 0
    for (kind, start), stop in zip(bounds, stops, strict=True):
        first = place
        while place < len(blocks) and blocks[place][0] < stop:
            place += 1
        if stop > start:
            found.append(Part(kind, start, stop))
            inside = elements(blocks[first:place])
            found += [one for one in inside if kind != "annex" or (one.start > start and one.kind in _IN_ANNEX)]
    return tuple(sorted(found, key=lambda part: (part.start, -part.end)))


def _payload_starts(title: str | None, blocks: Sequence[tuple[int, str]]) -> list[int]:
    """Where the names of what is carried stand as titles, and where the notice has signed off."""
    named, given = _names(title, blocks[:_OPENING])
    if not named and not given:
        return []
    wanted = named | given
    longest = max(map(len, wanted)) + _MARKS
    found: dict[str, int] = {}  # name -> where it stands first
    texts = [text for _, text in blocks]
    for (start, text), below in zip(blocks[1:], [*texts[2:], "。"], strict=False):
        if not _is_title(text) or len(text) > longest:
            continue
        for lines in (text, text + below):  # a title may be broken over two lines
            if len(lines) <= longest and _is_title(lines) and (name := letters(lines)) in wanted:
                found.setdefault(name, start)
    starts = sorted(set(found.values()))
    behind = _behind_signature(blocks) if given else 0
    if behind and (not starts or any("。" in text for start, text in blocks if behind <= start < starts[0])):
        return sorted({behind, *starts})
    return starts


def _names(title: str | None, opening: Sequence[tuple[int, str]]) -> tuple[set[str], set[str]]:
    """The letters of what the title names in 《》, and of what title or first lines say is issued."""
    named = [*re.findall(r"《(.+)》", title or ""), *_NAME.findall(title or "")]
    carried = _CARRIED.search(fold(title or ""))
    given = [carried[1]] if carried else []
    for _, text in opening:
        for names in (*_GIVEN.findall(text[:_LINES]), *_GIVES.findall(text[:_LINES])):
            given += _NAME.findall(names)
    return _keys(named), _keys(given)


def _keys(names: Sequence[str]) -> set[str]:
    return {key for name in names if len(key := letters(name)) >= _ENOUGH}


def _behind_signature(blocks: Sequence[tuple[int, str]]) -> int:
    """Where a title stands behind the notice's 成文日期, 附注 and list of annexes, with text below; else 0."""
    marks = elements(blocks)
    until = next((one.end for one in marks if one.kind == "date"), 0)
    if not any(one.kind == "signature" and one.end <= until for one in marks):
        return 0
    for one in sorted(marks, key=lambda part: part.start):
        if one.start == until + 1 and one.kind in ("note", "annex_list", "imprint"):
            until = one.end
    rest = [block for block in blocks if block[0] > until]
    if len(rest) < 2 or not _is_title(rest[0][1]) or rest[0][1].startswith(("|", "附")):
        return 0
    return rest[0][0] if any("。" in text for _, text in rest[1:]) else 0


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE and "。" not in text
