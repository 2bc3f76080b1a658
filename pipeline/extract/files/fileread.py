"""What a file becomes, and the bounds within which it is read.

Enters: nothing. Leaves: the records that every reader of a format gives back.

>>> FileRead(kind="docx", blocks=(Block("第一条 为了……", 1),)).refusal is None
True
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.draft import Block  # noqa: TC001  wire.py reads the types when it runs
from pipeline.model import Removal

Kind = Literal[
    "docx", "xlsx", "pptx", "odf", "ofd", "zip", "rar", "7z", "doc", "xls", "ppt", "ole2", "encrypted", "pdf", "rtf",
    "html", "mhtml", "wordml", "sheetml", "text", "picture", "binary", "empty",
]  # fmt: skip
"""Formats as `kinds` tells them. wordml, sheetml: the one-file XML of Office 2003. ole2: none of the known ones."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. A file that passes one is refused whole, with a reason; nothing is cut short silently.

    seconds: of computing time; on the clock four times as much may pass, and never less than office_seconds, which an
    office program may take to convert a file. memory: bytes of address space of the process that reads. bytes: of the
    file. inflated: bytes of all that is packed in it, archives in archives included. members: files in it. nesting:
    archives in archives. pages: of a PDF or OFD.

    The largest file of 60 laws and 7 office files has 0.4 MB and takes 0.1 s; scans of a plan reach 60 MB.
    """

    seconds: int = 30
    memory: int = 2 << 30
    bytes: int = 128 << 20
    inflated: int = 512 << 20
    members: int = 2000
    nesting: int = 3
    pages: int = 3000
    office_seconds: int = 120


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. name: its path inside, with / between folders and those of inner archives; no .. in it."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file as its reader found it.

    blocks: paragraphs and tables in reading order, as `pipeline.extract.html` gives them. `line` counts from 1.
    title: the file's own heading where its format says that it is one (a style, the largest type); it stays in the
    blocks too. flags: for the record ("tracked_changes"). removals: what a reader of the file does not see or what is
    no part of its text: deleted and hidden text, running heads. members: of an archive, each a document of its own; an
    archive has no blocks. encoding: of a text file, as `Draft.encoding`. refusal: why there is nothing of all this; its
    scope is "page".
    """

    kind: Kind
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    flags: frozenset[str] = field(default=frozenset())
    removals: tuple[Removal, ...] = ()
    members: tuple[Member, ...] = ()
    encoding: str = ""
    refusal: Removal | None = None


def refused(kind: Kind, rule: str, reason: str) -> FileRead:
    """A file that gave nothing."""
    return FileRead(kind=kind, refusal=Removal(rule, reason, "", scope="page"))
