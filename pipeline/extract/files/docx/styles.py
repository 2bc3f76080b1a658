"""The styles of a document: what a paragraph or a run inherits from them.

Enters: styles.xml. Leaves: for a style, its name, list, size and whether its text is hidden, with what it is based on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.files.docx.names import W, child, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEPTH = 20  # styles based on each other; Word allows 11
_USUAL = 20  # half-points, where a document does not say
_TITLES = ("title", "标题", "heading 1", "标题 1")


@dataclass(frozen=True, slots=True)
class Style:
    """list_id, level: of its automatic number. size: half-points."""

    id: str = ""
    is_title: bool = False
    list_id: str | None = None
    level: int | None = None
    hidden: bool = False
    size: int = _USUAL


class Styles:
    """The styles by their id. None: a document without styles.xml."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._known: dict[str | None, Style] = {}
        self._default: dict[str, str] = {}
        if root is None:
            return
        self._size = number(child(root, "docDefaults", "rPrDefault", "rPr"), "sz") or _USUAL
        for element in root.iterfind(f"{W}style"):
            key = element.get(f"{W}styleId", "")
            self._elements[key] = element
            if element.get(f"{W}default") in ("1", "true", "on") and element.get(f"{W}type") == "paragraph":
                self._default["paragraph"] = key

    def of_paragraph(self, key: str | None) -> Style:
        return self.get(key or self._default.get("paragraph"))

    def get(self, key: str | None) -> Style:
        """A style; one that says nothing if there is none of that id."""
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, key: str | None) -> Style:
        chain: list[_Element] = []
        at = key
        while at in self._elements and len(chain) < _DEPTH:
            chain.append(self._elements[at])
            at = value(chain[-1], "basedOn")
        if not chain:
            return Style(size=self._size if self._elements else _USUAL)
        name = (value(chain[0], "name") or "").lower()
        lists = [list_id for one in chain if (list_id := value(one, "pPr", "numPr", "numId")) is not None]
        levels = [level for one in chain if (level := number(one, "pPr", "numPr", "ilvl")) is not None]
        hides = [hidden for one in chain if (hidden := is_on(one, "rPr", "vanish")) is not None]
        sizes = [size for one in chain if (size := number(one, "rPr", "sz"))]
        return Style(
            id=key or "",
            is_title=name in _TITLES,
            list_id=lists[0] if lists else None,
            level=levels[0] if levels else None,
            hidden=bool(hides and hides[0]),
            size=sizes[0] if sizes else self._size,
        )
