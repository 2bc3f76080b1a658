"""What raw/ knows of a source before a crawl: which pages it holds, when each was last asked for, which seem gone.

Enters: the source's WARC files and their indexes. Leaves: `address in known`, and the pages that it is time to ask for
again. Nothing else remembers a crawl, so a killed run goes on from what it stored.

>>> known = Known(RawStore(Path("raw")), "suzhou")
>>> "https://www.suzhou.gov.cn/a.shtml" in known        # http and https are one
True
"""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.errors import RawStoreError
from crawler.index import SHARD, sidecar, write_index
from crawler.page import Page, document_id
from crawler.store import safe_name
from crawler.warc_reader import captures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crawler.card import Recheck
    from crawler.store import RawStore

__all__ = ["Held", "Known", "printed_date"]

GONE = (404, 410)
APART = timedelta(hours=24)
"""Between the two answers that withdraw a document (design §2)."""

AGAIN = timedelta(hours=20)
"""A page is asked for again once a night, also when a run is repeated."""

PERIODS = {"weekly": 7, "monthly": 30, "quarterly": 91}
DATE = re.compile(r"((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")


NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Held:
    """One address in raw/. first, newest: of its good captures; checked: of any. gone: answers 404 after the newest."""

    url: str
    first: datetime | None = None
    newest: datetime | None = None
    checked: datetime = NEVER
    body: tuple[Path, int, datetime] | None = None
    gone: list[datetime] = field(default_factory=list)

    @property
    def lost(self) -> bool:
        """Missed at least twice, a day apart, and not seen since."""
        return bool(self.gone) and self.gone[-1] - self.gone[0] >= APART


class Known:
    """A source as raw/ holds it at the beginning of a run."""

    def __init__(self, store: RawStore, source: str) -> None:
        """Raises RawStoreError if an index cannot be read or made."""
        self._source = source
        self._held: dict[str, Held] = {}
        for shard in sorted((store.root / safe_name(source)).glob(f"*{SHARD}")):
            for line in _lines(shard):
                self._note(shard, line)

    def __contains__(self, url: str) -> bool:
        """True if raw/ holds a good capture of this address."""
        held = self._held.get(document_id(url))
        return held is not None and held.newest is not None

    def __len__(self) -> int:
        return sum(held.newest is not None for held in self._held.values())

    def lost(self, url: str) -> bool:
        """True if the page was withdrawn: two answers 404 or 410, a day apart, and none since that was good."""
        held = self._held.get(document_id(url))
        return held is not None and held.lost

    def withdrawn(self, url: str, now: datetime) -> bool:
        """True if an answer 404 now withdraws the page."""
        held = self._held.get(document_id(url))
        return held is not None and bool(held.gone) and now - held.gone[0] >= APART

    def due(self, recheck: Recheck, now: datetime, most: int) -> list[Page]:
        """The pages to ask for again in this run, the most urgent first, each as it was last stored, without its body.

        First those that were gone when last asked for, then those published in the last `recheck.days` days, then the
        share of the others that gives each its turn in the sweep's time, the least recently asked for first.
        """
        rested = [held for held in self._held.values() if held.newest and now - held.checked >= AGAIN]
        missing = [held for held in rested if held.gone and now - held.gone[0] >= APART and not held.lost]
        present = [held for held in rested if not held.gone]
        # What was published in those days was first seen in them, but not the other way round: a first crawl sees all.
        young = [held for held in present if held.first and now - held.first <= timedelta(recheck.days)]
        since = (now - timedelta(recheck.days)).date()
        facts = {page.url: page for page in self._facts(young)}
        recent = [held for held in young if _recent(facts[held.url], since)]
        chosen = {id(held) for held in recent}
        old = sorted((held for held in present if id(held) not in chosen), key=lambda held: (held.checked, held.url))
        share = math.ceil(len(old) / PERIODS[recheck.sweep]) if recheck.sweep != "never" else 0
        picked = [*missing, *recent, *old[:share]][:most]
        facts |= {page.url: page for page in self._facts(held for held in picked if held.url not in facts)}
        return [facts[held.url] for held in picked]

    def body(self, url: str) -> bytes:
        """The body of the newest good capture. Raises RawStoreError if it is not to be had."""
        held = self._held[document_id(url)]
        assert held.body is not None
        path, offset, _ = held.body
        with suppress(OSError), path.open("rb") as stream:
            stream.seek(offset)
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.resource):
                return bytes(record.reader.read())
        raise RawStoreError(f"{path}: the capture of {url} cannot be read")

    def _facts(self, wanted: Iterable[Held]) -> Iterator[Page]:
        places: dict[Path, dict[int, Held]] = {}
        for held in wanted:
            assert held.body is not None
            places.setdefault(held.body[0], {})[held.body[1]] = held
        for path, offsets in places.items():
            for capture in captures(path, source=self._source):
                if capture.offset in offsets:
                    yield replace(capture.page, url=offsets[capture.offset].url, body=b"")

    def _note(self, shard: Path, line: tuple[str, datetime, int, int, bool]) -> None:
        url, captured, status, offset, revisit = line
        held = self._held.setdefault(document_id(url), Held(url))
        held.checked = max(held.checked, captured)
        if status in GONE:
            held.gone.append(captured)
        elif 200 <= status < 300:
            held.url = url
            held.first = min(held.first or captured, captured)
            held.newest = max(held.newest or captured, captured)
            if not revisit and (held.body is None or captured >= held.body[2]):
                held.body = (shard, offset, captured)
        held.gone = sorted(moment for moment in held.gone if held.newest is None or moment > held.newest)


def printed_date(text: str | None) -> date | None:
    """The day that a list row prints; None if there is none or no such day.

    >>> printed_date("[2022年5月23日]"), printed_date("05-23")
    (datetime.date(2022, 5, 23), None)
    """
    found = DATE.search(text or "")
    with suppress(ValueError):
        return date(*map(int, found.groups())) if found else None
    return None


def _recent(page: Page, since: date) -> bool:
    """By the day of its list row; a page without one is as young as its first capture."""
    published = printed_date(dict(page.hints).get("published"))
    return published is None or published >= since


def _lines(shard: Path) -> Iterator[tuple[str, datetime, int, int, bool]]:
    """Address, time, status, offset and whether it is a revisit, from the index, which is made if it is missing."""
    try:
        yield from _read(sidecar(shard))
    except (FileNotFoundError, ValueError, KeyError):
        yield from _read(write_index(shard))


def _read(path: Path) -> list[tuple[str, datetime, int, int, bool]]:
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            _, captured, rest = line.split(" ", 2)
            fields = json.loads(rest)
            moment = datetime.strptime(f"{captured}+0000", "%Y%m%d%H%M%S%z")
            revisit = "refers_to" in fields
            found.append((fields["url"], moment, int(fields["status"]), int(fields["offset"]), revisit))
    return found
