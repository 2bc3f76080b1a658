"""Two versions of the corpus, compared.

Enters: two names of versions. Leaves: a `Difference`: every change from the first to the second, with its paragraphs.
Files that both versions share are not opened.

>>> difference = compare(root, "previous", "latest")
>>> difference.counts
{'added': 12, 'modified': 3, 'moved': 0, 'withdrawn': 1, 'dropped': 0}
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import compute as pc

from flows.version import named_version
from pipeline.corpus.changes import KINDS, find_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flows.root import Root
    from pipeline.corpus.manifest import Manifest

__all__ = ["Change", "Difference", "compare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of changes.parquet. before, after: content hashes. previous_id: of a document that moved."""

    id: str
    type: str
    url: str
    title: str | None
    previous_id: str | None
    before: str | None
    after: str | None
    fields: list[str]
    diff: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """before, after: the two versions. counts: of all changes. changes: those that were asked for, by type and id."""

    before: str
    after: str
    counts: Mapping[str, int]
    changes: tuple[Change, ...]


def compare(root: Root, before: str, after: str, only: Collection[str] = KINDS) -> Difference:
    """What changed from one version to another, older or newer. only: types of changes to be told.

    Raises WrongUse when a name means no version or several, CorpusError when a version cannot be read.
    """
    old, new = named_version(root, before), named_version(root, after)
    found = find_changes(new.path, old.path, shared=_shared(old.manifest, new.manifest))
    kinds = Counter(found["type"].to_pylist())
    counts = {kind: kinds[kind] for kind in KINDS}
    changes = tuple(change for kind in KINDS if kind in only for change in _of(kind, found))
    return Difference(before=old.version, after=new.version, counts=counts, changes=changes)


def _shared(old: Manifest, new: Manifest) -> set[str]:
    """Paths under which both versions hold the same bytes."""
    known = {(file.path, file.sha256) for file in old.files}
    return {file.path for file in new.files if (file.path, file.sha256) in known}


def _of(kind: str, found: pa.Table) -> list[Change]:
    return [Change(**row) for row in found.filter(pc.equal(found["type"], pa.scalar(kind))).to_pylist()]
