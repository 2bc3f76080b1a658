"""Files of Word 97 for the tests: a compound file (OLE2) with a header, the text in pieces, and pages of properties."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pipeline.extract.files.doc.properties import DELETED, HIDDEN, IN_TABLE, ROW_END, TABLE

_SECTOR, _PAGE = 512, 512
_TEXT = 0x800
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
CELL = struct.pack("<HB", IN_TABLE, 1)
ROW = CELL + struct.pack("<HB", ROW_END, 1)
GONE = struct.pack("<HB", DELETED, 1)
UNSEEN = struct.pack("<HB", HIDDEN, 1)


@dataclass(frozen=True)
class Line:
    """A paragraph, its end mark included. runs: (first, last, properties) of some of its characters."""

    text: str
    properties: bytes = b""
    runs: tuple[tuple[int, int, bytes], ...] = ()


def row_of(*rights: int, flags: tuple[int, ...] = ()) -> bytes:
    """The properties of the mark that ends a row whose cells end at these places."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in (flags or (0,) * len(rights)))
    definition = struct.pack(f"<B{len(rights) + 1}h", len(rights), 0, *rights) + cells
    return ROW + struct.pack("<HH", TABLE, len(definition) + 1) + definition


def doc(
    lines: list[Line],
    notes: str = "",
    flags: int = 0,
    version: int = 0xC1,
    split: int = 0,
    endnotes: str = "",
    boxes: str = "",
    feet: tuple[int, ...] = (),
    fonts: tuple[str, ...] = (),
) -> bytes:
    """A file. notes: its footnotes. split: characters after which the rest stands first in the stream. feet: the
    numbers of the characters that are marks of footnotes.
    """
    text = "".join(line.text for line in lines)
    everything = text + notes + endnotes + boxes
    first, rest = everything[:split], everything[split:]
    stream = (rest + first).encode("utf-16-le")
    places = [(_TEXT + 2 * (len(rest) + at if at < split else at - split)) for at in range(len(everything) + 1)]
    paragraphs, characters, at = [], [(_TEXT, b"")], 0
    for line in lines:
        paragraphs.append((places[at], line.properties))
        position = 0
        for begin, end, properties in line.runs:
            characters += [(places[at + position], b""), (places[at + begin], properties), (places[at + end], b"")]
            position = end
        at += len(line.text)
    end_of_text = _TEXT + len(stream)
    papx, chpx = _papx(sorted(paragraphs), end_of_text), _chpx(sorted(characters), end_of_text)
    pad = -end_of_text % _PAGE
    pages = b"".join((*papx, *chpx))
    first_page = (end_of_text + pad) // _PAGE
    bounds = [0, split, len(everything)] if split else [0, len(everything)]
    pieces = struct.pack(f"<{len(bounds)}I", *bounds) + b"".join(
        struct.pack("<HIH", 0, places[start], 0) for start in bounds[:-1]
    )
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    listed_papx = _listed(len(papx), first_page)
    listed_chpx = _listed(len(chpx), first_page + len(papx))
    header = bytearray(_TEXT)
    struct.pack_into("<HH", header, 0, 0xA5EC, version)
    struct.pack_into("<H", header, 0x0A, flags)
    struct.pack_into("<7i", header, 0x4C, len(text), len(notes), 0, 0, 0, len(endnotes), len(boxes))
    marks = struct.pack(f"<{len(feet) + 1}I", *feet, len(text)) + bytes(2 * len(feet))
    named = struct.pack("<HH", len(fonts), 0) + b"".join(
        bytes((40 + 2 * len(name) + 1,)) + bytes(39) + name.encode("utf-16-le") + bytes(2) for name in fonts
    )
    table = len(clx) + len(listed_papx) + len(listed_chpx)
    struct.pack_into("<II", header, 0x00AA, table, len(marks))
    struct.pack_into("<II", header, 0x0112, table + len(marks), len(named))
    struct.pack_into("<II", header, 0x01A2, 0, len(clx))
    struct.pack_into("<II", header, 0x0102, len(clx), len(listed_papx))
    struct.pack_into("<II", header, 0x00FA, len(clx) + len(listed_papx), len(listed_chpx))
    words = bytes(header) + stream + bytes(pad) + pages
    return compound({"WordDocument": words, "0Table": clx + listed_papx + listed_chpx + marks + named})


def _listed(count: int, first: int) -> bytes:
    return struct.pack(f"<{count + 1}I", *range(count + 1)) + struct.pack(f"<{count}I", *range(first, first + count))


def _papx(runs: list[tuple[int, bytes]], end: int) -> list[bytes]:
    """A page a paragraph: wasteful, and as valid as any other."""
    return [
        _page(start, following, b"", 13, _grouped(properties))
        for (start, properties), following in zip(runs, [one for one, _ in runs[1:]] + [end], strict=True)
    ]


def _grouped(properties: bytes) -> bytes:
    size = len(properties) + 2
    head = bytes((0, size // 2)) if size % 2 == 0 else bytes(((size + 1) // 2,))
    return head + bytes(2) + properties


def _chpx(runs: list[tuple[int, bytes]], end: int) -> list[bytes]:
    return [
        _page(start, following, b"", 1, bytes((len(properties),)) + properties)
        for (start, properties), following in zip(runs, [one for one, _ in runs[1:]] + [end], strict=True)
        if start < following
    ]


def _page(start: int, end: int, head: bytes, wide: int, body: bytes) -> bytes:
    offset = 256
    page = struct.pack("<II", start, end) + bytes((offset // 2,)) + bytes(wide - 1) + head
    page = page.ljust(offset, b"\0") + body
    return page.ljust(_PAGE - 1, b"\0") + b"\x01"


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file with these streams at its root."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = []
    for name, body in streams.items():
        body = body.ljust(4096, b"\0")  # smaller ones would stand elsewhere
        first = len(sectors)
        pieces = [body[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(body), _SECTOR)]
        sectors += pieces
        chains += [*range(first + 1, first + len(pieces)), _END]
        entries.append((name, first, len(body)))
    directory = _entry("Root Entry", 5, _FREE, 1 if entries else _FREE, _END, 0)
    for number, (name, first, size) in enumerate(entries, 1):
        directory += _entry(name, 2, number + 1 if number < len(entries) else _FREE, _FREE, first, size)
    first_of_directory = len(sectors)
    pieces = [directory[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(directory), _SECTOR)]
    sectors += pieces
    chains += [*range(first_of_directory + 1, first_of_directory + len(pieces)), _END]
    count = 1
    while (len(chains) + count) * 4 > count * _SECTOR:
        count += 1
    first_of_fat = len(sectors)
    chains += [_FAT] * count
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(count * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<III4xIIIII", 0, count, first_of_directory, 4096, _END, 0, _END, 0)
    head += struct.pack(f"<{count}I", *range(first_of_fat, first_of_fat + count)).ljust(436, b"\xff")
    return head + b"".join(sectors) + fat


def _entry(name: str, kind: int, right: int, child: int, first: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)
