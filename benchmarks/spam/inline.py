"""Spam inside the document: links between paragraphs, sentences inside them, words and emoji inside sentences.

Enters: a clean page, HTML or plain. Leaves: the page with the spam at the beginning, in the middle or at the end of
some paragraphs of the document.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.spam.injection import Injection, Maker, inject
from benchmarks.spam.vocabulary import Writer
from pipeline.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.spam.anatomy import Clean

_BEGIN = re.compile(r"(?:\s|&nbsp;|&emsp;|&ensp;|&#12288;|　)*")
_SENTENCE_END = re.compile(r"[。；！？](?![”’）》])")
_CLAUSE_END = re.compile(r"[，、：]")


def places(clean: Clean, run: tuple[int, int], where: str) -> list[int]:
    """Where in a paragraph: begin, end, behind a sentence or a clause in its middle, or between two characters."""
    start, end = run
    text = clean.source[start:end]
    begin = start + (match.end() if (match := _BEGIN.match(text)) else 0)
    if where == "begin":
        return [begin]
    if where == "end":
        return [start + len(text.rstrip())]
    if where == "word":
        return [at for at in range(begin + 1, end) if is_cjk(clean.source[at]) and is_cjk(clean.source[at - 1])]
    pattern = _SENTENCE_END if where == "middle" else _CLAUSE_END
    return [at for match in pattern.finditer(text) if begin < (at := start + match.end()) < end - 1]


def chosen(clean: Clean, rng: Random, where: str, count: int) -> list[int]:
    """Places in that many paragraphs; a page without such a place gives the ends of its paragraphs."""
    found = [at for run in clean.runs if (at := places(clean, run, where))]
    found = found or [places(clean, run, "end") for run in clean.runs]
    return [rng.choice(at) for at in rng.sample(found, min(count, len(found)))]


def links(clean: Clean, rng: Random, form: str, count: int = 1) -> Injection:
    """`form`: markup around one link `{}`; `count` links follow each other in it; in two to four gaps."""
    writer = Writer(rng)
    insertions, words = [], []
    for gap in rng.sample(clean.gaps, min(rng.randint(2, 4), len(clean.gaps))):
        anchors = [writer.anchor() for _ in range(count)]
        words += anchors
        markup = " ".join(f'<a href="{writer.url()}" target="_blank">{anchor}</a>' for anchor in anchors)
        insertions.append((gap, form.format(markup)))
    return inject(clean, insertions, text=words)


def sentences(
    clean: Clean, rng: Random, where: str, form: str = "{}", holding: str = "", linked: bool = False
) -> Injection:
    """A sentence in each of one to three paragraphs. `linked`: its first words are a link off the site."""
    writer = Writer(rng)
    insertions, words = [], []
    for place in chosen(clean, rng, where, rng.randint(1, 3)):
        text = form.format(writer.sentence(holding))
        words.append(text)
        cut = min(len(text), rng.randint(4, 9)) if linked else 0
        insertions.append((place, f'<a href="{writer.url()}">{text[:cut]}</a>{text[cut:]}' if linked else text))
    return inject(clean, insertions, text=words)


def pieces(clean: Clean, rng: Random, kind: str) -> Injection:
    """Three to six words or emoji between two characters of as many paragraphs."""
    writer = Writer(rng)
    make: Callable[[], str] = {
        "phrase": writer.phrase,
        "brand": writer.site,
        "bracket": writer.bracketed,
        "host": writer.host,
        "handle": writer.contact,
        "emoji": writer.emoji,
        "emoji and word": writer.decorated,
    }[kind]
    insertions = [(place, make()) for place in chosen(clean, rng, "word", rng.randint(3, 6))]
    return inject(clean, insertions, text=[text for _, text in insertions])


LINKS: dict[str, Maker] = {
    "own paragraph": partial(links, form="<p>{}</p>"),
    "bare": partial(links, form="{}"),
    "three in a paragraph": partial(links, form="<p>{}</p>", count=3),
    "div, nofollow": partial(links, form='<div class="ad"><b>{}</b></div>'),
    "strong, br": partial(links, form="<br><strong>{}</strong><br>"),
}
SENTENCES: dict[str, Maker] = {
    **{f"{where}, plain": partial(sentences, where=where) for where in ("begin", "middle", "end")},
    "clause, plain": partial(sentences, where="clause"),
    **{f"{where}, address": partial(sentences, where=where, holding="url") for where in ("middle", "end")},
    **{f"{where}, handle": partial(sentences, where=where, holding="contact") for where in ("begin", "middle", "end")},
    "middle, bracket": partial(sentences, where="middle", form="【{}】", holding="brand"),
}
LINKED: dict[str, Maker] = {
    f"{where}, link": partial(sentences, where=where, linked=True) for where in ("begin", "middle", "end", "clause")
}
PIECES: dict[str, Maker] = {
    kind: partial(pieces, kind=kind)
    for kind in ("phrase", "brand", "bracket", "host", "handle", "emoji", "emoji and word")
}
