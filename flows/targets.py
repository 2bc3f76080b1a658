"""What a person asked to load, checked before anything starts.

Enters: the words after the verb. Leaves: paths that exist and do not lie where the corpus keeps its own files.

>>> check_targets(["raw/samples"], root, "demo")
(PosixPath('raw/samples'),)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawler.source import load_sources
from crawler.store import safe_name
from flows.errors import WrongUse
from flows.steps import folder_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.root import Root

__all__ = ["check_targets"]


def check_targets(targets: Sequence[str], root: Root, collection: str | None) -> tuple[Path, ...]:
    """Raises WrongUse for a target that is no file or folder, or that holds files of the corpus itself."""
    if collection is not None and not collection.strip():
        raise WrongUse("--source is empty; give the pages' source a name")
    paths = tuple(map(Path, targets))
    for target, path in zip(targets, paths, strict=True):
        if not path.exists():
            known = target in load_sources(root.path)
            what = "is a source, and crawling comes with its card in a later version" if known else "does not exist"
            raise WrongUse(f"{target} {what}; give a file or folder")
        own = root.raw / safe_name(collection or folder_name(path))
        for kept in (own.resolve(), root.clean.resolve(), root.private.resolve()):
            if kept == path.resolve() or kept in path.resolve().parents or path.resolve() in kept.parents:
                raise WrongUse(f"{target} overlaps with {kept}, where the corpus keeps its own files; {REMEDY}")
    return paths


REMEDY = "name another source (--source ID) or move the pages"
