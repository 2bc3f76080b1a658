"""The generator's words: phrases, sentences, addresses and handles as spam has them, drawn at random.

Enters: vocabulary.yml and a random.Random. Leaves: strings. A writer keeps to one trade most of the time, as a real
campaign does; the same seed writes the same words.

>>> from random import Random
>>> Writer(Random(1)).phrase() == Writer(Random(1)).phrase()
True
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from random import Random

FILE = Path(__file__).with_name("vocabulary.yml")
TRADE = "trade"
"""Honest business, which is spam only by the place where it stands: links off the site."""


@dataclass(frozen=True, slots=True)
class Category:
    """One trade: brands, short phrases, and sentences with places to fill in."""

    brands: tuple[str, ...]
    phrases: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that vocabulary.yml holds."""

    categories: dict[str, Category]
    labels: tuple[str, ...]
    separators: tuple[str, ...]
    contacts: tuple[str, ...]
    tlds: tuple[str, ...]
    emoji: tuple[str, ...]
    fragments: tuple[str, ...]
    homoglyphs: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """Read the file once."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    categories = {
        name: Category(*(tuple(value[key]) for key in ("brands", "phrases", "sentences")))
        for name, value in data.pop("categories").items()
    }
    homoglyphs = {str(plain): other for plain, other in data.pop("homoglyphs").items()}
    return Vocabulary(categories, homoglyphs=homoglyphs, **{key: tuple(map(str, value)) for key, value in data.items()})


class Writer:
    """Writes like one campaign: one theme, with a third of the words from other trades."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.words = vocabulary()
        self.theme = rng.choice([name for name in self.words.categories if name != TRADE])

    def _category(self) -> Category:
        names = [name for name in self.words.categories if name != TRADE]
        return self.words.categories[self.theme if self.rng.random() < 0.67 else self.rng.choice(names)]

    def brand(self) -> str:
        """A made-up brand, one in three disguised."""
        return self.disguise(self.rng.choice(self._category().brands))

    def disguise(self, text: str) -> str:
        """One time in three, one or two characters replaced by others that look or sound alike."""
        places = [i for i, character in enumerate(text) if character in self.words.homoglyphs]
        if not places or self.rng.random() > 0.33:
            return text
        chosen = set(self.rng.sample(places, min(2, len(places))))
        return "".join(self.words.homoglyphs[c] if i in chosen else c for i, c in enumerate(text))

    def phrase(self) -> str:
        """What a title or a footer lists: a phrase, or a brand with a word behind it."""
        if self.rng.random() < 0.3:
            return self.site()
        return self.disguise(self.rng.choice(self._category().phrases))

    def site(self) -> str:
        """A brand with a word behind it."""
        return self.brand() + self.rng.choice(self.words.fragments)

    def bracketed(self) -> str:
        return f"【{self.brand()}】"

    def decorated(self) -> str:
        """A phrase between two emoji."""
        return f"{self.emoji()}{self.phrase()}{self.emoji()}"

    def phrases(self, count: int) -> list[str]:
        """That many phrases, none twice."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[self.phrase()] = None
        return list(found)

    def anchor(self) -> str:
        """The words of a link: one in six sells an honest trade."""
        return self.rng.choice(self.words.categories[TRADE].phrases) if self.rng.random() < 1 / 6 else self.phrase()

    def digits(self, count: int) -> str:
        return "".join(self.rng.choices(string.digits, k=count))

    def letters(self, count: int) -> str:
        return "".join(self.rng.choices(string.ascii_lowercase, k=count))

    def host(self) -> str:
        """A throw-away address: "www.kq8831.top"."""
        name = self.letters(self.rng.randint(1, 3)) + self.digits(self.rng.randint(2, 5))
        return f"www.{name}.{self.rng.choice(self.words.tlds)}"

    def url(self) -> str:
        """With the paths of spider-pool templates, or bare."""
        path = self.rng.choice(["/", f"/html/{self.digits(8)}.html", f"/{self.letters(4)}/", "/?id=" + self.digits(4)])
        return f"http://{self.host()}{path}"

    def contact(self) -> str:
        """A handle, a number or a group."""
        form = self.rng.choice(self.words.contacts)
        return form.format(letters=self.letters(3), number=self.digits(3), long=self.digits(self.rng.randint(8, 9)))

    def sentence(self, holding: str = "") -> str:
        """A whole sentence; `holding` ("url", "contact", "brand") asks for one with such a thing in it."""
        others = list(self.words.categories.values())
        self.rng.shuffle(others)
        choice = ((category, [s for s in category.sentences if "{" + holding in s]) for category in others)
        own = self._category()
        wanted = [s for s in own.sentences if "{" + holding in s]
        category, fitting = (own, wanted) if wanted else next(pair for pair in choice if pair[1])
        brand = self.disguise(self.rng.choice(category.brands))
        number = str(self.rng.randint(8, 999))
        form = self.rng.choice(fitting)
        return form.format(brand=brand, url=self.host(), contact=self.contact(), number=number)

    def label(self) -> str:
        return self.rng.choice(self.words.labels)

    def emoji(self) -> str:
        return self.rng.choice(self.words.emoji)
