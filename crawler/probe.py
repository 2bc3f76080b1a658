"""A survey of a site over the network, as politely as any crawl: robots.txt, contact, gaps, no private address.

Enters: an address. Leaves: the `Site` that crawler/survey.py makes of a dozen pages. It runs in a process of its own,
`python -m crawler.probe`, because Scrapy's reactor cannot be started twice: one line of JSON in, one out.

>>> probe(address).columns[0].name
'规范性文件'
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawler.card import DELAY, CrawlLimits
from crawler.errors import CrawlError
from crawler.failures import failure_class
from crawler.hostlock import host_locks
from crawler.hosts import host_key, loopback, site_host
from crawler.part import Part
from crawler.polite import Gate
from crawler.received import headers_of, trouble
from crawler.settings import contact_for, settings_for
from crawler.site import Answer, Site
from crawler.source import Source
from crawler.subprocesses import module_command, module_environment
from crawler.survey import MOST, Survey

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

__all__ = ["gap", "probe"]

SECONDS = 600
LARGEST = 4 << 20
"""Bytes of one page; front pages with all their scripts inline have 500 KB."""

WHY = {
    "dns": "no such host",
    "connection_refused": "it does not answer",
    "connection": "the connection broke",
    "timeout": "it did not answer in time",
    "tls": "its TLS is not what browsers accept; try: sources new URL --legacy-tls",
    "robots": "its robots.txt asks us to stay away",
    "robots_unreachable": "it does not answer, or not with its robots.txt, which means stay away (RFC 9309)",
    "private_address": "its name leads into a private network",
    "off_card": "it leads to another host; give that host's address",
    "too_big": "the answer is too big for a page",
}


class Job(Part):
    """What the child process is to do."""

    card: Source
    url: str
    most: int
    contact: str
    locks: Path
    log: Path


def probe(
    url: str, *, most: int = MOST, locks: Path | None = None, tls: Literal["modern", "legacy"] = "modern"
) -> Site:
    """Look around a site. most: pages to ask for. tls: as a card has it.

    Raises ContactMissing (wrong use), or CrawlError where the address is none or no page came.
    """
    host = site_host(url)
    if host is None:
        raise CrawlError(f"{url}: not the address of a site; give one as https://www.example.gov.cn/")
    limits = CrawlLimits(delay=gap(host), max_pages=2 * most, max_minutes=SECONDS // 60, timeout=30, max_bytes=LARGEST)
    card = Source(id="probe", title=host, hosts=tuple(dict.fromkeys((host, *_twin(host)))), limits=limits, tls=tls)
    with TemporaryDirectory(prefix="zhengce-") as folder:
        job = Job(
            card=card, url=url, most=most, contact=contact_for(card), locks=host_locks(locks).absolute(),
            log=Path(folder) / "probe.log",
        )  # fmt: skip
        site = _child(job)
    if site.pages == 0:
        kind = site.trouble.get(site.url) or next(iter(site.trouble.values()), "connection")
        raise CrawlError(f"{url}: {_why(kind)}")
    return site


def gap(host: str) -> float:
    """Seconds between two requests: only this machine itself may be asked without a pause."""
    return 0.0 if loopback(host) else DELAY


def _why(kind: str) -> str:
    if kind.startswith("blocked:"):
        return f"the site does not want robots ({kind.removeprefix('blocked:')}); it is left alone"
    return WHY.get(kind, f"no page came ({kind})")


def _twin(host: str) -> tuple[str, ...]:
    """example.gov.cn leads to www.example.gov.cn and the other way about."""
    if loopback(host) or re.fullmatch(r"[\d.]+(:\d+)?", host):
        return ()
    return (host.removeprefix("www."),) if host.startswith("www.") else (f"www.{host}",)


def _child(job: Job) -> Site:
    try:
        done = subprocess.run(
            module_command("crawler.probe"),
            env=module_environment(),
            input=job.model_dump_json().encode() + b"\n",
            capture_output=True,
            timeout=SECONDS + 60,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CrawlError(f"{job.url}: the survey took too long") from error
    if done.returncode or not done.stdout:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise CrawlError(f"{job.url}: the survey broke down ({last or f'code {done.returncode}'})")
    return Site.model_validate_json(done.stdout)


class Prober(Spider):
    """Asks for one page after the other, as the survey says. The middlewares know it by card, hosts and gate."""

    name = "probe"

    def __init__(self, *, card: Source, gate: Gate, survey: Survey) -> None:
        super().__init__()
        self.card, self.gate, self.survey = card, gate, survey
        self.hosts = frozenset(host_key(f"http://{host}") for host in card.hosts)

    async def start(self) -> AsyncIterator[Request]:
        for request in self._following():
            yield request

    async def read(self, response: Response, asked: str) -> AsyncIterator[Request]:
        kind = trouble(response)
        if kind == "soft_404" and response.url != asked:
            kind = None  # a column that leads to the front page is looked at as what it is
        self.survey.take(Answer(asked, response.url, response.body, headers_of(response), kind))
        for request in self._following():
            yield request

    async def failed(self, failure: Failure) -> AsyncIterator[Request]:
        asked: str = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]
        assert failure.value is not None
        self.logger.warning("%s: %s", asked, failure.value)
        self.survey.take(Answer(asked, asked, trouble=failure_class(failure.value)))
        for request in self._following():
            yield request

    def _following(self) -> list[Request]:
        url = self.survey.next()
        more: dict[str, Any] = {"dont_filter": True, "errback": self.failed, "cb_kwargs": {"asked": url}}
        return [Request(url, self.read, **more)] if url else []


def main() -> None:
    """Reads the job, looks around, writes the site."""
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    settings = settings_for(job.card, job.contact, job.log) | {"ITEM_PIPELINES": {}, "RETRY_TIMES": 1}
    process = AsyncCrawlerProcess(settings)
    logging.getLogger("scrapy").setLevel(logging.INFO)
    limits = job.card.limits
    gate = Gate(limits.delay, job.locks, max_requests=limits.max_pages, seconds=SECONDS)
    survey = Survey(job.url, job.most)
    process.crawl(Prober, card=job.card, gate=gate, survey=survey)
    process.start()
    sys.stdout.buffer.write(survey.site.model_dump_json().encode())


if __name__ == "__main__":
    main()
