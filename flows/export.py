"""The verb `zhengce export`: a release, or a part of it, for programs that do not read Parquet.

Enters: the latest release or the one of --version. Leaves: one file (jsonl.zst, csv) or a folder of Markdown
files, whole or not at all.

>>> zhengce export --format jsonl.zst --chunks --where "division LIKE '32%'" --to jiangsu.jsonl.zst
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.errors import WrongUse
from flows.exported import export_csv, export_jsonl, export_markdown
from flows.options import Json  # noqa: TC001  # typer reads the annotation at run time
from flows.show import as_json
from flows.terminal import at_work, say
from flows.version import Version, release_of
from pipeline.corpus.chunks import SIZE

if TYPE_CHECKING:
    from flows.root import Root

__all__ = ["export"]


class Format(StrEnum):
    """JSONL_ZST: every column of the record. CSV: the columns that a spreadsheet can show. MARKDOWN: to read."""

    JSONL_ZST = "jsonl.zst"
    CSV = "csv"
    MARKDOWN = "markdown"


def export(
    context: typer.Context,
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.JSONL_ZST,
    to: Annotated[Path | None, typer.Option("--to", metavar="PATH", help="The file or folder to write.")] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="SQL", help="Only documents for which it holds.")
    ] = None,
    chunks: Annotated[bool, typer.Option("--chunks", help="Pieces with their headings, for a search index.")] = False,
    size: Annotated[int, typer.Option("--size", metavar="N", min=50, help="Characters of a piece at most.")] = SIZE,
    version: Version = None,
    json: Json = False,
) -> None:
    """Write documents as compressed JSON lines, as a CSV table or as Markdown files; --chunks cuts them for RAG.

    \b
    Example:
      zhengce export --chunks --where "division LIKE '32%' AND year(published) = 2022"
    """
    root: Root = context.obj
    if chunks and format is Format.MARKDOWN:
        raise WrongUse("--chunks goes with --format jsonl.zst or csv; Markdown files are whole documents")
    release = release_of(root, version)
    ending = "" if format is Format.MARKDOWN else f".{format}"
    target = to or Path(f"zhengce-{release.version}{'-chunks' * chunks}{ending}")
    cut = size if chunks else None
    with at_work() as watch:
        match format:
            case Format.JSONL_ZST:
                exported = export_jsonl(release, target, where, cut, watch)
            case Format.CSV:
                exported = export_csv(release, target, where, cut, watch)
            case Format.MARKDOWN:
                exported = export_markdown(release, target, where, watch)
    if json:
        say(as_json(exported))
    else:
        pieces = f" in {exported.chunks:,} chunks" if exported.chunks is not None else ""
        say(f"{exported.path}: {exported.documents:,} documents{pieces} of {exported.version}")
