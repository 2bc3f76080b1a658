"""robots.txt by RFC 9309, where Scrapy's own middleware stops short.

Enters: every request. Leaves: the same, or `Refused` (robots, robots_unreachable).

- 200: the rules for `zhengce`, else those for `*`; 500 KiB of the file are read (§2.5).
- 400-499: there are no rules, everything is allowed (§2.3.1.3). 429 is a host in trouble, not a missing file.
- 500-599, no answer, an answer that leads off the card: nothing is allowed for now (§2.3.1.4). Scrapy would go on.
- Up to five redirects are followed (§2.3.1.2); a file behind more of them is one that cannot be had.
- Crawl-delay is no part of the RFC; a longer one than the card's is kept all the same.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.polite import BLOCKED, MAX_CRAWL_DELAY, Refused, host_key
from crawler.settings import PRODUCT, TROUBLE

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spider import SourceSpider

__all__ = ["Robots", "rules_of"]

READ = 500 << 10
NONE = Protego.parse("")
log = logging.getLogger(__name__)


class Robots:
    """Downloader middleware, right after the guard."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:  # all that ask meanwhile wait for the same answer
            self._rules[site] = asyncio.ensure_future(self._fetch(site))
        asked = self._rules[site]
        rules = asked.result() if asked.done() else await asyncio.shield(asked)
        spider: SourceSpider = self._crawler.spider  # type: ignore[assignment]
        spider.gate.check(host_key(request.url))  # robots.txt itself may have been a challenge page
        if rules is None:
            raise Refused("robots_unreachable", f"{site}/robots.txt cannot be had, so nothing is asked for")
        if not rules.can_fetch(request.url, PRODUCT):
            raise Refused("robots", f"robots.txt does not allow {request.url}")

    async def _fetch(self, site: str) -> Protego | None:
        request = Request(f"{site}/robots.txt", meta={"robots": True}, callback=NO_CALLBACK, priority=1000)
        try:
            engine = self._crawler.engine
            assert engine is not None
            response = await engine.download_async(request)
        except (*TROUBLE, IgnoreRequest) as error:
            log.warning("%s/robots.txt: %s", site, error)
            return None
        rules = rules_of(response.status, response.body)
        spider: SourceSpider = self._crawler.spider  # type: ignore[assignment]
        if rules is not None and (delay := rules.crawl_delay(PRODUCT)):
            spider.gate.turns(host_key(site)).gap = min(float(delay), MAX_CRAWL_DELAY)
        return rules


def rules_of(status: int, body: bytes) -> Protego | None:
    """The rules that an answer to robots.txt means; None: nothing is allowed.

    >>> rules_of(404, b"").can_fetch("http://a/b", "zhengce"), rules_of(503, b"")
    (True, None)
    """
    if 200 <= status < 300:
        return Protego.parse(body[:READ].decode("utf-8-sig", errors="ignore"))
    if 400 <= status < 500 and status != 429:
        return NONE
    return None


def refused_by_site(kind: str) -> bool:
    """True if the site has said that it does not want us, by a challenge, by 429 or by robots.txt."""
    return kind.startswith(BLOCKED) or kind == "robots"
