"""Stuffed titles and hijacked meta tags.

Enters: a clean HTML page. Leaves: the page with phrases joined by `_ | 丨 , -` before, after or instead of its title,
as characters or as numeric references, also repeated as the first words of the body; or with other keywords and
description.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.spam.injection import Injection, Maker, entities, inject
from benchmarks.spam.vocabulary import Writer

if TYPE_CHECKING:
    from random import Random

    from benchmarks.spam.anatomy import Clean


def stuffed(
    clean: Clean, rng: Random, mark: str, place: str, coded: bool = False, repeated: str = "", count: int = 0
) -> Injection:
    """`place`: before, after or instead. `repeated`: markup around `{}` that says the stuffed title again, visibly."""
    start, end = clean.title_span
    true = clean.source[start:end].strip()
    spam = mark.join(Writer(rng).phrases(count or rng.randint(3, 7)))
    shown = entities(spam) if coded else spam
    stuffing = {"before": f"{shown}{mark}{true}", "after": f"{true}{mark}{shown}", "instead": shown}[place]
    page = clean.source[:start] + stuffing + clean.source[end:]
    if repeated:
        opens = clean.opens + len(stuffing) - (end - start)
        page = page[:opens] + repeated.format(shown) + page[opens:]
    return Injection(page=page, text=(spam,) if repeated else (), title=(spam,))


TITLES: dict[str, Maker] = {
    "before, _": partial(stuffed, mark="_", place="before"),
    "before, |": partial(stuffed, mark=" | ", place="before"),
    "before, 丨": partial(stuffed, mark="丨", place="before"),
    "before, one phrase -": partial(stuffed, mark="-", place="before", count=1),
    "before, entities": partial(stuffed, mark="_", place="before", coded=True),
    "after, -": partial(stuffed, mark="-", place="after"),
    "after, ,": partial(stuffed, mark=",", place="after"),
    "after, one phrase _": partial(stuffed, mark="_", place="after", count=1),
    "instead, _": partial(stuffed, mark="_", place="instead"),
    "instead, - entities": partial(stuffed, mark="-", place="instead", coded=True),
}
REPEATED: dict[str, Maker] = {
    "h1": partial(stuffed, mark="_", place="before", repeated="<h1>{}</h1>"),
    "h1, entities": partial(stuffed, mark="|", place="instead", coded=True, repeated='<h1><a href="/">{}</a></h1>'),
    "first line": partial(stuffed, mark="-", place="before", repeated="<p>{}</p>"),
    "first words, bare": partial(stuffed, mark=",", place="instead", repeated="{}"),
}


def meta(clean: Clean, rng: Random, names: tuple[str, ...], coded: bool = False, kept: bool = False) -> Injection:
    """Tags of these names replaced, or added where there are none; `kept`: what they said stands behind."""
    writer = Writer(rng)
    page, unseen = clean.source, []
    for name in names:
        spam = ",".join(writer.phrases(6)) if "keywords" in name else writer.sentence()
        unseen.append(spam)
        shown = entities(spam) if coded else spam
        key = "property" if name.startswith("og:") else "name"
        old = re.search(rf'<meta\s+{key}="{name}"\s+content="([^"]*)"\s*/?>', page, re.IGNORECASE)
        tag = f'<meta {key}="{name}" content="{shown}{"," + old[1] if kept and old else ""}">'
        at = re.search(r"</head\s*>", page, re.IGNORECASE)
        start, end = old.span() if old else (at.start(), at.start()) if at else (clean.opens, clean.opens)
        page = page[:start] + tag + page[end:]
    return Injection(page=page, unseen=tuple(unseen))


def second_description(clean: Clean, rng: Random) -> Injection:
    """Behind the site's own tags a second pair."""
    writer = Writer(rng)
    words, sentence = ",".join(writer.phrases(5)), writer.sentence("brand")
    tags = f'<meta name="keywords" content="{words}"><meta name="description" content="{sentence}">'
    return inject(clean, [(clean.head, tags)], unseen=(words, sentence))


META: dict[str, Maker] = {
    "keywords and description": partial(meta, names=("keywords", "description")),
    "entities": partial(meta, names=("Keywords", "Description"), coded=True),
    "before the true words": partial(meta, names=("keywords", "description"), kept=True),
    "og:description": partial(meta, names=("og:description",)),
    "a second pair": second_description,
}
