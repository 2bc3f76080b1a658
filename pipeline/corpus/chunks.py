"""A document in pieces for a search index, each with the headings that it stands under.

Enters: a document and the most characters of a piece. Leaves: chunks that share the text out: put together they are the
text again, so an offset in a chunk is an offset in the document. A section that fits stays whole, small ones that
follow each other share a chunk, long ones are cut at a paragraph, else behind a sentence.

>>> [chunk.headings for chunk in chunks(document, size=500)]
[(), ('示例市行动方案', '一、总体要求'), ('示例市行动方案', '二、重点任务', '（一）创建绿色工厂')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.corpus.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.corpus.outline import Node
    from pipeline.model import Document

SIZE = 500
"""Characters of a chunk: common embedding models for Chinese read 512 tokens, a character being about one token."""

LEAD = 60
"""Characters before the first subsection that belong to it rather than stand alone: a heading, 主要任务如下：."""

_END = re.compile(r"[。！？；;!?]")

__all__ = ["SIZE", "Chunk", "chunks"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """`text[start:end]` of a document. headings: from the widest to the nearest, as they are printed.

    table_header: the columns of the table whose rows go on in this chunk; empty if its head stands in the chunk itself.
    """

    start: int
    end: int
    headings: tuple[str, ...]
    table_header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """whole: a section that was not cut; only such ones share a chunk with their neighbours."""

    start: int
    end: int
    path: tuple[str, ...]
    whole: bool


def chunks(document: Document, size: int = SIZE) -> list[Chunk]:
    """The chunks of a document in the order of its text; none for an empty text. size: at least 1."""
    if not document.text:
        return []
    pieces = _pieces(outline(document), document.text, size)
    return [Chunk(one.start, one.end, one.path, _table_header(document, one.start)) for one in pieces]


def _pieces(node: Node, text: str, size: int) -> list[_Piece]:
    if node.end - node.start <= size:
        return [_Piece(node.start, node.end, _path_of(node), whole=True)]
    found: list[_Piece] = []
    cursor = node.start
    for child in node.children:
        if child.start - cursor <= LEAD:
            child.start = cursor
        else:
            found += _cut(cursor, child.start, node.path, text, size)
        found += _pieces(child, text, size)
        cursor = child.end
    found += _cut(cursor, node.end, node.path, text, size)
    if node.end - node.start < len(text):  # not the root: a notice and its plan never share a chunk
        found = list(_merged(found, node.path, size))
    return [replace(piece, whole=False) for piece in found]


def _path_of(node: Node) -> tuple[str, ...]:
    """Of a node that fits: an only child, as a plan whose text is one section, tells more than the node."""
    while len(node.children) == 1 and node.children[0].end == node.end and node.children[0].start - node.start <= LEAD:
        node = node.children[0]
    return node.path


def _merged(pieces: list[_Piece], path: tuple[str, ...], size: int) -> Iterator[_Piece]:
    """Small neighbours under one heading share a chunk, which stands under that heading."""
    last: _Piece | None = None
    for piece in pieces:
        if last and last.whole and piece.whole and piece.end - last.start <= size:
            closing = piece.path == path and piece.end - piece.start <= LEAD  # a signature behind the last section
            last = _Piece(last.start, piece.end, last.path if closing else path, whole=True)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _cut(start: int, end: int, path: tuple[str, ...], text: str, size: int) -> Iterator[_Piece]:
    """Text without sections in it, in pieces of at most `size` characters."""
    whole = end - start <= size
    while start < end:
        stop = end if end - start <= size else _break(text, start, start + size)
        yield _Piece(start, stop, path, whole)
        start = stop


def _break(text: str, start: int, limit: int) -> int:
    """Behind the last paragraph, else the last sentence, else at the limit; a heading does not stay behind alone."""
    enough = start + (limit - start) // 4
    if (line := text.rfind("\n", enough, limit)) >= 0:
        return line + 1
    ends = [found.end() for found in _END.finditer(text, enough, limit)]
    return ends[-1] if ends else limit


def _table_header(document: Document, start: int) -> tuple[str, ...]:
    for table in document.tables:
        if table.start < start < table.end:
            return table.header
    return ()
