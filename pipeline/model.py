"""The records of the pipeline, each frozen: a step takes one and returns the next, or a `Removal`.

Offsets are counted in characters (code points) of `Document.text`, ends exclusive. Dates are plain dates, `published`
is a naive timestamp in Asia/Shanghai. Unknown is None: nothing here is ever guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

SourceKind = Literal["origin", "repost", "mirror", "file"]
PartKind = Literal["cover", "payload", "annex", "addressee", "annex_list", "signature", "date", "note", "imprint"]
RelationType = Literal[
    "issues",
    "forwards",
    "amends",
    "repeals",
    "interprets",
    "cites",
    "interpreted_by",
    "related",
    "previous",
    "next",
]
Scope = Literal["page", "block", "span"]
Where = Literal["meta", "header_table", "body", "url", "list_row", "file"]


@dataclass(frozen=True, slots=True)
class Removal:
    """Something that did not reach the text, and why. Nothing leaves a page without one.

    rule: name of the rule ("furniture.tool"). reason: one sentence for a reader. evidence: the removed characters as
    they stood on the page. line: 1-based line of the page, 0 if unknown. field: the fact that the span holds, if it
    is one: a field of the record, or publisher (来源) and masthead, which are evidence for issuer and source_kind.
    scope: whole page, block, or span inside a block.
    """

    rule: str
    reason: str
    evidence: str
    line: int = 0
    field: str | None = None
    scope: Scope = "block"


@dataclass(frozen=True, slots=True)
class Repair:
    """One undoable change: `before` stood on the page where `after` stands now. `start` is in the final text."""

    rule: str
    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading and the text it governs. level: 编 0; 一、/章 1; （一）/节 2; 1./条 3; （1） 4.

    number: as it stands at `start`. end: where the next number of its own or a wider kind begins, or the part ends:
    a 条 (3) holds its items （一） (2).
    """

    level: int
    number: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """Cover (the notice), payload (the plan it carries) and annex share the text out; the other kinds lie inside
    them: addressee 主送机关, annex_list 附件说明, signature 署名, date 成文日期, note 附注, imprint 版记.
    """

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; merged cells are filled in `header` and `rows` (and left blank in the text's Markdown)."""

    caption: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page links to. document_id: the id of its text, a document of its own if the corpus holds it."""

    name: str
    url: str
    media_type: str | None = None
    raw_sha256: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What the document says about another one. start, end: where it says so, in the text; both 0 for the title."""

    type: RelationType
    target_number: str | None
    target_title: str | None
    start: int
    end: int
    target_id: str | None = None
    target_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One policy text, cleaned, with the evidence for each field (docs/record.md says what each field means)."""

    id: str
    source: str
    url: str
    source_kind: SourceKind
    text: str
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    genre: str | None = None
    index_number: str | None = None
    theme: str | None = None
    division: str | None = None
    written: date | None = None
    effective: date | None = None
    expires: date | None = None
    published: datetime | None = None
    validity: str | None = None
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    parent: str | None = None
    provenance: tuple[tuple[str, str], ...] = ()
    repairs: tuple[Repair, ...] = ()
    flags: tuple[str, ...] = ()
    raw_sha256: str
    extractor: str
    content_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What one raw record became: a document or, when `document` is None, a page that was refused whole.

    In that case one of the removals has scope "page" and says why.
    """

    id: str
    url: str
    source: str
    raw_sha256: str
    captured: datetime
    document: Document | None
    removals: tuple[Removal, ...] = ()
    relations: tuple[Relation, ...] = field(default=())

    @property
    def is_compromised(self) -> bool:
        """True for a page on which somebody put spam, whether a document came of it or not."""
        told = self.document is not None and "compromised" in self.document.flags
        return told or any(removal.rule.startswith("spam.") for removal in self.removals)
