"""Every technique with its variants, by name; and the one call that makes a page of it.

Enters: a clean page, the names of technique and variant, a seed. Leaves: an `Injection`; the same four give the same
page on every machine.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from benchmarks.spam import farms, footers, hidden, inline, plain, titles

if TYPE_CHECKING:
    from benchmarks.spam.anatomy import Clean
    from benchmarks.spam.injection import Injection, Maker

HTML: dict[str, dict[str, Maker]] = {
    "stuffed title": titles.TITLES,
    "stuffed title, repeated": titles.REPEATED,
    "meta tags": titles.META,
    "footer, labelled": footers.LABELLED,
    "footer, no label": footers.UNLABELLED,
    "hidden links": hidden.LINKS,
    "hidden text": hidden.TEXTS,
    "links between paragraphs": inline.LINKS,
    "sentences": inline.SENTENCES,
    "sentences with a link": inline.LINKED,
    "words and emoji": inline.PIECES,
    "link farms": farms.FARMS,
    "script droppers": farms.DROPPERS,
}
PLAIN: dict[str, dict[str, Maker]] = {
    "plain: title line": plain.TITLE_LINES,
    "plain: footer line": plain.FOOTER_LINES,
    "plain: lines": plain.LISTS,
    "plain: sentences": inline.SENTENCES,
    "plain: words and emoji": inline.PIECES,
}
TECHNIQUES = HTML | PLAIN


def generate(clean: Clean, technique: str, variant: str, seed: int) -> Injection:
    """One page with spam."""
    return TECHNIQUES[technique][variant](clean, Random(f"{seed}/{technique}/{variant}/{clean.name}"))
