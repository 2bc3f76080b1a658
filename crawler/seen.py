"""What is already known of each address of a source, so that only what is new is written.

Enters: the sightings of a source's shards, then each page of a run. Leaves: a verdict on the page. Numbers instead of
strings keep it at about 300 bytes an address.

A page is judged against the newest captures of its address, not against all: a page that changes and changes back is
new twice. A run that has written an address once goes on with it: two rows of a table that share an address are both
kept, and the last one counts.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from crawler.index import sightings, timestamp

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.page import Page

Verdict = Literal["new", "again", "same"]
"""new: not known in this form. again: known, and now seen at a later time. same: this very capture is known."""


class Newest(NamedTuple):
    """The newest captures of one address: their time, and for each identity the time of the capture with the body."""

    captured: int
    bodies: tuple[tuple[int, int], ...]


class Seen:
    """The memory of one source, filled from its shards and kept up to date by the writer."""

    def __init__(self, shards: list[Path]) -> None:
        self._shards = shards
        self._newest: dict[int, Newest] = {}
        self._run: dict[int, int] = {}  # what this run wrote last at an address
        self._written: set[int] = set()  # the captures of this run
        for shard in shards:
            for line in sightings(shard):
                self._note(_number(line.url), line.captured, int(line.identity, 16), line.first)

    def judge(self, page: Page, identity: str) -> Verdict:
        address, captured, content = _number(page.url), timestamp(page.captured), int(identity, 16)
        known = self._newest.get(address)
        if known is None:
            return "new"
        last = self._run.get(address)
        same = content in dict(known.bodies) if last is None else content == last
        if same:
            return "again" if captured > known.captured else "same"
        # An older capture than the newest comes from a WARC file that is loaded; it may be here already.
        capture = _number(f"{page.url} {captured} {identity}")
        older = captured <= known.captured and (capture in self._written or capture in self._stored)
        return "same" if older else "new"

    def add(self, page: Page, identity: str, first: int) -> None:
        """Takes note of a capture that was written. first: the time of the capture that holds the body."""
        address, captured, content = _number(page.url), timestamp(page.captured), int(identity, 16)
        self._note(address, captured, content, first)
        self._run[address] = content
        self._written.add(_number(f"{page.url} {captured} {identity}"))

    def first(self, page: Page, identity: str) -> int:
        """When the body of a page that is judged "again" was captured."""
        return dict(self._newest[_number(page.url)].bodies)[int(identity, 16)]

    def _note(self, address: int, captured: int, content: int, first: int) -> None:
        known = self._newest.get(address)
        if known is None or captured > known.captured:
            self._newest[address] = Newest(captured, ((content, first),))
        elif captured == known.captured and content not in dict(known.bodies):
            self._newest[address] = Newest(captured, (*known.bodies, (content, first)))

    @cached_property
    def _stored(self) -> set[int]:
        """Every capture of the earlier runs: read only when an old capture is put, which a crawl never does."""
        return {
            _number(f"{line.url} {line.captured} {line.identity}")
            for shard in self._shards
            for line in sightings(shard)
        }


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16])
