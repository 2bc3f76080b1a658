"""Formats that an office program reads for us: doc and wps (Word 97 in OLE2), ODF. LibreOffice makes a docx of them.

Enters: bytes. Leaves: a `FileRead`. LibreOffice is optional: it is looked for (ZHENGCE_OFFICE, then soffice or
libreoffice on the path, then where macOS keeps it). Without it a doc is read by `doc`, which leaves out automatic
numbers and says so (flag `needs_office`), and any other such file is refused with `files.needs_office`. LibreOffice
runs with a profile of its own in a folder that is deleted, without a window, macros or network of the document's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import olefile

from pipeline.extract.files.bounds import memory_of
from pipeline.extract.files.doc.read import read as read_doc
from pipeline.extract.files.docx.read import read as read_docx
from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, NEEDS_OFFICE, TOO_SLOW, FileRefused
from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.kinds import kind_of
from pipeline.extract.files.sheets.read import read as read_sheets

if TYPE_CHECKING:
    from pipeline.extract.files.fileread import Kind, Limits

_NAMES = ("soffice", "libreoffice")
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""
"""No macro runs, and no link to a picture elsewhere is followed."""
_MEMORY = 4 << 30  # address space of LibreOffice, which maps its libraries
_FLAGS = 10  # offset of the flags in the header of a Word file ([MS-DOC] 2.5.2); 0x0100: encrypted
_ENCRYPTED = 0x0100


def office() -> str | None:
    """The office program of this machine, if it has one."""
    told = os.environ.get("ZHENGCE_OFFICE")
    found = told if told and Path(told).is_file() else next(filter(None, map(shutil.which, _NAMES)), None)
    return found or (str(_MAC) if _MAC.is_file() else None)


def read(body: bytes, limits: Limits) -> FileRead:
    """Convert a file and read what came of it. Raises FileRefused."""
    kind, program = kind_of(body), office()
    if program is None and kind == "doc":
        return read_doc(body, limits)
    if program is None:
        raise FileRefused(NEEDS_OFFICE, "a file of OpenDocument; install LibreOffice to read it")
    flags = _macros(body) if kind == "doc" else frozenset[str]()
    with TemporaryDirectory(prefix="zhengce-") as folder:
        converted = _converted(program, body, kind, Path(folder), limits)
    found = (read_sheets if kind_of(converted) == "xlsx" else read_docx)(converted, limits)
    return FileRead(
        kind=kind, blocks=found.blocks, title=found.title, flags=found.flags | flags, removals=found.removals
    )


def _macros(body: bytes) -> frozenset[str]:
    """The flag of a Word file with macros. Raises FileRefused for one with a password."""
    with olefile.OleFileIO(BytesIO(body)) as ole:
        head = ole.openstream("WordDocument").read(_FLAGS + 2)
        if int.from_bytes(head[_FLAGS:], "little") & _ENCRYPTED:
            raise FileRefused(ENCRYPTED, "the file can be opened with a password only")
        return frozenset({"macros"} if ole.exists("Macros") else ())


def _converted(program: str, body: bytes, kind: Kind, folder: Path, limits: Limits) -> bytes:
    """The file as docx or xlsx. Nothing is named after the file, and only what LibreOffice wrote is read."""
    sheet = kind == "odf" and b"opendocument.spreadsheet" in body[:200]
    wanted = "xlsx" if sheet else "docx"
    source, out = folder / f"file.{'ods' if sheet else 'odt' if kind == 'odf' else 'doc'}", folder / "out"
    source.write_bytes(body)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    command = [
        *(program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *(f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", wanted, "--outdir", str(out)),
        str(source),
    ]
    try:
        with memory_of(_MEMORY):
            subprocess.run(
                command,
                check=False,
                timeout=limits.office_seconds * 0.9,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={**os.environ, "HOME": str(folder)},
            )
    except subprocess.TimeoutExpired as error:
        raise FileRefused(TOO_SLOW, f"LibreOffice takes more than {limits.office_seconds} s") from error
    written = out / f"file.{wanted}"
    if not written.is_file():
        raise FileRefused(DAMAGED, "LibreOffice cannot read the file")
    if written.stat().st_size > limits.inflated:
        raise FileRefused(DAMAGED, "what LibreOffice made of the file is too large")
    return written.read_bytes()
