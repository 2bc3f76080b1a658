"""The page on its way through the steps: blocks that remain, facts found, removals made.

Enters: what `extract` read from the bytes. Leaves: the parts of a Document. Frozen: a step returns the next draft.

>>> block = Block("二、主要目標", 3)
>>> block.key
'二、主要目标'
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from operator import is_, itemgetter
from typing import TYPE_CHECKING, Literal

from pipeline.model import Attachment, Relation, Removal, Repair, Where
from pipeline.repair.edits import revert
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crawler.page import RawRecord
    from crawler.source import Source
    from pipeline.extract.files.fileread import FileRead

Merged = tuple[int, int, int, int]
"""A blank place of a table, and the place whose text it repeats: row, column, row, column. Row 0 is the heading."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one table (Markdown, one row a line), with the repairs made inside it.

    line: 1-based line of the page where it began. repairs: offsets count in this block's text.
    merged: the blank places of a table that a merged cell reaches over. begins: the markup begins a paragraph here, so
    it is no rest of the line above; what has no markup cannot say.
    """

    text: str
    line: int
    kind: Literal["paragraph", "table"] = "paragraph"
    repairs: tuple[Repair, ...] = ()
    merged: tuple[Merged, ...] = ()
    begins: bool = False
    _key: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def key(self) -> str:
        """The text as rules compare it (see `pipeline.text.fold`). Dozens of rules ask, so it is kept."""
        key = self._key
        if key is None:
            key = fold(self.text)
            object.__setattr__(self, "_key", key)
        return key

    def edit(self, rule: str, edits: Sequence[tuple[int, int, str]]) -> Block:
        """Replace spans (start, end, new text; ascending, apart from each other) and keep account of each.

        Earlier repairs move with the text; those inside a span that changes its length become part of its `before`.
        """
        edits = [edit for edit in edits if self.text[edit[0] : edit[1]] != edit[2]]
        if not edits:
            return self
        pieces: list[str] = []
        made: list[Repair] = []
        shifts: list[tuple[int, int]] = []
        earlier = list(self.repairs)
        last = moved = 0
        for start, end, new in edits:
            pieces += [self.text[last:start], new]
            inside = [r for r in earlier if _is_inside(r, start, end)] if len(new) != end - start else []
            before = revert(self.text[start:end], [replace(r, start=r.start - start) for r in inside])
            earlier = [r for r in earlier if r not in inside] if inside else earlier
            made.append(Repair(rule, start + moved, before, new))
            moved += len(new) - (end - start)
            shifts.append((start, moved))
            last = end
        pieces.append(self.text[last:])
        repairs = [replace(r, start=position_after(shifts, r.start)) for r in earlier]
        # A deletion must be undone after the repairs that stood right behind it: they start where it did now.
        behind: dict[int, list[int]] = {}
        for index, repair in enumerate(repairs):
            behind.setdefault(repair.start, []).append(index)
        first: dict[int, list[Repair]] = {}  # index of an earlier repair -> deletions that go before it
        rest: list[Repair] = []
        for (_, end, new), repair in zip(edits, made, strict=True):
            tied = [i for i in behind.get(repair.start, ()) if not new and earlier[i].start >= end]
            (first.setdefault(tied[0], []) if tied else rest).append(repair)
        repairs = [r for index, repair in enumerate(repairs) for r in (*first.get(index, ()), repair)] + rest
        return replace(self, text="".join(pieces), repairs=tuple(repairs))


def _past_blanks(text: str, stop: int) -> int:
    """The end of a span, with the blanks that follow it."""
    return stop + len(text[stop:]) - len(text[stop:].lstrip())


def _is_inside(repair: Repair, start: int, end: int) -> bool:
    """True if what a repair put there stands wholly inside a span; a deletion at its edge stands outside."""
    return (
        start <= repair.start
        and repair.start + len(repair.after) <= end
        and (bool(repair.after) or start < repair.start < end)
    )


def position_after(shifts: Sequence[tuple[int, int]], position: int) -> int:
    """Where a position stands after edits, given (start, total shift so far) of each edit in ascending order."""
    before = bisect_left(shifts, position, key=itemgetter(0))
    return position + (shifts[before - 1][1] if before else 0)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value for a field as the page gives it, and where it stood."""

    field: str
    value: str
    where: Where
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything known of one page between two steps.

    encoding: what the bytes were read as, and why; empty for UTF-8.

    text_from: line from which on the markup says that this is the text: in a known container, below the title that the
    page shows. 0 where no markup says so.

    leaving: line, text and host of links that lead to other sites, those of public bodies and the press left out.

    file: what the reader of files found, if the bytes are no web page and no plain text.
    """

    raw: RawRecord
    card: Source | None = None
    file: FileRead | None = None
    extractor: str = "lines"
    encoding: str = ""
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    removals: tuple[Removal, ...] = ()
    files: tuple[Attachment, ...] = ()
    relations: tuple[Relation, ...] = ()
    flags: frozenset[str] = field(default=frozenset())
    text_from: int = 0
    leaving: tuple[tuple[int, str, str], ...] = ()

    def find(self, name: str, *where: Where) -> Fact | None:
        """The first fact of that name (in one of those places, if any are given)."""
        return next((f for f in self.facts if f.field == name and (not where or f.where in where)), None)

    def flag(self, *names: str) -> Draft:
        return self if self.flags.issuperset(names) else replace(self, flags=self.flags | set(names))

    def learn(self, *facts: Fact) -> Draft:
        return replace(self, facts=self.facts + facts) if facts else self

    def remove(self, removed: Iterable[Block], rule: str, reason: str, field: str | None = None) -> Draft:
        """Take whole blocks out, as they stood on the page, and say why."""
        return self.remove_each((block, rule, reason, field) for block in removed)

    def remove_each(self, removed: Iterable[tuple[Block, str, str, str | None]]) -> Draft:
        """Take blocks out, each with its own rule, reason and field."""
        gone = {id(entry[0]): entry for entry in removed}
        if not gone:
            return self
        out = tuple(
            Removal(rule, why, revert(b.text, b.repairs), b.line, field) for b, rule, why, field in gone.values()
        )
        return replace(self, blocks=tuple(b for b in self.blocks if id(b) not in gone), removals=self.removals + out)

    def cut(self, spans: Iterable[tuple[Block, Sequence[tuple[int, int]], str, str]]) -> Draft:
        """Take spans (ascending, apart) out of blocks, each with rule and reason. A block that keeps no letter goes
        whole.
        """
        out: list[Removal] = []
        left: dict[int, Block] = {}
        for block, places, rule, reason in spans:
            edited = block.edit(rule, [(start, _past_blanks(block.text, stop), "") for start, stop in places])
            gone = [repair for repair in edited.repairs if repair.rule == rule]
            rest = replace(edited, repairs=tuple(repair for repair in edited.repairs if repair.rule != rule))
            if letters(rest.text):
                out += [Removal(rule, reason, repair.before, block.line, scope="span") for repair in gone]
            else:
                out.append(Removal(rule, reason, revert(block.text, block.repairs), block.line))
            left[id(block)] = rest
        kept = [
            left.get(id(block), block)
            for block in self.blocks
            if id(block) not in left or letters(left[id(block)].text)
        ]
        return replace(self, blocks=tuple(kept), removals=self.removals + tuple(out))

    def amend(self, change: Callable[[Block], Block]) -> Draft:
        """Pass every block through a repair."""
        blocks = tuple(map(change, self.blocks))
        return self if all(map(is_, blocks, self.blocks)) else replace(self, blocks=blocks)
