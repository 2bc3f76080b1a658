"""Fact tables whose labels and values stand together without a colon: 索 引 号011323000/2022-31877.

Enters: the lines of a page. Leaves: label and value of each such line. Only several near each other, each with a value
of its label's kind, prove a table: 主题分类 may begin any sentence.

>>> split_label("发布日期2022年08月09日")
('发布日期', '2022年08月09日')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.fields.dates import parse_date
from pipeline.fields.docnumber import normalize
from pipeline.fields.labels import PRINTED
from pipeline.fields.organisation import is_organisation
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pipeline.extract.html.page import Line

_LONGEST = 120  # characters of a label and its value
_PROOF, _NEAR = 3, 4  # lines with a value that proves the label, each so many lines from the next
_NAMES = sorted((label for label in PRINTED if len(label) > 1), key=len, reverse=True)
_LABELS = re.compile("|".join(map(re.escape, _NAMES)))


def split_label(text: str) -> tuple[str, str] | None:
    """Label and value of a line that is nothing else; None if it begins with no label, or has a colon."""
    key = fold(text)
    found = _LABELS.match(key)
    if found is None:
        return None
    label = found[0]
    if key[len(label) :].startswith((":", "]")) or len(key) == len(label):
        return None
    end = next((at for at in range(len(label), len(text) + 1) if fold(text[:at]) == label), None)
    return (text[:end].strip(), text[end:].strip()) if end else None  # None: one character folds across the border


def fused_facts(lines: Sequence[Line], skip: Container[int]) -> dict[int, tuple[str, str]]:
    """Label and value of the lines of such a table, by index; none if there is no such table. skip: lines of text."""
    found: dict[int, tuple[str, str]] = {}
    for at, line in enumerate(lines):
        is_line = at not in skip and not line.is_table and not line.linked and len(line.text) <= _LONGEST
        if is_line and (pair := split_label(line.text)):
            found[at] = pair
    proven = [at for at, pair in found.items() if _proves(*pair)]
    if len(proven) < _PROOF:
        return {}
    return {at: pair for at, pair in found.items() if any(abs(at - one) <= _NEAR for one in proven)}


def _proves(label: str, value: str) -> bool:
    """True for a value that only this label has."""
    match PRINTED.get(fold(label)):
        case "written" | "published":
            return parse_date(value) is not None
        case "doc_number":
            return normalize(value) is not None
        case "issuer" | "publisher":
            return is_organisation(value)
        case "index_number":
            return any(c.isdigit() for c in value) and not any(c in "。，" for c in value)
        case _:
            return False
