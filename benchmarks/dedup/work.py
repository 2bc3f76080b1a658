"""A text as somebody published it, and what all forms need to make one.

Enters: wording (a random.Random that always starts alike for one work and its traps) and facts. Leaves: a `Work`.

>>> signed_work(wording, "关于防汛工作的通知", "苏州市水利局", None, "通知", facts, ["各有关单位："]).lines[-1]
'2022年3月5日'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from benchmarks.dedup.facts import Facts
from benchmarks.dedup.lexicon import Stock, lexicon
from benchmarks.dedup.wording import day_of

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One text by somebody on one day. payload: index of the line where the plan begins that a notice carries."""

    title: str
    issuer: str
    number: str | None
    genre: str
    division: str
    day: date
    lines: tuple[str, ...]
    payload: int | None = None


Form = Callable[[Random, Facts, Stock], Work]
"""wording, facts and clauses make a work. What is drawn from the wording never depends on the facts."""


def issuer_of(wording: Random, facts: Facts) -> tuple[str, str]:
    """The office and the short word of its numbers."""
    if wording.random() < 0.4:
        return f"{facts.place.name}人民政府", f"{facts.place.name[0]}政"
    department = wording.choice(lexicon()["departments"])
    return f"{facts.place.name}{department}局", f"{facts.place.name[0]}{department[0]}"


def number_of(wording: Random, facts: Facts, short: str) -> str | None:
    sign = wording.choice(("发", "办发", "办函", "规", "通"))
    return f"{short}{sign}〔{facts.day.year}〕{facts.serial}号" if wording.random() < 0.65 else None


def topic_of(wording: Random) -> str:
    return wording.choice(lexicon()["topics"])


def length_of(wording: Random) -> float:
    """A factor that spreads lengths as those of real notices: most are short, some long."""
    return min(8.0, max(0.4, wording.lognormvariate(0.3, 0.75)))


def signed_work(
    wording: Random, title: str, issuer: str, number: str | None, genre: str, facts: Facts, lines: list[str]
) -> Work:
    if wording.random() < 0.5:
        title = f"{issuer}{title}" if title.startswith("关于") else title
    return Work(
        title=title,
        issuer=issuer,
        number=number,
        genre=genre,
        division=facts.place.code,
        day=facts.day,
        lines=(*lines, issuer, day_of(facts.day)),
    )
