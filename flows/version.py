"""Which release a person means: the latest, or the one of `--version`.

Enters: a root and a name, or none. Leaves: the release.

>>> release_of(root, None).version
'2026-01-31-5d41402a'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.errors import FlowError, WrongUse
from flows.why import latest_release
from pipeline.corpus.manifest import Manifest, read_json
from pipeline.corpus.versions import MANIFEST, Release

if TYPE_CHECKING:
    from collections.abc import Collection

    from flows.root import Root

LATEST, PREVIOUS = "latest", "previous"

__all__ = ["LATEST", "PREVIOUS", "Version", "named_version", "release_of"]

Version = Annotated[str | None, typer.Option("--version", metavar="V", help="A version in clean/; else the latest.")]


def release_of(root: Root, version: str | None) -> Release:
    """The latest release if nobody names one; else as `named_version`."""
    return named_version(root, version or LATEST)


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
