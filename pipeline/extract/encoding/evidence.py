"""What the bytes of a page show about its encoding, without believing anybody.

Enters: bytes. Leaves: samples, marks and verdicts. All look at a few kilobytes, so that a page of 10 MB costs no more
than one of 10 KB.

>>> body = "<p>政策文件</p>".encode("gb18030")
>>> marks = marks_of(body, sample_of(body))
>>> max(marks, key=marks.__getitem__)
'gb18030'
"""

from __future__ import annotations

import codecs
import re

from pipeline.extract.encoding.hanzi import likeness
from pipeline.extract.encoding.mixed import ASCII_BASED, CHINESE, fits

SURE = 1.0
"""What Chinese must reach against the encoding of another language that fits every byte."""
_SIZE = 1 << 11  # 2 KB from the beginning and from the middle tell encodings apart; 20 characters nearly always do
_UTF16 = ("utf-16-le", "utf-16-be")
_RUN = re.compile(rb"[\x80-\xff][^<\n]*")
_BEYOND = re.compile(rb"[\x80-\xff]")
_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_WIDE = re.compile("[\u0800-\U0010ffff]")


def marks_of(body: bytes, sample: bytes) -> dict[str, float]:
    """How much like Chinese the bytes and their sample read in each encoding that Chinese pages use."""
    marks = {codec: likeness(begun(sample, codec)) for codec in ASCII_BASED}
    return marks | {codec: likeness(begun(body[:_SIZE], codec)) for codec in _UTF16}


def begun(sample: bytes, codec: str) -> str:
    """The text so far: a character cut at the end of the sample says nothing against an encoding."""
    return codecs.getincrementaldecoder(codec)("replace").decode(sample)


def sample_of(body: bytes) -> bytes:
    """What stands beyond ASCII at the beginning and from the middle on, in whole characters."""
    found: list[bytes] = []
    for start in (0, max(0, body.find(b"<" if b"<" in body else b"\n", len(body) // 2))):
        size = 0
        for match in _RUN.finditer(body, start):
            found.append(match[0][:_SIZE])
            size += len(found[-1])
            if size >= _SIZE:
                break
    return b"\n".join(found)


def vote(sample: bytes) -> str:
    """The encoding in which most bytes of the sample make Chinese, piece by piece; nothing if none does.

    A page that is half in one encoding and half in another reads badly in both.
    """
    votes = dict.fromkeys(ASCII_BASED, 0)
    for piece in sample.split(b"\n"):
        marks = {codec: likeness(piece.decode(codec)) for codec in ASCII_BASED if fits(piece, codec)}
        codec = max(marks, key=marks.__getitem__, default="")
        if codec and marks[codec] >= CHINESE:
            votes[codec] += len(piece)
    most = max(votes, key=votes.__getitem__)
    return most if votes[most] else ""


def with_zeros(body: bytes) -> str | None:
    """UTF-16 without its mark: an ASCII character has a zero byte before or behind it."""
    head = body[: min(_SIZE, len(body) & ~1)]
    if 10 * head.count(0) < max(1, len(head)):
        return None
    marks = {codec: likeness(head.decode(codec, "replace")) for codec in _UTF16}
    best = max(marks, key=marks.__getitem__)
    return best if marks[best] > -CHINESE else None


def is_chance(text: str, body: bytes) -> bool:
    """True if a few characters in GB18030 happen to be valid UTF-8, as Greek or Arabic letters."""
    if body.isascii() or _WIDE.search(text):
        return False
    sample = sample_of(body)
    return likeness(sample.decode("gb18030", "replace")) > SURE and likeness(sample.decode("utf-8", "replace")) < 0


def is_western(sample: bytes) -> bool:
    """True if most bytes beyond ASCII stand alone, as in a Western word; what servers say by default is no evidence."""
    return 2 * len(_ALONE.findall(sample)) > len(_BEYOND.findall(sample))
