"""The rows of the round trip: a damage each, judged in the unit that fits it.

Enters: clean texts. Leaves: `Bench.rows`: units damaged, units that came back, and what else happened.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from benchmarks.spam import damage
from benchmarks.spam.score import align
from benchmarks.spam.trips import Sound, Trip, aligned, dense, read
from pipeline.text import is_cjk, letters

if TYPE_CHECKING:
    from pipeline.model import Document

MARKS = {chr(code) for code in range(0xFF01, 0xFF5F) if not unicodedata.category(chr(code)).startswith(("L", "N"))}
SLIPS = 3
"""Slips tried in one text, each alone."""


@dataclass(slots=True)
class Row:
    """One damage: how many units (characters, texts, slips) there were and came back; `other` counts what else
    happened, `examples` says where.
    """

    unit: str
    total: int = 0
    right: int = 0
    other: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, right: int, total: int, example: str = "") -> None:
        self.right += right
        self.total += total
        if example:
            self.examples.append(example)

    @property
    def line(self) -> list[str]:
        share = f"{self.right / self.total:.4%}" if self.total else "n/a"
        told = ", ".join(f"{name} {count:,}" for name, count in self.other.most_common(12))
        return [self.unit, f"{self.total:,}", f"{self.right:,}", share, told]


class Bench:
    """The rows by name, and the texts once through the pipeline."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rows: dict[str, Row] = {}

    def row(self, name: str, unit: str) -> Row:
        return self.rows.setdefault(name, Row(unit))

    def run(self, sound: Sound) -> None:
        """Every damage on one text."""
        found = read(sound.text, sound.url)
        if found.document is None:
            self.row("clean texts refused", "texts").add(0, 1, f"{sound.name}: {found.removals[-1].reason}")
            return
        document = found.document
        rng = Random(f"{self.seed}/{sound.name}")
        self.clean(sound, document)
        self.punctuation(Trip(sound.name, document, self.after(damage.fold_punctuation(sound.text), sound)))
        for name in damage.TABLES:
            spoiled = damage.to_traditional(sound.text, name)
            self.script(name, Trip(sound.name, document, self.after(spoiled, sound)))
        for form in damage.BRACKETED:
            spoiled = damage.bracketed_pinyin(sound.text, rng, form)
            self.whole(f"pinyin, {form}", Trip(sound.name, document, self.after(spoiled, sound)))
        spoiled = damage.to_traditional(damage.bracketed_pinyin(sound.text, rng, "tone marks", 100.0))
        self.whole("pinyin, dense, Traditional", Trip(sound.name, document, self.after(spoiled, sound)))
        spoiled = damage.bare_pinyin(sound.text, rng)
        self.bare(Trip(sound.name, document, self.after(spoiled, sound)), sound.text, spoiled)
        self.whole("?? for U+3000", Trip(sound.name, document, self.after(damage.lost_spaces(sound.text), sound)))
        spoiled = damage.doubled_commas(sound.text, rng)
        if spoiled != sound.text:
            self.whole("doubled commas", Trip(sound.name, document, self.after(spoiled, sound)))
        self.slips("GBK slip, Traditional", damage.to_traditional(sound.text), sound, rng, short=True)
        self.slips("GBK slip, Simplified", sound.text, sound, rng, short=False)

    @staticmethod
    def after(spoiled: str, sound: Sound) -> Document | None:
        return read(spoiled, sound.url).document

    def clean(self, sound: Sound, document: Document) -> None:
        """No damage at all: repairs that change a letter or a digit, and repairs of width."""
        row = self.row("clean texts", "letters, digits")
        changed = 0
        for repair in document.repairs:
            before, after = (strict(part) for part in (repair.before, repair.after))
            if before != after:
                changed += max(len(before), len(after))
                row.examples.append(f"{sound.name}: {repair.rule} {repair.before!r} -> {repair.after!r}")
                row.other[f"letters by {repair.rule}"] += 1
            else:
                row.other[f"{repair.rule} (no letter)"] += 1
        size = len(strict(document.text))
        row.add(size - changed, size)
        flags = self.row("clean texts without a flag", "texts")
        for flag in document.flags:
            flags.other[flag] += 1
        flags.add(not document.flags, 1)

    def punctuation(self, trip: Trip) -> None:
        """Each full-width mark of the clean text against what stands in its place."""
        row = self.row("punctuation folded", "marks")
        back = aligned(trip.truth, dense(trip.repaired.text if trip.repaired else ""))
        for at, (mark, found) in enumerate(zip(trip.truth, back, strict=True)):
            if mark in MARKS:
                context = trip.truth[max(0, at - 8) : at + 9]
                row.add(mark == found, 1, "" if mark == found else f"{trip.name}: {mark} is {found!r} in {context!r}")
                if mark != found:
                    row.other[f"{mark} not back"] += 1

    def script(self, name: str, trip: Trip) -> None:
        """All characters, and of them those that the table changed."""
        row, changed = self.row(f"Traditional, {name}", "characters"), self.row(f"… changed by {name}", "characters")
        expected = dense(trip.sound.text)
        back = aligned(expected, dense(trip.repaired.text if trip.repaired else ""))
        spoiled = damage.to_traditional(expected, name)
        for at, (character, found) in enumerate(zip(expected, back, strict=True)):
            right = character == found
            context = expected[max(0, at - 6) : at + 7]
            row.add(right, 1, "" if right else f"{trip.name}: {character} is {found!r} in {context!r}")
            if spoiled[at] != character:
                changed.add(right, 1)
            if not right and is_cjk(character):
                row.other[f"{character}→{found or 'nothing'}"] += 1

    def whole(self, name: str, trip: Trip) -> None:
        """The text as a whole: the same, or not."""
        text = trip.repaired.text if trip.repaired else ""
        difference = align(dense(trip.sound.text), dense(text))
        example = f"{trip.name}: more {difference.inserted[:3]}, less {difference.deleted[:3]}"
        row = self.row(name, "texts")
        row.add(trip.exact, 1, "" if trip.exact else example)
        if not trip.exact and dense(text) == dense(trip.sound.text):
            row.other["the same but for blanks and line ends"] += 1
        if not trip.exact and trip.flagged:
            row.other["flagged"] += 1

    def bare(self, trip: Trip, clean: str, spoiled: str) -> None:
        """Letters of bare readings that are gone, and characters of the text that went with them."""
        row = self.row("pinyin, bare", "letters")
        injected = len(spoiled) - len(clean)
        difference = align(dense(trip.sound.text), dense(trip.repaired.text if trip.repaired else ""))
        row.add(max(0, injected - sum(map(len, difference.inserted))), injected)
        row.other["wrong deletions"] += sum(map(len, difference.deleted))
        if difference.deleted:
            row.examples.append(f"{trip.name}: less {difference.deleted[:5]}")
        row.other["texts flagged"] += trip.flagged

    def slips(self, name: str, text: str, sound: Sound, rng: Random, short: bool) -> None:
        """Some slips, each alone: restored, flagged, changed to something wrong, or left as they are in silence."""
        whole = self.after(text, sound)
        places = damage.slip_places(text, short)
        if whole is None:
            return
        for place in rng.sample(places, min(SLIPS, len(places))):
            spoiled = damage.gbk_slip(text, place)
            found = self.after(spoiled, sound)
            end = (text + "\n").find("\n", place)
            seen = spoiled[place : place + min(8, end - place)]
            if found is not None and found.text == whole.text:
                verdict = "restored"
            elif found is not None and set(found.flags) - set(whole.flags):
                verdict = "flagged"
            elif found is not None and letters(seen) in letters(found.text):
                verdict = "silent"
            else:
                verdict = "wrong"
            row = self.row(name, "slips")
            row.other[verdict] += verdict != "restored"
            told = f"{sound.name}: {verdict}, {text[place : place + 8]!r} was {seen!r}"
            row.add(verdict == "restored", 1, "" if verdict == "restored" else told)


def strict(text: str) -> str:
    """Letters and digits after NFKC, Traditional kept apart from Simplified."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
