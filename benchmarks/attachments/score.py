"""What came back of a file's text.

Enters: the text that was written and the text that was read. Leaves: letters lost, in their order, and whether the
sections are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.quality.score import score_body
from pipeline.extract.structure.sections import sections
from pipeline.text import letters

if TYPE_CHECKING:
    from benchmarks.attachments.files import Made


@dataclass(slots=True)
class Score:
    """Sums over the files of a kind. failed: files that gave nothing, whose letters are all lost. trees: files whose
    sections are the same, of `asked`."""

    files: int = 0
    failed: int = 0
    letters: int = 0
    lost: int = 0
    seconds: float = 0
    trees: int = 0
    asked: int = 0
    errors: set[str] = field(default_factory=set)

    @property
    def loss(self) -> float:
        """Letters lost of a thousand."""
        return 1000 * self.lost / self.letters if self.letters else 0.0

    def add(self, made: Made, seconds: float, text: str, error: str) -> None:
        self.files += 1
        self.letters += len(letters(made.gold))
        if error:
            self.failed += 1
            self.lost += len(letters(made.gold))
            self.errors.add(error)
            return
        self.seconds += seconds
        self.lost += score_body(made.gold, text).deleted
        if made.has_sections:
            self.asked += 1
            self.trees += tree(made.gold) == tree(text)


def tree(text: str) -> list[tuple[int, str, str]]:
    """The sections of a text: level, number, heading."""
    paragraphs: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append((at, line.strip()))
        at += len(line) + 1
    found = sections(paragraphs, (), len(text))
    return [(section.level, letters(section.number), letters(section.heading)) for section in found]
