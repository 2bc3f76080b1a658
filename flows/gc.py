"""The verb `zhengce gc`: old versions go, here or at a remote, and what the cache keeps for nobody.

Enters: how many to keep. Leaves: the newest of them and the one that latest.json names. Versions share files by hard
links: removing a name takes nothing from the others, and no file is ever written to. A version gets a hidden name
before it is removed, so that nobody reads half of it. Of the cache goes what no raw shard and no rule of today can ask
for: after a change of the rules that is nearly all of it.

>>> zhengce gc --keep 30
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.source import load_sources
from flows.address import open_remote
from flows.cache import stale
from flows.options import Json  # noqa: TC001  # typer reads the annotation at run time
from flows.remote_gc import collect_remote
from flows.show import as_json
from flows.terminal import say, waiting
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import PARTIAL, sync_directory
from pipeline.corpus.manifest import Latest, Manifest, read_json
from pipeline.corpus.versions import LATEST, MANIFEST, locked, sweep

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from crawler.source import Source
    from flows.root import Root

__all__ = ["Collected", "collect", "gc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Names of versions. cache: files of clean/.cache that went. bytes: what the disk or the bucket has free now; a
    shared file counts with its last name."""

    kept: tuple[str, ...]
    removed: tuple[str, ...]
    cache: tuple[str, ...] = ()
    bytes: int
    dry_run: bool


def gc(
    context: typer.Context,
    keep: Annotated[int, typer.Option("--keep", metavar="N", min=1, help="Newest versions that stay.")],
    remote: Annotated[str | None, typer.Argument(metavar="[REMOTE]", help="A folder or s3://…; else clean/.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    json: Json = False,
) -> None:
    """Remove old versions, from clean/ or from where they were published, and what the cache keeps for nobody.

    raw/ is never touched.

    \b
    Example:
      zhengce gc --keep 30
    """
    root: Root = context.obj
    if remote is not None:
        kept, removed, freed = collect_remote(open_remote(remote), keep, dry_run=dry_run)
        collected = Collected(kept=kept, removed=removed, bytes=freed, dry_run=dry_run)
    else:
        with root.lock(waiting(root.path)):
            collected = collect(root.clean, keep, dry_run=dry_run)
            collected = with_cache(collected, root, load_sources(root.path))
    if json:
        say(as_json(collected))
        return
    for version in collected.removed:
        say(f"{'would remove' if dry_run else 'removed'} {version}")
    for name in collected.cache if dry_run else ():
        say(f"would remove .cache/{name}")
    if collected.cache:
        say(f"{len(collected.cache):,} files of the cache {'would go' if dry_run else 'went'}: nothing asks for them")
    say(f"{len(collected.kept)} versions stay; {collected.bytes:,} bytes {'would be free' if dry_run else 'freed'}")


def collect(clean: Path, keep: int, *, dry_run: bool = False) -> Collected:
    """Remove all versions but the newest. What is no version (a folder without a manifest) stays as it is."""
    with locked(clean):
        named = read_json(Latest, clean / LATEST).version if (clean / LATEST).exists() else None
        versions = _by_age(clean)
        kept = {path.name for path in versions[-keep:]} | {named}
        old = [path for path in versions if path.name not in kept]
        freed = _freed(old)
        if not dry_run:
            sweep(clean)
            for path in old:
                hidden = path.with_name(f".{path.name}.removed{PARTIAL}")
                path.rename(hidden)
                shutil.rmtree(hidden)
            sync_directory(clean)
    stay = tuple(path.name for path in versions if path.name in kept)
    return Collected(kept=stay, removed=tuple(path.name for path in old), bytes=freed, dry_run=dry_run)


def with_cache(collected: Collected, root: Root, sources: Mapping[str, Source]) -> Collected:
    """The same, and remove from the cache what nothing can ask for. Only for the holder of the root's lock."""
    old = stale(root, sources)
    freed = sum(path.stat().st_size for path in old)
    names = tuple(path.relative_to(root.cache).as_posix() for path in old)
    for path in old if not collected.dry_run else ():
        path.unlink()
    return replace(collected, cache=names, bytes=collected.bytes + freed)


def _by_age(clean: Path) -> list[Path]:
    """Folders of versions, the oldest first: by the moment when they were made."""
    found = []
    for path in clean.glob(f"[!.]*/{MANIFEST}"):
        try:
            manifest = read_json(Manifest, path)
        except CorpusError:
            continue
        if manifest.version == path.parent.name:
            found.append((manifest.created, manifest.captured, path.parent.name, path.parent))
    return [path for *_, path in sorted(found)]


def _freed(versions: list[Path]) -> int:
    """Bytes of the files of which no name is left when these folders are gone."""
    names: dict[tuple[int, int], int] = {}
    sizes: dict[tuple[int, int], os.stat_result] = {}
    for path in (path for version in versions for path in version.rglob("*") if path.is_file()):
        stat = path.stat()
        inode = (stat.st_dev, stat.st_ino)
        names[inode] = names.get(inode, 0) + 1
        sizes[inode] = stat
    return sum(stat.st_size for inode, stat in sizes.items() if stat.st_nlink <= names[inode])
