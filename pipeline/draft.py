"""The page on its way through the steps: blocks that remain, facts found, removals made.

Enters: what `extract` read from the bytes. Leaves: the parts of a Document. Frozen: a step returns the next draft.

>>> block = Block("二、主要目標", 3)
>>> block.key
'二、主要目标'
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from pipeline.model import Removal, Repair, Where
from pipeline.repair.edits import revert
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crawler.page import RawRecord
    from crawler.source import Source


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one table (Markdown, one row a line), with the repairs made inside it.

    line: 1-based line of the page where it began. repairs: offsets count in this block's text.
    fill: columns of a table whose blanks repeat the cell above.
    """

    text: str
    line: int
    kind: Literal["paragraph", "table"] = "paragraph"
    repairs: tuple[Repair, ...] = ()
    fill: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The text as rules compare it (see `pipeline.text.fold`)."""
        return fold(self.text)

    def edit(self, rule: str, edits: Sequence[tuple[int, int, str]]) -> Block:
        """Replace spans (start, end, new text; ascending, apart from each other) and keep account of each.

        Earlier repairs move with the text. A span may only cover the start of an earlier repair when it keeps its
        length, else the earlier one could not be found again; `repair.edits.revert` relies on it.
        """
        edits = [edit for edit in edits if self.text[edit[0] : edit[1]] != edit[2]]
        if not edits:
            return self
        pieces: list[str] = []
        made: list[Repair] = []
        shifts: list[tuple[int, int]] = []
        last = moved = 0
        for start, end, new in edits:
            pieces += [self.text[last:start], new]
            made.append(Repair(rule, start + moved, self.text[start:end], new))
            moved += len(new) - (end - start)
            shifts.append((start, moved))
            last = end
        pieces.append(self.text[last:])

        earlier = tuple(replace(r, start=position_after(shifts, r.start)) for r in self.repairs)
        return replace(self, text="".join(pieces), repairs=earlier + tuple(made))


def position_after(shifts: Sequence[tuple[int, int]], position: int) -> int:
    """Where a position stands after edits, given (start, total shift so far) of each edit in ascending order."""
    moved = 0
    for start, total in shifts:
        if start >= position:
            break
        moved = total
    return position + moved


@dataclass(frozen=True, slots=True)
class Fact:
    """A value for a field as the page gives it, and where it stood."""

    field: str
    value: str
    where: Where
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything known of one page between two steps."""

    raw: RawRecord
    card: Source | None = None
    extractor: str = "lines"
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    removals: tuple[Removal, ...] = ()
    flags: frozenset[str] = field(default=frozenset())

    def find(self, name: str, *where: Where) -> Fact | None:
        """The first fact of that name (in one of those places, if any are given)."""
        return next((f for f in self.facts if f.field == name and (not where or f.where in where)), None)

    def flag(self, *names: str) -> Draft:
        return replace(self, flags=self.flags | set(names))

    def learn(self, *facts: Fact) -> Draft:
        return replace(self, facts=self.facts + facts)

    def remove(self, removed: Iterable[Block], rule: str, reason: str, field: str | None = None) -> Draft:
        """Take whole blocks out, as they stood on the page, and say why."""
        return self.remove_each((block, rule, reason, field) for block in removed)

    def remove_each(self, removed: Iterable[tuple[Block, str, str, str | None]]) -> Draft:
        """Take blocks out, each with its own rule, reason and field."""
        gone = {id(entry[0]): entry for entry in removed}
        out = tuple(
            Removal(rule, why, revert(b.text, b.repairs), b.line, field) for b, rule, why, field in gone.values()
        )
        return replace(self, blocks=tuple(b for b in self.blocks if id(b) not in gone), removals=self.removals + out)

    def amend(self, change: Callable[[Block], Block]) -> Draft:
        """Pass every block through a repair."""
        return replace(self, blocks=tuple(change(block) for block in self.blocks))
