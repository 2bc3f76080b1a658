"""Lists for the tests of platforms: rows of our own, and a walk through a list as the spider walks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.card import Column
from crawler.platforms import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.platforms import Item, ListRequest

HEX = "0123456789abcdef0123456789abcdef"


def column(url: str, /, **options: str | int) -> Column:
    return Column(id="c", url=url, options=options)


def title(number: int) -> str:
    return f"关于印发第{number}号行动方案的通知"


def day(number: int) -> str:
    return f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"


def row(number: int, address: str) -> str:
    return f'<li><a href="{address}" title="{title(number)}">{title(number)}</a><span>{day(number)}</span></li>'


@dataclass
class Walk:
    items: list[Item] = field(default_factory=list)
    requests: list[ListRequest] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    total: int | None = None

    @property
    def titles(self) -> list[str | None]:
        return [item.title for item in self.items]


def walk(family: str, of: Column, serve: Callable[[ListRequest], str | bytes], limit: int = 40) -> Walk:
    """Follows a list to its end; serve answers each request."""
    platform = PLATFORMS[family]
    seen = Walk()
    waiting = list(platform.first(of))
    while waiting and len(seen.requests) < limit:
        request = waiting.pop(0)
        answer = serve(request)
        found = platform.read(request, answer if isinstance(answer, bytes) else answer.encode(), (), of)
        seen.requests.append(request)
        seen.items += found.items
        seen.total = found.total if found.total is not None else seen.total
        if found.ended:
            seen.ends.append(found.ended)
        waiting += found.following
    return seen
