"""Word documents -> blocks.

Enters: the bytes of a docx (docm, dotx; also what WPS writes) or of Word 2003's XML. Leaves: a `FileRead` with the text
as it reads when all changes are accepted; headers and footers, comments and pictures are no part of it.

The package is read with zipfile and lxml alone: python-docx knows neither automatic numbers nor notes nor changes, and
mammoth loses the numbers and takes ten times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.files.docx.body import Body
from pipeline.extract.files.docx.names import W, canonical
from pipeline.extract.files.docx.numbering import Numbering
from pipeline.extract.files.docx.styles import Styles
from pipeline.extract.files.errors import DAMAGED, FileRefused
from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.heading import leading_title
from pipeline.extract.files.kinds import kind_of
from pipeline.extract.files.package import Package
from pipeline.extract.files.webpage import read as read_page
from pipeline.extract.files.xmltree import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pipeline.draft import Block
    from pipeline.extract.files.fileread import Limits

_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_MAIN = "word/document.xml"
_MACROS = "word/vbaproject.bin"
_PICTURES = "word/media/"
_APART = ("separator", "continuationSeparator", "continuationNotice")


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a document. Raises FileRefused if its main part is missing or damaged."""
    if not body.startswith(b"PK"):
        return _read_flat(body)
    with Package(body, limits) as package:
        main = package.get(_MAIN) or package.get(_other_main(package))
        if main is None:
            raise FileRefused(DAMAGED, "the package has no main document")
        parts = {name: package.get(f"word/{name}.xml") for name in ("styles", "numbering", *_NOTES.values())}
        trees = {name: parse_xml(canonical(part)) for name, part in parts.items() if part}
        flags = frozenset({"macros"} if _MACROS in package.entries else ())
        pictured = any(name.startswith(_PICTURES) for name in package.entries)
        chunks = _chunks(package, limits) if b"altChunk" in main else {}
    notes = _notes(*(trees[name] for name in _NOTES.values() if name in trees))
    taken = Body(Styles(trees.get("styles")), Numbering(trees.get("numbering")), notes, chunks)
    return _read(parse_xml(canonical(main)), taken, flags, pictured=pictured)


def _read_flat(body: bytes) -> FileRead:
    """All parts in one XML file: Word 2003, or the flat form of a package."""
    root = parse_xml(canonical(body))
    notes = _notes(*(part for name in _NOTES.values() for part in root.iter(W + name)))
    taken = Body(Styles(root.find(f".//{W}styles")), Numbering(root.find(f".//{W}numbering")), notes)
    return _read(root, taken, frozenset(), pictured=next(root.iter(f"{W}binData"), None) is not None)


def _read(root: _Element, body: Body, flags: frozenset[str], *, pictured: bool) -> FileRead:
    main = next(root.iter(f"{W}body"), None)
    if main is None:
        raise FileRefused(DAMAGED, "the document has no body")
    body.read(main)
    usual = max(body.sizes, key=lambda size: body.sizes[size], default=0)
    rules = {removal.rule for removal in body.removals}
    found = {
        *(("tracked_changes",) if body.changed else ()),
        *(("hidden_text",) if "files.hidden_text" in rules else ()),
    }
    return FileRead(
        kind="docx",
        blocks=tuple(body.paper.blocks),
        title=leading_title(body.head, usual),
        flags=flags | found | body.paper.flags(pictured=pictured),
        removals=tuple(body.removals),
    )


def _notes(*parts: _Element) -> dict[tuple[str, str], _Element]:
    """The notes in footnotes.xml and endnotes.xml, by kind and id."""
    return {
        (kind, one.get(f"{W}id", "")): one
        for part in parts
        for kind in _NOTES
        for one in part.iterfind(W + kind)
        if one.get(f"{W}type") not in _APART
    }


def _chunks(package: Package, limits: Limits) -> dict[str, tuple[Block, ...]]:
    """What programs that only write HTML leave in a package for Word to convert, by the id of its relation."""
    links = package.get("word/_rels/document.xml.rels")
    found: dict[str, tuple[Block, ...]] = {}
    for link in parse_xml(links) if links else ():
        if link.get("Type", "").endswith("/aFChunk"):
            target = link.get("Target", "")
            part = package.get(target if target.startswith("/") else f"word/{target}")
            if part and kind_of(part) in ("html", "mhtml"):
                found[link.get("Id", "")] = read_page(part, limits).blocks
    return found


def _other_main(package: Package) -> str:
    """The main part under another name, as some generators write it."""
    return next((name for name in package.entries if name.startswith("word/document") and name.endswith(".xml")), "")
