"""The last step: blocks, facts and removals of a draft become a `Document`.

Enters: a draft whose blocks are clean and repaired. Leaves: the document, with text offsets for parts, sections,
tables and repairs, and the place of evidence for each field. Where two places disagree the better evidence wins and a
flag says so.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.page import document_id
from pipeline.corpus.content import content_hash
from pipeline.draft import Fact
from pipeline.extract.files.documents import parent_id
from pipeline.extract.structure.parts import parts
from pipeline.extract.structure.sections import sections
from pipeline.extract.tables.caption import caption
from pipeline.extract.tables.markdown import read_back
from pipeline.fields import title as titles
from pipeline.fields.dates import term
from pipeline.fields.division import find as find_division
from pipeline.fields.division import leading_place
from pipeline.fields.docnumber import of_title, without_number
from pipeline.fields.issuer import learn_issuer, source_kind
from pipeline.fields.settle import Evidence
from pipeline.model import Attachment, Document, Table
from pipeline.repair.polish import polish
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from datetime import date

    from pipeline.draft import Draft
    from pipeline.model import SourceKind

_NEAR = 3  # lines above a table: its caption, who filled it in, its unit
_LABEL = 6  # characters: 附件下载： is no file
_DAY = re.compile(r"^(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_VALIDITY = {
    **dict.fromkeys(("有效", "现行有效", "全文有效", "继续有效", "是"), "有效"),
    **dict.fromkeys(("失效", "已失效", "全文失效", "否"), "失效"),
    **dict.fromkeys(("废止", "已废止", "全文废止"), "废止"),
    **dict.fromkeys(("修改", "已修改"), "修改"),
    **dict.fromkeys(("尚未生效", "未生效"), "尚未生效"),
}
"""Printed values -> the five of the record."""


def published_hint(draft: Draft) -> date | None:
    """The day the page was published, before fields are settled: what repairs of dates may lean on."""
    found = Evidence(draft).moment("published")
    return found.date() if found else None


def assemble(draft: Draft) -> Document:
    """Settle every field and put the text together (see module)."""
    kind: SourceKind = source_kind(draft)
    title = _title(draft)
    draft = _numbered(draft, title)
    title = without_number(title) if title else None
    draft = learn_issuer(draft, title, kind)
    fields = Evidence(draft)
    title_fact = fields.text("title")
    text, starts = _text(draft)
    paragraphs = [(start, b.text) for start, b in zip(starts, draft.blocks, strict=True) if b.kind == "paragraph"]
    placed = [(start, block.text) for start, block in zip(starts, draft.blocks, strict=True)]
    document_parts = parts(title, placed, len(text))
    written, doc_number, issuer = fields.written(), fields.number(), fields.text("issuer")
    in_force = term("\n".join(paragraph for _, paragraph in paragraphs), written if kind == "origin" else None)
    flags = set(draft.flags) | ({"effective_relative"} if in_force.relative else set())
    flags |= {"conflict_title"} if title and _is_told_otherwise(draft, title) else set()
    effective, expires = fields.day("effective") or in_force.effective, fields.day("expires") or in_force.expires
    for name, value in (("effective", effective), ("expires", expires)):
        if value and name not in fields.provenance:
            fields.provenance[name] = "body"
    validity = fields.text("validity")
    division = _division(draft, title, issuer, text)
    if title_fact:
        fields.provenance["genre"] = fields.provenance["title"]
    document = Document(
        id=draft.raw.id,
        source=draft.raw.page.source,
        url=draft.raw.page.url,
        source_kind=kind,
        text=text,
        title=title if title_fact else None,
        doc_number=doc_number,
        issuer=issuer,
        genre=titles.genre(title) if title_fact and title else None,
        index_number=fields.text("index_number"),
        theme=fields.text("theme"),
        division=division,
        written=written,
        effective=effective,
        expires=expires,
        published=fields.moment("published"),
        validity=_validity(validity),
        parts=document_parts,
        sections=sections(paragraphs, document_parts, len(text)),
        tables=_tables(draft, starts),
        attachments=_attachments(draft),
        parent=parent_id(draft.raw),
        repairs=tuple(
            replace(r, start=r.start + s) for s, b in zip(starts, draft.blocks, strict=True) for r in b.repairs
        ),
        flags=tuple(sorted(flags | fields.flags)),
        raw_sha256=draft.raw.sha256,
        extractor=draft.extractor,
    )
    kept = {name: where for name, where in fields.provenance.items() if getattr(document, name, None) is not None}
    if draft.encoding:
        kept["text"] = draft.encoding
    document = replace(document, provenance=tuple(sorted(kept.items())))
    return replace(document, content_hash=content_hash(document))


def _validity(printed: str | None) -> str | None:
    """One of the five values; 烟台 prints the day until which it holds before it (2026-11-01 有效)."""
    return _VALIDITY.get(_DAY.sub("", fold(printed))) if printed else None


def _title(draft: Draft) -> str | None:
    """The best title; one from a fact table gives way to a title line that says another thing and is more of a
    title.
    """
    candidates = Evidence(draft).candidates("title")
    if not candidates:
        return None
    best = candidates[0]
    line = next((fact for fact in candidates if fact.where == "body"), best)
    if best.where == "header_table" and not _agree(best.value, line.value):
        best = max(best, line, key=lambda fact: titles.score(fact.value))
    return polish(titles.trim(best.value), draft.flags)


def _is_told_otherwise(draft: Draft, title: str) -> bool:
    """True if the page shows its title and its head names another one."""
    candidates = Evidence(draft).candidates("title")
    head = [fact.value for fact in candidates if fact.where == "file"]
    return candidates[0].where == "body" and not all(
        _agree(value, title) or _agree(titles.trim(value), title) for value in head
    )


def _numbered(draft: Draft, title: str | None) -> Draft:
    """The draft with the number that its title is or ends in, where nothing else gives one."""
    if not title or Evidence(draft).number() or not (number := of_title(title)):
        return draft
    where = Evidence(draft).candidates("title")[0]
    return draft.learn(Fact("doc_number", number, where.where, where.line))


def _agree(one: str, other: str) -> bool:
    return letters(one) in letters(other) or letters(other) in letters(one)


def _text(draft: Draft) -> tuple[str, list[int]]:
    starts, at = [], 0
    for block in draft.blocks:
        starts.append(at)
        at += len(block.text) + 1
    return "\n".join(block.text for block in draft.blocks), starts


def _attachments(draft: Draft) -> tuple[Attachment, ...]:
    """The files that the page links to, then those that it only names."""
    linked = [fold(file.name) for file in draft.files]
    named = (removal.evidence for removal in draft.removals if removal.field == "attachments")
    files = (replace(file, document_id=file.document_id or _file_id(file.url)) for file in draft.files)
    return (*files, *(Attachment(name, "") for name in named if len(name) > _LABEL and not _is_in(name, linked)))


def _file_id(url: str) -> str | None:
    """The id that the file has if the corpus holds it."""
    try:
        return document_id(url)
    except ValueError:  # no address
        return None


def _is_in(line: str, names: list[str]) -> bool:
    return any(name and name in fold(line) for name in names)


def _tables(draft: Draft, starts: list[int]) -> tuple[Table, ...]:
    found = []
    for index, (block, start) in enumerate(zip(draft.blocks, starts, strict=True)):
        if block.kind != "table":
            continue
        header, rows = read_back(block.text, block.merged)
        near = reversed(draft.blocks[max(0, index - _NEAR) : index])
        above = [one.text for one in itertools.takewhile(lambda one: one.kind == "paragraph", near)]
        name = caption(above[::-1])
        found.append(Table(name, header, rows, start, start + len(block.text)))
    return tuple(found)


def _division(draft: Draft, title: str | None, issuer: str | None, text: str) -> str | None:
    """The card's code, else the place that issuer, title or publisher begin with, else the one named for the page."""
    if draft.card and draft.card.division:
        return draft.card.division
    printed = "\n".join(removal.evidence for removal in draft.removals if not removal.rule.startswith("spam"))
    context = f"{title or ''}{printed}{text}"
    publisher = draft.find("publisher")
    fact = draft.find("title")
    raw_titles = [r.evidence for r in draft.removals if r.field == "title"]
    names = [issuer, title, *raw_titles, fact.value if fact else None, publisher.value if publisher else None]
    for name in filter(None, names):
        if code := find_division(name, context):
            return code
    return _named_in(title or "", context)


def _named_in(title: str, context: str) -> str | None:
    """关于印发苏州市…: the place after 印发 or 关于."""
    key = fold(title)
    for lead in ("关于印发《", "关于印发", "关于转发《", "关于公布", "关于", "印发"):
        at = key.find(lead)
        if at >= 0 and (rest := key[at + len(lead) :]) and leading_place(rest):
            return find_division(rest, context)
    return None
