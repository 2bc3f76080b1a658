"""Reads any WARC file back as captures of pages, our own and other people's alike.

Enters: the path of a .warc or .warc.gz. Leaves: `Capture`s in the order of the file. Damage is an error after the last
whole record: fastwarc itself stops without a word where a file is cut, and hands out the half record before.

>>> [capture.page.url for capture in captures(Path("raw/suzhou/2026.warc.gz"), source="suzhou")]
['http://www.suzhou.gov.cn/a.shtml']
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.errors import WarcDamage
from crawler.members import whole_end
from crawler.page import FILE_SCHEME, UTC, Page
from crawler.warc_writer import ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

MAX_HEADER = 1 << 20
"""Bytes of headers in one record; real cookies and policies pass fastwarc's default of 32 KiB."""

MAX_BODY = 512 << 20
"""Bytes of one body. A policy page has 0.1 MiB, a scanned annex 100 MiB; above this it is a film or an attack."""

Hints = tuple[tuple[str, str], ...]
PAGES = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.revisit)
CODINGS: Mapping[str, Callable[[WarcReader | BytesIO], WarcReader]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": partial(GzipReader, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}


@dataclass(frozen=True, slots=True)
class Capture:
    """A page in a WARC file. A revisit has an empty body, the digest of the body it saw again and that one's time."""

    page: Page
    sha256: str
    offset: int
    refers_to: datetime | None = None


def captures(path: Path, *, source: str, decode: bool = False) -> Iterator[Capture]:
    """The pages of a WARC file, with their hints.

    source: used where the file's own warcinfo does not name one in isPartOf.
    decode: undo Transfer-Encoding and Content-Encoding, which other crawlers leave in the body; ours never does.
    Raises WarcDamage (one line, names the file) where the file is cut or broken, OSError where it cannot be opened.
    """
    with path.open("rb") as stream:
        held: Capture | None = None  # until the record after it shows that it was whole
        hints: tuple[str | None, Hints] = (None, ())
        offset = count = 0
        trouble = ""
        try:
            for record in ArchiveIterator(stream, max_header_len=MAX_HEADER, strict_mode=False):
                if held:
                    yield held
                held, offset, count = None, record.stream_pos, count + 1
                if record.record_type == WarcRecordType.warcinfo:
                    source = _named_source(record) or source
                elif record.record_type == WarcRecordType.metadata:
                    hints = _read_hints(record)
                elif record.record_type in PAGES:
                    own = hints[1] if hints[0] == record.record_id else ()
                    held = _capture(record, source, own, decode=decode)
        except (OSError, ValueError) as error:
            trouble = str(error)
        size = stream.seek(0, 2)
        end = _end(stream, offset)
        if held and end > held.offset:
            yield held
        if trouble or end < size or not count:
            what = trouble or ("it is cut short" if count else "no WARC record at its beginning")
            raise WarcDamage(f"{path}: whole up to byte {end} of {size}, then damaged: {what}")


def _capture(record: WarcRecord, source: str, hints: Hints, *, decode: bool) -> Capture | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if not url.startswith(("http://", "https://", FILE_SCHEME)):
        return None  # DNS answers, screenshots, page lists of other crawlers
    if record.content_length > MAX_BODY:
        raise ValueError(f"{url} has more than {MAX_BODY >> 20} MiB")
    body = record.reader.read()
    if len(body) < record.content_length:
        raise ValueError(f"the body of {url} is cut short")
    http = record.http_headers if record.is_http and record.is_http_parsed else None
    headers = tuple((_text(name), _text(value)) for name, value in http.items_bytes()) if http is not None else ()
    algorithm, _, value = (record.headers.get("WARC-Payload-Digest") or "").partition(":")
    sha256 = _hexadecimal(value) if algorithm == "sha256" else ""
    revisit = record.record_type == WarcRecordType.revisit
    wire = {name.lower(): value.strip().lower() for name, value in headers}
    if not revisit:
        found = hashlib.sha256(body).hexdigest()
        if sha256 and sha256 != found and "transfer-encoding" not in wire:
            raise ValueError(f"the body of {url} does not fit its digest")
        if decode:
            body = _decoded(body, wire)
            found = hashlib.sha256(body).hexdigest()
        sha256 = found
    declared = record.http_content_type if http is not None else record.headers.get("Content-Type")
    if record.record_date is None:
        raise ValueError(f"{url} has no valid WARC-Date")
    page = Page(
        url=url,
        source=source,
        body=body,
        media_type=record.headers.get("WARC-Identified-Payload-Type") or _media_type(declared),
        captured=record.record_date.astimezone(UTC).replace(microsecond=0),
        headers=tuple((name.removeprefix(ORIGINAL), value) for name, value in headers),
        status=http.status_code if http is not None else None,
        hints=hints,
    )
    first = record.headers.get("WARC-Refers-To-Date") or record.headers["WARC-Date"]
    return Capture(page, sha256, record.stream_pos, datetime.fromisoformat(first) if revisit else None)


def _decoded(body: bytes, wire: Mapping[str, str]) -> bytes:
    """The body without its transfer and content coding; as it is where it does not follow its own headers."""
    reader: WarcReader | BytesIO = BytesIO(body)
    if "chunked" in wire.get("transfer-encoding", ""):
        reader = ChunkedReader(reader)
    coding = CODINGS.get(wire.get("content-encoding", ""))
    if coding:
        reader = coding(reader)
    plain = bytearray()
    try:
        while part := reader.read(1 << 20):
            plain += part
            if len(plain) > MAX_BODY:
                raise ValueError(f"a body unpacks to more than {MAX_BODY >> 20} MiB")
    except OSError:
        return body
    return bytes(plain)


def _end(stream: BinaryIO, start: int) -> int:
    """Where the record at `start` ends, and what follows it up to the last whole one; `start` itself if it is cut."""
    stream.seek(start)
    beginning = stream.read(MAX_HEADER)
    if beginning.startswith(b"\x1f\x8b"):
        return whole_end(stream, start)
    head, separator, _ = beginning.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length:\s*(\d+)\s*$", head)
    end = start + len(head) + 4 + int(length[1]) if separator and length else start
    return end + 4 if end > start and end + 4 <= stream.seek(0, 2) else start


def _named_source(record: WarcRecord) -> str | None:
    found = re.search(rb"(?m)^isPartOf:[ \t]*([^\r\n]+)", record.reader.read())
    return found[1].decode(errors="replace") if found else None


def _read_hints(record: WarcRecord) -> tuple[str | None, Hints]:
    if record.headers.get("Content-Type") != "application/json":
        return None, ()
    match json.loads(record.reader.read()):
        case {"hints": [*pairs]}:
            return record.headers.get("WARC-Concurrent-To"), tuple((str(name), str(value)) for name, value in pairs)
    return None, ()


def _media_type(declared: str | None) -> str:
    return (declared or "application/octet-stream").partition(";")[0].strip().lower()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _hexadecimal(digest: str) -> str:
    """WARC digests are base32 or hexadecimal; 64 digits are the latter."""
    return digest.lower() if len(digest) == 64 else base64.b32decode(digest, casefold=True).hex()
