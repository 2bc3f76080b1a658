"""A few pages of a source as the pipeline reads them now: what is kept, what is removed and by which rule.

Enters: a card, and pages from raw/ or, where there are none, from the site itself. Leaves: a `Preview`.

Pages are fetched by the crawl that `zhengce run` makes too, with its politeness, into a folder that is thrown away: two
list pages of a column at most, and as many documents as were asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crawler.source import load_sources
from crawler.store import RawStore, safe_name
from flows.errors import FlowError, WrongUse
from pipeline.corpus.content import FIELDS
from pipeline.steps import clean

if TYPE_CHECKING:
    from crawler.health import Health
    from crawler.page import Page, RawRecord
    from crawler.source import Source
    from flows.direct import Watch
    from flows.root import Root
    from pipeline.model import Document

__all__ = ["Field", "PagePreview", "Preview", "Removed", "card_named", "fetch", "preview", "preview_source"]

LINES = 3
"""Lines of the text that are shown at its beginning and at its end: where furniture would stand."""

LISTS = 2
"""List pages of a column: the page that the card names, and the interface that it may load its rows from."""
PAGES = 40
"""Pages of all kinds in a sample; a catalogue of gkmlpt has a list page for each of its leaves."""
LARGEST = 16 << 20


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the record and where its value was found: meta, header_table, body, url, list_row."""

    name: str
    value: str
    seen_in: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What did not reach the text. line: of the page, from 1; 0 if unknown."""

    rule: str
    reason: str
    evidence: str
    line: int


@dataclass(frozen=True, slots=True)
class PagePreview:
    """One page. refused: why it holds no document; None if it does."""

    url: str
    title: str | None
    refused: str | None
    fields: tuple[Field, ...]
    letters: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    attachments: tuple[str, ...]
    flags: tuple[str, ...]
    removed: tuple[Removed, ...]
    repaired: int


@dataclass(frozen=True, slots=True)
class Preview:
    """origin: raw, if the pages were in raw/ already, or site. trouble: of the sample crawls, one line each."""

    source: str
    origin: str
    pages: tuple[PagePreview, ...]
    trouble: tuple[str, ...] = ()


def card_named(root: Root, name: str) -> Source:
    """Raises WrongUse for a source that has no card."""
    cards = load_sources(root.path)
    if name not in cards:
        raise WrongUse(f"no source {name}; there are {', '.join(cards)}, and a new one is made by: sources new URL")
    return cards[name]


def preview_source(
    root: Root, card: Source, count: int, watch: Watch, *, live: bool = False
) -> tuple[Preview, tuple[RawRecord, ...]]:
    """The newest pages of raw/, or a sample of the site. live: of the site, whatever raw/ holds.

    Raises FlowError if there is no page to show, ContactMissing before anything is fetched without a contact.
    """
    records = [] if live else stored(root, card.id, count)
    origin = "site"
    trouble: tuple[str, ...] = ()
    if records:
        origin = "raw"
    else:
        records, trouble = fetch(card, count, watch)
    if not records:
        raise FlowError(f"{card.id}: no page to show; {'; '.join(trouble) or 'its lists lead to none'}")
    return Preview(card.id, origin, tuple(preview(record, card) for record in records), trouble), tuple(records)


def stored(root: Root, source: str, count: int) -> list[RawRecord]:
    """The pages that were captured last, the newest first."""
    store = RawStore(root.raw)
    found: dict[str, RawRecord] = {}
    for shard in reversed([shard for shard in store.shards() if shard.parent.name == safe_name(source)]):
        for record in reversed(_documents(store, shard)):
            found.setdefault(record.id, record)
        if len(found) >= count:
            break
    return list(found.values())[:count]


def fetch(card: Source, count: int, watch: Watch) -> tuple[list[RawRecord], tuple[str, ...]]:
    """Documents from each of the card's columns by turns, and what went wrong. Raises CrawlError, ContactMissing."""
    from crawler.run import crawl  # Scrapy takes 0.2 s to load, and other verbs need none of it

    if not card.columns:
        raise FlowError(f"{card.id}: its card has no columns, so there is no list to take pages from")
    limits = card.limits.model_copy(
        update={"max_pages": PAGES, "max_list_pages": LISTS, "max_bytes": min(LARGEST, card.limits.max_bytes)}
    )
    records: list[RawRecord] = []
    trouble: list[str] = []
    many = len(card.columns)
    shares = ((column, count // many + (number < count % many)) for number, column in enumerate(card.columns))
    asked = [(column, share) for column, share in shares if share]
    for done, (column, share) in enumerate(asked):
        watch(f"fetching from {column.id}", done, len(asked))
        part = card.model_copy(update={"columns": (column,), "limits": limits})
        with TemporaryDirectory(prefix="zhengce-") as folder:
            health = crawl(part, Path(folder), limit=share)
            store = RawStore(Path(folder) / "raw")
            found = [record for shard in store.shards() for record in _documents(store, shard)]
        records += found
        if not found:
            trouble.append(f"column {column.id}: {_why(health)}")
    return records, tuple(trouble)


def _documents(store: RawStore, shard: Path) -> list[RawRecord]:
    """Pages of a shard, without the files that belong to them and those that were gone."""
    return [record for record in store.records(shard) if _is_document(record.page)]


def _is_document(page: Page) -> bool:
    written = page.media_type.startswith(("text/", "application/xhtml"))
    return written and page.status in (None, 200) and "parent" not in dict(page.hints)


def _why(health: Health) -> str:
    failures = ", ".join(f"{kind} ({pages})" for kind, pages in health.failures.items())
    if health.outcome in ("ok", "unchanged", "partial") and not failures and health.counts.off_card:
        return "its rows lead to hosts that the card does not name"
    said = health.reason if health.outcome not in ("ok", "unchanged", "partial") else None
    return "; ".join(filter(None, (said, failures))) or "its list has no row"


def preview(record: RawRecord, card: Source) -> PagePreview:
    """One page as the pipeline reads it."""
    cleaned = clean(record, card)
    document = cleaned.document
    lines = document.text.splitlines() if document else []
    why = next((removal.reason for removal in cleaned.removals if removal.scope == "page"), "no document in it")
    return PagePreview(
        url=cleaned.url,
        title=document.title if document else None,
        refused=None if document else why,
        fields=_fields(document) if document else (),
        letters=sum(map(str.isalnum, document.text)) if document else 0,
        first=tuple(lines[:LINES]),
        last=tuple(lines[max(LINES, len(lines) - LINES) :]),
        attachments=tuple(file.name for file in document.attachments) if document else (),
        flags=document.flags if document else (),
        removed=tuple(Removed(one.rule, one.reason, one.evidence, one.line) for one in cleaned.removals),
        repaired=len(document.repairs) if document else 0,
    )


def _fields(document: Document) -> tuple[Field, ...]:
    where = dict(document.provenance)
    values = ((name, getattr(document, name)) for name in FIELDS if name != "text")
    return tuple(Field(name, str(value), where.get(name, "")) for name, value in values if value is not None)
