"""The files that are read: regulations written in each format, and real attachments.

Enters: the folders of both. Leaves: files on disk, each with the text that must come back.
"""

from __future__ import annotations

import subprocess
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from benchmarks.attachments.writers import docx, ofd, pdf, rtf, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from benchmarks.attachments.regulations import Regulation

_WRITERS: tuple[tuple[str, str, Callable[[Regulation], bytes]], ...] = (
    ("docx (python-docx)", "docx", docx.write),
    ("pdf (reportlab)", "pdf", pdf.write),
    ("pdf, a table", "pdf", pdf.write_table),
    ("ofd", "ofd", ofd.write),
    ("rtf", "rtf", rtf.write),
    ("xlsx, a table", "xlsx", xlsx.write),
)
_AGAIN = 81  # LibreOffice made its profile and wants to be started again
_COPIES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Made:
    """A file. gold: what must come back. has_sections: the sections of the gold text must come back too."""

    kind: str
    path: Path
    gold: str
    has_sections: bool = False


def written(regulations: Iterable[Regulation], folder: Path) -> list[Made]:
    """The regulations in every format."""
    files: list[Made] = []
    for number, regulation in enumerate(regulations):
        table = "\n".join(("序号 章节 内容", *(" ".join(row) for row in regulation.rows)))
        for kind, suffix, write in _WRITERS:
            path = folder / f"{number:02}-{kind.split()[0].strip(',')}{'-table' if 'table' in kind else ''}.{suffix}"
            path.write_bytes(write(regulation))
            is_table = "table" in kind
            files.append(Made(kind, path, table if is_table else regulation.text, not is_table))
    return files


def real(folder: Path) -> list[Made]:
    """Published Word documents; the text is that of their runs as they stand in the XML."""
    files = sorted(folder.rglob("*.docx"))
    return [Made("docx, published", file, runs(file)) for file in files]


def printed(files: Iterable[Made], office: str, folder: Path) -> list[Made]:
    """The same documents as PDF, printed by an office program."""
    files = list(files)
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *(str(one.path) for one in files)]
    if subprocess.run(command, capture_output=True, timeout=1800).returncode == _AGAIN:
        subprocess.run(command, check=True, capture_output=True, timeout=1800)
    return [
        Made("pdf, published (LibreOffice)", path, one.gold)
        for one in files
        if (path := folder / f"{one.path.stem}.pdf").exists()
    ]


def runs(file: Path) -> str:
    """The text of a Word document without what was deleted, fallbacks, and automatic numbers."""
    with zipfile.ZipFile(file) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{_W}t") if not _is_copy(t)) for p in root.iter(f"{_W}p"))


def _is_copy(element: etree._Element) -> bool:
    """True for what an older program would show instead of its neighbour."""
    return next(element.iterancestors(f"{_COPIES}Fallback"), None) is not None
