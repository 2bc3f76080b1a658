"""What comes in place of a page with status 200: a refresh to another, a stub that sets a cookie, a form for a file.

Enters: an answer. Leaves: the answer, the request that it asks for, or `Refused`:
- a page without text that refreshes into another is followed, as a redirect is; one with text is kept as it is;
- a body without text that sets a cookie is asked for once more, with the cookie (domain.md §3.1: 37 public crawlers of
  one city do so); if it comes again it is `no_text`, and no page;
- HTML under the address of a .pdf or .docx is a login or an error, `no_file`, and not the file.

>>> refreshed(b'<meta http-equiv="refresh" content="0; url=/real/1.html">', "http://a.gov.cn/1.html")
'http://a.gov.cn/real/1.html'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware

from crawler.challenge import LARGEST, soft_404
from crawler.decoding import text
from crawler.markup import Token, tokens, visible
from crawler.page import FILE_KINDS
from crawler.platforms.answers import joined
from crawler.polite import Refused

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response

__all__ = ["StandIns", "is_stub", "refreshed"]

SHORT = 40
"""Letters of a page that only says where it leads: 正在跳转，请稍候……"""
SOON = 10.0
"""Seconds until a refresh that is a redirect; live pages reload themselves each minute."""
STUB = 2_000
"""Bytes of a page without text; longer ones are the frames of scripts."""

REFRESH = re.compile(r"\s*(\d{1,4}(?:\.\d{1,3})?)\s*[;,]\s*url\s*=\s*['\"]?([^'\"]{1,2000})", re.IGNORECASE)
SCRIPT = re.compile(
    r"\b(?:(?:window|top|self|parent|document)\.)?location(?:\.href)?\s{0,9}(?:=|\.replace\(|\.assign\()\s{0,9}"
    r"['\"]([^'\"]{1,2000})['\"]"
)
SHOWS = ("img", "iframe", "frame", "embed", "object", "form", "svg", "video")
"""Elements that a person sees something in although they have no text."""
FILE = re.compile(rf"\.(?:{FILE_KINDS})$", re.IGNORECASE)
HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|script)\b", re.IGNORECASE)


class StandIns(MetaRefreshMiddleware):
    """Downloader middleware; sees the answer after challenges were looked for."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        if response.status != 200 or request.method != "GET":
            return response
        asked = (request.meta.get("redirect_urls") or [request.url])[0]
        if FILE.search(urlsplit(asked).path) and HTML.match(response.body[:LARGEST]):
            raise Refused("no_file", f"{asked} answered with HTML")
        if len(response.body) > LARGEST or not _is_html(response):
            return response
        if (target := refreshed(response.body, response.url)) and not soft_404(response.body):
            onward = request.replace(url=target, cookies=None)
            return self._redirect(onward, request, "meta refresh")
        if response.headers.get("Set-Cookie") and is_stub(response.body):
            if request.meta.get("asked_again"):
                raise Refused("no_text", f"{request.url} has no text and sets a cookie, twice")
            return request.replace(meta=request.meta | {"asked_again": True}, dont_filter=True)
        return response


def refreshed(body: bytes, url: str, *, scripts: bool = False) -> str | None:
    """Where a page without text leads at once; None if it has text, or leads nowhere. scripts: also by location=."""
    if len(body) > LARGEST:
        return None
    page = text(body)
    if len(visible(page, SHORT + 1)) > SHORT:
        return None
    found = next(
        filter(None, map(_refresh, (token.attributes for token in tokens(page) if token.name == "meta"))), None
    )
    if found is None and scripts and (said := SCRIPT.search(page)):
        found = said[1]
    target = joined(url, found) if found else None
    return target if target and target.partition("#")[0] != url.partition("#")[0] else None


def is_stub(body: bytes) -> bool:
    """True for a small page in which there is nothing to see."""
    page = text(body)
    return len(body) <= STUB and not visible(page, 1) and not any(map(_shows, tokens(page)))


def _shows(token: Token) -> bool:
    return token.name in SHOWS or (token.name == "script" and "src" in token.attributes)


def _refresh(meta: dict[str, str]) -> str | None:
    found = REFRESH.match(meta.get("content", "")) if meta.get("http-equiv", "").lower() == "refresh" else None
    return found[2].strip() if found and float(found[1]) <= SOON else None


def _is_html(response: Response) -> bool:
    declared = (response.headers.get("Content-Type") or b"text/html").lower()
    return b"html" in declared
