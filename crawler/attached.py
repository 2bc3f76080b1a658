"""Files that a document links to: records of their own, with the hints `parent` (address) and `name` (of the link).

Enters: names and addresses from a page or a row. Leaves: requests, and `Fetched` files for raw/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.asking import Asking
from crawler.guard import on_card
from crawler.keep import Fetched
from crawler.page import canonical_url, document_id
from crawler.pending import Pending

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.asking import Hints
    from crawler.spider import SourceSpider

__all__ = ["Attached"]

FILE = 5
"""Priority: what belongs to a page that has come before the next page."""


class Attached(Asking):
    """The files of one run; each is asked for once."""

    def __init__(self, spider: SourceSpider) -> None:
        super().__init__(spider)
        self._asked: set[str] = set()
        self._most = spider.card.limits.max_pages

    def of(self, parent: str, named: Sequence[tuple[str, str]]) -> Iterator[Request]:
        """The files of a page, by name and address, unless raw/ holds them or an earlier run noted them as pending."""
        for name, url in named:
            if not self._spider.noted(address := canonical_url(url)):
                yield from self.file(address, (("parent", parent), ("name", name)))

    def file(self, url: str, hints: Hints) -> Iterator[Request]:
        number = document_id(url)
        if number in self._asked or self._spider.details.asked(number) or url in self._spider.known:
            return
        self._asked.add(number)
        if not on_card(url, self._spider.hosts):
            self._spider.tally.counts["off_card"] += 1
            return
        if len(self._asked) <= self._most:
            yield self.request(url, self.read, self.failed, FILE, url=url, hints=hints)

    async def read(self, response: Response, url: str, hints: Hints) -> AsyncIterator[Fetched]:
        self._spider.tally.counts["attachments"] += 1
        if kind := self.trouble(response):
            self.failed_page(Pending(url=url, kind=kind, hints=hints, attachment=True))
            return
        yield Fetched(self.page(response, url, hints), False, document_id(url))

    def failed(self, failure: Failure) -> None:
        given, kind = self.told(failure)
        self.failed_page(Pending(url=given["url"], kind=kind, hints=given["hints"], attachment=True))
