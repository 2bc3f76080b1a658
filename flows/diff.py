"""The verb `zhengce diff`: what became of each document from one version to another.

Enters: two versions, by name. Leaves: the changes on stdout, paragraph by paragraph, or as JSON.

>>> zhengce diff 2026-01-31 latest --only modified
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.compare import compare
from flows.options import Json  # noqa: TC001  # typer reads the annotation at run time
from flows.show import as_json
from flows.show_diff import show_diff
from flows.terminal import at_work, out, say
from flows.version import LATEST, PREVIOUS

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["diff"]


class Kind(StrEnum):
    """The types of changes, as pipeline/corpus/changes.py explains them."""

    ADDED = "added"
    MODIFIED = "modified"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="[V1]", help="A version's name or its beginning.")] = PREVIOUS,
    after: Annotated[str, typer.Argument(metavar="[V2]", help="The version it became.")] = LATEST,
    only: Annotated[list[Kind] | None, typer.Option("--only", help="Changes of this type; may be repeated.")] = None,
    json: Json = False,
) -> None:
    """What became of each document from V1 to V2: added, modified, moved, withdrawn, dropped. Any two versions will do.

    \b
    Example:
      zhengce diff previous latest
      zhengce diff 2026-01-31 2026-02 --only modified --json
    """
    root: Root = context.obj
    with at_work() as watch:
        watch("comparing", 0, 0)
        found = compare(root, before, after, [str(kind) for kind in only or Kind])
    if json:
        say(as_json(found))
    else:
        show_diff(out(), found, whole=bool(only))
