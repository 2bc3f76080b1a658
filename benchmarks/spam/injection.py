"""What a technique leaves: the page with the spam in it, and the spam itself, string by string.

Enters: a clean page and what to put where. Leaves: an `Injection`. Three kinds of strings are told apart, since they
are counted apart: those in the body, those in <title> (or the title line), and those that no reader can see (meta tags,
scripts), which count only if they come out of an extractor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from benchmarks.spam.anatomy import Clean, splice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Maker = Callable[[Clean, Random], "Injection"]
"""One variant of a technique."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """A page with spam. text: strings put into the body; title: into the title; unseen: into meta tags or scripts."""

    page: str
    text: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()


def inject(
    clean: Clean,
    insertions: Iterable[tuple[int, str]],
    text: Sequence[str] = (),
    title: Sequence[str] = (),
    unseen: Sequence[str] = (),
) -> Injection:
    """Put markup in at its places, and keep account of the words in it."""
    page = splice(clean.source, insertions)
    return Injection(page=page, text=tuple(text), title=tuple(title), unseen=tuple(unseen))


def entities(text: str) -> str:
    """Every character as a numeric reference, as hacked titles write them."""
    return "".join(f"&#{ord(character)};" for character in text)
