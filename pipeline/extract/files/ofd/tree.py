"""Elements of OFD by their local names: programs write three different namespaces, or none.

Enters and leaves: elements of lxml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


def name_of(element: _Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """The children of a name."""
    return iter(()) if element is None else element.iterfind(f"{{*}}{name}")


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of a name."""
    return next(children(element, name), None)


def each(element: _Element, name: str) -> Iterator[_Element]:
    """All elements of a name below one."""
    return element.iter(f"{{*}}{name}")


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute, apart by blanks. ValueError for what is none.

    >>> numbers("0 0 210 297")
    [0.0, 0.0, 210.0, 297.0]
    """
    return [float(number) for number in (text or "").split()]
