"""sitemap: the lists that a site writes for machines: sitemap.xml, an index of them, RSS, Atom.

Lists: <urlset> of <url><loc>, <lastmod>; <sitemapindex> of further sitemaps, also gzipped; RSS <item> of title, link,
pubDate; Atom <entry> of title, link, published, and a link rel="next".
Traps: lastmod is when a page was last generated and not when it was published, so it is a hint only; a sitemap lists
everything, so the card has `options: {match: /zcwj/}`; an index may name itself; a gzip bomb: what unpacks to more than
the 50 MB that the protocol allows is an error. Feeds hold the newest items only: they never replace a list.
Evidence: sitemaps.org, RFC 4287, RSS 2.0; few Chinese portals have them, where they have them they are up to date.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from crawler.errors import ListError
from crawler.page import canonical_url
from crawler.platforms.answers import address, followed, plain
from crawler.platforms.ends import COMMON, listing
from crawler.platforms.protocol import Item, Listing, ListRequest

if TYPE_CHECKING:
    from lxml.etree import _Element

    from crawler.card import Column
    from crawler.platforms.protocol import Pairs

ROOT = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex|rss|feed|RDF)\b")
LIMIT = 50 << 20
BLANKS = 1_000
"""Characters between the parts of a prolog; there are one or two."""
DEPTH = 2
"""An index names sitemaps; the protocol forbids an index in an index, some sites do it once."""


class Sitemap:
    name = "sitemap"
    options = COMMON

    def matches(self, page: str, url: str) -> bool:
        return ROOT.match(page, _prolog(page)) is not None

    def first(self, column: Column) -> tuple[ListRequest, ...]:
        return (ListRequest(url=column.url),)

    def read(self, request: ListRequest, body: bytes, headers: Pairs, column: Column) -> Listing:
        root = _tree(request, body)
        kind = _name(root)
        if kind == "sitemapindex":
            depth = int(dict(request.state).get("depth", "0")) + 1
            here = canonical_url(request.url)
            named = dict.fromkeys(_address(place, request.url) for place in _below(root, "sitemap"))
            # Each is a list of its own, of which this is the first page: one that is missing is no end of a list.
            further = tuple(
                ListRequest(url=url, state=(("depth", str(depth)),)) for url in named if url and url != here
            )
            return Listing(
                (), further if depth <= DEPTH else (), ended=None if further and depth <= DEPTH else "no sitemap"
            )
        if kind == "urlset":
            found = [_item(place, request.url, None, ("loc",)) for place in _below(root, "url")]
            return listing(request, [item for item in found if item], None, column=column)
        if kind not in ("rss", "feed", "RDF"):
            raise ListError(f"{request.url}: <{kind}> is no sitemap and no feed")
        found = [
            _item(entry, request.url, "title", ("link", "guid", "id"))
            for tag in ("item", "entry")
            for entry in _below(root, tag)
        ]
        following = next((link.get("href") for link in _below(root, "link") if link.get("rel") == "next"), None)
        after = ListRequest(url=followed(request.url, following)) if following else None
        return listing(request, [item for item in found if item], after, column=column)


def _prolog(page: str) -> int:
    """Where the first element begins: behind blanks, comments and processing instructions."""
    at = 0
    while True:
        at += len(page[at : at + BLANKS]) - len(page[at : at + BLANKS].lstrip("\ufeff \t\r\n"))
        mark = next((end for begin, end in (("<!--", "-->"), ("<?", "?>")) if page.startswith(begin, at)), None)
        if mark is None or (end := page.find(mark, at)) < 0:
            return at
        at = end + len(mark)


def _tree(request: ListRequest, body: bytes) -> _Element:
    """The XML, unpacked; entities and the network are left alone. Raises ListError."""
    from lxml import etree

    if body.startswith(b"\x1f\x8b"):
        unpack = zlib.decompressobj(wbits=31)
        try:
            body = unpack.decompress(body, LIMIT)
        except zlib.error as error:
            raise ListError(f"{request.url}: damaged gzip ({error})") from error
        if unpack.unconsumed_tail:
            raise ListError(f"{request.url}: unpacks to more than {LIMIT >> 20} MB")
    try:
        return etree.fromstring(body.lstrip(), etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError as error:
        raise ListError(f"{request.url}: no XML ({error})") from error


def _item(place: _Element, base: str, title: str | None, links: tuple[str, ...]) -> Item | None:
    url = _address(place, base, links)
    if url is None:
        return None
    changed = _text(place, "lastmod") or _text(place, "updated")
    published = _text(place, "pubDate") or _text(place, "published") or _text(place, "date")
    return Item(url, _text(place, title) if title else None, published, (("changed", changed),) if changed else ())


def _address(place: _Element, base: str, names: tuple[str, ...] = ("loc",)) -> str | None:
    for name in names:
        for child in _below(place, name):
            target = child.get("href") if child.get("rel", "alternate") == "alternate" else ""
            found = target if target is not None else "".join(child.itertext()).strip()
            if url := address(base, found):
                return url
    return None


def _text(place: _Element, name: str) -> str | None:
    found = (plain("".join(child.itertext())) for child in place if _name(child) == name)
    return next((value for value in found if value), None)


def _below(root: _Element, name: str) -> list[_Element]:
    return [element for element in root.iter() if _name(element) == name]


def _name(element: _Element | None) -> str:
    """The tag without its namespace; feeds are written with all of them, and without."""
    return "" if element is None or not isinstance(element.tag, str) else element.tag.rpartition("}")[2]
