"""A look around a site that nobody has described yet: which of its pages to ask for, and what they tell.

Enters: a site's address, then one answer after another. Leaves: the next page worth asking for, and at the end a
`Site`: its name, its code, its policy columns with their families. Pure: no network; crawler/probe.py does the asking.

A column is known by what 网页标签规范 (国办发〔2017〕47号) has every column page say of itself, ColumnName and
ColumnType, else by the text of the link that led to it; and only if the family whose fingerprint it bears can read it.

>>> survey = Survey("https://www.example.gov.cn/")
>>> survey.next(), survey.next()
('https://www.example.gov.cn/', None)
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.card import Column
from crawler.challenge import soft_404
from crawler.column_names import PATH, kind_of, promise
from crawler.decoding import decoded
from crawler.errors import ListError
from crawler.page import canonical_url
from crawler.platforms import PLATFORMS, detect
from crawler.platforms.protocol import Listing, ListRequest
from crawler.platforms.rows import Page
from crawler.site import Answer, FoundColumn, Site
from crawler.site_facts import metas_of, publishers, related
from crawler.standin import refreshed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST", "Survey"]

MOST = 12
"""Pages of one survey; at the default gap they take twenty seconds."""

LEAST_ROWS = 3
"""Rows with dates that a page of no known family must have to count as a list."""

CATALOGUE = "规范性文件|规章|政策|政府文件"
"""What is listed of a gkmlpt catalogue, which holds much else."""


Content = tuple[str, ...]


class Survey:
    """Asks for the given page, the front page, and then for what looks most like a column, best first."""

    def __init__(self, url: str, most: int = MOST) -> None:
        self._given = canonical_url(url)
        self._host = urlsplit(self._given).netloc
        self._most = most
        self._asked = 0
        self._order = count()
        self._waiting: list[tuple[int, int, str]] = []
        self._labels: dict[str, str] = {}
        self._columns: dict[str, FoundColumn] = {}
        self._contents: set[Content] = set()
        self._led: set[str] = set()
        self._metas: dict[str, str] = {}
        self._publishers: Counter[str] = Counter()
        self._pages = 0
        self._trouble: dict[str, str] = {}
        self._note(self._given, "", 1000)
        self._note(canonical_url(urljoin(self._given, "/")), "", 999)

    def next(self) -> str | None:
        """The page to ask for now; None when enough was seen."""
        if not self._waiting or self._asked >= self._most:
            return None
        self._asked += 1
        return heapq.heappop(self._waiting)[2]

    def take(self, answer: Answer) -> None:
        """Read an answer."""
        trouble = answer.trouble or ("soft_404" if soft_404(answer.body) else None)
        if trouble:
            self._trouble[answer.asked] = trouble
            return
        self._pages += 1
        if answer.asked == self._given:
            self._host = urlsplit(answer.url).netloc  # example.gov.cn leads to www.example.gov.cn
        markup, encoding = decoded(answer.body, answer.headers)
        page = Page(markup, answer.url, encoding)
        metas = metas_of(page)
        self._metas = metas | self._metas
        self._publishers.update(publishers(page))
        self._onward(answer)
        if found := self._column(answer, page, metas):
            column, content = found
            if content not in self._contents:  # a list is linked as /zcwj/, /zcwj/index.html and /zcwj/?from=home
                self._contents.add(content)
                self._columns.setdefault(column.url, column)
        for url, label, weight in self._links(page):
            self._note(url, label, weight)

    @property
    def site(self) -> Site:
        """What is known by now, the surest columns first."""
        columns = sorted(self._columns.values(), key=lambda column: (column.url != self._given, -column.weight))
        return Site(
            url=self._given,
            pages=self._pages,
            name=self._metas.get("sitename"),
            code=self._metas.get("siteidcode"),
            publisher=next((name for name, _ in self._publishers.most_common(1)), None),
            columns=tuple(columns),
            trouble=self._trouble,
        )

    def _note(self, url: str, label: str, weight: int) -> None:
        if url not in self._labels:
            self._labels[url] = label
            heapq.heappush(self._waiting, (-weight, next(self._order), url))

    def _links(self, page: Page) -> Iterator[tuple[str, str, int]]:
        for link in page.root.iter("a"):
            label = " ".join((link.text_content() or link.get("title") or "").split())
            target = page.resolve(link)
            if target and urlsplit(target).netloc == self._host and (weight := promise(label, target)):
                yield f"{target}{_fragment(link.get('href') or '')}", label, weight

    def _onward(self, answer: Answer) -> None:
        """A page that only a script leads on from is followed, once."""
        target = refreshed(answer.body, answer.url, scripts=True)
        if target is None or answer.asked in self._led:
            return
        if urlsplit(target).netloc != self._host:
            self._trouble[answer.asked] = "off_card"
            return
        self._led.add(canonical_url(target))
        self._note(canonical_url(target), self._labels.get(answer.asked, ""), 998)

    def _column(self, answer: Answer, page: Page, metas: dict[str, str]) -> tuple[FoundColumn, Content] | None:
        """The list that a page is, and what tells it from the others."""
        label = self._labels.get(answer.asked, "")
        said = [("ColumnName", metas.get("columnname")), ("link", label), ("ColumnType", metas.get("columntype"))]
        named = next(((key, value, kind) for key, value in said if value and (kind := kind_of(value))), None)
        front = urlsplit(answer.url).path.strip("/") in ("", "index.html", "index.htm", "index.shtml")
        family = detect(page.markup, answer.url)
        given = answer.asked == self._given and not front
        if family in ("gkmlpt", "sitemap"):
            named = named or (family, metas.get("columnname") or label or family, ("policy", 9))
        if named is None and given:
            named = ("given", metas.get("columnname") or label or "the page you gave", ("policy", 4))
        if named is None or (front and family != "sitemap"):
            return None
        url = answer.url.partition("#")[0] + _fragment(answer.asked)
        options: dict[str, str | int] = {"under": CATALOGUE} if family == "gkmlpt" and "#" not in url else {}
        column = Column(id="found", url=url, platform=family, options=options)
        listing = _listing(column, answer)
        if listing is None or (
            family == "generic" and sum(bool(item.published) for item in listing.items) < LEAST_ROWS
        ):
            return None
        told, name, (sort, weight) = named
        homes = Counter(urlsplit(item.url).netloc for item in listing.items)
        rows = tuple(item.url for item in listing.items)
        content = rows or tuple(f"{request.url} {request.body!r}" for request in listing.following)
        column_found = FoundColumn(
            url=url,
            name=(label if "#" in url else "") or metas.get("columnname") or label or name,
            told=told,
            kind=sort,
            platform=family,
            rows=len(listing.items),
            total=listing.total,
            weight=weight + (PATH if listing.following else 0),
            options=options,
            hosts=tuple(host for host, _ in homes.most_common(3) if related(host, self._host)),
        )
        return column_found, content


def _listing(column: Column, answer: Answer) -> Listing | None:
    """What the family reads of the page; None if it is no list of it."""
    family = PLATFORMS[column.platform or "generic"]
    requests = family.first(column)
    here = canonical_url(answer.url)
    if all(canonical_url(request.url) != here for request in requests):
        return Listing((), requests)  # the page is only a frame; what it loads is seen by the first trial
    try:
        listing = family.read(ListRequest(url=answer.url), answer.body, answer.headers, column)
    except ListError:
        return None
    return listing if listing.items or listing.following else None


def _fragment(href: str) -> str:
    """/gkmlpt/index#505 is another column than #506; other fragments are places in a page."""
    leaf = re.search(r"gkmlpt/index(#\d+)$", href)
    return leaf[1] if leaf else ""
