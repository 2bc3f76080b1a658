"""The verb `zhengce pull`: a published version becomes a folder here, whole or not at all.

Enters: a remote. Leaves: clean/<version>/ and, last, clean/latest.json. Files that another version here holds are
shared by hard links; only the others are fetched, in several streams, resumed where a killed pull stopped, and each is
checked against its SHA-256 before it gets its name.

>>> zhengce --root corpus pull https://example.org/zhengce
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the annotation at run time
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.store import RawStore
from flows.address import open_remote
from flows.errors import WrongUse
from flows.options import Json  # noqa: TC001  # typer reads the annotation at run time
from flows.pulled import pull_release
from flows.remote_version import manifest_path, newest
from flows.show import as_json
from flows.terminal import at_work, say, waiting
from pipeline.corpus.release import read_latest

if TYPE_CHECKING:
    from flows.remote import Remote
    from flows.root import Root

__all__ = ["pull"]


def pull(
    context: typer.Context,
    remote: Annotated[str, typer.Argument(metavar="REMOTE", help="A folder, http(s)://… or s3://bucket/….")],
    version: Annotated[str | None, typer.Option("--version", metavar="V", help="Else the newest.")] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="Where versions go; else ROOT/clean.")] = None,
    with_audit: Annotated[bool, typer.Option("--with-audit", help="Also what was removed and merged.")] = False,
    json: Json = False,
) -> None:
    """Fetch a published version: only the files that are not here yet, each checked.

    \b
    Example:
      zhengce pull https://example.org/zhengce --to policies
    """
    root: Root = context.obj
    place = open_remote(remote)
    if place.folder and place.folder.resolve() == (to or root.clean).resolve():
        raise WrongUse(f"{remote}: a folder cannot be pulled into itself; choose another --to")
    with at_work() as watch:
        if to:
            pulled = pull_release(place, to, version, with_audit=with_audit, watch=watch)
        else:
            with root.lock(waiting(root.path)):
                _check_own(root, place)
                pulled = pull_release(place, root.clean, version, with_audit=with_audit, watch=watch)
    if json:
        say(as_json(pulled))
    else:
        state = (
            f"{pulled.fetched:,} files fetched ({pulled.bytes:,} bytes), {pulled.shared:,} shared with other versions"
        )
        say(f"{pulled.path}: {state if pulled.fetched or pulled.shared else 'was here, nothing to fetch'}")


def _check_own(root: Root, remote: Remote) -> None:
    """A release that was made here and lies nowhere else must not lose its place to somebody else's."""
    own, there = read_latest(root.clean), newest(remote)
    if own is None or there is None or own.version == there.version or not RawStore(root.raw).shards():
        return
    if remote.read(manifest_path(own.version)) is None:
        raise WrongUse(
            f"{root.clean}: its latest version {own.version} was made here and is not in {remote}; "
            "pull into another folder with --to DIR"
        )
