"""The parts of a source card: its columns, how hard it may be crawled, what it should yield, where its texts stand.

Enters: the mappings of a YAML card. Leaves: frozen pydantic models; `crawler.source.Source` puts them together.

>>> Column(id="zfwj", url="https://www.ks.gov.cn/kss/zfwj/common_list.shtml").kind
'policy'
>>> CrawlLimits().delay
1.5
"""

from __future__ import annotations

import datetime  # noqa: TC003 (pydantic reads the annotation at run time)
from typing import TYPE_CHECKING, Annotated, Literal, get_args
from urllib.parse import urlsplit

from cssselect import HTMLTranslator, SelectorError
from pydantic import Field, field_validator, model_validator

from crawler.hosts import loopback
from crawler.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "DELAY",
    "FREQUENCIES",
    "Column",
    "CrawlLimits",
    "Expect",
    "Frequency",
    "Recheck",
    "Rule",
    "Tolerance",
    "loopback",
    "no_selector",
]

DELAY = 1.5
"""Seconds between two requests to one host. Public crawlers of these sites wait 0.5 to 3 s; several sites answer faster
ones with a challenge page (domain.md §3.1)."""

Frequency = Literal["hourly", "daily", "weekly", "monthly"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
"""How often a schedule crawls a source, the most frequent first."""

Url = Annotated[str, Field(pattern=r"^https?://[^\s/]+(/\S*)?$")]
Days = Annotated[int, Field(ge=0, le=3650)]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
Rate = Annotated[float, Field(ge=0, le=1)]


class Column(Part):
    """One list of a site that is followed."""

    id: Annotated[str, Field(pattern=r"^[^\s/%]+$")]
    url: Url
    """The list's first page, or the address of the interface that it is loaded from: the family says which."""
    kind: Literal["policy", "interpretation", "notice", "news"] = "policy"
    """Interpretations and news may be under copyright (domain.md §3.2): they are kept apart from policy."""
    platform: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    """None: the source's."""
    options: dict[str, str | int] = Field(default={})
    """What the family needs to know besides the address; each family names its keys."""

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.lower()


class CrawlLimits(Part):
    """How hard a source may be crawled. Every crawl ends: by its lists, or by one of these."""

    delay: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = DELAY
    """Seconds between two requests to one host; only a loopback host may be asked faster than the default."""
    max_pages: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000
    """Pages of all kinds in a run; at the default delay they take eight hours."""
    max_list_pages: Annotated[int, Field(ge=1, le=1_000_000)] = 2_000
    """List pages of one column in a run, for lists without an end."""
    max_bytes: Annotated[int, Field(ge=1024, le=1 << 30)] = 64 << 20
    """Of one body. Annexes in PDF reach 137 MB in public crawls; a card may allow more."""
    max_redirects: Annotated[int, Field(ge=0, le=20)] = 5
    max_minutes: Annotated[int, Field(ge=1, le=7 * 24 * 60)] = 600
    timeout: Seconds = 60
    """Seconds for one answer."""
    quiet_hours: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")] | None = None
    """Hours in China when the site is left alone, as "08:00-20:00"; they may pass midnight."""

    @field_validator("quiet_hours")
    @classmethod
    def _some_hours(cls, value: str | None) -> str | None:
        begin, _, end = (value or "").partition("-")
        if value is not None and begin == end:
            raise ValueError(f"{value} is no time at all; for a site that is never to be asked say enabled: false")
        return value

    def too_fast(self, hosts: Iterable[str]) -> str | None:
        """Why these hosts may not be asked so fast, as one line; None if they may: they are on this machine."""
        if self.delay >= DELAY or all(map(loopback, hosts)):
            return None
        return f"a delay of {self.delay} s is faster than the {DELAY} s that every site is given"


class Recheck(Part):
    """Pages that are known are asked for again, because a crawl that stops at what it knows never sees edits."""

    days: Days = 30
    """Pages published so recently are asked for at each run."""
    sweep: Literal["weekly", "monthly", "quarterly", "never"] = "monthly"
    """In this time every known page has had its turn."""


class Expect(Part):
    """What the source has yielded; a crawl that differs by more than the tolerance is looked at."""

    min: Annotated[int, Field(ge=0)] | None = None
    max: Annotated[int, Field(ge=0)] | None = None
    """Documents of the source."""
    fill: dict[str, Rate] = Field(default={})
    """Field of the record -> least share of documents that have it."""
    tolerance: Rate = 0.02
    """Share of the documents that may vanish in a crawl, and by which `fill` may be missed."""

    @model_validator(mode="after")
    def _ordered(self) -> Expect:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self


class Tolerance(Part):
    """How far a release may differ from the one before it until the gate refuses it (pipeline/corpus/gate.py).

    All are shares, 0 to 1; a handful of documents never counts. The defaults are a judgement: what a night edits are
    single pages, what a broken rule or a rebuilt site takes are tenths of a source; two in a hundred lie between.
    """

    lost: Rate = 0.02
    """Of the documents before: gone, although nobody withdrew, moved or withheld them."""
    altered: Rate = 0.02
    """Of the documents before: text or fields differ."""
    fill: Rate = 0.05
    """By how much the share of documents that have a field may fall."""
    spam: Rate = 0.02
    """By how much the share of pages with injected spam may rise."""


class Rule(Part):
    """Where a page's text and title stand, from a day on: after a redesign old raw pages stay readable."""

    valid_from: datetime.date
    body: Annotated[tuple[str, ...], Field(min_length=1)]
    """CSS selectors, the first that finds something counts."""
    title: tuple[str, ...] = ()

    @field_validator("body", "title")
    @classmethod
    def _filled(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for selector in value:
            if problem := no_selector(selector):
                raise ValueError(problem)
        return value


def no_selector(selector: str) -> str | None:
    """What is wrong with a CSS selector, as one line; None if nothing is."""
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        return f"{selector!r} is no CSS selector ({error})"
    return None
