"""What a platform is: a family of content management systems whose lists all speak one protocol.

A platform is pure. `first` says which list page to ask for, `read` turns one answer into rows and into the list pages
that follow from it; the spider does the asking. What one answer has to tell the next travels in `ListRequest.state`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.card import Column

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """One list page to fetch.

    number: of the list page, from 1. state: what the family needs to read the answer. branch: `list_id` of the list
    that it continues; "" begins a list of its own, of which a column may have several.
    """

    url: str
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
    headers: Pairs = ()
    number: int = 1
    state: Pairs = ()
    branch: str = ""

    @property
    def list_id(self) -> str:
        """Which list this is a page of: the same in every run, since it is the request for its first page."""
        return self.branch or f"{self.url} {self.body.decode(errors='replace')}".strip()


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list.

    url: absolute, canonical. published: as printed in the row; a number of seconds is written as a date of China.
    hints: further facts of the row under the record's field names. attachments: name and url.
    """

    url: str
    title: str | None = None
    published: str | None = None
    hints: Pairs = ()
    attachments: Pairs = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What one list page says.

    following: further list pages that this one tells of, usually the next one only. total: items that the site says the
    column has. ended: why there is no next page. left_out: rows that the card does not want (`options: {match: …}`).
    broken: why the list cannot be gone on with although there is more of it; None if nothing is wrong.
    """

    items: tuple[Item, ...]
    following: tuple[ListRequest, ...] = ()
    total: int | None = None
    pages: int | None = None
    ended: str | None = None
    left_out: int = 0
    broken: str | None = None


class Platform(Protocol):
    """A family. Its module's docstring teaches what its pages look like, how lists are paged and where they trap."""

    @property
    def name(self) -> str: ...

    @property
    def options(self) -> Mapping[str, str]:
        """Keys that a column's options may have, and what each means."""
        ...

    def matches(self, page: str, url: str) -> bool:
        """True if this list or front page bears the family's fingerprint. Never the name of a city."""
        ...

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        """Where the column's list begins."""
        ...

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        """Reads an answer with status 200. Raises ListError if it is not one of this family."""
        ...
