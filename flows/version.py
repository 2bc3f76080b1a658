"""Which release a person means: the latest, or the one of `--version`.

Enters: a root and perhaps a name. Leaves: the release.

>>> release_of(root, None).version
'2026-01-31-5d41402a'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.errors import WrongUse
from flows.why import latest_release
from pipeline.corpus.manifest import Manifest, read_json
from pipeline.corpus.versions import MANIFEST, Release

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["Version", "release_of"]

Version = Annotated[str | None, typer.Option("--version", metavar="V", help="A version in clean/; else the latest.")]


def release_of(root: Root, version: str | None) -> Release:
    """Raises WrongUse when there is no version of that name, FlowError when there is none at all."""
    if version is None:
        return latest_release(root)
    path = root.clean / version
    if path.parent != root.clean or version.startswith(".") or not (path / MANIFEST).is_file():
        here = ", ".join(sorted(one.parent.name for one in root.clean.glob(f"*/{MANIFEST}"))[-3:])
        raise WrongUse(f"{root.clean} holds no version {version}; it holds {here or 'none'}")
    return Release(path=path, manifest=read_json(Manifest, path / MANIFEST), changed=False)
