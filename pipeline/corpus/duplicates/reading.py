"""A text as the comparison of two texts reads it: its letters with numbers and places taken out, and what stood there.

Enters: a title and a text. Leaves: a Reading. In its template NUMBER and PLACE stand for every number and place name,
so that this year's notice and last year's have equal templates and what differs between them can be named.

>>> reading = read(["关于防汛的通知"], ["苏州市投资12亿元。"])[0]
>>> reading.masked.template, reading.masked.values
('\\ue001投资\\ue000元', ('苏州市', '12亿'))
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline.corpus.duplicates.hashing import letter_values, mixed
from pipeline.corpus.duplicates.letters import letters_of
from pipeline.corpus.duplicates.places import place_finder
from pipeline.corpus.duplicates.revisions import revision_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

NUMBER, PLACE = "\ue000", "\ue001"
"""Characters of Unicode's private use, which no folded text holds."""

PIECE_LETTERS = 5

_NUMERAL = re.compile(r"[0-9][0-9.]*[十百千万亿]*|[〇零○一二三四五六七八九十百千万亿两]+")
_ORDINAL_POINT = re.compile(r"^\s*(\d{1,2})[.．](?=\d)", re.MULTILINE)
"""1.2022年… is point 1 of a list, not a decimal number."""
_ARTICLE = re.compile(f"第{NUMBER}条")

__all__ = ["NUMBER", "PIECE_LETTERS", "PLACE", "Masked", "Reading", "mask", "read"]


@dataclass(frozen=True, slots=True)
class Masked:
    """template: letters with a mark for each number and place. values: what the marks stand for. marks: where they
    stand. tables: ranges of the template that are rows of a table."""

    template: str
    values: tuple[str, ...]
    marks: tuple[int, ...]
    tables: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Reading:
    """title, letters: of title and text. lines: where its lines begin in the letters. rows: ranges of the letters that
    are rows of a table. revised: the last day that the head of a regulation names. pieces: hashes of the runs of five
    letters, sorted, each once."""

    title: str
    letters: str
    lines: tuple[int, ...]
    rows: tuple[tuple[int, int], ...]
    revised: date | None
    pieces: NDArray[np.uint64]

    @cached_property
    def masked(self) -> Masked:
        """The text with its numbers and places taken out."""
        return mask(self.letters, self.rows, self.lines)

    @cached_property
    def articles(self) -> tuple[int, int] | None:
        """Range of the template from 第一条 on, if the text is made of articles (three at least)."""
        found = list(_ARTICLE.finditer(self.masked.template))
        return (found[0].start(), len(self.masked.template)) if len(found) >= 3 else None


def read(titles: Sequence[str | None], texts: Sequence[str]) -> list[Reading]:
    """One Reading for each text."""
    lines = [_ORDINAL_POINT.sub(r"\1、", text).splitlines() for text in texts]
    flat = letters_of(pa.array([line for text in lines for line in text], pa.string()))
    values = letter_values(flat.codes)
    hashes = mixed(values, PIECE_LETTERS) if len(values) >= PIECE_LETTERS else values[:0]
    whole = flat.codes.tobytes().decode("utf-32-le")
    starts = flat.starts.tolist()
    revised = revision_days(pa.array(texts, pa.string())).to_pylist()
    headings = letters_of(pa.array(titles, pa.string()))
    readings = []
    first = 0
    for place, text in enumerate(lines):
        bounds = starts[first : first + len(text) + 1]
        first += len(text)
        start, end = bounds[0], bounds[-1]
        rows = [
            (bounds[at] - start, bounds[at + 1] - start)
            for at, line in enumerate(text)
            if "|" in line and line.lstrip().startswith("|")
        ]
        pieces = np.sort(hashes[start : max(start, end - PIECE_LETTERS + 1)])
        if len(pieces):
            pieces = pieces[np.concatenate([[True], pieces[1:] != pieces[:-1]])]
        breaks = tuple(bound - start for bound in bounds)
        readings.append(Reading(headings.text(place), whole[start:end], breaks, _joined(rows), revised[place], pieces))
    return readings


def mask(letters: str, rows: Sequence[tuple[int, int]] = (), lines: Sequence[int] = ()) -> Masked:
    """Letters with a mark for each number and place; a numeral inside a place's name (五华县) belongs to it, and no
    number runs from one line into the next."""
    spans = [(start, end, PLACE) for _, start, end in place_finder().find_matches_as_indexes(letters)]
    named, until = [start for start, _, _ in spans], [end for _, end, _ in spans]
    for match in _NUMERAL.finditer(letters):
        start, end = match.span()
        before = bisect_left(named, end) - 1
        if before >= 0 and until[before] > start:
            continue
        line = bisect_right(lines, start)
        while line < len(lines) and lines[line] < end:
            if lines[line] > start:
                spans.append((start, lines[line], NUMBER))
            start = lines[line]
            line += 1
        spans.append((start, end, NUMBER))
    spans.sort()
    parts: list[str] = []
    marks = []
    size = done = 0
    for start, end, mark in spans:
        parts += letters[done:start], mark
        size += start - done
        marks.append(size)
        size += 1
        done = end
    parts.append(letters[done:])
    tables: tuple[tuple[int, int], ...] = ()
    if rows:
        starts = [start for start, _, _ in spans]
        saved = list(accumulate((end - start - 1 for start, end, _ in spans), initial=0))
        places = [[place - saved[bisect_left(starts, place)] for place in row] for row in rows]
        tables = tuple((start, end) for start, end in places)
    return Masked("".join(parts), tuple(letters[start:end] for start, end, _ in spans), tuple(marks), tables)


def _joined(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
