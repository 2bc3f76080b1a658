"""RTF as Word writes it for Chinese: bytes of GBK, Unicode beside them where GBK has no letter. Written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.attachments.regulations import Regulation

_HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\footer\pard\qc - 1 -\par}"


def write(regulation: Regulation) -> bytes:
    lines = [
        rf"\pard\qc\fs44 {_coded(paragraph.text)}\par"
        if paragraph.level
        else rf"\pard\fs32 {_coded(paragraph.text)}\par"
        for paragraph in regulation.paragraphs
    ]
    return "\n".join((_HEAD, *lines, "}")).encode("ascii")


def _coded(text: str) -> str:
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter in "\\{}":
        return f"\\{letter}"
    if letter.isascii():
        return letter
    try:
        return "".join(f"\\'{byte:02x}" for byte in letter.encode("gbk"))
    except UnicodeEncodeError:
        units = letter.encode("utf-16-le")
        return "".join(
            f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2)
        )
