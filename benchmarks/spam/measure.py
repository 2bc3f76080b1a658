"""Every technique and variant on a sample of the clean pages, by every tool.

Enters: clean pages, a seed, how many pages a variant. Leaves: `Sheet`s, one a page with spam and tool.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING

from benchmarks.spam.score import Outcome, judge
from benchmarks.spam.techniques import HTML, PLAIN, generate
from benchmarks.spam.tools import OURS, TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.spam.anatomy import Clean
    from benchmarks.spam.tools import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How one tool did on one page with spam."""

    tool: str
    technique: str
    variant: str
    page: str
    outcome: Outcome


class Reader:
    """What each tool makes of the clean pages, asked once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Seen] = {}

    def seen(self, tool: str, clean: Clean) -> Seen:
        key = tool, clean.name
        if key not in self._known:
            self._known[key] = TOOLS[tool](clean.source, clean.url, clean.plain)
        return self._known[key]


def readable(pages: Sequence[Clean], reader: Reader) -> list[Clean]:
    """The pages of which ours reads the document: where there is none, nothing can be lost."""
    return [page for page in pages if reader.seen(OURS, page).text]


def sample(pages: Sequence[Clean], count: int, rng: Random) -> Sequence[Clean]:
    """`count` of the pages, all where count is 0 or there are not so many."""
    return pages if not count or count >= len(pages) else rng.sample(pages, count)


def cases(pages: Sequence[Clean], seed: int, count: int, only: Sequence[str]) -> Iterator[tuple[str, str, Clean]]:
    """Technique, variant and page of every case."""
    for techniques, plain in ((HTML, False), (PLAIN, True)):
        fitting = [page for page in pages if page.plain == plain]
        for technique, variants in techniques.items():
            for variant in variants if not only or technique in only else ():
                for page in sample(fitting, count, Random(f"{seed}/{technique}/{variant}")):
                    yield technique, variant, page


def hacked(pages: Sequence[Clean], seed: int) -> list[Clean]:
    """Each HTML page with the spam of one technique, which take turns: to be timed, its places are of no use."""
    variants = [(technique, variant) for technique, of_one in HTML.items() for variant in of_one]
    Random(seed).shuffle(variants)
    turns = zip(pages, cycle(variants), strict=False)
    return [replace(page, source=generate(page, *turn, seed).page) for page, turn in turns]


def measure(pages: Sequence[Clean], seed: int, count: int, only: Sequence[str] = ()) -> Iterator[Sheet]:
    """Judge every tool on every case."""
    reader = Reader()
    for technique, variant, page in cases(readable(pages, reader), seed, count, only):
        spam = generate(page, technique, variant, seed)
        for tool, run in TOOLS.items():
            outcome = judge(reader.seen(tool, page), run(spam.page, page.url, page.plain), spam)
            yield Sheet(tool=tool, technique=technique, variant=variant, page=page.name, outcome=outcome)
