"""Asking the city with urllib alone, so that the city and the crawler that is tried on it have nothing in common."""

from __future__ import annotations

import json
import re
import socket
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

if TYPE_CHECKING:
    from tests.city import City


class Still(HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: Any) -> None:
        return None


def fetch(url: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers by name in lower case, body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        answer = build_opener(Still).open(Request(url, body, named), timeout=5)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()


def read(url: str, body: bytes | None = None, **headers: str) -> str:
    status, _, answer = fetch(url, body, **headers)
    assert status == 200, (url, status)
    return answer.decode()


def ask(url: str, value: object = None, **headers: str) -> Any:
    """JSON for JSON."""
    if value is None:
        return json.loads(read(url, None, **headers))
    return json.loads(read(url, json.dumps(value).encode(), Content_Type="application/json", **headers))


def links(page: str, base: str, pattern: str = r"<a[^>]+href=[\"']([^\"']+)") -> list[str]:
    return [urljoin(base, unescape(link)) for link in re.findall(pattern, page)]


def urls(here: City, name: str) -> list[str]:
    return [url for url, _, _ in here.documents(name)]


def raw(url: str, limit: int, seconds: float = 1.0) -> bytes:
    """The first bytes that come over the wire."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=seconds) as line:
        line.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        got = b""
        while len(got) < limit:
            try:
                piece = line.recv(1 << 16)
            except TimeoutError:
                break
            if not piece:
                break
            got += piece
        return got
