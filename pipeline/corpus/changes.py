"""What became of each document since the previous release.

Enters: the documents of two releases. Leaves: rows of changes.parquet: added, modified (with the paragraphs that
changed) and moved (the same number and issuer at a new address). A document that is merely missing is not an event: a
page is called withdrawn only when its server says so twice.

>>> paragraph_diff("一\\n二", "一\\n三")
'@@ -1,2 +1,2 @@\\n 一\\n-二\\n+三'
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pyarrow import parquet
from pyarrow.compute import field

from pipeline.corpus.content import FIELDS
from pipeline.corpus.tables import RECORD, document_from_row
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pyarrow.compute import Expression

    from pipeline.corpus.tables import Row
    from pipeline.model import Document

CONTEXT = 1
"""Unchanged paragraphs shown around a change: enough to find the place, little enough to read."""

__all__ = ["Change", "find_changes", "paragraph_diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event. before, after: content hashes. fields: which fields differ. previous_id: the old id of a moved
    document."""

    id: str
    type: Literal["added", "modified", "moved", "withdrawn"]
    url: str
    title: str | None
    previous_id: str | None = None
    before: str | None = None
    after: str | None = None
    fields: tuple[str, ...] = ()
    diff: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What must be known of every document of the previous release; texts are read only where they differ."""

    content_hash: str
    doc_number: str | None
    issuer: str | None


def find_changes(documents: Iterable[Document], previous: Path | None) -> list[Change]:
    """Changes from the release in the folder `previous` (None: everything is added), sorted by id."""
    current = {document.id: document for document in documents}
    known = {} if previous is None else _known(previous)
    departed = _by_number({id_: one for id_, one in known.items() if id_ not in current})
    arrived = _by_number({id_: one for id_, one in current.items() if id_ not in known})
    origins = {arrived[key]: departed[key] for key in arrived.keys() & departed.keys()}
    touched = {id_ for id_ in current.keys() & known.keys() if known[id_].content_hash != current[id_].content_hash}
    sources = {**origins, **{id_: id_ for id_ in touched}}
    old = {} if previous is None else _documents(previous, set(sources.values()))
    changes = [_compared(current[id_], old[source]) for id_, source in sources.items()]
    changes += [
        Change(id=id_, type="added", url=one.url, title=one.title, after=one.content_hash)
        for id_, one in current.items()
        if id_ not in known and id_ not in origins
    ]
    return sorted(changes, key=lambda change: change.id)


def paragraph_diff(before: str, after: str) -> str:
    """The changed paragraphs in unified form: " " kept, "-" gone, "+" new, "@@" where they stand; "" if nothing
    changed."""
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=CONTEXT)
    return "\n".join(list(lines)[2:])  # without the two lines of file names


def _compared(document: Document, old: Document) -> Change:
    same = document.id == old.id
    return Change(
        id=document.id,
        type="modified" if same else "moved",
        url=document.url,
        title=document.title,
        previous_id=None if same else old.id,
        before=old.content_hash,
        after=document.content_hash,
        fields=tuple(name for name in FIELDS if getattr(document, name) != getattr(old, name)),
        diff=paragraph_diff(old.text, document.text) or None,
    )


def _by_number(documents: Mapping[str, Document] | Mapping[str, _Known]) -> dict[tuple[str, str], str]:
    """Ids by 发文字号 and issuer, where both are known and name one document only."""
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, one in documents.items():
        if one.doc_number and one.issuer:
            ids[letters(one.doc_number), letters(one.issuer)].append(id_)
    return {key: found[0] for key, found in ids.items() if len(found) == 1}


def _known(release: Path) -> dict[str, _Known]:
    rows = _rows(release, ["id", "content_hash", "doc_number", "issuer"])
    return {row["id"]: _Known(row["content_hash"], row["doc_number"], row["issuer"]) for row in rows}


def _documents(release: Path, ids: set[str]) -> dict[str, Document]:
    if not ids:
        return {}
    return {row["id"]: document_from_row(row) for row in _rows(release, RECORD.names, field("id").isin(sorted(ids)))}


def _rows(release: Path, columns: list[str], wanted: Expression | None = None) -> Iterator[Row]:
    for folder in ("documents", "reposts"):
        yield from parquet.read_table(release / folder, columns=columns, filters=wanted, partitioning=None).to_pylist()
