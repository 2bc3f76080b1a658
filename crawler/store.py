"""raw/: the bytes of every page as they came, in WARC files that never change once they are closed.

Enters: `Page`s, one writer a source and run. Leaves: raw/<source>/<run>.warc.gz with its CDXJ index, <run>_002.warc.gz
and so on if the run is long, and `RawRecord`s read back from them. A kill at any moment loses at most the record that
was being written.

>>> store = RawStore(Path("raw"))
>>> with store.writer("suzhou", "20260101T000000") as writer:
...     writer.put(page)
'new'
>>> [record.page.url for shard in store.shards() for record in store.records(shard)]
['http://www.suzhou.gov.cn/a.shtml']
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote

from crawler.errors import RawStoreError
from crawler.growing import OPEN, GrowingWarc, recover
from crawler.index import SHARD, sidecar, timestamp, write_index
from crawler.page import NOT_THERE, RawRecord
from crawler.seen import Seen
from crawler.warc_reader import MAX_BODY, captures
from crawler.warc_writer import identity, info_member, page_members, revisit_members

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.page import Page

__all__ = ["RawStore", "RawStoreError", "RawWriter", "safe_name"]

MAX_NAME = 180
"""Bytes of a file name before `.warc.gz.open`; Linux and macOS allow 255."""
SHARD_PAGES = 2_000
"""Pages after which a run begins its next file. A file is what one core cleans: at some 100 pages a second this one is
done in twenty seconds, and all cores share the first crawl of an archive."""


class RawStore:
    """The raw/ directory. It holds the WARC files and nothing that cannot be made again from them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def recover(self) -> list[str]:
        """Closes what killed runs left open, cut to the last whole record. Leaves a line for each such file."""
        done = [recover(path) for path in sorted(self.root.rglob(f"*{SHARD}{OPEN}"))]
        for shard in self.shards():
            if not sidecar(shard).exists():
                write_index(shard)
        return done

    @contextmanager
    def writer(self, source: str, run: str) -> Iterator[RawWriter]:
        """Opens a run of a source. What was put is kept, also when the block ends in an exception.

        source: a card's id or a collection's name, Chinese or not. run: a name that sorts by time, such as
        "20260101T000000Z"; if it is taken, a number is added. Recovers the source's dead runs first.
        Raises RawStoreError (one line, names the file) if raw/ cannot be written or a shard is damaged.
        """
        if not source.isprintable() or source != source.strip() or not source:
            raise RawStoreError(f"{source!r}: no name for a source; use letters, digits and hyphens")
        directory = self.root / safe_name(source)
        for path in sorted(directory.glob(f"*{SHARD}{OPEN}")):
            recover(path)
        writer = RawWriter(directory, source, safe_name(run), Seen(_shards(directory)))
        try:
            yield writer
        finally:
            writer.close()

    def shards(self) -> list[Path]:
        """The closed WARC files, sorted by their path inside raw/."""
        return _shards(self.root)

    def records(self, shard: Path) -> Iterator[RawRecord]:
        """The pages of a shard in the order of their capture, each body checked against its digest.

        Revisit records are skipped: they say when a page was seen again, and nothing else about it that is new. Those
        of a page that is gone come, without a body: the second answer 404 is what withdraws a document.
        Raises RawStoreError where the shard is damaged, after the records before the damage.
        """
        name = shard.relative_to(self.root).as_posix()
        source = unquote(shard.parent.name)
        for capture in captures(shard, source=source):
            if capture.refers_to is None or capture.page.status in NOT_THERE:
                yield RawRecord(page=capture.page, sha256=capture.sha256, warc=name, offset=capture.offset)


class RawWriter:
    """Writes one run of one source; made by `RawStore.writer`."""

    def __init__(self, directory: Path, source: str, run: str, seen: Seen) -> None:
        self._directory = directory
        self._source = source
        self._run = run
        self._seen = seen
        self._file: GrowingWarc | None = None
        self._pages = 0  # in the file

    def put(self, page: Page) -> Literal["new", "unchanged"]:
        """Keeps a page unless it is known: same address, bytes, media type, status and hints as the newest capture.

        Of a known page from a file nothing is written; of a known page that was crawled, a revisit record.
        Raises RawStoreError if the page cannot be kept; pages put before it are safe.
        """
        self._check(page)
        content = identity(page.sha256, page)
        verdict = self._seen.judge(page, content)
        if verdict == "new":
            self._append(page, page_members(page))
            self._seen.add(page, content, timestamp(page.captured.astimezone(UTC)))
            return "new"
        if verdict == "again" and page.status is not None:
            first = self._seen.first(page, content)
            self._append(page, revisit_members(page, datetime.strptime(f"{first}+0000", "%Y%m%d%H%M%S%z")))
            self._seen.add(page, content, first)
        return "unchanged"

    def close(self) -> None:
        """Closes the file, if there is one, and writes its index."""
        if self._file is not None:
            write_index(self._file.close())
            self._file, self._pages = None, 0

    def _append(self, page: Page, members: bytes) -> None:
        if self._pages == SHARD_PAGES:
            self.close()
        if self._file is None:
            self._file = GrowingWarc(self._directory, self._run)
            self._file.append(info_member(self._file.final.name, self._source, page.captured))
        self._file.append(members)
        self._pages += 1

    def _check(self, page: Page) -> None:
        if page.source != self._source:
            raise RawStoreError(f"{page.url}: belongs to {page.source}, but the run is one of {self._source}")
        if page.captured.tzinfo is None:
            raise RawStoreError(f"{page.url}: its capture time has no time zone; use UTC")
        if not page.url.isascii() or not page.url.isprintable() or " " in page.url:
            raise RawStoreError(f"{page.url!r}: not a canonical URL; pass it through canonical_url first")
        if len(page.body) > MAX_BODY:
            raise RawStoreError(f"{page.url}: {len(page.body)} bytes are more than {MAX_BODY >> 20} MiB")


def safe_name(name: str) -> str:
    """A file name for any source or run: letters of any script, digits and ._- stay, the rest is percent-encoded.

    >>> safe_name("人民政府 2024/a")
    '人民政府%202024%2Fa'
    """
    kept = "".join(c if c.isalnum() or c in "_-." else quote(c, safe="", errors="surrogateescape") for c in name)
    if kept.startswith("."):  # hidden, or a step up
        kept = f"%2E{kept[1:]}"
    kept = kept or "%"
    if len(kept.encode()) > MAX_NAME:
        beginning = kept.encode()[: MAX_NAME - 20].decode(errors="ignore")
        kept = f"{beginning}-{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:16]}"
    return kept


def _shards(directory: Path) -> list[Path]:
    return sorted(directory.rglob(f"*{SHARD}"), key=lambda path: path.relative_to(directory).as_posix())
