"""What raw/ knows of a source before a crawl: which pages it holds, when each was last asked for, which seem gone.

Enters: the source's WARC files and their indexes. Leaves: `address in known`, and what is known of each page; whose
turn it is to be asked for again says crawler/due.py. Nothing else remembers what a crawl stored, so a killed run goes
on from there.

>>> known = Known(RawStore(Path("raw")), "suzhou")
>>> "https://www.suzhou.gov.cn/a.shtml" in known        # http and https are one
True
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.errors import RawStoreError
from crawler.index import SHARD, sidecar, write_index
from crawler.page import APART, NOT_THERE, document_id
from crawler.store import safe_name
from crawler.warc_reader import captures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crawler.page import Page
    from crawler.store import RawStore

__all__ = ["Held", "Known"]

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

    def missing(self, url: str) -> bool:
        """True if the page was not there when it was last asked for."""
        held = self._held.get(document_id(url))
        return held is not None and bool(held.gone)

    @property
    def pages(self) -> Iterator[Held]:
        """Every address with a good capture whose body is here."""
        return (held for held in self._held.values() if held.body is not None)

    def facts(self, wanted: Iterable[Held]) -> dict[str, Page]:
        """Pages as they were last stored, without their bodies, by the id of the document."""
        places: dict[Path, dict[int, Held]] = {}
        for held in wanted:
            assert held.body is not None
            places.setdefault(held.body[0], {})[held.body[1]] = held
        found: dict[str, Page] = {}
        for path, offsets in places.items():
            for capture in captures(path, source=self._source):
                if capture.offset in offsets:
                    url = offsets[capture.offset].url
                    found[document_id(url)] = replace(capture.page, url=url, body=b"")
        return found

    def of(self, numbers: Iterable[str]) -> list[Held]:
        """The pages with these ids, as far as raw/ holds them."""
        found = (self._held.get(number) for number in numbers)
        return [held for held in found if held is not None and held.body is not None]

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

    def _note(self, shard: Path, line: tuple[str, datetime, int, int, bool]) -> None:
        url, captured, status, offset, revisit = line
        held = self._held.setdefault(document_id(url), Held(url))
        held.checked = max(held.checked, captured)
        if status in NOT_THERE:
            held.gone.append(captured)
        elif 200 <= status < 300:
            held.url = url
            held.first = min(held.first or captured, captured)
            held.newest = max(held.newest or captured, captured)
            if not revisit and (held.body is None or captured >= held.body[2]):
                held.body = (shard, offset, captured)
        held.gone = sorted(moment for moment in held.gone if held.newest is None or moment > held.newest)


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
