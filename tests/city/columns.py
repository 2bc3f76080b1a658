"""A column is one list of a site: what stands in it, and how many rows of it a page has.

Enters: a place and a number of documents. Leaves: the documents of each page, newest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.city.documents import Document, Place
    from tests.city.families import Site

__all__ = ["Column"]


@dataclass
class Column:
    """One list.

    key: its name in City.sites; path: of its first list page; per_page: rows on one page; id: how the system calls it.
    interface: path of what its script asks, where the page itself has no row; facts: what has to be known to ask it.
    """

    key: str
    path: str
    place: Place
    count: int
    per_page: int
    title: str = "政府文件"
    kind: str = "政策文件"
    id: str = ""
    interface: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    site: Site = field(init=False, repr=False)

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.documents) // self.per_page))

    def page(self, number: int) -> list[Document]:
        """The rows of a page, counted from 1; none beyond the end."""
        return self.rows((number - 1) * self.per_page, number * self.per_page)

    def rows(self, start: int, end: int) -> list[Document]:
        return self.documents[max(0, start) : max(0, end)]
