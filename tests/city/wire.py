"""HTTP/1.1 as bytes: requests read, answers validated (304), packed (gzip) and written, whole or in pieces.

Enters: a stream's reader and writer. Leaves: `Request`s, and in a `Visit` what was answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from tests.city.messages import Answer, Request

LARGEST_HEAD = 1 << 16
LARGEST_BODY = 1 << 20
LATER = {521: "Web Server Is Down"}


@dataclass
class Visit:
    """time: monotonic, when the head of the request had come. status: 0 while unanswered or without a head."""

    time: float
    site: str
    method: str
    target: str
    headers: dict[str, str]
    status: int = 0
    sent: int = 0


async def read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection, None when it is over."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    method, _, rest = first.partition(" ")
    target, _, version = rest.rpartition(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if version == "HTTP/1.0":
        headers.setdefault("connection", "close")
    length = min(int(headers.get("content-length") or 0), LARGEST_BODY)
    return Request(method, target, headers, await reader.readexactly(length) if length else b"")


def validated(request: Request, answer: Answer) -> Answer:
    """A static file has ETag and Last-Modified, and is 304 for those who have it."""
    if answer.status != 200 or not (answer.changed or answer.tagged):
        return answer
    tag = f'"{hashlib.md5(answer.body, usedforsecurity=False).hexdigest()[:16]}"'
    headers = [("ETag", tag)]
    if answer.changed:
        headers.append(("Last-Modified", _http_date(answer.changed)))
    if _has(request, tag, answer.changed):
        return Answer(status=304, headers=tuple(headers))
    return Answer(body=answer.body, media_type=answer.media_type, headers=(*answer.headers, *headers))


def _has(request: Request, tag: str, changed: datetime | None) -> bool:
    if held := request.headers.get("if-none-match"):
        return tag in held or held.strip() == "*"
    since = request.headers.get("if-modified-since")
    if not since or changed is None:
        return False
    with contextlib.suppress(ValueError):
        return parsedate_to_datetime(since) >= changed.replace(microsecond=0)
    return False


async def write(writer: asyncio.StreamWriter, request: Request, answer: Answer, visit: Visit) -> bool:
    """Send it; False when the connection ends here."""
    if answer.status is None:
        writer.write(answer.body)
        visit.sent = len(answer.body)
        await writer.drain()
        if answer.stream is not None:
            await _pour(writer, answer, visit, chunked=False)
        return False
    body, headers = _packed(request, answer)
    date = ("Date", _http_date(datetime.now(UTC)))
    fields = [("Server", "city"), date, ("Content-Type", answer.media_type), *headers]
    if answer.status == 304:
        body, fields = b"", [("Server", "city"), date, *headers]
    chunked = answer.stream is not None and answer.length is None
    if chunked:
        fields.append(("Transfer-Encoding", "chunked"))
    elif answer.status != 304:
        fields.append(("Content-Length", str(len(body) if answer.stream is None else answer.length)))
    reason = LATER.get(answer.status) or HTTPStatus(answer.status).phrase
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    head = f"HTTP/1.1 {answer.status} {reason}\r\n{lines}\r\n".encode()
    if request.method == "HEAD":
        body = b""
    writer.write(head + body)
    visit.sent = len(body)
    await writer.drain()
    if answer.stream is not None and request.method != "HEAD":
        await _pour(writer, answer, visit, chunked=chunked)
        return chunked
    return True


async def _pour(writer: asyncio.StreamWriter, answer: Answer, visit: Visit, *, chunked: bool) -> None:
    assert answer.stream is not None
    async for piece in answer.stream():
        rest = piece if answer.length is None else piece[: answer.length - visit.sent]
        writer.write(b"%x\r\n%s\r\n" % (len(rest), rest) if chunked else rest)
        visit.sent += len(rest)
        await writer.drain()
        if visit.sent == answer.length:
            return
    if chunked:
        writer.write(b"0\r\n\r\n")
        await writer.drain()


def _packed(request: Request, answer: Answer) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """Text goes in gzip to those who accept it, as nginx does it: the ETag becomes a weak one."""
    named = {name for name, _ in answer.headers}
    textual = answer.media_type.startswith(("text/", "application/json", "application/xml"))
    if (
        not (textual and 1024 < len(answer.body) < 40_000)
        or "Content-Encoding" in named
        or "gzip" not in request.headers.get("accept-encoding", "")
    ):
        return answer.body, answer.headers
    headers = tuple((name, f"W/{value}" if name == "ETag" else value) for name, value in answer.headers)
    return gzip.compress(answer.body, 1, mtime=0), (*headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)
