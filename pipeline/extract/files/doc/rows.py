"""The definition of a table row in a Word 97 file -> the edges of its cells ([MS-DOC] 2.9.315, 2.9.316)."""

from __future__ import annotations

import struct

from pipeline.extract.files.rtf.table import Edge

_CELL = 20  # bytes
_ALONG, _DOWN, _RESTART = 0x0002, 0x0020, 0x0040


def edges(operand: bytes) -> tuple[Edge, ...]:
    """The cells from left to right; none for an operand that is cut."""
    if len(operand) < 3:
        return ()
    count = operand[2]
    if len(operand) < 3 + 2 * (count + 1):
        return ()
    rights = struct.unpack_from(f"<{count + 1}h", operand, 3)[1:]
    found = []
    for number, right in enumerate(rights):
        at = 3 + 2 * (count + 1) + _CELL * number
        flags = int.from_bytes(operand[at : at + 2], "little")
        found.append(Edge(right, bool(flags & _ALONG), bool(flags & _DOWN) and not flags & _RESTART))
    return tuple(found)
