"""How fast a crawl is beside a bare Scrapy spider that only yields what it fetched.

Enters: how many pages of 50 KB the loopback city serves, in a process of its own, and how many rounds to measure.
Leaves: pages a second of both, from the start of the process to its end, and their ratio. Both ask for the same lists
and pages, eight at a time, without any delay; ours besides checks addresses, obeys robots.txt, accounts for each page
and writes compressed WARC files. The two take turns, ours first in every other round.

    python -m benchmarks.crawl --pages 2000 --rounds 5
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import TextResponse

from crawler.run import crawl
from crawler.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response

_AT_ONCE = 8  # requests; what crawler.settings allows where no delay is asked for


class Bare(Spider):
    """Lists and pages, nothing checked, nothing kept."""

    name = "bare"

    def parse(self, response: Response, index: int = 0, lists: int = 0) -> Iterator[Any]:
        """A list page: its rows, and the next page."""
        assert isinstance(response, TextResponse)
        lists = lists or int(response.selector.re_first(r"createPageHTML\((\d+)") or 1)
        for row in response.css("ul.list a"):
            yield response.follow(row.attrib["href"], self.detail)
        if index + 1 < lists:
            address = response.urljoin(f"index_{index + 1}.html")
            yield response.follow(address, cb_kwargs={"index": index + 1, "lists": lists}, priority=1)

    def detail(self, response: Response) -> Iterator[dict[str, Any]]:
        """A page, as it came."""
        yield {"url": response.url, "body": response.body}


def run_bare(address: str) -> None:
    """Crawl the column, in this process."""
    settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": _AT_ONCE, "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "ERROR"}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Bare)
    process.crawl(crawler, start_urls=[address])
    process.start()
    print(json.dumps(crawler.stats.get_value("item_scraped_count", 0) if crawler.stats else 0))


@contextmanager
def city(pages: int) -> Iterator[str]:
    """The address of the column, as long as the city runs."""
    command = [sys.executable, "-m", "tests.city", "--bulk", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["bulk"]
        finally:
            process.terminate()


def seconds_of_ours(address: str, pages: int) -> float:
    """One crawl into a fresh folder."""
    column = {"id": "bulk", "url": address, "options": {}}
    limits = {"delay": 0, "max_pages": 2 * pages, "max_list_pages": pages}
    card = Source.model_validate(
        {"id": "bulk", "title": "bulk", "publisher": "bulk", "licence": "none", "kind": "origin", "platform": "trs"}
        | {"hosts": [urlsplit(address).netloc], "columns": [column], "limits": limits}
    )
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        health = crawl(card, Path(folder), locks=Path(folder) / "locks")
        spent = time.perf_counter() - begun
    if health.outcome != "ok" or health.counts.new != pages:
        sys.exit(f"ours: {health.outcome} ({health.reason}), not {pages} new pages; the figure would mean nothing")
    return spent


def seconds_of_bare(address: str, pages: int) -> float:
    """One crawl in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.crawl", "--bare", address]
    begun = time.perf_counter()
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[1])
    spent = time.perf_counter() - begun
    if json.loads(told.stdout) != pages:
        sys.exit(f"the bare spider brought {told.stdout.strip()} of {pages} pages; the figure would mean nothing")
    return spent


def main() -> None:
    """Measure, and print a line a round."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description="Crawl speed beside a bare spider.")
    parser.add_argument("--pages", type=int, default=2000, help="pages of 50 KB (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (default: %(default)s)")
    parser.add_argument("--bare", metavar="URL", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        run_bare(arguments.bare)
        return
    ratios: list[float] = []
    with city(arguments.pages) as address:
        for number in range(arguments.rounds + 1):  # the first warms the disk and the city up
            turns = (seconds_of_ours, seconds_of_bare) if number % 2 else (seconds_of_bare, seconds_of_ours)
            spent = {turn: turn(address, arguments.pages) for turn in turns}
            ours, bare = spent[seconds_of_ours], spent[seconds_of_bare]
            rates = (
                f"ours {arguments.pages / ours:.0f} pages/s, bare {arguments.pages / bare:.0f}, ratio {bare / ours:.2f}"
            )
            print(rates if number else f"{rates} (not counted)", flush=True)
            if number:
                ratios.append(bare / ours)
    print(f"median ratio of {len(ratios)} rounds: {median(ratios):.2f}")


if __name__ == "__main__":
    main()
