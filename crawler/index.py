"""The CDXJ sidecar of a WARC file: what replay tools (pywb) and our own writer look captures up in.

Enters: a closed <run>.warc.gz. Leaves: <run>.cdxj beside it, one sorted line a capture, made from the WARC alone: it
can be deleted at any time and is made again when it is wanted.

>>> surt("http://www.suzhou.gov.cn/szsrmzf/a.shtml?b=1")
'cn,gov,suzhou)/szsrmzf/a.shtml?b=1'
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.errors import WarcDamage
from crawler.members import spans
from crawler.warc_reader import captures
from crawler.warc_writer import identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from crawler.warc_reader import Capture

SHARD = ".warc.gz"
REVISIT = "warc/revisit"
"""The media type by which CDXJ readers know a revisit."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A line of the index, as far as the writer needs it. Times are numbers, YYYYMMDDhhmmss in UTC.

    first: the time of the capture that holds the body; captured itself unless this is a revisit.
    """

    url: str
    captured: int
    identity: str
    first: int


def timestamp(moment: datetime) -> int:
    """YYYYMMDDhhmmss, as CDXJ writes times."""
    return int(moment.strftime("%Y%m%d%H%M%S"))


def surt(url: str) -> str:
    """The sort-friendly form of an address: host reversed, without www; addresses that are no URL stay as they are."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url
    host = re.sub(r"^www\d*\.", "", parts.hostname)
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{query}".lower()


def sidecar(shard: Path) -> Path:
    return shard.with_name(shard.name.removesuffix(SHARD) + ".cdxj")


def write_index(shard: Path) -> Path:
    """Makes the sidecar, whole or not at all. Raises WarcDamage if the WARC file is damaged."""
    with shard.open("rb") as stream:
        ends = dict(spans(stream))
    lines = sorted(_line(shard, capture, ends) for capture in captures(shard, source=""))
    path = sidecar(shard)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
    return path


def sightings(shard: Path) -> Iterator[Sighting]:
    """The captures of a shard from its sidecar, which is made first if it is missing or not ours."""
    path = sidecar(shard)
    try:
        found = _read(path)
    except (FileNotFoundError, ValueError, KeyError):  # deleted, damaged, or written by another tool
        found = _read(write_index(shard))
    yield from found


def _read(path: Path) -> list[Sighting]:
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            _, captured, rest = line.split(" ", 2)
            fields = json.loads(rest)
            first = fields.get("refers_to", captured)
            found.append(Sighting(fields["url"], int(captured), fields["identity"], int(first)))
    return found


def _line(shard: Path, capture: Capture, ends: dict[int, int]) -> str:
    page = capture.page
    captured = timestamp(page.captured)
    if capture.offset not in ends:
        raise WarcDamage(f"{shard}: not one gzip member a record; load it instead of putting it into raw/")
    fields = {
        "url": page.url,
        "mime": REVISIT if capture.refers_to else page.media_type,
        "status": str(page.status or 200),  # replay tools show a resource record as a good response
        "digest": f"sha256:{capture.sha256}",
        "length": str(ends[capture.offset] - capture.offset),
        "offset": str(capture.offset),
        "filename": shard.name,
        "identity": identity(capture.sha256, page),
    }
    if capture.refers_to:
        fields["refers_to"] = str(timestamp(capture.refers_to))
    return f"{surt(page.url)} {captured} {json.dumps(fields)}\n"
