"""The process of one crawl: `python -m crawler.child`, started by crawler/run.py.

Enters: a `Job` as one line of JSON on standard input, which stays open for as long as the parent lives. Leaves: records
in ROOT/raw/<source>/ and the run's file. Standard output stays silent; what Scrapy says is in the run's log.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess

from crawler.due import PERIODS, due
from crawler.errors import CrawlerError, CrawlError, RawStoreError
from crawler.health import Health, runs, runs_folder
from crawler.job import LEAVING, Job
from crawler.known import Known
from crawler.links import files
from crawler.page import CHINA, document_id
from crawler.pending import Pending
from crawler.polite import Gate
from crawler.received import HTML
from crawler.settings import settings_for
from crawler.spider import SourceSpider
from crawler.store import RawStore, safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrapy.crawler import Crawler

    from crawler.store import RawWriter


def perform(job: Job) -> Health:
    """The crawl itself. Raises CrawlerError."""
    log = runs_folder(job.root, job.card.id) / f"{job.run}.log"
    history = [health for health in runs(job.root, job.card.id) if health.run != job.run]
    before = history[-1] if history else None
    process = AsyncCrawlerProcess(settings_for(job.card, job.contact, log))
    logging.getLogger("scrapy").setLevel(logging.INFO)  # or each answer makes seven records that no handler takes
    crawler = process.create_crawler(SourceSpider)
    store, gate = RawStore(job.root / "raw"), _gate(job, crawler)
    with store.writer(job.card.id, job.run) as writer:
        known = Known(store, job.card.id)
        earlier = before.pending if before else ()
        named = {document_id(page.url) for page in earlier}
        unfetched = _unfetched(store, known, job.card.id, history)
        pending = (*earlier, *(page for page in unfetched if document_id(page.url) not in named))
        attempts = _attempts(before, job.now)
        most = job.card.limits.max_pages if job.limit is None else job.limit
        last = next((health.started for health in reversed(history) if health.ended), None)
        pages = due(known, job.card.recheck, job.now, most, last=last, attempts=attempts)
        columns = before.columns if before else {}
        task = process.crawl(
            crawler, card=job.card, known=known, due=pages, pending=pending, attempts=attempts, columns=columns,
            writer=writer, gate=gate, now=job.now, since=job.since, until=job.until, limit=job.limit,
        )  # fmt: skip
        process.start()
        _keep_gone(crawler, writer)
    if error := task.exception() if task.done() else None:
        raise CrawlError(f"{job.card.id}: the crawl broke down ({type(error).__name__}: {error}); see {log}")
    return _health(job, crawler, gate)


def _attempts(before: Health | None, now: datetime) -> dict[str, datetime]:
    """Rechecks that came to nothing in the time of the longest sweep."""
    oldest = now - timedelta(days=max(PERIODS.values()))
    return {url: moment for url, moment in before.attempts.items() if moment >= oldest} if before else {}


def _keep_gone(crawler: Crawler, writer: RawWriter) -> None:
    """Stores the answers 404 and 410 of known pages, if the run's end believes them."""
    if not isinstance(crawler.spider, SourceSpider):  # the crawl broke down before it began
        return
    tally = crawler.spider.tally
    if tally.gone.doubt or tally.trouble:
        return
    try:
        for page in tally.gone.pages:
            writer.put(page)
    except RawStoreError as error:
        tally.trouble = str(error)


def _gate(job: Job, crawler: Crawler) -> Gate:
    limits = job.card.limits

    def stopped() -> str | None:
        if crawler.engine is None or not crawler.engine.running:
            return "signal"
        assert isinstance(crawler.spider, SourceSpider)
        return "quiet_hours" if quiet(limits.quiet_hours, crawler.spider.clock) else None

    seconds = limits.max_minutes * 60
    return Gate(limits.delay, job.locks, max_requests=limits.max_pages, seconds=seconds, stopped=stopped)


def _health(job: Job, crawler: Crawler, gate: Gate) -> Health:
    spider, stats = crawler.spider, crawler.stats
    assert isinstance(spider, SourceSpider)
    assert stats is not None
    match stats.get_value("finish_reason"):
        case "finished" | "start_error":
            pass
        case "memusage_exceeded":
            spider.tally.trouble = "the crawl needed too much memory"
        case "closespider_timeout":
            gate.stopped = gate.stopped or "time"
        case _:
            gate.stopped = gate.stopped or "signal"
    spider.tally.counts["bytes"] = int(stats.get_value("downloader/response_bytes", 0))
    return spider.tally.health(
        job.run,
        started=job.now,
        ended=spider.clock,
        gate=gate,
        window=(job.since, job.until, job.limit),
        errors=int(stats.get_value("spider_exceptions/count", 0)),
        drained=stats.get_value("finish_reason") == "finished",
    )


def _unfetched(store: RawStore, known: Known, source: str, history: Sequence[Health]) -> Iterator[Pending]:
    """Files of pages that runs stored which did not come to their end: lists lead to known pages no more."""
    for health in reversed(history):
        if health.drained:
            return
        for shard in sorted((store.root / safe_name(source)).glob(f"{safe_name(health.run)}*.warc.gz")):
            for page in (record.page for record in store.records(shard)):
                if page.media_type in HTML and page.status == 200:
                    base = dict(page.hints).get("location", page.url)
                    for name, url in files(base, page.body):
                        if url not in known:
                            hints = (("parent", page.url), ("name", name))
                            yield Pending(url=url, kind="unfetched", hints=hints, attachment=True)


def quiet(hours: str | None, now: datetime) -> bool:
    """True within a card's quiet hours, which are China's and may pass midnight.

    >>> quiet("22:00-06:00", datetime(2026, 1, 1, 15, 30, tzinfo=UTC))
    True
    """
    if hours is None:
        return False
    begin, _, end = hours.partition("-")
    clock = f"{now.astimezone(CHINA):%H:%M}"
    return begin <= clock < end if begin <= end else not end <= clock < begin


def _end_with_parent() -> None:
    """The parent holds the other end of our input. When it is gone, the crawl ends as if it had been told to."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1 << 16):  # not through its buffer, whose lock would outlive us
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(LEAVING)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Reads the job, crawls, writes the run's file."""
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    _end_with_parent()
    try:
        health = perform(job)
    except CrawlerError as error:
        path = runs_folder(job.root, job.card.id) / f"{job.run}.json"
        begun = Health.model_validate_json(path.read_bytes())
        health = begun.model_copy(update={"reason": str(error), "ended": datetime.now(UTC).replace(microsecond=0)})
    health.write(job.root)


if __name__ == "__main__":
    main()
