"""Automatic numbers of paragraphs: Word keeps them out of the text and counts them when it prints.

Enters: numbering.xml, then the list and level of each paragraph in the order of the document. Leaves: what Word prints
before the paragraph ("第一条 ", "（二）"). Rules: ISO/IEC 29500-1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.files.docx.names import VAL, W, child, is_on, number, value
from pipeline.extract.files.docx.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """text: "第%1条", %1 being the number of the first level. restart: the level that sets this one back; None: any
    above it. style: of the paragraphs that stand on this level by their style.
    """

    style: str | None
    form: str
    text: str
    start: int
    restart: int | None
    gap: str
    digits: bool


@dataclass(frozen=True, slots=True)
class _List:
    """What a w:num refers to. starts: levels that begin anew with this list, and at what."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document and how far each has counted. None: a document without numbering.xml."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        abstracts = {one.get(f"{W}abstractNumId", ""): one for one in root.iterfind(f"{W}abstractNum")}
        named = {name: one for one in abstracts.values() if (name := value(one, "styleLink"))}
        for one in root.iterfind(f"{W}num"):
            key = value(one, "abstractNumId") or ""
            abstract = abstracts.get(key)
            if (link := value(abstract, "numStyleLink")) in named:
                abstract = named[link]
            levels = _levels(abstract)
            starts: dict[int, int] = {}
            for override in one.iterfind(f"{W}lvlOverride"):
                at = _whole(override.get(f"{W}ilvl"))
                if (level := child(override, "lvl")) is not None:
                    levels[at] = _level(level)
                if (start := number(override, "startOverride")) is not None:
                    starts[at] = start
            self._lists[one.get(f"{W}numId", "")] = _List(key, levels, starts)

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level on which a list puts the paragraphs of a style."""
        known = self._lists.get(list_id)
        return next((at for at, level in known.levels.items() if level.style == style), 0) if known else 0

    def count(self, list_id: str, at: int) -> str:
        """Count a paragraph; what is printed before it, nothing for bullets and unknown lists."""
        known = self._lists.get(list_id)
        if known is None or at not in known.levels:
            return ""
        counts = self._counts.setdefault(known.abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted in known.starts:
                counts.pop(restarted, None)
        for above in range(at):
            counts.setdefault(above, self._start(known, above))
        counts[at] = counts[at] + 1 if at in counts else self._start(known, at)
        for below in range(at + 1, _LEVELS):
            restart = known.levels[below].restart if below in known.levels else None
            if restart is None or 0 < restart <= at + 1:
                counts.pop(below, None)
        level = known.levels[at]
        text = _PLACE.sub(lambda match: self._printed(known, counts, int(match[1]) - 1, level), level.text)
        if not text or level.form == "bullet":
            return ""
        return text + (level.gap if text[-1].isalnum() or text[-1] in ".．" else "")

    def _start(self, known: _List, at: int) -> int:
        return known.starts.get(at, known.levels[at].start if at in known.levels else 1)

    def _printed(self, known: _List, counts: dict[int, int], at: int, shown: Level) -> str:
        if at not in known.levels:
            return ""
        form = "decimal" if shown.digits else known.levels[at].form
        return numeral(form, counts.get(at, self._start(known, at)))


def _levels(abstract: _Element | None) -> dict[int, Level]:
    if abstract is None:
        return {}
    return {_whole(level.get(f"{W}ilvl")): _level(level) for level in abstract.iterfind(f"{W}lvl")}


def _level(level: _Element) -> Level:
    start, form = number(level, "start"), child(level, "numFmt")
    return Level(
        style=value(level, "pStyle"),
        form="decimal" if form is None else form.get(VAL, "decimal"),
        text=value(level, "lvlText") or "",
        start=1 if start is None else start,
        restart=number(level, "lvlRestart"),
        gap="" if value(level, "suff") == "nothing" else " ",
        digits=bool(is_on(level, "isLgl")),
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
