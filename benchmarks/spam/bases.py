"""The clean pages that the spam is put into.

Enters: tests/pages, and gov-pages and state-council where the evaluation data lies beside the project. Leaves: `Clean`
pages, each as HTML and as the plain text of a naive scrape. A page that is hacked already, holds no document, tells no
title but its site's name or has no room for every technique is left out.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from benchmarks.quality.sets import OWN, load_set, missing
from benchmarks.spam.anatomy import Clean, anatomy, plain_anatomy
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.quality.gold import Gold

SETS = (OWN, "gov-pages", "state-council")
HACKED = frozenset(["flag compromised", "flag traditional_mirror"])
SHORTEST_TITLE = 10
"""Letters of a title that is read off <title>: "中国地理学会" is the site's."""
_CHARSET = re.compile(r"""(charset\s*=\s*["']?)[\w-]+""", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
_SITE = re.compile(r"\s*[_|\-—–].*", re.DOTALL)


def load_golds(data: Path) -> list[tuple[str, Gold]]:
    """Set and page of everything that is there and clean."""
    absent = missing(data, SETS)
    golds = ((name, gold) for name in SETS if name not in absent for gold in load_set(name, data)[0])
    return [(name, gold) for name, gold in golds if gold.text and not gold.marks & HACKED]


def title_of(gold: Gold) -> str:
    """The title that the gold names, else that of <title> without the site's name."""
    found = _TITLE.search(gold.html)
    return gold.facts.get("title") or (_SITE.sub("", html.unescape(found[1]).strip()) if found else "")


def whole(gold: Gold, title: str) -> str:
    """The page as a UTF-8 page with <head>, <title> and <body>; the State Council's pages were saved without."""
    source = _CHARSET.sub(r"\1utf-8", gold.html)
    if re.search(r"<body\b", source, re.IGNORECASE):
        return source
    head = f'<head><meta charset="utf-8"><title>{html.escape(title)}_政府信息公开专栏</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{source}</body></html>"


def bases(data: Path) -> Iterator[Clean]:
    """Every usable page, first as HTML, then as text."""
    for folder, gold in load_golds(data):
        title, name = title_of(gold), f"{folder}/{gold.name}"
        if not gold.facts.get("title") and len(letters(title)) < SHORTEST_TITLE:
            continue
        source = whole(gold, title)
        page = anatomy(name, gold.url, source, gold.text or "", title)
        if page.usable and page.title_span[1]:
            yield page
        text = plain_anatomy(f"{name}.txt", gold.url, "\n\n".join([title, *(gold.text or "").split("\n")]))
        if title and text.usable:
            yield text
