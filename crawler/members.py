"""gzip members: a WARC file is a row of them, one a record, and only the last can be incomplete after a kill.

Enters: a file of gzip members, perhaps cut anywhere. Leaves: where each whole member begins and ends.

>>> first, second = gzip.compress(b"one"), gzip.compress(b"two")
>>> list(spans(io.BytesIO(first + second[:-1]))) == [(0, len(first))]
True
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP = zlib.MAX_WBITS + 16
CHUNK = 1 << 16


def spans(stream: BinaryIO, start: int = 0) -> Iterator[tuple[int, int]]:
    """Byte offsets (begin, end) of each whole gzip member from `start` on; stops at the first that is cut or broken."""
    stream.seek(start)
    begin = position = start
    member = zlib.decompressobj(GZIP)
    rest = b""
    while data := rest or stream.read(CHUNK):
        try:
            member.decompress(data)
        except zlib.error:
            return
        rest = member.unused_data
        position += len(data) - len(rest)
        if member.eof:
            yield begin, position
            begin = position
            member = zlib.decompressobj(GZIP)


def whole_end(stream: BinaryIO, start: int = 0) -> int:
    """Where the last whole member ends: the length to which a file may be cut without losing a record."""
    return max((end for _, end in spans(stream, start)), default=start)
