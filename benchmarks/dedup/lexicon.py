"""The generator's words, and a stock of clauses made of them.

Enters: vocabulary.yml and a seed. Leaves: words by their role, and 150,000 clauses of 7 to 20 characters, of which
every document of a corpus takes its own. Two documents of 1,500 characters share one clause in fifteen such pairs, so
that what they have in common is their template and the manner of speaking, as in real notices.

>>> stock(1).clauses[0]
'各地要进一步完善乡村数据台账'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

FILE = Path(__file__).with_name("vocabulary.yml")
CLAUSES = 150_000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of vocabulary.yml."""

    synonyms: tuple[tuple[str, ...], ...]
    words: dict[str, tuple[str, ...]]

    def __getitem__(self, role: str) -> tuple[str, ...]:
        return self.words[role]


@dataclass(frozen=True, slots=True)
class Stock:
    """The clauses of one corpus."""

    clauses: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Read the file once."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    synonyms = tuple(tuple(line.split()) for line in data.pop("synonyms"))
    words = {role: tuple(text.split()) for role, text in data.items()}
    words["verbs"] += tuple(word for line in synonyms[:9] for word in line)
    words["adverbs"] += tuple(word for line in synonyms[9:13] for word in line)
    return Lexicon(synonyms, words)


@cache
def stock(seed: int) -> Stock:
    """The clauses of the corpus of this seed."""
    rng = Random(f"clauses {seed}")
    words = lexicon()
    return Stock(tuple(_clause(rng, words) for _ in range(CLAUSES)))


def _clause(rng: Random, words: Lexicon) -> str:
    form = rng.random()

    def one(role: str) -> str:
        return rng.choice(words[role])

    what = one("modifiers") + one("nouns")
    if form < 0.3:
        return one("verbs") + one("modifiers") + what
    if form < 0.5:
        return one("actors") + one("modals") + one("adverbs") + one("verbs") + what
    if form < 0.65:
        return one("openings") + what + one("verbs") + one("modifiers") + one("nouns") + one("endings")
    if form < 0.8:
        return one("adverbs") + one("verbs") + what + "和" + one("modifiers") + one("nouns")
    if form < 0.9:
        return what + "由" + one("actors") + one("verbs") + "并" + one("verbs")
    return one("verbs") + what + "、" + one("modifiers") + one("nouns") + "的" + one("nouns")
