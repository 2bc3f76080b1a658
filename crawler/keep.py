"""Item pipeline: pages go to raw/ in a thread of their own, so that compressing them does not hold up the network.

Enters: `Fetched` pages from the spider. Leaves: records in the run's WARC file, and counts. One thread keeps the order.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from crawler.errors import RawStoreError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.page import Page
    from crawler.spider import SourceSpider

__all__ = ["Fetched", "Keep"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page to keep. known: raw/ had it before, so that other bytes are a change. row: the one that it settles."""

    page: Page
    known: bool
    row: str


class Keep:
    """Writes while the spider goes on; a disk that is full ends the crawl, because nothing could be kept."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._thread = ThreadPoolExecutor(1, "raw")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Keep:
        return cls(crawler)

    async def process_item(self, item: Fetched) -> Fetched:
        spider: SourceSpider = self._crawler.spider  # type: ignore[assignment]
        loop = asyncio.get_running_loop()
        try:
            verdict = await loop.run_in_executor(self._thread, spider.writer.put, item.page)
        except RawStoreError as error:
            spider.give_up(str(error))
            raise DropItem(str(error)) from error
        spider.kept(item, verdict)
        return item

    def close_spider(self) -> None:
        self._thread.shutdown()
