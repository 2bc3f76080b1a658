"""Documents of equal letters, made one unit: what the search for near copies works on.

Enters: live documents, sorted by id. Leaves: the unit of each, and the vetoes among documents of equal text. This
year's notice may repeat last year's word for word; titles and numbers then say that they are two. Works on columns; a
Python loop runs only over texts that stand under several titles or numbers.

>>> units_of(live, contents).unit
array([0, 1, 0])
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from pipeline.corpus.duplicates.columns import codes, compute, distinct, equal, ints, unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]
    Marks = NDArray[np.bool_]

KIND_RANK = {"origin": 0, "file": 1, "repost": 2, "mirror": 3}
"""Whose copy is believed first: the issuer's page, a file of unknown origin, another site, a foreign copy."""

__all__ = ["KIND_RANK", "Identity", "Units", "Veto", "arrival", "preference", "units_of"]


@dataclass(frozen=True, slots=True)
class Veto:
    """Two rows of live that are kept apart. joined: the number of the other one's new group."""

    row: int
    other: int
    rule: str
    evidence: str
    joined: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells documents of one text apart, a number for each value and 0 where it is unknown, which agrees with
    everything. numbers: those of the title. doc_number: 发文字号. revised: day of a regulation's version."""

    numbers: Ints
    doc_number: Ints
    revised: Ints

    def conflicts(self, one: Ints, other: Ints) -> NDArray[np.bool_]:
        """Where the documents of two lists of rows cannot be one."""
        found = np.zeros(len(one), np.bool_)
        for facts in (self.numbers, self.doc_number, self.revised):
            left, right = facts[one], facts[other]
            found |= (left != right) & (left != 0) & (right != 0)
        return found

    def disputed(self, group: Ints) -> Marks:
        """By the number of a group: whether its rows know two values of one kind. group: of each row."""
        found = np.zeros(len(group), np.bool_)
        for facts in (self.numbers, self.doc_number, self.revised):
            known = np.flatnonzero(facts)
            most = np.zeros(len(group), np.int64)
            most[group[known]] = facts[known]
            found[group[known[facts[known] != most[group[known]]]]] = True
        return found

    def of(self, rows: Ints) -> Identity:
        """The identities of some of them."""
        return Identity(self.numbers[rows], self.doc_number[rows], self.revised[rows])

    def rule(self, one: int, other: int) -> str | None:
        """The rule that keeps two rows apart, if one does."""
        facts = (("doc_number", self.doc_number), ("title_numbers", self.numbers), ("revision", self.revised))
        for name, values in facts:
            if values[one] and values[other] and values[one] != values[other]:
                return f"veto.{name}"
        return None


@dataclass(frozen=True, slots=True)
class Units:
    """heads: the row that stands for each unit; its title and number are known if any member's are. Units are numbered
    in the order of their heads' content hashes. unit: the unit of each row. identity: of the rows of live; known: of
    the units. alone: units that could be one of several documents, and are joined with none."""

    unit: Ints
    heads: Ints
    identity: Identity
    known: Identity
    alone: Marks
    vetoes: tuple[Veto, ...]


def preference(live: pa.Table) -> Ints:
    """The place of each row in the order of trust: nearest to the issuer, most complete, least repaired, seen first,
    id. A copy that is no better than what is there does not take its place.
    """
    kinds = compute.index_in(live["source_kind"], value_set=pa.array(list(KIND_RANK))).to_numpy()
    columns = [-ints(live["characters"]), ints(live["repairs"]), -ints(live["letter_count"])]
    return _places(live, *columns, kinds)


def arrival(live: pa.Table) -> Ints:
    """The place of each row in the order in which the pages were seen for the first time, ties by id."""
    return _places(live)


def _places(live: pa.Table, *columns: NDArray[Any]) -> Ints:
    """Places by these columns, the last one first, then by arrival and id: `live` is sorted by id."""
    order = np.lexsort([ints(live["first_seen"].cast(pa.int64())), *columns])  # stable
    place = np.empty(len(live), np.int64)
    place[order] = np.arange(len(live))
    return place


def units_of(live: pa.Table, contents: Keys) -> Units:
    """The units of live documents. contents: the first bits of their content hashes. Documents without any letter are
    alone."""
    size = len(live)
    identity = Identity(
        np.where(equal(live["numbers"], ""), 0, codes(live["numbers"])),
        codes(live["number_key"]),
        ints(live["revised"].cast(pa.int32())),
    )
    text = codes(live["letters"])
    text[text == 0] = size + 1 + np.flatnonzero(text == 0)
    vetoes: list[Veto] = []
    several = np.flatnonzero((np.bincount(text, minlength=2 * size + 2) > 1)[text])
    if several.size:
        classes = np.stack([text[several], identity.numbers[several], identity.doc_number[several]], axis=1)
        kinds, of_class = np.unique(classes, axis=0, return_inverse=True)
        of_class = of_class.reshape(-1)
        joined = kinds[:, 0].copy()
        crowded = np.flatnonzero(np.bincount(joined)[joined] > 1)
        if crowded.size:
            trusted = preference(live)
            best = np.full(len(kinds), size)
            np.minimum.at(best, of_class, trusted[several])
            _separate(live, kinds, joined, crowded, np.argsort(trusted)[best], identity, vetoes)
            text[several] = joined[of_class]
    doubtful = np.isin(text, [veto.joined for veto in vetoes if veto.rule == "veto.ambiguous"])
    unit = distinct(text)
    heads = _heads(live, unit, identity, contents)
    order = np.argsort(contents[heads], kind="stable")
    unit, heads = np.argsort(order)[unit], heads[order]
    alone = np.zeros(len(heads), np.bool_)
    alone[unit[doubtful]] = True
    return Units(unit, heads, identity, _known(unit, identity), alone, tuple(vetoes))


def _separate(
    live: pa.Table, kinds: Ints, joined: Ints, crowded: Ints, best: Ints, identity: Identity, vetoes: list[Veto]
) -> None:
    """Splits texts where titles or numbers say that they are several documents, by new values in `joined`.

    Classes are taken from the fullest to the emptiest, so that one that knows little joins the only group it can
    mean. When it could mean several it stays alone: that is not ours to guess. Each further group is listed once,
    against the first group that keeps it apart.
    """
    new = 2 * len(live) + 1  # beyond every value of a text
    cuts = np.flatnonzero(np.diff(joined[crowded])) + 1
    names, keys = live["numbers"], live["number_key"]
    for members in np.split(crowded, cuts):
        groups: list[tuple[int, int, int, int]] = []  # its number, title numbers, doc number, best row

        def fullest(one: int) -> tuple[int, str, int]:
            row = int(best[one])
            return (-int((kinds[one, 1:] > 0).sum()), names[row].as_py() or "", keys[row].as_py() or 0)

        for one in sorted(members.tolist(), key=fullest):
            numbers, doc_number = int(kinds[one, 1]), int(kinds[one, 2])
            free = [
                place
                for place, group in enumerate(groups)
                if not (group[1] and numbers and group[1] != numbers)
                and not (group[2] and doc_number and group[2] != doc_number)
            ]
            if len(free) == 1:
                number, its_numbers, its_doc, row = groups[free[0]]
                groups[free[0]] = (number, its_numbers or numbers, its_doc or doc_number, row)
                joined[one] = number
                continue
            if groups:
                foe = next((group for place, group in enumerate(groups) if place not in free), groups[0])
                vetoes.append(_veto(live, identity, (foe[3], int(best[one])), len(groups), new + 1))
                new += 1
            number = new if groups else int(joined[one])
            joined[one] = number
            groups.append((number, numbers, doc_number, int(best[one])))


def _veto(live: pa.Table, identity: Identity, rows: tuple[int, int], groups: int, number: int) -> Veto:
    row, other = rows
    rule = identity.rule(row, other)
    if rule is None or rule == "veto.revision":
        return Veto(row, other, "veto.ambiguous", f"the same text belongs to {groups} documents", number)
    name = "doc_number" if rule == "veto.doc_number" else "numbers"
    return Veto(row, other, rule, f"{live[name][row].as_py()} | {live[name][other].as_py()}", number)


def _heads(live: pa.Table, unit: Ints, identity: Identity, contents: Keys) -> Ints:
    """For each unit a row that knows its title and its number, the first by content."""
    untitled = unknown(live["title_key"])
    order = np.lexsort([contents, identity.doc_number == 0, untitled, unit])
    starts = np.concatenate([[True], np.diff(unit[order]) != 0]) if len(order) else np.zeros(0, np.bool_)
    heads: Ints = order[starts]
    return heads


def _known(unit: Ints, identity: Identity) -> Identity:
    size = int(unit.max()) + 1 if len(unit) else 0
    facts = []
    for values in (identity.numbers, identity.doc_number, identity.revised):
        most = np.zeros(size, np.int64)
        np.maximum.at(most, unit, values)
        facts.append(most)
    return Identity(*facts)
