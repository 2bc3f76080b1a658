"""An answer of a server as a page of ours, or the word for why it is none.

Enters: Scrapy's response. Leaves: a `Page` with the bytes and headers as they came, or a failure class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.challenge import front_page, soft_404
from crawler.failures import http_class
from crawler.page import Page, canonical_url, document_id

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.http import Response

__all__ = ["GOOD", "HTML", "as_page", "headers_of", "trouble"]

GOOD = (200, 203)
"""Statuses of a page: 203 is one that a proxy on the site's side has touched."""


HTML = ("text/html", "application/xhtml+xml")

MOST_HEADERS = 64 << 10
"""Bytes. Servers send less than 8 KB; a WARC record with 1 MB of headers could not be read back."""

Hints = tuple[tuple[str, str], ...]


def as_page(response: Response, url: str, *, source: str, captured: datetime, hints: Hints) -> Page:
    """The page under the address that the list gave it; where a redirect led is a hint."""
    if document_id(response.url) != document_id(url):
        hints = (*hints, ("location", canonical_url(response.url)))
    return Page(
        url=canonical_url(url),
        source=source,
        body=response.body,
        media_type=media_type(response),
        captured=captured,
        headers=headers_of(response),
        status=response.status,
        hints=hints,
    )


def headers_of(response: Response) -> Hints:
    """The headers as they came, in the form of `Page.headers`, up to the size that others accept too."""
    kept: list[tuple[str, str]] = []
    room = MOST_HEADERS
    for name, values in response.headers.items():
        for value in values:
            room -= len(name) + len(value) + 4
            if room >= 0:
                kept.append((name.decode("latin-1"), value.decode("utf-8", "surrogateescape")))
    return tuple(kept)


def trouble(response: Response) -> str | None:
    """Why an answer is not the page that was asked for; None if it is."""
    asked = (response.request.meta.get("redirect_urls") or [response.url])[0] if response.request else response.url
    if response.status not in GOOD:
        return http_class(response.status)
    if front_page(asked, response.url) or (media_type(response) in HTML and soft_404(response.body)):
        return "soft_404"
    return None if response.body else "empty_body"


def media_type(response: Response) -> str:
    """As the server declares it, without parameters."""
    declared = response.headers.get("Content-Type") or b"application/octet-stream"
    return declared.decode("latin-1").partition(";")[0].strip().lower()
