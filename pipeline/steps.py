"""The pipeline, top to bottom: one raw record in, one document (or the reason why there is none) out.

Each step takes a draft and returns the next, or a `Removal` that refuses the page. Nothing here looks at a clock, the
network or another document: the same bytes, card and rules give the same record.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache, reduce
from importlib.resources import files
from typing import TYPE_CHECKING

from crawler.page import CHINA, NOT_THERE
from pipeline.assemble import assemble, published_hint
from pipeline.draft import Draft, Fact
from pipeline.extract.encoding.decode import decode
from pipeline.extract.files.documents import PARENT, drafted, member_records
from pipeline.extract.files.kinds import is_packed
from pipeline.extract.files.read import read_file
from pipeline.extract.html.read import extract_html
from pipeline.extract.html.sequel import joined
from pipeline.extract.lines import blocks_of
from pipeline.extract.paragraphs import join_wrapped
from pipeline.extract.tables.flattened import rebuild_flattened
from pipeline.extract.tables.marked import marked_tables
from pipeline.extract.tables.periodic import rebuild_periodic
from pipeline.fields.header import lift_header
from pipeline.fields.relations import find_relations
from pipeline.filters.furniture import drop_tools
from pipeline.filters.learned import drop_learned
from pipeline.filters.spam.drop import drop_spam
from pipeline.filters.summary import drop_summary
from pipeline.filters.tail import cut_tail
from pipeline.judge import GONE, NO_ANSWER, refuse_empty, refuse_non_documents
from pipeline.model import Cleaned, Removal
from pipeline.repair.characters import restore_characters
from pipeline.repair.pinyin import drop_pinyin
from pipeline.repair.punctuation import restore_width
from pipeline.repair.script import to_simplified
from pipeline.repair.slips import restore_slips
from pipeline.repair.spaces import restore_spaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from crawler.page import Page, RawRecord
    from crawler.source import Source
    from pipeline.extract.encoding.decode import Decoded
    from pipeline.extract.files.fileread import FileRead

_HINTS = frozenset(
    (
        *("title", "doc_number", "issuer", "publisher", "genre", "index_number", "theme", "validity"),
        *("written", "published", "effective", "expires"),
    )
)
"""What a list row or a table's columns may say of a document; other columns stay in raw/."""
_HTML = ("text/html", "application/xhtml+xml")
_UNSAID = ("", "application/octet-stream", "application/xml")  # a server that did not say; the bytes decide
_RULE_ERRORS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_ZEROS = 0.01  # share of NULs in HTML: browsers pass over a few
_SNIFF = 4096  # text in any encoding has no NUL once decoded; every office format has one within the first block


def read(draft: Draft) -> Draft | Removal:
    """Bytes -> blocks: decode, find the body of HTML, take what the list row or the table row said as facts.

    What a file holds was read before, in a process of its own.
    """
    page = draft.raw.page
    headers = {name.lower(): value for name, value in page.headers}
    hints = dict(page.hints)
    facts = tuple(Fact(name, value, "list_row") for name, value in page.hints if value and name in _HINTS)
    if draft.file:
        return drafted(replace(draft, facts=facts), draft.file)
    declared = headers.get("content-type") or (f"charset={hints['charset']}" if "charset" in hints else "")
    decoded = decode(page.body, declared)
    if decoded.encoding not in ("utf-8", "utf-8-sig", "ascii"):
        draft = replace(draft, encoding=f"{decoded.encoding}: {decoded.reason}")
    draft = _doubted(draft, decoded)
    if page.media_type in _HTML:
        rule = draft.card.rule(captured_on(page)) if draft.card else None
        found = extract_html(decoded.text, page.url, rule)
        if found.is_list:
            evidence = "\n".join(block.text for block in found.blocks)
            return Removal(
                "judge.listing", "a list of links to documents, no document of its own", evidence, scope="page"
            )
        if page.parts:
            further = {url: decode(body, declared) for url, body in page.parts}
            draft = reduce(_doubted, further.values(), draft)
            read_on = (extract_html(part.text, url, rule, goes_on=True) for url, part in further.items())
            found = joined([found, *read_on], {page.url, *further})
        return replace(
            draft,
            blocks=found.blocks,
            facts=found.facts + facts,
            removals=found.removals,
            files=found.attachments,
            relations=found.relations,
            flags=draft.flags | found.flags,
            extractor=found.extractor,
            text_from=found.text_from,
            leaving=found.leaving,
        )
    return replace(draft, blocks=blocks_of(decoded.text), facts=facts)


def _doubted(draft: Draft, decoded: Decoded) -> Draft:
    """The draft with a flag for each doubt about the encoding of its bytes."""
    if decoded.lost:
        draft = draft.flag("undecodable_bytes")
    if decoded.mended:
        draft = draft.flag("mixed_encoding")
    return draft.flag("encoding_uncertain") if decoded.doubt else draft


def captured_on(page: Page) -> date:
    """The day in China on which a page was fetched: what a card's dated rules count from."""
    return page.captured.astimezone(CHINA).date()


def find_tables(draft: Draft) -> Draft:
    """Lines that are rows or cells -> table blocks."""
    return replace(draft, blocks=rebuild_periodic(rebuild_flattened(marked_tables(draft.blocks))))


def join_lines(draft: Draft) -> Draft:
    """Hard-wrapped lines -> paragraphs."""
    return replace(draft, blocks=join_wrapped(draft.blocks))


def restore_lost(draft: Draft) -> Draft:
    """Lost characters, with what the page tells about its own year."""
    published = published_hint(draft)
    numbers = [fact.value for fact in draft.facts if fact.field == "doc_number"]
    years = {int(year) for number in numbers for year in [number.partition("〔")[2][:4]] if year.isdigit()}
    if published:
        years |= {published.year, published.year - 1}
    return restore_characters(draft, published, frozenset(years))


def refuse_unreadable(draft: Draft) -> Draft | Removal:
    """Before any reading: answers that carry no page (HTTP errors) and binary data. Their bytes stay in raw/."""
    page = draft.raw.page
    if page.status in NOT_THERE:
        return Removal(GONE, f"the server answered {page.status}: it does not have the page", "", scope="page")
    if page.status is not None and page.status >= 400:
        return Removal(NO_ANSWER, f"the server answered {page.status}", "", scope="page")
    if draft.file:
        return draft
    zeros = decode(page.body[:_SNIFF]).text.count("\0") if b"\0" in page.body[:_SNIFF] else 0
    if zeros > (_ZEROS * _SNIFF if page.media_type in _HTML else 0):
        return Removal("judge.binary", "the file holds binary data, whatever its name says", "", scope="page")
    return draft


STEPS: tuple[Callable[[Draft], Draft | Removal], ...] = (
    refuse_unreadable,
    read,
    drop_spam,
    drop_learned,
    find_tables,
    refuse_non_documents,
    restore_spaces,
    restore_slips,
    drop_pinyin,
    drop_tools,
    lift_header,
    drop_summary,
    cut_tail,
    join_lines,
    to_simplified,
    restore_width,
    restore_lost,
    refuse_empty,
)


def clean_all(raw: RawRecord, card: Source | None = None) -> Iterator[Cleaned]:
    """Clean one record, and the files in it if it is an archive: each of them is a document of its own."""
    found = _file_of(raw)
    yield _clean(raw, card, found)
    for member in member_records(raw, found) if found else ():
        yield from clean_all(member, card)


def clean(raw: RawRecord, card: Source | None = None) -> Cleaned:
    """Clean one page. Bad content never raises: the record then has no document and a removal of scope "page"."""
    return _clean(raw, card, _file_of(raw))


def _file_of(raw: RawRecord) -> FileRead | None:
    """What the reader of files finds; None for web pages and texts, whatever their name or server calls them."""
    return read_file(raw.page.body) if is_file(raw.page) else None


def is_file(page: Page) -> bool:
    """True for what is attached to a page, is called anything but text, or begins as no text does."""
    if page.status is not None and page.status >= 400:
        return False
    named = not page.media_type.startswith("text/") and page.media_type not in (*_HTML, *_UNSAID)
    return named or any(name == PARENT for name, _ in page.hints) or is_packed(page.body)


def _clean(raw: RawRecord, card: Source | None, file: FileRead | None) -> Cleaned:
    draft = Draft(raw=raw, card=card, file=file)
    try:
        for step in STEPS:
            outcome = step(draft)
            if isinstance(outcome, Removal):
                return _cleaned(draft, refused=outcome)
            draft = outcome
        return _cleaned(draft)
    except _RULE_ERRORS as error:  # a fault of ours: this page waits for the mend in raw/, the others go on
        reason = f"a rule of zhengce failed on this page ({type(error).__name__}: {error}); please report it"
        return _cleaned(draft, refused=Removal("judge.rule_failed", reason, "", scope="page"))


def _cleaned(draft: Draft, refused: Removal | None = None) -> Cleaned:
    document = None if refused else assemble(draft)
    removals = sorted(draft.removals + ((refused,) if refused else ()), key=lambda removal: removal.line)
    relations = find_relations(document.title, document.text, document.doc_number) + draft.relations if document else ()
    page = draft.raw.page
    return Cleaned(
        id=draft.raw.id,
        url=page.url,
        source=page.source,
        raw_sha256=draft.raw.sha256,
        captured=page.captured,
        document=document,
        removals=tuple(removals),
        relations=relations,
    )


@cache
def _rules_digest() -> str:
    digest = hashlib.sha256()
    package = files("pipeline")
    pending = [package]
    found = []
    while pending:
        for entry in pending.pop().iterdir():
            if entry.is_dir():
                pending.append(entry)
            elif entry.name.endswith((".py", ".csv", ".yml", ".txt")):
                found.append((entry.name, entry.read_bytes()))
    for name, body in sorted(found):
        digest.update(name.encode() + b"\0" + body + b"\0")
    return digest.hexdigest()


RULES = _rules_digest()
"""Digest of the pipeline's code and rule data: part of the name of everything computed with them."""
