"""The last step before the network: Scrapy's HTTP handler behind the gate of crawler/polite.py.

Enters: a request that all middlewares let pass. Leaves: its response, after its host's turn has come.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from crawler.polite import host_key, retry_after

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.polite import Gate

__all__ = ["PoliteHandler"]

KEPT_OPEN = 4
"""Seconds that an idle connection is used again. Apache closes after 5 s; a request into a closing connection fails."""

GOODBYE = 0.2
"""Seconds for idle connections to close at the end; servers that let them hang do so for ever."""


class PoliteHandler(HTTP11DownloadHandler):
    """One request at a time to a host. Twisted's own silent second attempt is off: it would not wait."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.cachedConnectionTimeout = KEPT_OPEN
        self._pool.retryAutomatically = False
        self._pool.maxPersistentPerHost *= 2  # a connection is given back a moment after its answer
        self._disconnect_timeout = GOODBYE  # type: ignore[assignment]  # callLater takes fractions

    async def download_request(self, request: Request) -> Response:
        gate: Gate = self._crawler.spider.gate  # type: ignore[union-attr]
        host = host_key(request.url)
        await gate.enter(host)
        status: int | None = None
        wait: float | None = None
        try:
            response = await super().download_request(request)
            status = response.status
            if status >= 400 and (value := response.headers.get("Retry-After")):
                wait = retry_after(value.decode("latin-1"), datetime.now(UTC))
            return response
        finally:
            gate.leave(host, status, wait)
