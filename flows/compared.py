"""What is read of a saved page now, held against what has to be read from it.

Enters: a `SavedPage` and the card of its source. Leaves: one line for each thing that is read otherwise.

>>> differences(page, card)
["doc_number: '示政发〔2022〕4号' expected, None read"]
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.source import Source
    from flows.saved import SavedPage
    from pipeline.model import Document

__all__ = ["COMPARED", "differences", "letters", "printed"]

COMPARED = (
    *("title", "doc_number", "issuer", "index_number", "theme", "genre"),
    *("written", "published", "effective", "expires", "validity"),
)
"""Fields of the record that a saved page may fix."""


def differences(page: SavedPage, card: Source | None) -> list[str]:
    """One line for each thing that the pipeline reads otherwise than expected."""
    wanted, cleaned = page.expected, page.clean(card)
    document = cleaned.document
    if document is None:
        why = next((removal.reason for removal in cleaned.removals if removal.scope == "page"), "no document in it")
        return [] if wanted.refused else [f"the page is refused: {why}"]
    if wanted.refused:
        return [f"a page without a document is read as {document.title!r}"]
    found = []
    for name in COMPARED:
        value = getattr(wanted, name)
        if value is not None and value != (read := printed(document, name, value)):
            found.append(f"{name}: {value!r} expected, {read!r} read")
    if missing := set(wanted.flags) - set(document.flags):
        found.append(f"flags: {', '.join(sorted(missing))} missing")
    if wanted.attachments is not None:
        links = [(file.name, file.url) for file in document.attachments]
        if links != [(file.name, file.url) for file in wanted.attachments]:
            found.append(
                f"attachments: {len(wanted.attachments)} expected, read {', '.join(n for n, _ in links) or 'none'}"
            )
    lines = document.text.splitlines() or [""]
    for name, value, line in (("first", wanted.first, lines[0]), ("last", wanted.last, lines[-1])):
        if value is not None and letters(value) != letters(line):
            found.append(f"{name} line: {value[:40]!r} expected, {line[:40]!r} read")
    if wanted.text is not None and (place := _parting(letters(wanted.text), letters(document.text))) is not None:
        found.append(f"text: {place}")
    return found


def letters(text: str) -> str:
    """Letters and digits alone: how a line is set does not count, each of its letters does."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def printed(document: Document, name: str, like: str | None = None) -> str | None:
    """A field as expectations write it. like: the expected value, which may be a day where the page has the minute."""
    value = getattr(document, name)
    if isinstance(value, datetime):
        day_only = dict(document.provenance).get(name, "").endswith(":date") if like is None else len(like) <= 10
        return f"{value:%Y-%m-%d}" if day_only else f"{value:%Y-%m-%d %H:%M}"
    return None if value is None else str(value)


def _parting(wanted: str, read: str) -> str | None:
    """Where two texts part, in words; None if they do not."""
    if wanted == read:
        return None
    at = next((i for i, (a, b) in enumerate(zip(wanted, read, strict=False)) if a != b), min(len(wanted), len(read)))
    before = f" after {wanted[max(0, at - 10) : at]!r}" if at else " at its beginning"
    return f"{wanted[at : at + 10] or 'the end'!r} expected, {read[at : at + 10] or 'the end'!r} read{before}"
