"""The same spam as a naive scrape shows it: text without markup, one paragraph a line.

Enters: a clean plain text whose first line is the title. Leaves: the text with a stuffed title line, a footer line, a
list of lines, or with sentences and words inside its paragraphs (benchmarks.spam.inline serves both kinds of pages).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.spam.injection import Injection, Maker, inject
from benchmarks.spam.vocabulary import Writer

if TYPE_CHECKING:
    from random import Random

    from benchmarks.spam.anatomy import Clean


def title_line(clean: Clean, rng: Random, mark: str, place: str) -> Injection:
    """`place`: before or after the title on its line, or a line of its own above it (as in the Pudong seed)."""
    spam = mark.join(Writer(rng).phrases(rng.randint(3, 7)))
    start, end = clean.title_span
    at, text = {"before": (start, spam + mark), "after": (end, mark + spam), "above": (start, spam + "\n\n")}[place]
    return inject(clean, [(at, text)], title=(spam,))


def footer_line(clean: Clean, rng: Random, mark: str, label: bool, above: str = "") -> Injection:
    """A row of phrases as the last line; `above`: a line of the page's tools before it, which is no spam."""
    writer = Writer(rng)
    words = writer.phrases(rng.randint(12, 45))
    name = f"{writer.label()}: " if label else ""
    return inject(clean, [(clean.closes, f"\n{above}\n{name}{mark.join(words)}\n")], text=(name, *words))


def lines(clean: Clean, rng: Random, place: str, numbered: bool = False) -> Injection:
    """A list, one phrase a line, above the text, in it or below."""
    writer = Writer(rng)
    words = [writer.anchor() for _ in range(rng.randint(8, 25))]
    shown = [f"{i}.{word}" for i, word in enumerate(words, 1)] if numbered else words
    at = {"above": clean.opens, "inside": rng.choice(clean.gaps[:-1]), "below": clean.closes}[place]
    return inject(clean, [(at, "\n" + "\n".join(shown) + "\n")], text=shown)


def sentence_lines(clean: Clean, rng: Random, count: int) -> Injection:
    """Sentences as paragraphs of their own."""
    writer = Writer(rng)
    gaps = rng.sample(clean.gaps, min(count, len(clean.gaps)))
    words = [writer.sentence() for _ in gaps]
    return inject(clean, [(gap, f"\n{word}\n") for gap, word in zip(gaps, words, strict=True)], text=words)


TITLE_LINES: dict[str, Maker] = {
    "before, _": partial(title_line, mark="_", place="before"),
    "before, |": partial(title_line, mark="|", place="before"),
    "after, -": partial(title_line, mark="-", place="after"),
    "above, _": partial(title_line, mark="_", place="above"),
    "above, ,": partial(title_line, mark=",", place="above"),
}
FOOTER_LINES: dict[str, Maker] = {
    "label, |": partial(footer_line, mark=" | ", label=True, above="分享:"),
    "label, 、": partial(footer_line, mark="、", label=True),
    "no label, |": partial(footer_line, mark=" | ", label=False),
    "no label, _": partial(footer_line, mark="_", label=False),
    "no label, blanks": partial(footer_line, mark=" ", label=False),
}
LISTS: dict[str, Maker] = {
    "above": partial(lines, place="above"),
    "inside": partial(lines, place="inside"),
    "below": partial(lines, place="below"),
    "below, numbered": partial(lines, place="below", numbered=True),
    "one sentence a line": partial(sentence_lines, count=3),
}
