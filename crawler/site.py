"""What a survey of a site is told, and what it finds.

Enters: an `Answer` for each page that was asked for. Leaves: a `Site` with its `FoundColumn`s.

>>> Site(url="https://www.example.gov.cn/").columns
()
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from crawler.part import Part

if TYPE_CHECKING:
    from crawler.platforms.protocol import Pairs

__all__ = ["Answer", "FoundColumn", "Kind", "Site"]

Kind = Literal["policy", "interpretation", "notice", "news"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for a page. url: where it led in the end. trouble: a failure class; None if the page came."""

    asked: str
    url: str
    body: bytes = b""
    headers: Pairs = ()
    trouble: str | None = None


class FoundColumn(Part):
    """A list of policy. told: by what it was known. rows: on its first page; 0 where a script loads them."""

    url: str
    name: str
    told: str
    kind: Kind
    platform: str
    rows: int
    total: int | None = None
    weight: int = 0
    options: dict[str, str | int] = Field(default={})
    hosts: tuple[str, ...] = ()
    """Of its rows, where they are not its own."""


class Site(Part):
    """What a survey found. trouble: address -> failure class of pages that did not come."""

    url: str
    pages: int = 0
    name: str | None = None
    code: str | None = None
    """网站标识码: the first six digits are the place's."""
    publisher: str | None = None
    columns: tuple[FoundColumn, ...] = ()
    trouble: dict[str, str] = Field(default={})
