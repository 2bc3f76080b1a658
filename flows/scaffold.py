"""A card for a site that nobody has described yet, and three of its pages to judge it by.

Enters: the site's address. Leaves: ROOT/sources/<id>.yml, at most fifteen lines that each say what they were guessed
from, and ROOT/sources/<id>/pages/ with what the pipeline reads of three documents, for somebody to review.

>>> name_of("https://www.suzhou.gov.cn/szsrmzf/"), name_of("https://czj.yantai.gov.cn/")
('suzhou', 'yantai-czj')
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from crawler.errors import CrawlError
from crawler.furniture import FURNITURE
from crawler.hosts import loopback, site_host
from crawler.source import PAGES, load_sources, read_card
from crawler.store import safe_name
from flows.card_text import card_text
from flows.errors import FlowError, WrongUse
from flows.preview import fetch
from flows.root import now
from flows.saving import write_page

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.site import Site
    from flows.direct import Watch
    from flows.root import Root

__all__ = ["Scaffold", "name_of", "new_source", "pages_folder"]

SAVED = 3
LONGEST_ID = 64
"""Characters; with those of a shard's name they make the name of a file."""

Tls = Literal["modern", "legacy"]


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What was made. left_out: columns that the card has no room for. trouble: what went wrong with the first pages."""

    source: str
    card: Path
    platform: str
    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    pages: tuple[Path, ...]
    trouble: tuple[str, ...] = ()


def new_source(root: Root, url: str, name: str | None, watch: Watch, *, legacy_tls: bool = False) -> Scaffold:
    """Look at the site, write its card, save three of its pages. legacy_tls: its server speaks no newer one.

    Raises WrongUse if the address is none or the id is taken, CrawlError if the site cannot be reached, FlowError if
    it has no list of policy that any family can read. Then nothing is written.
    """
    address = url if "://" in url else f"{'http' if loopback(url.partition('/')[0]) else 'https'}://{url}"
    if site_host(address) is None:
        raise WrongUse(f"{url!r} is not the address of a site; give one as https://www.example.gov.cn/")
    id_ = _free(root, name, address)
    watch(f"looking around {urlsplit(address).netloc}", 0, 0)
    tls: Tls = "legacy" if legacy_tls else "modern"
    site = _probe(address, tls, either="://" not in url)
    if not site.columns:
        raise FlowError(f"{url}: {_no_column(site)}")
    text, used = card_text(site, id_, now().date(), tls)
    path = root.path / "sources" / f"{id_}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    card = read_card(path)
    records, trouble = fetch(card, SAVED, watch)
    pages = tuple(write_page(pages_folder(root, id_), record, card) for record in records[:SAVED])
    return Scaffold(
        source=id_,
        card=path,
        platform=card.platform,
        columns=tuple(f"{column.name} ({column.kind}, {column.url})" for column in used),
        left_out=tuple(f"{column.name} ({column.url})" for column in site.columns if column not in used),
        pages=pages,
        trouble=trouble,
    )


def name_of(url: str) -> str:
    """An id from a host: the place first, then the department."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if loopback(host):
        return f"loopback-{urlsplit(url).port or 80}"
    words = re.sub(r"\.(?:gov|com|org|net|edu)?\.?[a-z]+$", "", host).split(".")
    return "-".join(reversed(words))


def pages_folder(root: Root, source: str) -> Path:
    """Where a source's saved pages lie."""
    return root.path / "sources" / safe_name(source) / PAGES


def _free(root: Root, name: str | None, url: str) -> str:
    id_ = name or name_of(url)
    good = re.fullmatch(r"[^\s/%]+", id_) and not id_.startswith(".") and not f"{id_}.yml".endswith(FURNITURE)
    if not good or len(id_) > LONGEST_ID:
        raise WrongUse(f"{id_[:80]!r} is no name for a source; use letters, digits and hyphens: --id NAME")
    path = root.path / "sources" / f"{id_}.yml"
    if path.exists():
        raise WrongUse(f"{path} exists; remove it, or give another name: --id NAME")
    if name is None and id_ in load_sources(root.path):
        raise WrongUse(f"there is a source {id_}; give another name, or replace it on purpose with: --id {id_}")
    return id_


def _probe(url: str, tls: Tls, *, either: bool) -> Site:
    """either: nobody said https, and http is all that some of these sites have."""
    from crawler.probe import probe  # Scrapy takes 0.2 s to load, and other verbs need none of it

    try:
        return probe(url, tls=tls)
    except CrawlError as error:
        if not either or url.startswith("http:") or "does not answer" not in str(error):
            raise
        try:
            return probe(f"http://{url.removeprefix('https://')}", tls=tls)
        except CrawlError:
            raise error from None


def _no_column(site: Site) -> str:
    seen = f"{site.pages} pages seen, none is a list of policy that a known family or the generic one can read"
    bad = Counter(site.trouble.values())
    missing = f" ({', '.join(f'{kind}: {pages}' for kind, pages in bad.items())})" if bad else ""
    return f"{seen}{missing}; give the address of such a list itself, or write the card by hand: docs/add-a-city.md"
