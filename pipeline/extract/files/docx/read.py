"""Word documents -> blocks.

Enters: the bytes of a docx (docm, dotx; also what WPS writes) or of Word 2003's XML. Leaves: a `FileRead` with the text
as it reads when all changes are accepted; headers and footers, comments and pictures are no part of it.

The package is read with zipfile and lxml alone: python-docx knows neither automatic numbers nor notes nor changes, and
mammoth loses the numbers and takes ten times as long.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pipeline.extract.files.docx.body import Body
from pipeline.extract.files.docx.names import W, canonical
from pipeline.extract.files.docx.numbering import Numbering
from pipeline.extract.files.docx.styles import Styles
from pipeline.extract.files.errors import DAMAGED, FileRefused
from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.heading import leading_title
from pipeline.extract.files.package import Package
from pipeline.extract.files.xmltree import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pipeline.extract.files.fileread import Limits

_KINDS = ("footnote", "endnote")
_MAIN = "word/document.xml"
_MACROS = "word/vbaproject.bin"
_APART = ("separator", "continuationSeparator", "continuationNotice")


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a document. Raises FileRefused if its main part is missing or damaged."""
    if not body.startswith(b"PK"):
        return _read_flat(body)
    with Package(body, limits) as package:
        main = package.get(_MAIN) or package.get(_other_main(package))
        if main is None:
            raise FileRefused(DAMAGED, "the package has no main document")
        parts = {name: package.get(f"word/{name}.xml") for name in ("styles", "numbering", "footnotes", "endnotes")}
        trees = {name: parse_xml(canonical(part)) for name, part in parts.items() if part}
        macros = _MACROS in package.entries
    notes = {
        (kind, one.get(f"{W}id", "")): one
        for kind in _KINDS
        if (tree := trees.get(f"{kind}s")) is not None
        for one in tree.iterfind(f"{W}{kind}")
        if one.get(f"{W}type") not in _APART
    }
    flags = frozenset({"macros"} if macros else ())
    return _read(parse_xml(canonical(main)), trees.get("styles"), trees.get("numbering"), notes, flags)


def _read_flat(body: bytes) -> FileRead:
    """All parts in one XML file: Word 2003, or the flat form of a package."""
    root = parse_xml(canonical(body))
    notes: dict[tuple[str, str], _Element] = {}
    return _read(root, root.find(f".//{W}styles"), root.find(f".//{W}numbering"), notes, frozenset())


def _read(
    root: _Element,
    styles: _Element | None,
    numbering: _Element | None,
    notes: dict[tuple[str, str], _Element],
    flags: frozenset[str],
) -> FileRead:
    main = next(chain(root.iter(f"{W}body")), None)
    if main is None:
        raise FileRefused(DAMAGED, "the document has no body")
    taken = Body(Styles(styles), Numbering(numbering), notes)
    taken.read(main)
    usual = max(taken.sizes, key=lambda size: taken.sizes[size], default=0)
    rules = {removal.rule for removal in taken.removals}
    found = {
        *(("tracked_changes",) if taken.changed else ()),
        *(("hidden_text",) if "files.hidden_text" in rules else ()),
    }
    return FileRead(
        kind="docx",
        blocks=tuple(taken.paper.blocks),
        title=leading_title(taken.head, usual),
        flags=flags | found,
        removals=tuple(taken.removals),
    )


def _other_main(package: Package) -> str:
    """The main part under another name, as some generators write it."""
    return next((name for name in package.entries if name.startswith("word/document") and name.endswith(".xml")), "")
