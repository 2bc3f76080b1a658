"""Documents that look like another one and are not: same form and wording, other facts.

Enters: the facts of a work. Leaves: the facts of its neighbour, by kind of trap. Each kind is what offices publish:
last year's call, the letter to another city, the next list of names.

>>> TRAPS["annual"].change(facts, Random(1)).day.year - facts.day.year
1
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.dedup import decisions, notices, rules
from benchmarks.dedup.facts import draw, firm, name, neighbours
from benchmarks.dedup.facts import figures as other_figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.dedup.facts import Facts
    from benchmarks.dedup.work import Form


@dataclass(frozen=True, slots=True)
class Trap:
    """form: what is filled in. change: the facts of the next document. rewords: its wording is another one too."""

    form: Form
    change: Callable[[Facts, Random], Facts]
    rewords: bool = False


def _years_on(facts: Facts, rng: Random) -> Facts:
    """A year later: half of the time with the same numbers and names, one time in four a year and a day."""
    days = timedelta(days=366 + (rng.randint(0, 24) if rng.random() < 0.75 else 0))
    later = replace(facts, day=facts.day + days)
    if rng.random() < 0.5:
        later = replace(later, figures=other_figures(rng), people=(name(rng), *facts.people[1:]))
    return replace(later, serial=rng.randint(1, 180)) if rng.random() < 0.8 else later


def _recipient(facts: Facts, rng: Random) -> Facts:
    """The same letter to the next city, with its own amounts."""
    others = [place for place in neighbours(facts.place.code[:2]) if place.name != facts.recipient.name]
    return replace(facts, recipient=rng.choice(others), figures=other_figures(rng), serial=facts.serial + 1)


def _amount(facts: Facts, rng: Random) -> Facts:
    """The money of the same city once more, another sum."""
    sums = (facts.figures[0] + rng.randint(1, 500), *facts.figures[1:])
    return replace(facts, figures=sums, day=facts.day + timedelta(days=rng.randint(1, 60)), serial=facts.serial + 3)


def _people(facts: Facts, rng: Random) -> Facts:
    """Other people to the same posts; one time in three only one of them is another."""
    people = [name(rng) for _ in facts.people]
    kept = (people[0], *facts.people[1:]) if rng.random() < 1 / 3 else tuple(people)
    kept = (people[0] + "明", *kept[1:]) if kept[0] == facts.people[0] else kept
    day = facts.day + timedelta(days=rng.randint(0, 400))
    return replace(facts, people=kept, day=day, serial=facts.serial + rng.randint(1, 9))


def _amended(facts: Facts, rng: Random) -> Facts:
    return replace(
        facts,
        amended=facts.amended + 1,
        day=facts.day + timedelta(days=rng.randint(300, 2000)),
        serial=facts.serial + rng.randint(1, 90),
    )


def _draft(facts: Facts, rng: Random) -> Facts:
    """The final text after its draft for comments, or the draft before its final text."""
    return replace(facts, draft=not facts.draft, day=facts.day + timedelta(days=rng.randint(30, 200)))


def _holder(facts: Facts, rng: Random) -> Facts:
    """The next applicant, on the same day or soon after."""
    return replace(
        facts,
        firms=(firm(rng), *facts.firms[1:]),
        people=(name(rng), *facts.people[1:]),
        figures=other_figures(rng),
        serial=facts.serial + 1,
        day=facts.day + timedelta(days=rng.randint(0, 9)),
    )


def _district(facts: Facts, rng: Random) -> Facts:
    """The neighbour takes the plan over and puts in its own name."""
    others = [place for place in neighbours(facts.place.code[:2]) if place.name != facts.place.name]
    there = replace(facts, place=rng.choice(others), serial=rng.randint(1, 180))
    return replace(there, day=facts.day + timedelta(days=rng.randint(0, 90)))


def _month(facts: Facts, rng: Random) -> Facts:
    """Next month's table; now and then hardly a number has moved."""
    moved = rng.choice((0.1, 0.5, 1.0))
    pairs = zip(facts.figures, other_figures(rng), strict=True)
    cells = tuple(new if rng.random() < moved else old for old, new in pairs)
    return replace(facts, day=facts.day + timedelta(days=31), figures=cells)


def _cell(facts: Facts, rng: Random) -> Facts:
    """A table that differs in one number and in nothing else."""
    at = rng.randrange(12)
    cells = tuple(value + rng.randint(1, 900) if turn == at else value for turn, value in enumerate(facts.figures))
    return replace(facts, figures=cells)


def _batch(facts: Facts, rng: Random) -> Facts:
    """The next list of names."""
    later = replace(facts, ordinal=facts.ordinal + 1, firms=tuple(firm(rng) for _ in facts.firms))
    return replace(later, day=facts.day + timedelta(days=rng.randint(60, 400)), serial=rng.randint(1, 180))


def _meeting(facts: Facts, rng: Random) -> Facts:
    return replace(facts, ordinal=facts.ordinal + 1, day=facts.day + timedelta(days=rng.randint(7, 21)))


def _deadline(facts: Facts, rng: Random) -> Facts:
    """The call goes out again with a later closing date."""
    return replace(facts, notice=facts.notice + rng.randint(5, 30), serial=facts.serial + rng.randint(1, 20))


def _boilerplate(facts: Facts, rng: Random) -> Facts:
    """Another matter of the same office, within the year; only the safeguards are copied."""
    day = facts.day + timedelta(days=rng.randint(0, 365))
    return replace(draw(rng), place=facts.place, day=day, boilerplate=facts.boilerplate)


TRAPS: dict[str, Trap] = {
    "annual": Trap(notices.annual, _years_on),
    "annual, year in the text only": Trap(notices.undated, _years_on),
    "other city": Trap(notices.quota, _recipient),
    "other amount": Trap(notices.quota, _amount),
    "other people": Trap(decisions.appointment, _people),
    "amended": Trap(rules.measures, _amended),
    "draft and final": Trap(rules.measures, _draft),
    "draft and final plan": Trap(rules.plan, _draft),
    "other licence holder": Trap(decisions.licence, _holder),
    "other party fined": Trap(decisions.penalty, _holder),
    "other district": Trap(rules.plan, _district),
    "other month": Trap(decisions.bulletin, _month),
    "other table cell": Trap(decisions.bulletin, _cell),
    "next batch": Trap(notices.batch, _batch),
    "next meeting": Trap(decisions.minutes, _meeting),
    "later deadline": Trap(notices.annual, _deadline),
    "shared boilerplate": Trap(notices.opinions, _boilerplate, rewords=True),
}
