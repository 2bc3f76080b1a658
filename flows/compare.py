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
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import compute as pc

from flows.errors import FlowError, WrongUse
from flows.why import latest_release
from pipeline.corpus.changes import KINDS, find_changes
from pipeline.corpus.manifest import Manifest, read_json
from pipeline.corpus.versions import MANIFEST, Release

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flows.root import Root

LATEST, PREVIOUS = "latest", "previous"

__all__ = ["Change", "Difference", "compare", "named_version"]


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


def named_version(root: Root, name: str) -> Release:
    """The version that a person means: `latest`, `previous` (the one before it), the beginning of a name, or a folder.

    Raises WrongUse when there is none, or more than one; FlowError when there is no release at all.
    """
    if name == LATEST:
        return latest_release(root)
    if name == PREVIOUS:
        latest = latest_release(root)
        if latest.manifest.previous is None:
            raise WrongUse(f"{latest.version} is the first version; there is none before it")
        return named_version(root, latest.manifest.previous)
    if "/" in name and (Path(name) / MANIFEST).is_file():
        return _opened(Path(name))
    here = sorted(path.parent for path in root.clean.glob(f"[!.]*/{MANIFEST}"))
    match [path for path in here if path.name == name] or [path for path in here if path.name.startswith(name)]:
        case [path]:
            return _opened(path)
        case []:
            if not here:
                raise FlowError(f"{root.clean} holds no release yet; make one with: zhengce run FOLDER")
            raise WrongUse(f"{root.clean} holds no version {name}; the newest there are: {_names(here[-3:])}")
        case several:
            raise WrongUse(f"{name} means {len(several)} versions; give more of one name: {_names(several[-3:])}")


def _opened(path: Path) -> Release:
    return Release(path=path, manifest=read_json(Manifest, path / MANIFEST), changed=False)


def _names(paths: Collection[Path]) -> str:
    return ", ".join(path.name for path in paths)


def _shared(old: Manifest, new: Manifest) -> set[str]:
    """Paths under which both versions hold the same bytes."""
    known = {(file.path, file.sha256) for file in old.files}
    return {file.path for file in new.files if (file.path, file.sha256) in known}


def _of(kind: str, found: pa.Table) -> list[Change]:
    return [Change(**row) for row in found.filter(pc.equal(found["type"], pa.scalar(kind))).to_pylist()]
