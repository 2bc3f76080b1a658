"""What an extractor is, and ours.

Enters: a `Gold` page, of which an extractor looks at the page only. Leaves: what it `Found`. `run` is the plain call
that is timed; `look` gives all that the extractor has to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from benchmarks.quality.facts import FIELDS, WORDS
from benchmarks.quality.ownpages import attachments_of, mark
from crawler.page import UTC, Page, RawRecord
from pipeline.draft import Draft
from pipeline.steps import clean, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.quality.cells import Grid
    from benchmarks.quality.gold import Gold
    from pipeline.model import Cleaned, Document

READING_ALONE = "zhengce, reading alone"
CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)
"""A page says nothing about the day it was fetched, and a record may not depend on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an extractor says of a page. facts, tables and marks are None where it never gives any; a field that it does
    not know is missing from facts.
    """

    text: str
    facts: Mapping[str, str | None] | None = None
    tables: tuple[Grid, ...] | None = None
    marks: frozenset[str] | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """run: the call that is timed. look: the call that is judged. errors: those that mean that it gave up on a page,
    for which it then has given `nothing`.
    """

    name: str
    run: Callable[[Gold], object]
    look: Callable[[Gold], Found]
    errors: tuple[type[Exception], ...] = ()
    nothing: Found


NOTHING = Found(text="", facts=dict.fromkeys(FIELDS), tables=(), marks=frozenset())


def record(page: Gold) -> RawRecord:
    """A page as it lies in raw/."""
    body = Page(
        url=page.url,
        source="quality",
        body=page.body,
        media_type=page.media_type,
        captured=CAPTURED,
        headers=page.headers,
        status=200,
    )
    return RawRecord(page=body, sha256=body.sha256, warc="", offset=0)


def clean_page(page: Gold) -> Cleaned:
    """The whole of our pipeline for one page: decode, extract, clean, fields, structure."""
    return clean(record(page))


def read_page(page: Gold) -> Draft:
    """Our first step alone, which does what the peers do: bytes to body, tables and facts of the page's head."""
    draft = read(Draft(raw=record(page)))
    return draft if isinstance(draft, Draft) else Draft(raw=record(page))


def look(page: Gold) -> Found:
    """Our record of a page as the benchmark compares it; a page that was refused has no text and no facts."""
    cleaned = clean_page(page)
    document = cleaned.document
    if document is None:
        return NOTHING
    return Found(
        text=document.text,
        facts=facts_of(document),
        tables=tuple((table.header, *table.rows) if table.header else table.rows for table in document.tables),
        marks=frozenset(
            [f"flag {flag}" for flag in document.flags]
            + [mark(relation.type, relation.target_title or "") for relation in cleaned.relations]
        ),
        rule=document.extractor,
    )


def facts_of(document: Document) -> dict[str, str | None]:
    """The fields of a record, each as one string."""
    facts: dict[str, str | None] = {name: getattr(document, name) for name in WORDS}
    for name in ("written", "effective", "expires"):
        value = getattr(document, name)
        facts[name] = value.isoformat() if value else None
    published = document.published
    facts["published"] = published.date().isoformat() if published else None
    facts["published_time"] = f"{published:%H:%M}" if published and published.time() != time.min else None
    facts["attachments"] = attachments_of([(item.name, item.url) for item in document.attachments])
    return facts


OURS = Extractor(name="zhengce", run=clean_page, look=look, nothing=NOTHING)
READING = Extractor(
    name=READING_ALONE,
    run=read_page,
    look=lambda page: Found(text="\n".join(block.text for block in read_page(page).blocks)),
    nothing=NOTHING,
)
