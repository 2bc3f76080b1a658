"""JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst) -> one page a line: `url`, and `text` or `html`; other keys become hints.

Enters: a file with one JSON object a line, UTF-8. Leaves: pages; lines that are none are counted, named and skipped.
"""

from __future__ import annotations

import json
from io import BufferedReader
from typing import TYPE_CHECKING, Literal, cast

import pyarrow as pa

from crawler.loaders.localfile import MAX_LINE, Unreadable
from crawler.loaders.rows import BODIES, roles, row_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import RawIOBase

    from crawler.loaders.localfile import LocalFile
    from crawler.page import Page

COMPRESSION: dict[str, Literal["gzip", "zstd"]] = {".gz": "gzip", ".zst": "zstd"}


def pages(file: LocalFile) -> Iterator[Page]:
    """The lines of a file. Raises Unreadable at the end if some lines were skipped, or where the file breaks."""
    bad: list[str] = []
    good = number = 0
    with file.path.open("rb") as raw:
        lines = _unpacked(raw, file.path.suffix)
        try:
            while line := lines.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise Unreadable(f"line {number} is longer than {MAX_LINE >> 20} MiB, {good} before it were loaded")
                if not line.strip():
                    continue
                try:
                    page = _page(file, number, line)
                except (ValueError, RecursionError) as error:
                    bad.append(f"line {number} is not usable ({str(error)[:80]})")
                else:
                    good += 1
                    yield page
        except OSError as error:
            raise Unreadable(
                f"damaged after line {number} ({error}), {good} lines were loaded; fetch it again"
            ) from error
    if bad:
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        raise Unreadable(f"{bad[0]}{more}; the other {good} lines were loaded; mend it and load it again")
    if not good:
        raise Unreadable("has no line; fill it or leave it out")


def _unpacked(raw: BufferedReader, suffix: str) -> BufferedReader:
    """Arrow's decompressor, because it says so when a stream is cut; python-zstandard ends it without a word."""
    compression = COMPRESSION.get(suffix.lower())
    if compression is None:
        return raw
    return BufferedReader(cast("RawIOBase", pa.CompressedInputStream(raw, compression)))


def _page(file: LocalFile, number: int, line: bytes) -> Page:
    fields = json.loads(line.decode("utf-8-sig"))
    if not isinstance(fields, dict):
        raise ValueError("no JSON object")
    columns = roles(list(fields))
    if not set(BODIES) & set(columns):
        raise ValueError("neither text nor html")
    cells = ((role, _string(value)) for role, value in zip(columns, fields.values(), strict=True))
    return row_page(file, number, cells)


def _string(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
