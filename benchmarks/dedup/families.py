"""Families of documents: singles, documents with copies, traps with their like, plans and the notices that carry them.

Enters: a seed. Leaves: `Family`s without end, each with its members and what should become of its pairs. Families of
news are of these days: what comes a day later, with what stands in the corpus already and has a copy or a successor
now.

>>> next(families(1, 0)).members[0].work.title
'关于加快湿地保护高质量发展的意见'
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Literal

from benchmarks.dedup.copies import COPIES, EDITS, REPOSTS
from benchmarks.dedup.decisions import licence
from benchmarks.dedup.facts import TODAY, draw
from benchmarks.dedup.forms import FORMS
from benchmarks.dedup.lexicon import stock
from benchmarks.dedup.rules import issued, plan
from benchmarks.dedup.traps import TRAPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.dedup.facts import Facts
    from benchmarks.dedup.lexicon import Stock
    from benchmarks.dedup.traps import Trap
    from benchmarks.dedup.work import Work

Expected = Literal["same", "apart", "contains"]
CARRIES = "carries the plan"
REGISTER = "one template for all"

COPIED, TRAPPED, CARRYING, REGISTERED = 0.14, 0.165, 0.012, 0.0035
"""Shares of the families; the rest are singles. Of the documents about 16 % are copies, 27 % stand in families of
traps, 1 % are decisions of one office in one wording, whose bucket grows with the corpus."""

_EDITABLE = 400
"""Characters; a shorter text is only reposted: one word is too much of it. So are rules in articles: whoever changes
a word of them amends them, which is another document."""

_OLD_NEWS = 0.1
"""Share of copies made today of a document of any age; the others follow their original within days."""

_LEAST = 0.77
"""How alike the least alike edits shall be: some lie below 0.8, where nothing is promised."""


@dataclass(frozen=True, slots=True)
class Member:
    """A page of the corpus. identity: pages of one family that are one document have the same. news: comes later."""

    work: Work
    lines: tuple[str, ...]
    identity: int
    kind: str = ""
    news: bool = False

    @property
    def is_copy(self) -> bool:
        return bool(self.kind)


@dataclass(frozen=True, slots=True)
class Family:
    """Pages, and for pairs of them (by their places) the kind and what is expected."""

    members: list[Member] = field(default_factory=list)
    pairs: list[tuple[int, int, str, Expected]] = field(default_factory=list)

    def add(self, work: Work, identity: int, news: bool = False) -> None:
        self.members.append(Member(work, work.lines, identity, news=news))

    def keep_apart(self, kind: str) -> None:
        """All pairs of the members that are there now."""
        self.pairs.extend((one, other, kind, "apart") for one, other in combinations(range(len(self.members)), 2))


def families(seed: int, block: int, news: bool = False) -> Iterator[Family]:
    """The families of one block of a corpus, always the same ones."""
    maker = Maker(Random(f"{'news' if news else 'families'} {seed} {block}"), stock(seed), seed, news)
    kinds = (maker.copied, maker.trapped, maker.carrying, maker.registered, maker.single)
    shares = (COPIED, TRAPPED, CARRYING, REGISTERED)
    weights = (*shares, 1 - sum(shares))
    while True:
        yield maker.rng.choices(kinds, weights)[0]()


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes one family at a time."""

    rng: Random
    clauses: Stock
    seed: int
    news: bool

    def single(self) -> Family:
        """A document that is like no other."""
        family = Family()
        family.add(self._work(self._facts()), 0, self.news)
        return family

    def copied(self) -> Family:
        """A document with one to three copies. Of news the original may be there already."""
        family = Family()
        old = self.news and self.rng.random() < _OLD_NEWS
        facts = draw(self.rng) if old else self._facts()
        family.add(self._work(facts), 0, self.news and not old and self.rng.random() < 0.5)
        for _ in range(self.rng.choices((1, 2, 3), (75, 20, 5))[0]):
            self._copy(family, 0)
        return family

    def trapped(self) -> Family:
        """One to three neighbours of a document; three times in ten one of them has a copy."""
        kind = self.rng.choice(tuple(TRAPS))
        trap, family = TRAPS[kind], Family()
        count = 2 if "draft" in kind else self.rng.choices((2, 3, 4), (70, 20, 10))[0]
        chain = self._chain(trap, replace(self._facts(), draft="draft" in kind), count)
        wording = self.rng.getrandbits(60)
        for identity, facts in enumerate(chain):
            wording = self.rng.getrandbits(60) if trap.rewords else wording
            work = trap.form(Random(wording), facts, self.clauses)
            family.add(work, identity, self.news and (identity == count - 1 or self._is_new(facts)))
        family.keep_apart(kind)
        if self.rng.random() < 0.3:
            self._copy(family, self.rng.randrange(count))
        return family

    def carrying(self) -> Family:
        """A plan by itself, and the notice that issues it."""
        family, facts, wording = Family(), self._facts(), self.rng.getrandbits(60)
        family.add(plan(Random(wording), facts, self.clauses), 0, self.news)
        family.add(issued(Random(wording), facts, self.clauses), 1, self.news)
        family.pairs.append((0, 1, CARRIES, "contains"))
        if self.rng.random() < 0.3:
            self._copy(family, self.rng.randrange(2))
        return family

    def registered(self) -> Family:
        """Five decisions of the one office whose wording never changes."""
        family = Family()
        office = replace(self._facts(), place=draw(Random(f"office {self.seed}")).place)
        for identity, facts in enumerate(self._chain(TRAPS["other licence holder"], office, 5)):
            work = licence(Random(f"register {self.seed}"), facts, self.clauses)
            family.add(work, identity, self.news and (identity == 4 or self._is_new(facts)))
        family.keep_apart(REGISTER)
        return family

    def _facts(self) -> Facts:
        """Of any day until today; of news those of the last days."""
        facts = draw(self.rng)
        return replace(facts, day=TODAY + timedelta(days=1 - self.rng.randint(0, 3))) if self.news else facts

    def _work(self, facts: Facts) -> Work:
        form = self.rng.choices([form for form, _ in FORMS], [weight for _, weight in FORMS])[0]
        return form(Random(self.rng.getrandbits(60)), facts, self.clauses)

    def _chain(self, trap: Trap, last: Facts, count: int) -> list[Facts]:
        """Facts that follow one another, the last of them on the day of `last`."""
        seed = self.rng.getrandbits(60)

        def follow(facts: Facts) -> list[Facts]:
            rng, chain = Random(seed), [facts]
            while len(chain) < count:
                chain.append(trap.change(chain[-1], rng))
            return chain

        return follow(replace(last, day=last.day - (follow(last)[-1].day - last.day)))

    def _is_new(self, facts: Facts) -> bool:
        return facts.day > TODAY - timedelta(days=3) and self.rng.random() < 0.5

    def _copy(self, family: Family, of: int) -> None:
        original = family.members[of]
        work = original.work
        editable = sum(map(len, work.lines)) >= _EDITABLE and work.genre != "规章"
        kind = self.rng.choice(tuple(EDITS if editable and self.rng.random() < 0.5 else REPOSTS))
        lines = COPIES[kind](self.rng, work, self.clauses, self.rng.uniform(_LEAST, 0.995))
        family.members.append(Member(work, lines, original.identity, kind, self.news))
        family.pairs.append((of, len(family.members) - 1, kind, "same"))
