"""Text files in any Chinese encoding -> blocks; one in which commas part the columns is a table.

Enters: bytes. Leaves: a `FileRead`. Columns held apart by tabs or bars are left as they are: `extract.tables.marked`
makes tables of them.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from pipeline.extract.encoding.decode import decode
from pipeline.extract.files.cell import Cell
from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.paper import Paper
from pipeline.extract.lines import blocks_of

if TYPE_CHECKING:
    from pipeline.extract.encoding.decode import Decoded
    from pipeline.extract.files.fileread import Limits

_PLAIN = ("utf-8", "utf-8-sig", "ascii")
_FEWEST = 2  # rows and columns of a table
_SENTENCE = re.compile(r"^\s|[。！？；：!?;:]$")
"""What no heading of a column begins or ends with: a text whose lines have a comma each is no table."""


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a text. Never fails: `decode` does not."""
    del limits  # what is read is as long as the file
    decoded = decode(body)
    rows = _rows(decoded.text)
    blocks = blocks_of(decoded.text)
    if rows:
        paper = Paper()
        paper.table([[Cell(cell) for cell in row] for row in rows])
        blocks = tuple(paper.blocks)
    told = "" if decoded.encoding in _PLAIN else f"{decoded.encoding}: {decoded.reason}"
    return FileRead(kind="text", blocks=blocks, flags=doubts(decoded), encoding=told)


def doubts(decoded: Decoded) -> frozenset[str]:
    """The flags of a text about whose encoding there are doubts; as `steps.read` gives them."""
    told = (
        ("undecodable_bytes", decoded.lost),
        ("mixed_encoding", decoded.mended),
        ("encoding_uncertain", decoded.doubt),
    )
    return frozenset(flag for flag, holds in told if holds)


def _rows(text: str) -> list[list[str]]:
    """The rows of a CSV; none unless every line has as many cells as the first, two at the least, which is no prose."""
    if "," not in text.partition("\n")[0]:
        return []
    try:
        rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True) if any(row)]
    except csv.Error:
        return []
    if not rows or any(map(_SENTENCE.search, rows[0])):
        return []
    width = len(rows[0])
    return rows if len(rows) >= _FEWEST <= width and all(len(row) == width for row in rows) else []
