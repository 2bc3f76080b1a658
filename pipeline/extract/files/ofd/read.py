"""OFD -> blocks.

Enters: the bytes of a package. Leaves: a `FileRead`. What the pages say together is found in `files.layout`, as for
PDF. Notes and stamps laid over the pages (annotations, seals) are no part of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, TOO_LARGE, FileRefused
from pipeline.extract.files.layout.document import lay_out
from pipeline.extract.files.layout.upright import Drawing, upright
from pipeline.extract.files.ofd.content import POINTS, Content, box_of
from pipeline.extract.files.ofd.tree import child, children, each
from pipeline.extract.files.package import Package
from pipeline.extract.files.xmltree import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pipeline.extract.files.fileread import FileRead, Limits
    from pipeline.extract.files.layout.sheet import Sheet

_ROOT = "OFD.xml"
_LOCKED = ("encryptions.xml", "decryptseed.dat")
"""Of an encrypted package (GM/T 0099)."""
_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres: x, y, width, height


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a package. Raises FileRefused if it is damaged, locked, too long, or has no text."""
    with Package(body, limits) as package:
        if any(name in package.entries for name in _LOCKED):
            raise FileRefused(ENCRYPTED, "the file can be opened with a password only")
        roots = [_text(one) for one in each(_part(package, _ROOT), "DocRoot")]
        documents = [_Document(package, normpath(root)) for root in roots if root]
        if not documents:
            raise FileRefused(DAMAGED, "the package names no document")
        pages = sum(len(document.pages) for document in documents)
        if pages > limits.pages:
            raise FileRefused(TOO_LARGE, f"{pages} pages, more than {limits.pages}")
        return lay_out("ofd", _sheets(documents))


@dataclass(slots=True)
class _Document:
    """One document of a package. units: pictures and drawings used on several pages, by id."""

    package: Package
    place: str
    pages: list[str] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    units: dict[str, _Element] = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        tree = _part(self.package, self.place)
        self.pages = [self._at(one.get("BaseLoc", "")) for one in each(tree, "Page")]
        self.templates = {one.get("ID", ""): self._at(one.get("BaseLoc", "")) for one in each(tree, "TemplatePage")}
        self.box = box_of(child(child(tree, "CommonData"), "PageArea"))
        for kind in ("PublicRes", "DocumentRes"):
            for one in each(tree, kind):
                resources = _find(self.package, self._at(_text(one)))
                if resources is not None:
                    self.units |= {unit.get("ID", ""): unit for unit in each(resources, "CompositeGraphicUnit")}

    def _at(self, name: str) -> str:
        """A name in the package: from its root, or from the folder of the document."""
        return normpath(name if name.startswith("/") else join(dirname(self.place), name)).lstrip("/")

    def sheet(self, place: str, number: int) -> Sheet | None:
        """A page; None if the package lacks it. A template that it uses is drawn below it."""
        page = _find(self.package, place)
        if page is None:
            return None
        layers: list[_Element] = []
        boxes = [box_of(child(page, "Area"))]
        for used in children(page, "Template"):
            template = _find(self.package, self.templates.get(used.get("TemplateID", ""), ""))
            if template is not None:
                layers += each(template, "Layer")
                boxes.append(box_of(child(template, "Area")))
        x, y, width, height = next(filter(None, (boxes[0], self.box, *boxes[1:])), _A4)
        content = Content(self.units)
        for layer in (*layers, *each(page, "Layer")):
            content.take(layer, (POINTS, 0, 0, POINTS, -x * POINTS, -y * POINTS))
        width, height = width * POINTS, height * POINTS
        pictured = content.pictured / (width * height) if width * height > 0 else 0
        return upright(
            number, width, height, Drawing(content.marks, content.rules, pictured, outlined=content.outlined)
        )


def _sheets(documents: list[_Document]) -> Iterator[Sheet]:
    number = 0
    for document in documents:
        for place in document.pages:
            number += 1
            if (sheet := document.sheet(place, number)) is not None:
                yield sheet


def _part(package: Package, name: str) -> _Element:
    found = _find(package, name)
    if found is None:
        raise FileRefused(DAMAGED, f"the package lacks {name.rpartition('/')[2]}")
    return found


def _find(package: Package, name: str) -> _Element | None:
    body = package.get(name)
    return None if body is None else parse_xml(body)


def _text(element: _Element) -> str:
    return (element.text or "").strip()
