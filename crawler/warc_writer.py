"""The WARC form of a page: bytes to append to a WARC file, the same bytes for the same page every time.

Enters: a `Page`. Leaves: gzip members (ISO 28500, WARC/1.1), written by warcio, replayable by any WARC tool:

- a page that came over HTTP is a `response` record, one from a file or from a row of a table is a `resource` record;
- hints stand in a `metadata` record (JSON) just before it, joined by WARC-Concurrent-To; no hints, no such record;
- a page seen again with the same bytes is a `revisit` record (profile identical-payload-digest).

Digests are "sha256:" and hexadecimal digits, as `sha256sum` prints them. Nothing is random, there is no clock: record
ids are uuid5 of address, capture time and content.

>>> page_members(page).startswith(b"\x1f\x8b")
True
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from datetime import UTC
from http.client import responses
from io import BytesIO
from typing import TYPE_CHECKING, Any

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crawler.page import Page

VERSION = "WARC/1.1"
HINTS_TYPE = "application/json"
ORIGINAL = "X-Archive-Orig-"
"""Prefix that web archives give to headers that were true on the wire and are not true of the stored, decoded body."""

WIRE_HEADERS = ("content-encoding", "transfer-encoding", "content-length")
NOT_A_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")  # RFC 9110 §5.6.2
LINE_BREAKS = re.compile(r"[\x00\r\n]")


class _Utf8Headers(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers as they came: warcio would percent-encode Chinese characters in them."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        lines: str = self.to_str(filter_func)
        return lines.encode("utf-8", "surrogateescape") + b"\r\n"


def identity(sha256: str, page: Page) -> str:
    """32 hexadecimal digits for what a capture says: its bytes and what stands beside them, without its time."""
    facts = json.dumps([sha256, page.media_type, page.status, page.hints])
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def page_members(page: Page) -> bytes:
    """The page as gzip members: its hints, if it has any, and the page itself."""
    sha256 = page.sha256
    fields = _fields(page, sha256, "page")
    if page.status is None:
        main = _member(page.url, "resource", fields, page.body, content_type=page.media_type)
    else:
        head = _http_head(page)
        fields["WARC-Block-Digest"] = _digest(head.to_ascii_bytes(), page.body)
        main = _member(page.url, "response", fields, page.body, http_headers=head)
    return _hints_member(page, fields) + main


def revisit_members(page: Page, first_seen: datetime) -> bytes:
    """The page seen again: headers and hints as of now, no body. `first_seen` is the capture that holds the body."""
    head = _http_head(page)
    fields = _fields(page, page.sha256, "revisit") | {
        "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        "WARC-Refers-To-Target-URI": page.url,
        "WARC-Refers-To-Date": warc_date(first_seen),
        "WARC-Block-Digest": _digest(head.to_ascii_bytes()),
    }
    return _hints_member(page, fields) + _member(page.url, "revisit", fields, b"", http_headers=head)


def info_member(filename: str, source: str, created: datetime) -> bytes:
    """The `warcinfo` record that opens a file; isPartOf names the source, `created` is the first page's time."""
    body = f"software: zhengce\r\nformat: WARC File Format 1.1\r\nisPartOf: {source}\r\n".encode()
    fields = {
        "WARC-Date": warc_date(created),
        "WARC-Record-ID": _record_id("warcinfo", filename, source, warc_date(created)),
        "WARC-Filename": filename,
        "WARC-Block-Digest": _digest(body),
    }
    return _member("", "warcinfo", fields, body)


def warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fields(page: Page, sha256: str, role: str) -> dict[str, str]:
    date = warc_date(page.captured)
    return {
        "WARC-Date": date,
        "WARC-Record-ID": _record_id(role, page.url, date, identity(sha256, page)),
        "WARC-Payload-Digest": f"sha256:{sha256}",
        "WARC-Block-Digest": f"sha256:{sha256}",  # true of a resource; the others replace it
        "WARC-Identified-Payload-Type": page.media_type,
    }


def _hints_member(page: Page, described: Mapping[str, str]) -> bytes:
    if not page.hints:
        return b""
    body = json.dumps({"hints": page.hints}).encode()  # ASCII: any string survives, lone surrogates too
    fields = {
        "WARC-Date": described["WARC-Date"],
        "WARC-Record-ID": _record_id("hints", described["WARC-Record-ID"]),
        "WARC-Concurrent-To": described["WARC-Record-ID"],
        "WARC-Payload-Digest": _digest(body),
        "WARC-Block-Digest": _digest(body),
    }
    return _member(page.url, "metadata", fields, body, content_type=HINTS_TYPE)


def _http_head(page: Page) -> _Utf8Headers:
    status = page.status or 0
    reason = responses.get(status, "")
    lines = [(NOT_A_TOKEN.sub("-", name) or "-", LINE_BREAKS.sub(" ", value).strip()) for name, value in page.headers]
    length = str(len(page.body))
    lines = [
        (ORIGINAL + name, value)
        if name.lower() in WIRE_HEADERS and not (name.lower() == "content-length" and value == length)
        else (name, value)
        for name, value in lines
    ]
    return _Utf8Headers(f"{status} {reason}".strip(), lines, protocol="HTTP/1.1")


def _member(
    url: str,
    kind: str,
    fields: dict[str, str],
    body: bytes,
    *,
    content_type: str = "",
    http_headers: _Utf8Headers | None = None,
) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=VERSION)
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=content_type,
        warc_headers_dict=fields,
        http_headers=http_headers,
    )
    writer.write_record(record)
    return out.getvalue()


def _record_id(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts))}>"


def _digest(*blocks: bytes) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return f"sha256:{digest.hexdigest()}"
