"""Options that several verbs have, each with one name and one meaning, and how a verb ends."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.crew import EngineName

__all__ = ["EngineOption", "Exchange", "Json", "Scheduler", "SourceId", "Strict", "end_with"]

Json = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when an input or a source failed.")]
SourceId = Annotated[
    str | None, typer.Option("--source", metavar="ID", help="The pages' source; else the folder's name.")
]
EngineOption = Annotated[EngineName, typer.Option("--engine", help="Who cleans: this machine's cores or Dask workers.")]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="Dask's, with --engine dask; else ZHENGCE_DASK, else our own."),
]
Exchange = Annotated[
    str | None,
    typer.Option(
        "--exchange", metavar="DIR-OR-S3", help="For Dask workers that do not see the root; else ZHENGCE_EXCHANGE."
    ),
]


def end_with(failure: bool) -> None:
    """Exit code 1 or 0."""
    if failure:
        raise typer.Exit(1)
