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
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urljoin, urlsplit

from pydantic import BaseModel, ConfigDict

from crawler.card import Column
from crawler.challenge import soft_404
from crawler.errors import ListError
from crawler.page import canonical_url
from crawler.platforms import PLATFORMS, detect
from crawler.platforms.answers import text
from crawler.platforms.protocol import Listing, ListRequest
from crawler.platforms.rows import NAVIGATION, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.platforms.protocol import Pairs

__all__ = ["Answer", "FoundColumn", "Site", "Survey"]

MOST = 12
"""Pages of one survey; at the default gap they take twenty seconds."""

Kind = Literal["policy", "interpretation", "notice", "news"]

NOT_WANTED = re.compile(r"征集|征求|图解|咨询|问答|问政|依申请|公开指南|年度?报告|年报|负责人|招标|采购|招聘|下载|专题")
WORDS: tuple[tuple[re.Pattern[str], Kind, int], ...] = (
    (re.compile("解读"), "interpretation", 6),
    (re.compile("规范性文件"), "policy", 10),
    (re.compile("文件"), "policy", 9),
    (re.compile("政策法规|规章"), "policy", 8),
    (re.compile("法规|政府令"), "policy", 7),
    (re.compile("公报"), "policy", 5),
    (re.compile("通知公告|公告公示|公示公告|通告|公告"), "notice", 5),
    (re.compile("政策"), "policy", 4),
)
"""Names of columns that hold policy, and how sure they are; a public crawler chooses by them too (domain.md §1.1)."""

HALLS = re.compile("信息公开|政务公开|公开目录|信息公开目录")
"""Pages from which such columns are reached."""
HALL = 3
PATHS = re.compile(r"/(?:zwgk|zfxxgk|xxgk|zcwj\w*|zcfg|zfwj|gfxwj|gkmlpt|zc)(?:/|$)|/col/col\d+/", re.IGNORECASE)
PATH = 2
DOCUMENTS = re.compile(
    r"/t(?:19|20)\d{6}_\d+|[0-9a-f]{32}\.s?html|/art/|/post_\d+|/content_\d+|/(?:19|20)\d\d/\d|\.(?:pdf|docx?|zip|xlsx?)$",
    re.IGNORECASE,
)
LONGEST_NAME = 16
"""Characters of a column's name; links with more are titles of documents."""

LEAST_ROWS = 3
"""Rows with dates that a page of no known family must have to count as a list."""

CATALOGUE = "规范性文件|规章|政策|政府文件"
"""What is listed of a gkmlpt catalogue, which holds much else."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for a page. url: where it led in the end. trouble: a failure class; None if the page came."""

    asked: str
    url: str
    body: bytes = b""
    headers: Pairs = ()
    trouble: str | None = None


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FoundColumn(Part):
    """A list of policy. told: by what it was known. rows: on its first page; 0 where a script loads them."""

    url: str
    name: str
    told: str
    kind: Kind
    platform: str
    rows: int
    total: int | None = None
    weight: int = 0
    options: dict[str, str | int] = {}
    hosts: tuple[str, ...] = ()
    """Of its rows, where they are not its own."""


class Site(Part):
    """What a survey found. trouble: address -> failure class of pages that did not come."""

    url: str
    pages: int = 0
    name: str | None = None
    code: str | None = None
    """网站标识码: the first six digits are the place's."""
    publisher: str | None = None
    columns: tuple[FoundColumn, ...] = ()
    trouble: dict[str, str] = {}


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
        page = Page(text(answer.body, answer.headers), answer.url)
        metas = _metas(page)
        self._metas = metas | self._metas
        self._publishers.update(_publisher(page))
        column = self._column(answer, page, metas)
        if column:
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
            if target is None or urlsplit(target).netloc != self._host or DOCUMENTS.search(target):
                continue
            if not label or len(label) > LONGEST_NAME or NAVIGATION.match(label) or NOT_WANTED.search(label):
                continue
            kind = _kind(label)
            weight = kind[1] if kind else HALL if HALLS.search(label) else 0
            weight += PATH if PATHS.search(urlsplit(target).path) else 0
            if weight:
                yield f"{target}{_fragment(link.get('href') or '')}", label, weight

    def _column(self, answer: Answer, page: Page, metas: dict[str, str]) -> FoundColumn | None:
        label = self._labels.get(answer.asked, "")
        said = [("ColumnName", metas.get("columnname")), ("link", label), ("ColumnType", metas.get("columntype"))]
        named = next(((key, value, kind) for key, value in said if value and (kind := _kind(value))), None)
        front = urlsplit(answer.url).path.strip("/") in ("", "index.html", "index.htm", "index.shtml")
        markup = text(answer.body, answer.headers)
        family = detect(markup, answer.url)
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
        return FoundColumn(
            url=url,
            name=(label if "#" in url else "") or metas.get("columnname") or label or name,
            told=told,
            kind=sort,
            platform=family,
            rows=len(listing.items),
            total=listing.total,
            weight=weight + (PATH if listing.following else 0),
            options=options,
            hosts=tuple(host for host, _ in homes.most_common(3) if _related(host, self._host)),
        )


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


def _kind(name: str) -> tuple[Kind, int] | None:
    """Kind of column and how sure it is, by a name; None if the name is none of a policy column.

    >>> _kind("政策解读"), _kind("市政府文件"), _kind("领导之窗")
    (('interpretation', 6), ('policy', 9), None)
    """
    if NOT_WANTED.search(name) or len(name) > LONGEST_NAME:
        return None
    return next(((kind, weight) for word, kind, weight in WORDS if word.search(name)), None)


def _metas(page: Page) -> dict[str, str]:
    """Names without blanks in lower case: some sites print name=' ColumnName '."""
    found = ((meta.get("name") or "", meta.get("content") or "") for meta in page.root.iter("meta"))
    pairs = ((name.strip().casefold(), " ".join(content.split())) for name, content in found)
    return {name: content for name, content in pairs if name and content}


def _publisher(page: Page) -> list[str]:
    """主办单位 of the footer."""
    words = " ".join(page.root.text_content().split())
    return re.findall(r"主办(?:单位)?\s*[:：]\s*([一-鿿]{4,30})", words)[:1]


def _fragment(href: str) -> str:
    """/gkmlpt/index#505 is another column than #506; other fragments are places in a page."""
    leaf = re.search(r"gkmlpt/index(#\d+)$", href)
    return leaf[1] if leaf else ""


def _related(host: str, home: str) -> bool:
    """True for another host of the same government: rows of zwgk.x.gov.cn may lie on www.x.gov.cn."""
    domain = unquote(home).removeprefix("www.")
    parent = domain.partition(".")[2]
    return host != home and (host.endswith(f".{domain}") or (parent.count(".") >= 2 and host.endswith(f".{parent}")))
