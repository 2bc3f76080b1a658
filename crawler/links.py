"""What a detail page leads to: its files, and the further pages of the same article.

Enters: an address and the bytes behind it. Leaves: (name, address) of files, and the addresses of pages 2, 3 … These
are questions of links, not of text: whose body a file belongs to is the pipeline's to say.

>>> files("http://a.gov.cn/x/t1.html", b'<a href="./P02.pdf">Annex</a>')
[('Annex', 'http://a.gov.cn/x/P02.pdf')]
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from urllib.parse import urljoin, urlsplit

from crawler.page import FILE_KINDS, canonical_url

__all__ = ["continued", "files"]

FILE = re.compile(
    rb"<a\b[^>]*?\bhref\s*=\s*[\"']?([^\"'<>]{1,1000}?\.(?:"
    + FILE_KINDS.encode()
    + rb")(?:\?[^\"'<>#]*)?)(?:#[^\"'<>]*)?[\"'\s>]"
    rb"(?:[^<>]*>)?(.{0,600}?)</a",
    re.IGNORECASE | re.DOTALL,
)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>|[\s\u3000\xa0]+")

NEXT = ("下一页", "下页")
EDGE = re.compile(r"^\W+|\W+$")
NEXT_MARKS = tuple(word.encode(charset) for word in NEXT for charset in ("utf-8", "gb18030"))
LINK = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^>]*>(.{0,200}?)</a", re.IGNORECASE | re.DOTALL)
PAGER = re.compile(rb"createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*[\"']([\w./-]+)[\"']\s*,\s*[\"'](\w+)[\"']")
"""TRS turns the pages of an article as it turns those of a list: count, current, stem, suffix; page 2 is stem_1."""

MOST = 60
"""Pages of one article. The longest plans have about thirty."""


def files(url: str, page: bytes) -> list[tuple[str, str]]:
    """Name and address of each linked file, in the order of the page; a name is what the link says, else the file's."""
    found: dict[str, str] = {}
    for match in FILE.finditer(page):
        address = _joined(url, _text(page, match[1]))
        if address:
            name = TAG.sub(" ", unescape(_text(page, match[2]))).strip()
            found.setdefault(address, name or urlsplit(address).path.rpartition("/")[2])
    return [(name, address) for address, name in found.items()]


def continued(url: str, page: bytes) -> list[str]:
    """Addresses of further pages of the article that this page names; empty for nearly every page.

    A page of the same article has the same folder and its name goes on from the article's: t1_2.html for t1.html. The
    next article (下一篇) has another name.
    """
    stem, suffix = _stem(url)
    if (pager := PAGER.search(page)) and pager[3].decode() == stem.rpartition("/")[2]:
        numbers = range(1, min(int(pager[1]), MOST))
        return [address for n in numbers if (address := _joined(url, f"{stem}_{n}.{pager[4].decode()}"))]
    if not any(mark in page for mark in NEXT_MARKS):
        return []
    for match in LINK.finditer(_text(page, page)):
        if EDGE.sub("", TAG.sub("", unescape(match[2]))) not in NEXT:
            continue
        address = _joined(url, match[1])
        if address and _belongs(address, stem, suffix) and address != canonical_url(url):
            return [address]
    return []


def _belongs(address: str, stem: str, suffix: str) -> bool:
    other, other_suffix = _stem(address)
    base = re.sub(r"_\d{1,2}$", "", stem)
    return other_suffix == suffix and bool(re.fullmatch(rf"(?:{re.escape(stem)}|{re.escape(base)})_\d{{1,2}}", other))


def _stem(url: str) -> tuple[str, str]:
    """Path without its suffix, and the suffix."""
    path = urlsplit(url).path
    stem, _, suffix = path.rpartition(".")
    return (stem, suffix) if stem and "/" not in suffix else (path, "")


def _joined(url: str, link: str) -> str | None:
    with suppress(ValueError):
        address = urljoin(url, unescape(link).strip())
        if address.startswith(("http://", "https://")):
            return canonical_url(address)
    return None


def _text(page: bytes, part: bytes) -> str:
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        declared = CHARSET.search(page)
        with suppress(LookupError):
            return part.decode(declared[1].decode() if declared else "gb18030", errors="replace")
        return part.decode("gb18030", errors="replace")
