"""What the city says over the wire: a request as it came and an answer as it goes.

Enters: a parsed request head and its body. Leaves: an `Answer`, whole or as a lazy stream of bytes.

>>> answer = text("<html></html>")
>>> answer.status, answer.media_type
(200, 'text/html; charset=utf-8')
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from datetime import datetime

HTML = "text/html; charset=utf-8"
JSON = "application/json;charset=UTF-8"
Stream = Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True)
class Request:
    """headers: names in lower case. target: path and query as they stood in the request line."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        """The query, and over it the fields of the body: Java servers do not tell them apart."""
        return self.query | dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @cached_property
    def json(self) -> dict[str, Any]:
        try:
            said = json.loads(self.body)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

    def number(self, name: str, otherwise: int) -> int:
        """A whole number of the form, or what the server takes for granted."""
        said = self.form.get(name, "")
        return int(said) if said.lstrip("-").isdigit() else otherwise


@dataclass(frozen=True, kw_only=True)
class Answer:
    """status None: bytes as they are, without any head.

    changed: when a static file was written: the answer has Last-Modified and ETag and can be 304. tagged: ETag alone.
    stream: the body as it comes into being; length: what Content-Length says then, None: chunked.
    """

    body: bytes = b""
    status: int | None = 200
    media_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    changed: datetime | None = None
    tagged: bool = False
    stream: Stream | None = None
    length: int | None = None
    delay: float = 0.0


def text(page: str, media_type: str = HTML, status: int = 200, **more: Any) -> Answer:
    return Answer(body=page.encode(), media_type=media_type, status=status, **more)


def data(value: object, **more: Any) -> Answer:
    return Answer(body=json.dumps(value, ensure_ascii=False).encode(), media_type=JSON, **more)


def redirect(location: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", location),))
