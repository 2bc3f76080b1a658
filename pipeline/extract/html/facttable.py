"""信息公开 fact tables -> facts: a label in one cell, its value in the next.

Enters: the lines of a page. Leaves: for each line of a fact table what it is, and its fact. A table is known by its
labels (`fields.labels`), whatever markup it has: table rows, definition lists, boxes in boxes. One label alone proves
nothing (名称 and 分类 are words of texts); two strong ones near each other do. Three things are none of the page's
facts: a table that is all the text there is (双公示, a licence), a table below the text without an 索引号 (the form
of an annex), and a table of another document (under 相关文件, or with another title than the page).
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pipeline.extract.html.fused import fused_facts
from pipeline.fields.dates import parse_date
from pipeline.fields.factlines import WEAK, Explained, facts_of
from pipeline.fields.labels import label_of, labelled
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.page import Line

_NEAR = 8  # lines from one label to the next of the same table
_VALUE = 200  # characters; what is longer is text
_DATES = ("written", "published", "effective", "expires")
_CODE = re.compile(r"[\w\-/().〔〕\[\]【】·]{3,80}$")
_OTHERS = re.compile(r"^(?:相关|最新|热门|推荐|更多|其他)[^。;:]{2,6}[:]?$")
_TITLE, _SHARED = 6, 0.5  # letters of a title; share of its pairs of letters
_LEAVES_EMPTY = frozenset(("无", "-", "--", "/", "暂无"))


def read_fact_tables(
    lines: Sequence[Line], inside: Collection[int], text: Sequence[int], title: Sequence[int] = ()
) -> dict[int, Explained]:
    """Rule, reason and facts of each line that belongs to a fact table, by index.

    inside: lines of the body. text: those that are running text, in order; what holds the first is no row of a table.
    title: lines of the title as the page shows it.
    """
    skip = {at for at in inside if text and text[0] <= at <= text[-1]} | set(title)
    around = {lines[text[0]].owner, *lines[text[0]].owner.iterancestors()} if text else set()
    labels = [at for at, line in enumerate(lines) if at not in skip and not line.is_table and _is_label(line)]
    called = letters("".join(lines[at].text for at in title))
    found: dict[int, Explained] = {}
    for at, (label, value) in fused_facts(lines, skip).items():
        facts = facts_of(label, value, at + 1) if _fits(label_of(label) or "", value) else ()
        found[at] = ("lift.labels", f"fact table: {label_of(label) or 'no fact of the record'}", facts)
    for group in _groups(labels):
        strong = [at for at in group if fold(lines[at].text).strip(":[]【】()") not in WEAK]
        if len(strong) < 2 or _is_of_another(lines, group, called):
            continue
        if group[0] in inside and (_is_all(lines, group, inside) if not text else _is_annex(lines, group, text[-1])):
            continue
        for at in group:
            name = label_of(lines[at].text) or ""
            reason = f"fact table: {name or 'no fact of the record'}"
            found[at] = ("lift.labels", reason, ())
            for below in _values(lines, at, skip, around):
                value = lines[below].text
                first = below == at + 1 and _fits(name, value)
                found[below] = ("lift.labels", reason, facts_of(lines[at].text, value, below + 1) if first else ())
    return found


def _is_of_another(lines: Sequence[Line], group: Sequence[int], title: str) -> bool:
    """True for the facts of another document: a heading of other pages stands above them, or another title in them."""
    if group[0] and _OTHERS.match(fold(lines[group[0] - 1].text)):
        return True
    values = (lines[at + 1].text for at in group if at + 1 < len(lines) and label_of(lines[at].text) == "title")
    return bool(title) and any(_is_another(letters(value), title) for value in values)


def _is_another(one: str, title: str) -> bool:
    """True for a title that shares less than half of its pairs of letters with the page's own."""
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}
    return len(one) >= _TITLE and sum(pair in title for pair in pairs) < _SHARED * len(pairs)


def _is_all(lines: Sequence[Line], group: Sequence[int], inside: Collection[int]) -> bool:
    """True if the body has no line outside the element that holds the labels."""
    chains = [set(lines[at].owner.iterancestors()) | {lines[at].owner} for at in group]
    held = next(
        (e for e in (lines[group[0]].owner, *lines[group[0]].owner.iterancestors()) if all(e in c for c in chains)),
        None,
    )
    others = (lines[at] for at in inside if not lines[at].hidden)
    return all(line.owner is held or held in set(line.owner.iterancestors()) for line in others)


def _is_annex(lines: Sequence[Line], group: Sequence[int], last: int) -> bool:
    """True for labels below the text that no site prints there."""
    return group[0] > last and all(label_of(lines[at].text) != "index_number" for at in group)


def _is_label(line: Line) -> bool:
    return len(line.text) <= 24 and label_of(line.text) is not None


def _groups(labels: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for at in labels:
        if groups and at - groups[-1][-1] <= _NEAR:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _values(lines: Sequence[Line], label: int, skip: Container[int], around: Container[_Element]) -> list[int]:
    """The lines of the cell after a label's; none if the next cell is a label too."""
    first = label + 1
    if first >= len(lines) or first in skip or _is_label(lines[first]) or labelled(lines[first].text):
        return []
    if lines[first].is_table or len(lines[first].text) > _VALUE or not _is_beside(lines[label], lines[first], around):
        return []
    cell = takewhile(
        lambda at: at not in skip and lines[at].owner is lines[first].owner and not _is_label(lines[at]),
        range(first, min(first + _NEAR, len(lines))),
    )
    return list(cell)


def _is_beside(label: Line, value: Line, around: Container[_Element]) -> bool:
    """True if two lines stand in one row: an element a few steps up holds both, and no running text."""
    near = {label.owner, *islice(label.owner.iterancestors(), 3)}
    row = next((e for e in (value.owner, *islice(value.owner.iterancestors(), 3)) if e in near), None)
    return row is not None and row not in around


def _fits(name: str, value: str) -> bool:
    key = fold(value)
    if key in _LEAVES_EMPTY:
        return False
    if name in _DATES:
        return parse_date(value) is not None
    return _CODE.match(key) is not None if name == "index_number" else True
