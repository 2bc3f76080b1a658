"""What everything that asks for pages has in common: requests, their failures, answers as pages.

Enters: addresses, and Scrapy's responses and failures. Leaves: requests, failure classes, `Page`s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawler.failures import failure_class
from crawler.hosts import host_key
from crawler.received import as_page, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.page import Page
    from crawler.pending import Pending
    from crawler.spider import SourceSpider

__all__ = ["Asking", "Hints"]

Hints = tuple[tuple[str, str], ...]

UNREACHABLE = "robots_unreachable"
"""No page of a host is asked for while its robots.txt cannot be had."""


class Asking:
    """A part of the spider that fetches pages of one sort."""

    def __init__(self, spider: SourceSpider) -> None:
        self._spider = spider

    def request(
        self, address: str, callback: Callable[..., Any], errback: Callable[..., Any], priority: int, **given: Any
    ) -> Request:
        """given: what callback and errback are told besides the answer."""
        return Request(
            address,
            callback,
            errback=errback,
            priority=priority,
            dont_filter=True,  # we ask once ourselves; Scrapy's filter would also swallow redirects
            cb_kwargs=given,
        )

    def told(self, failure: Failure) -> tuple[dict[str, Any], str]:
        """What a request that failed was given, and its failure class."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        kind = failure_class(failure.value)
        if kind == "too_big":
            self._spider.gate.turns(host_key(request.url)).forgive()
        self._spider.logger.info("%s: %s (%s)", request.url, kind, failure.value)
        return request.cb_kwargs, kind

    def failed_page(self, pending: Pending) -> bool:
        """Notes a page that did not come; true if nobody need wait for it any more."""
        gate = self._spider.gate
        asked = pending.kind not in (gate.stopped, *gate.shut.values(), UNREACHABLE)
        return self._spider.tally.page_failed(pending, asked=asked)

    def trouble(self, response: Response) -> str | None:
        """Why an answer is not the page that was asked for; None if it is, and its host is well then."""
        kind = trouble(response)
        if kind is None:
            self._spider.gate.turns(host_key(response.url)).good = True
        return kind

    def page(self, response: Response, url: str, hints: Hints) -> Page:
        return as_page(response, url, source=self._spider.card.id, captured=self._spider.clock, hints=hints)
