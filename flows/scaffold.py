"""A card for a site that nobody has described yet, and three of its pages to judge it by.

Enters: the site's address. Leaves: ROOT/sources/<id>.yml, at most fifteen lines that each say what they were guessed
from, and ROOT/sources/<id>/pages/ with what the pipeline reads of three documents, for somebody to review.

>>> name_of("https://www.suzhou.gov.cn/szsrmzf/"), name_of("https://czj.yantai.gov.cn/")
('suzhou', 'yantai-czj')
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.card import loopback
from crawler.errors import CrawlError
from crawler.source import PAGES, load_sources, read_card
from crawler.store import safe_name
from flows.errors import FlowError, WrongUse
from flows.preview import fetch
from flows.root import now
from flows.saved import write_page
from flows.show import plain
from pipeline.fields.division import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from crawler.survey import FoundColumn, Site
    from flows.direct import Watch
    from flows.root import Root

__all__ = ["Scaffold", "name_of", "new_source", "pages_folder"]

LONGEST_CARD = 15
"""Lines. What a site needs beyond that is its owner's to add."""

SAVED = 3


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


def new_source(root: Root, url: str, name: str | None, watch: Watch) -> Scaffold:
    """Look at the site, write its card, save three of its pages.

    Raises WrongUse if the id is taken, CrawlError if the site cannot be reached, FlowError if it has no list of policy
    that any family can read. Then nothing is written.
    """
    address = url if "://" in url else f"{'http' if loopback(url.partition('/')[0]) else 'https'}://{url}"
    id_ = _free(root, name, address)
    watch(f"looking around {urlsplit(address).netloc}", 0, 0)
    site = _probe(address, either="://" not in url)
    if not site.columns:
        raise FlowError(f"{url}: {_no_column(site)}")
    text, used = _card(site, id_, now().date())
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
    if not re.fullmatch(r"[^\s/%]+", id_) or id_.startswith("."):
        raise WrongUse(f"{id_!r} is no name for a source; use letters, digits and hyphens: --id NAME")
    path = root.path / "sources" / f"{id_}.yml"
    if path.exists():
        raise WrongUse(f"{path} exists; remove it, or give another name: --id NAME")
    if name is None and id_ in load_sources(root.path):
        raise WrongUse(f"there is a source {id_}; give another name, or replace it on purpose with: --id {id_}")
    return id_


def _probe(url: str, *, either: bool) -> Site:
    """either: nobody said https, and http is all that some of these sites have."""
    from crawler.probe import probe  # Scrapy takes 0.2 s to load, and other verbs need none of it

    try:
        return probe(url)
    except CrawlError as error:
        if not either or url.startswith("http:") or "does not answer" not in str(error):
            raise
        try:
            return probe(f"http://{url.removeprefix('https://')}")
        except CrawlError:
            raise error from None


def _no_column(site: Site) -> str:
    seen = f"{site.pages} pages seen, none is a list of policy that a known family or the generic one can read"
    bad = Counter(site.trouble.values())
    missing = f" ({', '.join(f'{kind}: {pages}' for kind, pages in bad.items())})" if bad else ""
    return f"{seen}{missing}; give the address of such a list itself, or write the card by hand: docs/add-a-city.md"


def _card(site: Site, id_: str, today: date) -> tuple[str, list[FoundColumn]]:
    """The card's text and the columns that found room in it."""
    hosts = dict.fromkeys(urlsplit(column.url).netloc.lower() for column in site.columns)
    hosts |= dict.fromkeys(host for column in site.columns for host in column.hosts)
    platform, share = Counter(column.platform for column in site.columns).most_common(1)[0]
    guess = "no family known: rows are links with dates" if platform == "generic" else "by its fingerprint"
    official = all(re.search(r"(^|\.)gov\.cn(:\d+)?$", host) or loopback(host) for host in hosts)
    head = [
        f"# Guessed by `zhengce sources new {plain(site.url)}` on {today}. What follows a # says from what: check it.",
        f"id: {_scalar(id_)}",
        f"title: {_scalar(site.name or id_)}  # {'SiteName' if site.name else 'nothing on the page says it'}",
    ]
    head += _division(site)
    if site.publisher:
        head.append(f"publisher: {_scalar(site.publisher)}  # 主办单位 in the footer")
    if official:
        head.append("licence: 著作权法第五条  # official papers; interpretations and news may be under copyright")
        head.append(f"kind: origin  # {'this machine' if all(map(loopback, hosts)) else 'its hosts lie under gov.cn'}")
    head.append(f"hosts: [{', '.join(map(_scalar, hosts))}]")
    head.append(f"platform: {platform}  # {guess}, {share} of {len(site.columns)} columns")
    if all(map(loopback, hosts)):
        head.append("limits: {delay: 0}  # for this machine only")
    head += ["verified: null  # the day when you saw its lists work", "columns:"]
    used = list(site.columns[: LONGEST_CARD - len(head)])
    lines = [_column(column, name, platform) for column, name in zip(used, _names(used), strict=True)]
    return "\n".join(head + lines) + "\n", used


def _division(site: Site) -> list[str]:
    named = find(site.publisher or site.name or "", site.name or "")
    code = re.match(r"[1-9]\d{5}", site.code or "")
    if code:
        agreed = " and 主办单位" if code[0] == named else f"; by its name {named}" if named else ""
        return [f'division: "{code[0]}"  # SiteIDCode {plain(site.code or "", 20)}{agreed}']
    return [f'division: "{named}"  # by the name of 主办单位'] if named else []


def _column(column: FoundColumn, name: str, platform: str) -> str:
    parts = [f"id: {_scalar(name)}", f"url: {json.dumps(column.url, ensure_ascii=False)}"]
    if column.kind != "policy":
        parts.append(f"kind: {column.kind}")
    if column.platform != platform:
        parts.append(f"platform: {column.platform}")
    if column.options:
        parts.append(f"options: {{{', '.join(f'{key}: {_scalar(str(v))}' for key, v in column.options.items())}}}")
    rows = f"{column.rows} rows" if column.rows else "rows come by script"
    total = f" of {column.total}" if column.total else ""
    return f"  - {{{', '.join(parts)}}}  # {plain(column.name, 30)} by {column.told}, {rows}{total}"


def _names(columns: Sequence[FoundColumn]) -> Iterator[str]:
    """An id for each column: the folder that names it, /zwgk/zcwj/zfwj/index.html -> zfwj."""
    taken: Counter[str] = Counter()
    for column in columns:
        parts = urlsplit(column.url)
        words = [re.sub(r"\.\w+$", "", word) for word in parts.path.split("/") if word]
        folders = [word for word in words[: None if parts.path.endswith("/") else -1] if word] or words or ["list"]
        name = re.sub(r"[\s/%]+", "-", f"{folders[-1]}{parts.fragment and '-' + parts.fragment}")
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name}-{taken[name]}"


def _scalar(value: str) -> str:
    """A string as YAML reads it back: in quotes where it could be anything else."""
    value = plain(value)
    return (
        value
        if re.fullmatch(r"[a-z一-鿿][\w.一-鿿-]*", value) and value not in RESERVED
        else json.dumps(value, ensure_ascii=False)
    )


RESERVED = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
