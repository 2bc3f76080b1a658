"""A paragraph of Word -> its text, and apart from it what was deleted and what is hidden.

Enters: a w:p. Leaves: a `Paragraph` with the text as it reads when all changes are accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.files.docx.names import W, child, is_on, number, value
from pipeline.extract.files.symbols import PRIVATE, symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from pipeline.extract.files.docx.styles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
"""Letters drawn along a path: mastheads of old documents."""
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = ("footnoteReference", "endnoteReference")
_DELETED = ("del", "moveFrom")
_CHANGED = (*_DELETED, "ins", "moveTo")
_SKIPPED = frozenset(
    (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "fldData", "ffData", "rt", "softHyphen"),
        *("commentReference", "annotationRef", "smartTagPr", "customXmlPr", "ruby", "binData"),
    )
)


@dataclass(slots=True)
class Paragraph:
    """boxes: text boxes that stand in it. size: half-points of its first letters. changed: it has tracked changes.
    joins: its mark was deleted, so that the next paragraph goes on in it.
    """

    text: str = ""
    deleted: str = ""
    hidden: str = ""
    boxes: list[_Element] = field(default_factory=list)
    size: int = 0
    changed: bool = False
    joins: bool = False


def read_paragraph(element: _Element, styles: Styles, note: Callable[[str, str], str]) -> Paragraph:
    """The paragraph. note: the mark for a footnote or endnote, by kind and id."""
    properties = child(element, "pPr")
    style = styles.of_paragraph(value(properties, "pStyle"))
    mark = child(properties, "rPr")
    deleted = child(mark, "del") is not None or child(mark, "moveFrom") is not None
    changed = deleted or child(mark, "ins") is not None
    found = Paragraph(joins=deleted, changed=changed)
    _Walk(found, styles, note, hidden=style.hidden, size=style.size).enter(element)
    return found


class _Walk:
    """One pass over a paragraph; XML nests at most 256 deep, so it may recurse."""

    def __init__(
        self, found: Paragraph, styles: Styles, note: Callable[[str, str], str], *, hidden: bool, size: int
    ) -> None:
        self.found, self.styles, self.note = found, styles, note
        self.hidden, self.size = hidden, size
        self.deleted = 0

    def enter(self, element: _Element) -> None:
        for one in element:
            tag = one.tag
            if not isinstance(tag, str):
                continue
            if tag.startswith(W):
                self._word(one, tag[len(W) :])
            elif tag == f"{_M}t":
                self._say(one.text or "", hidden=False)
            elif tag == _WORD_ART:
                self._say(one.get("string", ""), hidden=False)
            elif tag == f"{_MC}AlternateContent":
                choice = one.find(f"{_MC}Choice")
                self.enter(one if choice is None else choice)
            else:
                self.enter(one)

    def _word(self, element: _Element, name: str) -> None:
        if name == "r":
            self._run(element)
        elif name in _SKIPPED:
            if name == "ruby" and (base := child(element, "rubyBase")) is not None:
                self.enter(base)
        elif name == "txbxContent":
            self.found.boxes.append(element)
        elif name in _CHANGED:
            self.found.changed = True
            self.deleted += name in _DELETED
            self.enter(element)
            self.deleted -= name in _DELETED
        else:
            self.enter(element)

    def _run(self, run: _Element) -> None:
        properties = child(run, "rPr")
        own = is_on(properties, "vanish")
        character = self.styles.get(value(properties, "rStyle")) if child(properties, "rStyle") is not None else None
        hidden = own if own is not None else self.hidden or (character is not None and character.hidden)
        before = len(self.found.text)
        for one in run:
            tag = one.tag
            if not isinstance(tag, str) or not tag.startswith(W):
                self.enter_one(one)
                continue
            name = tag[len(W) :]
            if name in ("t", "delText"):
                self._say(_lettered(one.text or "", properties), hidden=hidden, deleted=name == "delText")
            elif name in _CHARACTERS:
                self._say(_CHARACTERS[name], hidden=hidden)
            elif name == "sym":
                self._say(_sign(one), hidden=hidden)
            elif name in _NOTES:
                self._say(self.note(name.removesuffix("Reference"), one.get(f"{W}id", "")), hidden=hidden)
            else:
                self._word(one, name)
        if not self.found.size and len(self.found.text) > before and self.found.text[before:].strip():
            self.found.size = number(properties, "sz") or self.size

    def enter_one(self, element: _Element) -> None:
        """An element of another namespace inside a run: drawings, alternatives, mathematics."""
        if not isinstance(element.tag, str):
            return
        if element.tag == f"{_MC}AlternateContent":
            choice = element.find(f"{_MC}Choice")
            self.enter(element if choice is None else choice)
        else:
            self.enter(element)

    def _say(self, text: str, *, hidden: bool, deleted: bool = False) -> None:
        if self.deleted or deleted:
            self.found.deleted += text
        elif hidden:
            self.found.hidden += text
        else:
            self.found.text += text


def _sign(element: _Element) -> str:
    """A w:sym as a character."""
    try:
        return symbol(element.get(f"{W}font", ""), int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""


def _lettered(text: str, properties: _Element | None) -> str:
    """Text with the signs of the run's font; those of a font that the run does not name stay as they are."""
    if not PRIVATE.search(text):
        return text
    fonts = child(properties, "rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    return PRIVATE.sub(lambda match: symbol(font, ord(match[0])), text) if font else text
