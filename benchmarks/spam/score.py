"""What is left of the spam and what is lost of the text, character by character.

Enters: what a tool made of the clean page, what it made of the same page with spam, and the injected strings. Leaves:
an `Outcome`. Both texts are reduced to letters and digits (`pipeline.text.letters`; an emoji of the vocabulary counts
as a letter) and aligned by the fewest insertions and deletions: what was inserted is spam left, what was deleted is
text lost. An inserted span counts where it holds spam, since other text of the page (a heading that is no longer taken
for the title) can come out as well. So no tool pays here for what it never extracts.

>>> from benchmarks.spam.injection import Injection
>>> from benchmarks.spam.tools import Seen
>>> spam = Injection(page="", text=("博彩官网", "日赚300元"))
>>> judge(Seen("各县级市人民政府："), Seen("各县级市博彩官网人民政："), spam).figures
(10, 4, 1, 8)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from benchmarks.spam.vocabulary import vocabulary
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.spam.injection import Injection
    from benchmarks.spam.tools import Seen

_STAND_IN = 0x30000
"""First of the letters (CJK extension G, which no page holds) that stand for the emoji while they are counted."""


@cache
def _emoji() -> dict[int, str]:
    return {ord(mark[0]): chr(_STAND_IN + i) for i, mark in enumerate(vocabulary().emoji)}


def measured(text: str) -> str:
    """The characters of a text that count."""
    return letters(text.translate(_emoji()))


def shown(text: str) -> str:
    """A measured text for people."""
    return text.translate({ord(letter): chr(mark) for mark, letter in _emoji().items()})


@dataclass(frozen=True, slots=True)
class Difference:
    """The spans that one text has beyond the other."""

    inserted: tuple[str, ...]
    deleted: tuple[str, ...]


def align(before: str, after: str) -> Difference:
    """The cheapest way from one measured text to the other without replacements."""
    steps = Indel.opcodes(before, after)
    inserted = tuple(after[s.dest_start : s.dest_end] for s in steps if s.tag in ("insert", "replace"))
    deleted = tuple(before[s.src_start : s.src_end] for s in steps if s.tag in ("delete", "replace"))
    return Difference(tuple(filter(None, inserted)), tuple(filter(None, deleted)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One tool on one page with spam; all counts in characters.

    injected: what counts of the spam. left: how much of it came out. lost, body: of the clean text. hunted: the text on
    the page that the tool let through, in spans, for people. title: the one given, where it is not that of the clean
    page.
    """

    injected: int
    left: int
    lost: int
    body: int
    title_right: bool
    flagged: bool
    hunted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    title: str = ""

    @property
    def figures(self) -> tuple[int, int, int, int]:
        return self.injected, self.left, self.lost, self.body


_SHORTEST = 3
"""Characters in a row that are no chance: shorter ones of any spam stand in any honest span."""


def spam_in(span: str, spam: str) -> int:
    """How much of an inserted span is spam: all where half of it is, since alignments cut a character early or late,
    and all of a span that is too short to be told, which is against the tool.
    """
    if len(span) <= _SHORTEST or span in spam:
        return len(span)
    held = [False] * len(span)
    for start in range(len(span) - _SHORTEST + 1):
        end = start + _SHORTEST
        if span[start:end] in spam:
            held[start:end] = [True] * _SHORTEST
    return len(span) if 2 * sum(held) >= len(span) else sum(held)


def size(texts: Iterable[str]) -> int:
    return sum(len(measured(text)) for text in texts)


def judge(clean: Seen, hacked: Seen, spam: Injection) -> Outcome:
    """Count. Spam in <title> is left where it stands in the title or in the text; what no reader could see counts
    (as injected and as left) only where it came out.
    """
    before, after = measured(clean.text), measured(hacked.text)
    body, title = align(before, after), align(measured(clean.title), measured(hacked.title))
    words = measured("".join((*spam.text, *spam.title, *spam.unseen)))
    inserted, titled = (sum(spam_in(span, words) for span in part.inserted) for part in (body, title))
    in_text, in_title = size(spam.text), size(spam.title)
    left = min(inserted, in_text)
    left_title = min(in_title, max(titled, inserted - left))
    known = measured(clean.fields)
    seen = [text for text in spam.unseen if measured(text) in measured(hacked.fields).replace(known, "")]
    astray = max(size(seen), min(inserted - left, size(spam.unseen))) if spam.unseen else 0
    same = measured(clean.title) == measured(hacked.title)
    return Outcome(
        injected=in_text + in_title + astray,
        left=left + left_title + astray,
        lost=sum(map(len, body.deleted)),
        body=len(before),
        title_right=same,
        title="" if same else hacked.title,
        flagged=hacked.flagged,
        hunted=tuple(map(shown, body.inserted + title.inserted)),
        missing=tuple(map(shown, body.deleted)),
    )
