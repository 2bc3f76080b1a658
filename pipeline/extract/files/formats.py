"""Which reader reads which format. Runs in the worker process; `read.read_file` is the door for everybody else.

Enters: bytes, and the file's name for messages and titles. Leaves: a `FileRead`. A reader is a function
`read(body, limits) -> FileRead`; it raises FileRefused where it can say why, and may raise any of `BROKEN` on a damaged
file. Readers are imported when they are needed.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from importlib import import_module
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.extract.files.errors import DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE, UNSUPPORTED, FileRefused
from pipeline.extract.files.fileread import FileRead, refused
from pipeline.extract.files.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.extract.files.fileread import Kind, Limits

_ROOMS: dict[Kind, str] = {
    "docx": "docx",
    "wordml": "docx",
    "xlsx": "sheets",
    "xls": "sheets",
    "rtf": "rtf",
    "pdf": "pdf",
    "ofd": "ofd",
}
READERS: dict[Kind, str] = {
    "sheetml": "sheetml",
    "doc": "office",
    "odf": "office",
    "html": "webpage",
    "mhtml": "webpage",
    "text": "plain",
    "zip": "archive",
    "rar": "archive",
    **{kind: f"{room}.read" for kind, room in _ROOMS.items()},
}
"""Kind -> module below this package with the function `read`."""

BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError),
    *(ValueError, struct.error, zipfile.BadZipFile, zlib.error, etree.LxmlError),
)
"""What the readers' libraries raise on files that break their format's rules."""

_BLANK = EMPTY, "the file holds no text"
_PICTURES = NEEDS_OCR, "the file holds nothing but pictures: their text needs recognition"
_UNREAD: dict[Kind, tuple[str, str]] = {
    "empty": (EMPTY, "the file is empty"),
    "encrypted": (ENCRYPTED, "the file can be opened with a password only"),
    "picture": (NEEDS_OCR, "a picture: its text needs recognition"),
    "pptx": (UNSUPPORTED, "slides are not read"),
    "ppt": (UNSUPPORTED, "slides are not read"),
    "7z": (UNSUPPORTED, "archives of 7-Zip are not read"),
    "ole2": (UNSUPPORTED, "a compound file (OLE2) of an unknown program"),
    "binary": (UNSUPPORTED, "binary data of an unknown format"),
}


def parse(body: bytes, limits: Limits) -> FileRead:
    """Read a file. Leaves a refusal for every file that cannot be read; raises MemoryError when memory runs out."""
    if len(body) > limits.bytes:
        return refused("binary", TOO_LARGE, f"the file has {len(body) >> 20} MiB, more than {limits.bytes >> 20}")
    kind = kind_of(body)
    if kind in _UNREAD:
        return refused(kind, *_UNREAD[kind])
    try:
        found = _reader(kind)(body, limits)
    except FileRefused as error:
        return refused(kind, error.rule, error.reason)
    except BROKEN as error:
        told = " ".join(str(error).split())[:120]
        return refused(kind, DAMAGED, f"the file breaks the rules of its format ({type(error).__name__}: {told})")
    if found.blocks or found.members:
        return found
    return refused(kind, *(_PICTURES if "needs_ocr" in found.flags else _BLANK))


def _reader(kind: Kind) -> Callable[[bytes, Limits], FileRead]:
    try:
        module = import_module(f"pipeline.extract.files.{READERS[kind]}")
    except ModuleNotFoundError as error:
        raise FileRefused(UNSUPPORTED, f"no reader for {kind} ({error.name} is not installed)") from error
    read: Callable[[bytes, Limits], FileRead] = module.read
    return read
