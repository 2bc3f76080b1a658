"""What a detail page leads to: its files, and the further pages of the same article.

Enters: an address and the bytes behind it. Leaves: (name, address) of files, and the addresses of pages 2, 3 … These
are questions of links, not of text: whose body a file belongs to is the pipeline's to say, and what it takes for a
file (pipeline/extract/html/links.py) is fetched here: links by suffix or by name, what scripts download, frames.

>>> files("http://a.gov.cn/x/t1.html", b'<a href="./P02.pdf">Annex</a>')
[('Annex', 'http://a.gov.cn/x/P02.pdf')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.decoding import decoded
from crawler.markup import tokens
from crawler.page import CALLED_FILE, FILE_KINDS, LEADS_TO_FILE, SAYS_ATTACHED, SENT_FILE, canonical_url
from crawler.platforms import pager
from crawler.platforms.answers import address, joined

__all__ = ["continued", "files"]

LARGEST = 8 << 20
"""Bytes of a page that are looked through for links; the longest articles have 2 MB."""

NAMED = re.compile(rf"\.(?:{FILE_KINDS})$", re.IGNORECASE)
VIEWER = re.compile(r"viewer|pdfjs|preview|/view(?:/|\.|$)", re.IGNORECASE)
"""A page that shows a file named in its query: the file is what is wanted."""
SCAN = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?)(?:\?|$)", re.IGNORECASE)
PERHAPS = re.compile(rb"\.(?:" + FILE_KINDS.encode() + rb")(?![0-9a-z])|/down(?:load|file)", re.IGNORECASE)
PICTURE = re.compile(rb"\.(?:jpe?g|png|gif|bmp|tiff?)[\"'\s>?]", re.IGNORECASE)
ATTACHED_MARKS = tuple("附".encode(charset) for charset in ("utf-8", "gb18030"))
"""Without one of these, or pictures and 附, a page leads to no file, and need not be taken apart."""

SOURCES = {"a": "href", "area": "href", "iframe": "src", "frame": "src", "embed": "src", "object": "data"}
DISK = re.compile(r"\s*[a-z]:[\\/]", re.IGNORECASE)
LONGEST, LONGEST_NAME = 2_000, 300
"""Characters of an address or a call, and of a name."""

NEXT = ("下一页", "下页")
EDGE = re.compile(r"^\W+|\W+$")
NEXT_MARKS = tuple(word.encode(charset) for word in NEXT for charset in ("utf-8", "gb18030"))
PAGER_MARKS = (b"createPageHTML", b"countPage")
"""TRS turns the pages of an article as it turns those of a list: page 2 is stem_1."""

MOST = 60
"""Pages of one article. The longest plans have about thirty."""


@dataclass(slots=True)
class Link:
    """An element that leads somewhere. script: what a click calls."""

    tag: str
    target: str
    script: str
    title: str
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(unescape(" ".join(self.texts)).split())[:LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class Links:
    """base: what relative addresses count from."""

    base: str
    encoding: str
    found: tuple[Link, ...]

    def address(self, target: str) -> str | None:
        """A disk's address is none; backslashes are slashes, as in browsers."""
        return None if DISK.match(target) else address(self.base, target.replace("\\", "/"), self.encoding)


def files(url: str, page: bytes) -> list[tuple[str, str]]:
    """Name and address of each linked file, in the order of the page; a name is what the link says, else the file's."""
    scans = any(mark in page for mark in ATTACHED_MARKS) and PICTURE.search(page)
    if not scans and not PERHAPS.search(page):
        return []
    links = _links(url, page)
    found: dict[str, str] = {}
    for link in links.found:
        target = _file(link)
        where = links.address(_shown(target)) if target else None
        if where:
            found.setdefault(where, link.text or " ".join(link.title.split()) or _file_name(where))
    return [(name, where) for where, name in found.items()]


def continued(url: str, page: bytes) -> list[str]:
    """Addresses of further pages of the article that this page names; empty for nearly every page.

    A page of the same article has the same folder and its name goes on from the article's: t1_2.html for t1.html. The
    next article (下一篇) has another name.
    """
    stem, suffix = _stem(url)
    if any(mark in page for mark in PAGER_MARKS):
        call = pager.trs(decoded(page[:LARGEST])[0])
        if call and call.name == stem.rpartition("/")[2]:
            numbers = range(1, min(call.pages, MOST))
            return [where for n in numbers if (where := address(url, f"{stem}_{n}.{call.extension}"))]
    if not any(mark in page for mark in NEXT_MARKS):
        return []
    links = _links(url, page)
    for link in links.found:
        if link.tag == "a" and EDGE.sub("", "".join(link.text.split())) in NEXT:
            where = links.address(link.target)
            if where and _belongs(where, stem, suffix) and where != canonical_url(url):
                return [where]
    return []


@lru_cache(maxsize=1)
def _links(url: str, page: bytes) -> Links:
    """What leads somewhere, in the order of the page; comments and scripts do not."""
    markup, encoding = decoded(page[:LARGEST])
    found: list[Link] = []
    base = url
    inside: Link | None = None
    for token in tokens(markup):
        if not token.name:
            if inside is not None and len(inside.texts) < LONGEST_NAME:
                inside.texts.append(token.said)
        elif token.name == "/a":
            inside = None
        elif token.name == "base" and base == url:
            base = joined(url, token.attributes.get("href", "")) or url
        elif token.name in SOURCES or "onclick" in token.said.lower():
            said = token.attributes
            target, script = said.get(SOURCES.get(token.name, ""), "").strip(), said.get("onclick", "")
            target, script = (value if len(value) <= LONGEST else "" for value in (target, script))
            found.append(Link(token.name, target, script, said.get("title", "")))
            inside = found[-1] if token.name == "a" else inside
    return Links(base, encoding, tuple(found))


def _file(link: Link) -> str | None:
    """The address of the file that a link leads to, as the page writes it; None if it leads to a page, or nowhere."""
    target = link.target
    scheme = target.partition(":")[0].lower() if re.match(r"[a-z][a-z\d+.-]*:", target, re.IGNORECASE) else ""
    if not target or target.startswith("#") or scheme not in ("", "http", "https"):
        called = CALLED_FILE.search(f"{target} {link.script}") if scheme in ("", "javascript") else None
        return called[1] if called else None
    if link.tag in ("a", "area"):
        is_scan = SCAN.search(target) and SAYS_ATTACHED.match(link.text)
        return (
            target
            if is_scan or LEADS_TO_FILE.search(target) or SENT_FILE.search(target) or NAMED.search(link.text)
            else None
        )
    return target if any(NAMED.search(part) for part in re.split(r"[?&=#]", target)) else None


def _shown(target: str) -> str:
    """The file that a viewer shows, for the viewer's address; else the address itself."""
    path, _, query = target.partition("?")
    if not VIEWER.search(path) or LEADS_TO_FILE.search(path):
        return target
    return next((value for _, value in parse_qsl(query) if NAMED.search(value)), target)


def _file_name(where: str) -> str:
    return unquote(urlsplit(where).path.rpartition("/")[2])


def _belongs(where: str, stem: str, suffix: str) -> bool:
    other, other_suffix = _stem(where)
    base = re.sub(r"_\d{1,2}$", "", stem)
    return other_suffix == suffix and bool(re.fullmatch(rf"(?:{re.escape(stem)}|{re.escape(base)})_\d{{1,2}}", other))


def _stem(url: str) -> tuple[str, str]:
    """Path without its suffix, and the suffix."""
    path = urlsplit(url).path
    stem, _, suffix = path.rpartition(".")
    return (stem, suffix) if stem and "/" not in suffix else (path, "")
