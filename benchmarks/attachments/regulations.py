"""Regulations as they are published -> headed paragraphs that the writers print.

Enters: a folder of Markdown files, one a regulation. Leaves: a number of them, evenly over the sorted names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HEADING = re.compile(r"^(#{1,6})\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_LEAST, _MOST = 1_500, 12_000  # characters: two to twenty pages


@dataclass(frozen=True, slots=True)
class Paragraph:
    """level: of a heading, 1 is the title; 0 for text."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Regulation:
    name: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The same as a table: number, chapter (blank where it goes on), what it says."""
        rows: list[tuple[str, str, str]] = []
        chapter = ""
        for paragraph in self.paragraphs:
            if paragraph.level > 1:
                chapter = paragraph.text
            elif not paragraph.level:
                rows.append((str(len(rows) + 1), chapter, paragraph.text))
                chapter = ""
        return rows


def regulations(folder: Path, count: int) -> list[Regulation]:
    """The regulations. ValueError if the folder has fewer of a fit length."""
    fit: list[Regulation] = []
    for file in sorted(folder.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        if not file.name.startswith("_") and _LEAST <= len(text) <= _MOST and "|" not in text:
            fit.append(Regulation(file.stem, tuple(_paragraphs(text))))
    if len(fit) < count:
        raise ValueError(f"{folder} has {len(fit)} regulations of a fit length, {count} are wanted")
    return fit[:: len(fit) // count][:count]


def _paragraphs(text: str) -> list[Paragraph]:
    found: list[Paragraph] = []
    for line in _COMMENT.sub("", text).splitlines():
        if plain := " ".join(line.replace("**", "").split()):
            heading = _HEADING.match(plain)
            found.append(Paragraph(plain[heading.end() :], len(heading[1])) if heading else Paragraph(plain))
    return found
