"""The properties of characters and paragraphs of a Word 97 file ([MS-DOC] 2.9.34, 2.9.53: pages of 512 bytes).

Enters: the header. Leaves: for a place in the main stream, the single properties (Sprm) that are set there.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.files.doc.pieces import Header

CHARACTERS, PARAGRAPHS = 0x00FA, 0x0102
"""Where the header says where the pages are listed."""
DELETED, INSERTED, HIDDEN = 0x0800, 0x0801, 0x083C
ROW_END, TABLE, INNER_ROW_END, DEPTH = 0x2417, 0xD608, 0x244C, 0x6649
IN_TABLE, SIZE, SYMBOL = 0x2416, 0x4A43, 0x6A09
_PAGE = 512
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABS, _ELSEWHERE = 0xC615, 0x6646


@dataclass(slots=True)
class Properties:
    """Runs of characters or paragraphs by the place where each begins."""

    starts: list[int] = field(default_factory=list)
    found: list[dict[int, bytes]] = field(default_factory=list)

    def at(self, place: int) -> dict[int, bytes]:
        """What is set at a place: operands by property."""
        run = bisect_right(self.starts, place) - 1
        return self.found[run] if run >= 0 else {}


def read_properties(header: Header, kind: int) -> Properties:
    """All runs of a kind (CHARACTERS or PARAGRAPHS). What is damaged is left out: it is layout first of all."""
    listed = header.part(kind)
    count = (len(listed) - 4) // 8
    runs: dict[int, dict[int, bytes]] = {}
    for number in range(max(0, count)):
        (page,) = struct.unpack_from("<I", listed, 4 * (count + 1) + 4 * number)
        body = header.words[(page & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(body) == _PAGE:
            runs.update(_page(body, paragraphs=kind == PARAGRAPHS))
    for found in runs.values():
        if elsewhere := found.get(_ELSEWHERE):  # the definition of a wide row does not fit a page
            at = int.from_bytes(elsewhere, "little")
            size = int.from_bytes(header.data[at : at + 2], "little")
            found.update(_single(header.data[at + 2 : at + 2 + size]))
    starts = sorted(runs)
    return Properties(starts, [runs[start] for start in starts])


def _page(body: bytes, *, paragraphs: bool) -> dict[int, dict[int, bytes]]:
    count, wide = body[-1], 13 if paragraphs else 1
    if 4 * (count + 1) + wide * count > _PAGE:
        return {}
    bounds = struct.unpack_from(f"<{count + 1}I", body)
    return {
        start: _single(_grouped(body, 2 * body[4 * (count + 1) + wide * number], paragraphs=paragraphs))
        for number, (start, _) in enumerate(pairwise(bounds))
    }


def _grouped(body: bytes, at: int, *, paragraphs: bool) -> bytes:
    """The properties of one run, without the number of its style."""
    if not at:
        return b""
    size = body[at]
    if not paragraphs:
        return body[at + 1 : at + 1 + size]
    if size:
        return body[at + 3 : at + 2 * size]
    return body[at + 4 : at + 2 + 2 * body[at + 1]] if at + 1 < len(body) else b""


def _single(group: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 < len(group):
        code = int.from_bytes(group[at : at + 2], "little")
        at += 2
        kind = code >> 13
        if kind in _OPERANDS:
            size = _OPERANDS[kind]
        elif code == TABLE:
            size = int.from_bytes(group[at : at + 2], "little") + 1
        elif code == _TABS and group[at] == 0xFF:
            return found
        else:
            size = group[at] + 1
        found[code] = group[at : at + size]
        at += size
    return found
