"""One damaged text through the pipeline, beside the same text undamaged.

Enters: clean texts framed as a mainland page, and a damage. Leaves: `Trip`s: what the pipeline makes of both. The clean
side comes through the pipeline too, so that lines which become fields on both sides cost nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from benchmarks.quality.sets import OWN, load_set, missing
from benchmarks.spam.bases import title_of
from benchmarks.spam.tools import cleaned
from pipeline.repair.edits import revert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.model import Cleaned, Document

LONGEST = 20_000
"""Characters of a text: alignments cost the square. A few long regulations are left out."""
_FRAME = (
    "国务院关于印发《{title}》的通知\n\n国发〔2016〕12号\n\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n\n"
    "现将《{title}》印发给你们，请认真贯彻执行。\n\n{text}"
)
_SOURCE = "来源：澄川市人民政府门户网站　发布时间：2022-05-19"
"""The line below the title of a saved page: who published it."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A clean text with what stands around it on a page of the mainland."""

    name: str
    url: str
    text: str


def texts(data: Path, regulations: int, seed: int) -> Iterator[Sound]:
    """A sample of the regulations, and every gold text that is there."""
    rng = random.Random(seed)
    paths = sorted(path for path in (data / "regulations").glob("*.md") if not path.name.startswith("_"))
    chosen = rng.sample(paths, min(regulations, len(paths)))
    for path in chosen:
        title, body = regulation(path.read_text(encoding="utf-8"))
        text = _FRAME.format(title=title, text=body)
        if len(text) <= LONGEST:
            yield Sound(f"regulations/{path.stem}", "http://www.example.gov.cn/zhengce/content_1.html", text)
    names = (OWN, "gov-pages", "state-council")
    absent = missing(data, names)
    for name in names:
        for gold in load_set(name, data)[0] if name not in absent else ():
            title = title_of(gold)
            if gold.text and title and len(gold.text) <= LONGEST:
                yield Sound(f"{name}/{gold.name}", gold.url, "\n\n".join([title, _SOURCE, *gold.text.split("\n")]))


def regulation(markdown: str) -> tuple[str, str]:
    """Title and text of a regulation, without the marks of Markdown."""
    lines = [line.lstrip("#").strip() for line in markdown.split("\n") if not line.startswith("<!--")]
    title, *rest = [line for line in lines if line]
    return title, "\n\n".join(rest)


@dataclass(frozen=True, slots=True)
class Trip:
    """What the pipeline makes of the clean text and of the damaged one; None where it refused."""

    name: str
    sound: Document
    repaired: Document | None

    @property
    def truth(self) -> str:
        """The clean text as it stood before any repair, without blanks."""
        return dense(revert(self.sound.text, self.sound.repairs))

    @property
    def flagged(self) -> bool:
        """True if the record of the damaged text has a flag that the other has not."""
        return self.repaired is not None and bool(set(self.repaired.flags) - set(self.sound.flags))

    @property
    def exact(self) -> bool:
        """True if the damage has left no trace."""
        return self.repaired is not None and self.repaired.text == self.sound.text


def dense(text: str) -> str:
    return "".join(text.split())


def read(text: str, url: str) -> Cleaned:
    return cleaned(text, url, True)


def aligned(expected: str, found: str) -> list[str]:
    """For each character of the one text what stands in its place in the other, "" where it was lost."""
    if len(expected) == len(found):
        return list(found)
    places = [""] * len(expected)
    for step in Levenshtein.opcodes(expected, found):
        if step.tag in ("equal", "replace"):
            for shift in range(step.src_end - step.src_start):
                places[step.src_start + shift] = found[step.dest_start + shift]
    return places
