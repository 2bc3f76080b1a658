"""The names of WordprocessingML, and how its properties are read.

Strict OOXML (ISO/IEC 29500-1) and Word 2003 have the same elements in other namespaces; `canonical` writes them in the
one that everybody uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_SPACE = W[1:-1].encode()
_OTHERS = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.microsoft.com/office/word/2003/wordml",
)


def canonical(body: bytes) -> bytes:
    """XML with its elements in the namespace W."""
    for other in _OTHERS:
        if other in body:
            body = body.replace(other, _SPACE)
    return body


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child of that name, and its child, and so on."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: _Element | None, *path: str) -> str | None:
    """The w:val of a child."""
    found = child(element, *path)
    return None if found is None else found.get(VAL)


def number(element: _Element | None, *path: str) -> int | None:
    """The w:val of a child, if it is a whole number."""
    try:
        return int(value(element, *path) or "")
    except ValueError:
        return None


def is_on(element: _Element | None, *path: str) -> bool | None:
    """A property that is on or off (ISO/IEC 29500-1, 17.17.4); None if it is not there."""
    found = child(element, *path)
    return None if found is None else found.get(VAL, "1").lower() not in ("0", "false", "off")
