"""Options that several verbs have, each with one name and one meaning, and how a verb ends."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["Json", "SourceId", "Strict", "end_with"]

Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when an input or a source failed.")]
SourceId = Annotated[
    str | None, typer.Option("--source", metavar="ID", help="The pages' source; else the folder's name.")
]


def end_with(failure: bool) -> None:
    """Exit code 1 or 0."""
    if failure:
        raise typer.Exit(1)
