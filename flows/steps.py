"""The steps of a run, each defined once: flows/direct.py calls them as they are, flows/run.py as Prefect tasks.

Enters: paths of pages (load), a source's card (crawl), closed raw shards (clean), cleaned shards (dedup, gate,
release). Leaves: WARC files under raw/, one Parquet file a shard under clean/.cache/, a release under clean/. A step
may be stopped at any moment and called again: what is finished is found and kept, what is half done is not seen.

>>> load_step([Path("raw/samples")], root, "demo", now())
>>> corpus, around = dedup_step([clean_step(shard, root, sources) for shard in raw_shards(root)], root)
>>> release_step(corpus, around, root, sources, now(), gate_step(around, root, sources))
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.loaders import LoadFailure, load
from crawler.page import document_id
from crawler.store import RawStore
from flows.cache import cached_shard, is_clean
from flows.errors import FlowError
from flows.last import remember
from flows.outcome import SHOWN, Counts, LoadOutcome, RunOutcome, crawled, page_line
from pipeline.corpus.corpus import Corpus
from pipeline.corpus.index import index_shard
from pipeline.corpus.release import pass_the_gate, release
from pipeline.corpus.sql import column
from pipeline.corpus.surroundings import look_around
from pipeline.corpus.tables import write_cleaned
from pipeline.corpus.withhold import WITHHOLD, read_withheld
from pipeline.steps import RULES, clean_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import date, datetime
    from pathlib import Path

    from crawler.page import RawRecord
    from crawler.source import Source
    from crawler.store import RawWriter
    from flows.outcome import CrawlOutcome, SourceCrawl
    from flows.root import Root
    from pipeline.corpus.manifest import Forced
    from pipeline.corpus.surroundings import Surroundings
    from pipeline.model import Cleaned

__all__ = [
    *("EVERYTHING", "Window", "clean_step", "crawl_step", "folder_name", "load_step"),
    *("dedup_step", "gate_step", "raw_shards", "release_step"),
]

RUN = "%Y%m%dT%H%M%SZ"
"""A run is named by its time in UTC; the store adds a number when a second run falls into the same second."""


def load_step(
    paths: Sequence[Path],
    root: Root,
    collection: str | None,
    now: datetime,
    tick: Callable[[], None] = lambda: None,
) -> LoadOutcome:
    """Put the pages of files and folders into raw/: a broken file is a line in the outcome, and the others go on.

    collection: their source; None: the folder's name. tick: called after each page.
    """
    store = RawStore(root.raw)
    recovered = store.recover()
    counts: dict[str, Counts] = {}
    pages: list[str] = []
    with ExitStack() as writing:
        writers: dict[str, RawWriter] = {}
        for found in load(paths, collection=collection, now=now):
            if isinstance(found, LoadFailure):
                counts.setdefault(collection or _folder_of(found, paths), Counts()).failures.append(found)
                continue
            if found.source not in writers:
                writers[found.source] = writing.enter_context(store.writer(found.source, f"{now:{RUN}}"))
            count = counts.setdefault(found.source, Counts())
            if writers[found.source].put(found) == "new":
                count.new += 1
            else:
                count.unchanged += 1
            if len(pages) < SHOWN:
                pages.append(document_id(found.url))
            tick()
    outcome = LoadOutcome(now, counts, tuple(recovered), tuple(dict.fromkeys(pages)))
    remember(root, outcome)
    return outcome


def folder_name(path: Path) -> str:
    """The collection of a file or folder when nobody names one: the folder's name, as the loaders have it."""
    folder = path if path.is_dir() else path.parent
    return folder.name if folder.name not in ("", "..") else folder.resolve().name


def _folder_of(failure: LoadFailure, paths: Sequence[Path]) -> str:
    """The collection of an input that failed: the one of the target that it was found under."""
    owner = next((path for path in paths if f"{failure.path}/".startswith(f"{path}/")), paths[0])
    return folder_name(owner)


@dataclass(frozen=True, slots=True)
class Window:
    """since, until: days of list rows, both included. limit: new documents at most."""

    since: date | None = None
    until: date | None = None
    limit: int | None = None


EVERYTHING = Window()


def crawl_step(card: Source, root: Root, now: datetime, window: Window = EVERYTHING) -> SourceCrawl:
    """Crawl one source, in a process of its own. What happens on the way is a named outcome.

    Raises CrawlError or OSError if the crawl cannot begin.
    """
    from crawler.run import crawl  # loads Scrapy, which takes a second

    return crawled(crawl(card, root.path, since=window.since, until=window.until, limit=window.limit, now=now))


def raw_shards(root: Root, crawl: CrawlOutcome | None = None) -> list[Path]:
    """Every closed raw shard. Raises FlowError when there is none. crawl: what was crawled before, to say why."""
    store = RawStore(root.raw)
    store.recover()
    if shards := store.shards():
        return shards
    why = "; ".join(f"{one.source}: {one.outcome}: {one.reason}" for one in crawl.sources) if crawl else ""
    raise FlowError(f"{root.raw} holds no pages yet; {why or 'bring some with: zhengce run FOLDER'}")


def clean_step(shard: Path, root: Root, sources: Mapping[str, Source]) -> Path:
    """Clean one raw shard and make its index, unless that was done before. Leaves the file that holds the result."""
    target = cached_shard(shard, root, sources)
    if not target.exists():
        records = RawStore(root.raw).records(shard)
        write_cleaned(target, _cleaned(records, sources))
    if not is_clean(target):
        index_shard(target)
    return target


def _cleaned(records: Iterable[RawRecord], sources: Mapping[str, Source]) -> Iterator[Cleaned]:
    for record in records:
        yield from clean_all(record, sources.get(record.page.source))


def dedup_step(cleaned: Sequence[Path], root: Root, pool: Executor | None = None) -> tuple[Corpus, Surroundings]:
    """The newest capture of each page over all shards, its copies, relations and what was withdrawn.

    pool: processes that compare texts.
    """
    corpus = Corpus.of(cleaned, root.cache)
    return corpus, look_around(corpus, read_withheld(root.path / WITHHOLD), pool)


def gate_step(
    around: Surroundings, root: Root, sources: Mapping[str, Source], because: str | None = None
) -> Forced | None:
    """Whether this corpus may follow the last release. because: why it may nevertheless. Raises GateError."""
    return pass_the_gate(around, root.clean, sources, because)


def release_step(
    corpus: Corpus,
    around: Surroundings,
    root: Root,
    sources: Mapping[str, Source],
    now: datetime,
    forced: Forced | None = None,
    load: LoadOutcome | None = None,
    crawl: CrawlOutcome | None = None,
) -> RunOutcome:
    """Write a version of the corpus, unless it is the latest one.

    load: what was loaded before; its pages stand in the final table. Without it the first pages of the release do.
    """
    released = release(around, root=root.clean, sources=sources, created=now, rules=RULES, forced=forced)
    wanted = load.pages if load else tuple(column(around.live.slice(0, SHOWN), "id"))
    return RunOutcome(
        version=released.version,
        digest=released.digest,
        path=released.path,
        changed=released.changed,
        documents=released.documents,
        reposts=released.reposts,
        refused=released.refused,
        removed=released.removed,
        repaired=released.repaired,
        pages=tuple(map(page_line, corpus.pages(wanted))),
        load=load,
        crawl=crawl,
    )
