"""One page as it came: what every spider and every loader hands to the raw store.

Enters: bytes from the network or from a file, and what is known about them. Leaves: a `Page` (before it is stored) or a
`RawRecord` (read back from raw/, with its digest and its place in a WARC file).

>>> page = Page(url="urn:zhengce:demo/a.txt", source="demo", body=b"...", media_type="text/plain",
...             captured=datetime(2026, 1, 1, tzinfo=UTC))
>>> page.is_file
True
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from w3lib.url import canonicalize_url

if TYPE_CHECKING:
    from pathlib import PurePosixPath

CHINA = timezone(timedelta(hours=8))
"""The clock of the sites, which know no summer time since 1991."""

NOT_THERE = (404, 410)
"""Statuses of a page that its server does not have."""

APART = timedelta(hours=24)
"""Between the two answers of that kind that count as the site's word (design §2)."""

FILE_SCHEME = "urn:zhengce:"
"""Local files have no web address; their URN is the collection's name and the path inside it (design §2)."""

SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
"""Java servers write it into every link of an answer to somebody who has sent no cookie yet, each time another."""
UNUSUAL = re.compile(r"^https?://[^/?#]*(?::80|:443|\.(?::\d+)?)(?:[/?#]|$)|;jsessionid=", re.IGNORECASE)

FILE_KINDS = "pdf|docx?|wps|xlsx?|et|pptx?|ofd|zip|rar|7z|rtf|ceb"
"""Suffixes of files that are attached to policy documents, as a regular expression; no pictures and films."""
LEADS_TO_FILE = re.compile(rf"\.(?:{FILE_KINDS})(?:$|[?&#])", re.IGNORECASE)
"""An address with such a suffix."""
CALLED_FILE = re.compile(rf"['\"]([^'\"\s]{{1,1000}}\.(?:{FILE_KINDS})(?:\?[^'\"]*)?)['\"]", re.IGNORECASE)
"""downloadAttach('/u/cms/a.docx'): the address that a script is given."""
SENT_FILE = re.compile(r"/down(?:load|file)[^?]*\?(?:.*&)?(?:file_?name|name)=[^&]+\.\w{2,4}", re.IGNORECASE)
"""A page that sends a file, whatever its kind: /module/download/downfile.jsp?filename=2102181605218847.jpg (JCMS)."""
SAYS_ATTACHED = re.compile(
    r"^(?:附件|附表|附)[\d一二三四五六七八九十]{0,3}[:：.、]?|附件下载|下载(?:附件|文件|pdf|word|全文)|点击下载"
)
"""The name of a link to an annex, or the label above it, folded."""

__all__ = [
    "APART",
    "CALLED_FILE",
    "CHINA",
    "FILE_KINDS",
    "FILE_SCHEME",
    "LEADS_TO_FILE",
    "NOT_THERE",
    "SAYS_ATTACHED",
    "SENT_FILE",
    "UTC",
    "Page",
    "RawRecord",
    "canonical_url",
    "document_id",
    "file_urn",
    "part_hint",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes as they came, and what the place they came from says about them.

    url: canonical http(s) URL, or `urn:zhengce:<collection>/<relative path>` of a local file.
    source: id of the source card, or the collection's name.
    media_type: as declared by the server or told by the file's suffix, without parameters ("text/html").
    captured: aware, UTC, whole seconds.
    headers: HTTP response headers in their order; empty for files.
    status: HTTP status; None for files.
    hints: facts that stand beside the page and not in it (a list row's date, the columns of a CSV), by field name.
    """

    url: str
    source: str
    body: bytes
    media_type: str
    captured: datetime
    headers: tuple[tuple[str, str], ...] = ()
    status: int | None = None
    hints: tuple[tuple[str, str], ...] = ()

    @property
    def is_file(self) -> bool:
        return self.url.startswith(FILE_SCHEME)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def parts(self) -> tuple[tuple[str, bytes], ...]:
        """Pages 2, 3 … of an article that its site spreads over several: their addresses and bodies, in order."""
        pairs = (value.partition(" ") for name, value in self.hints if name == "part")
        return tuple((url, b64decode(body)) for url, _, body in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A page as raw/ holds it: the page, the SHA-256 of its body and where its WARC record stands."""

    page: Page
    sha256: str
    warc: str
    offset: int

    @property
    def id(self) -> str:
        """The document's id, stable for life: it depends on the URL alone."""
        return document_id(self.page.url)


@lru_cache(maxsize=4096)  # a crawl asks for the same address a dozen times while it is at it
def canonical_url(url: str, encoding: str = "utf-8") -> str:
    """One form for each address of a document: query sorted, fragment dropped, host in lower case.

    What only looks like another address goes: a session's number in the path, the default port, a dot after the host.
    encoding: of the page that names it, for letters beyond ASCII in its query.

    >>> canonical_url("HTTP://A.gov.cn.:80/x.html;jsessionid=0F3A?b=1&a=2#top")
    'http://a.gov.cn/x.html?a=2&b=1'
    """
    if url.startswith(FILE_SCHEME):
        return url
    url = str(canonicalize_url(url.strip(), encoding=encoding))
    if not UNUSUAL.search(url):
        return url
    url = SESSION.sub("", url)
    parts = urlsplit(url)
    standing = 80 if parts.scheme == "http" else 443
    host = parts.netloc.removesuffix(f":{standing}") if parts.port == standing else parts.netloc
    name, colon, port = host.partition(":") if "]" not in host else (host, "", "")
    return parts._replace(netloc=f"{name.rstrip('.') or name}{colon}{port}").geturl()


def part_hint(url: str, body: bytes) -> str:
    """A further page of an article as the value of the hint `part` of its first page, so that it stays one record.

    >>> part_hint("http://a.gov.cn/t1_1.html", b"text")
    'http://a.gov.cn/t1_1.html dGV4dA=='
    """
    return f"{url} {b64encode(body).decode()}"


@lru_cache(maxsize=4096)
def document_id(url: str) -> str:
    """16 hexadecimal digits from the canonical URL without its scheme, so that http may become https.

    >>> document_id("http://www.suzhou.gov.cn/a.shtml") == document_id("https://www.suzhou.gov.cn/a.shtml")
    True
    """
    address = canonical_url(url)
    scheme, separator, rest = address.partition("://")
    identity = rest if separator and scheme in ("http", "https") else address
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def file_urn(collection: str, relative: PurePosixPath) -> str:
    """The URN of a local file: `urn:zhengce:<collection>/<relative path>`, percent-encoded where a URN needs it."""
    return FILE_SCHEME + quote(f"{unquote(collection)}/{relative}", safe="/-._~", errors="surrogateescape")
