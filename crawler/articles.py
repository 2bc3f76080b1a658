"""Pages 2, 3 … of an article that its site spreads over several.

Enters: a first page and the addresses of the further ones. Leaves: one `Fetched` page: the article stays one record,
that of its first page, and the further pages ride in its hints (`part`). What is missing is said (`unfinished`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.asking import Asking
from crawler.keep import Fetched
from crawler.links import MOST, continued
from crawler.page import document_id, part_hint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.page import Page

__all__ = ["Articles"]

PART = 15
"""Priority: an article is finished before the next one is begun."""


class Articles(Asking):
    """The long articles of one run."""

    def part(self, further: list[str], page: Page, known: bool, parts: list[str]) -> Request:
        given = {"further": further, "page": page, "known": known, "parts": parts}
        return self.request(further[0], self.read, self.failed, PART, **given)

    async def read(
        self, response: Response, further: list[str], page: Page, known: bool, parts: list[str]
    ) -> AsyncIterator[Request | Fetched]:
        self._spider.tally.counts["parts"] += 1
        if kind := self.trouble(response):
            yield self._unfinished(kind, further[0], page, known, parts)
            return
        parts = [*parts, part_hint(further[0], response.body)]
        seen = {page.url, *(part.partition(" ")[0] for part in parts)}
        named = further[1:] or continued(response.url, response.body)
        rest = [address for address in named if address not in seen]
        room = self._spider.card.limits.max_bytes - sum(map(len, parts))
        if rest and len(parts) < MOST and room > 0:
            yield self.part(rest, page, known, parts)
            return
        yield _whole(page, known, parts)

    async def failed(self, failure: Failure) -> AsyncIterator[Fetched]:
        given, kind = self.told(failure)
        yield self._unfinished(kind, given["further"][0], given["page"], given["known"], given["parts"])

    def _unfinished(self, kind: str, address: str, page: Page, known: bool, parts: list[str]) -> Fetched:
        """What there is of an article is kept, and said to be less than the whole; rechecks may complete it."""
        self._spider.tally.failures[f"part_{kind}"] += 1
        return _whole(replace(page, hints=(*page.hints, ("unfinished", address))), known, parts)


def _whole(page: Page, known: bool, parts: list[str]) -> Fetched:
    hints = (*page.hints, *(("part", part) for part in parts))
    return Fetched(replace(page, hints=hints), known, document_id(page.url))
