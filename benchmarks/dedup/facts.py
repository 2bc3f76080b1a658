"""What a notice is about, apart from its wording: place, day, numbers, names.

Enters: a random.Random. Leaves: `Facts`. A document is a form filled with facts (`benchmarks.dedup.forms`); the same
form and wording with other facts is another document, however alike the texts are.

>>> facts = draw(Random(1)); facts.place.name, facts.day.year, facts.serial
('苏州市', 2021, 37)
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from benchmarks.dedup.lexicon import lexicon

if TYPE_CHECKING:
    from random import Random

FIGURES = 24
"""How many numbers a document may use: amounts, quotas, cells of a table."""

TODAY = date(2025, 7, 1)
"""The day of the crawl: the middle of a year, when the files of that year hold half of what they will."""

_FIRST = date(2012, 1, 1)
_GENERIC = ("市辖区", "县", "城区", "郊区", "省直辖县级行政区划", "自治区直辖县级行政区划")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A city or a county with its code of GB/T 2260."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """place issues; recipient is the place spoken of, in its province. ordinal: number of a batch, a session, a lot.
    notice: days until the closing date. amended: how often the text was amended. draft: for comments only.
    boilerplate: seed of the passages that the document shares with others."""

    place: Place
    recipient: Place
    day: date
    serial: int
    ordinal: int
    notice: int
    figures: tuple[int, ...]
    people: tuple[str, ...]
    firms: tuple[str, ...]
    amended: int = 0
    draft: bool = False
    boilerplate: int = 0

    @property
    def closing(self) -> date:
        """The last day for whoever wants to apply or to comment."""
        return self.day + timedelta(days=self.notice)


@cache
def places() -> tuple[Place, ...]:
    """Every city, county and district that has a name of its own."""
    text = (files("pipeline.fields") / "data" / "gb2260.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Place(r["code"], r["name"]) for r in rows if r["name"] not in _GENERIC and r["code"][2:] != "0000")


@cache
def neighbours(province: str) -> tuple[Place, ...]:
    """The places of a province, by the two digits of its code."""
    return tuple(place for place in places() if place.code[:2] == province)


def draw(rng: Random) -> Facts:
    """Facts of a new document."""
    place = rng.choice(places())
    return Facts(
        place=place,
        recipient=rng.choice(neighbours(place.code[:2])),
        day=_FIRST + timedelta(days=rng.randrange((TODAY - _FIRST).days)),
        serial=rng.randint(1, 180),
        ordinal=rng.randint(1, 60),
        notice=rng.choice((10, 15, 20, 30, 45, 60)),
        figures=figures(rng),
        people=tuple(name(rng) for _ in range(6)),
        firms=tuple(firm(rng) for _ in range(24)),
        boilerplate=rng.getrandbits(40),
    )


def figures(rng: Random) -> tuple[int, ...]:
    """Numbers of every size from 3 to 99,999."""
    return tuple(rng.choice((rng.randint(3, 99), rng.randint(100, 99999))) for _ in range(FIGURES))


def name(rng: Random) -> str:
    """Of a person."""
    return rng.choice(lexicon()["surnames"]) + rng.choice(lexicon()["given"])


def firm(rng: Random) -> str:
    """Of a company, with its seat."""
    words = lexicon()
    seat = rng.choice(places()).name
    kind = rng.choice(("有限公司", "有限责任公司", "股份有限公司", "店", "厂"))
    return f"{seat}{rng.choice(words['firms'])}{rng.choice(words['firms'])}{rng.choice(words['trades'])}{kind}"
