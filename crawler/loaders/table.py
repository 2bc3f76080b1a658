"""CSV with named columns -> one page a row, rows without text included: an empty body is a fact too.

Enters: a file in UTF-8, UTF-16 with a mark, or GB18030 (what Excel saves in China); commas, tabs or semicolons.
Leaves: pages, each with the address of its url column or `<file urn>#row-N`, N counted from 1 below the header.
"""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING

from crawler.loaders.localfile import MAX_LINE, Unreadable
from crawler.loaders.rows import BODIES, roles, row_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.loaders.localfile import LocalFile
    from crawler.page import Page

csv.field_size_limit(MAX_LINE)

BODY_NAMES = "text, html, 正文, 内容"


def pages(file: LocalFile) -> Iterator[Page]:
    """The rows of a CSV file. Raises Unreadable where the file stops making sense, after the rows before."""
    with file.path.open(encoding=_encoding(file.path), newline="") as lines:
        header = lines.readline(MAX_LINE)
        lines.seek(0)
        reader = csv.reader(lines, delimiter=max(",\t;", key=header.count), strict=True)
        number = 0
        try:
            names = next(reader, [])
            columns = roles(names)
            if not set(BODIES) & set(columns):
                raise Unreadable(f"no column with the text ({', '.join(names)[:80]}); name one of them {BODY_NAMES}")
            for row in reader:
                if not any(cell.strip() for cell in row):
                    continue
                number += 1
                surplus = (f"column {n}" for n in range(len(columns) + 1, len(row) + 1))
                yield row_page(file, number, zip([*columns, *surplus], row, strict=False))
        except csv.Error as error:
            raise Unreadable(
                f"not CSV from line {reader.line_num} on ({error}), {number} rows before it were loaded; save it again"
            ) from error
        if not number:
            raise Unreadable("has a header and no rows; fill it or leave it out")


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        beginning = stream.read(4)
    marked = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise Unreadable("neither UTF-8 nor GB18030; save it again as CSV UTF-8")


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True
