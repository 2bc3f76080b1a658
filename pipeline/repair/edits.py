"""Putting repairs back: the proof that each one can be undone.

Enters: a final text and its repairs in the order they were made. Leaves: the text as it stood before all of them.

>>> from pipeline.model import Repair
>>> revert("甲，乙", (Repair("width", 1, ",", "，"),))
'甲,乙'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Repair

__all__ = ["RevertError", "revert"]


class RevertError(ValueError):
    """A repair does not stand where it says it does."""


def revert(text: str, repairs: Sequence[Repair]) -> str:
    """Undo repairs, last made first. Raises RevertError if one is not found at its place."""
    undone: list[tuple[int, int]] = []
    for repair in reversed(repairs):
        start = repair.start - sum(grown for at, grown in undone if at < repair.start)
        end = start + len(repair.after)
        if text[start:end] != repair.after:
            raise RevertError(
                f"{repair.rule} at {repair.start}: {text[start:end]!r} stands where {repair.after!r} should"
            )
        text = text[:start] + repair.before + text[end:]
        undone.append((repair.start, len(repair.after) - len(repair.before)))
    return text
