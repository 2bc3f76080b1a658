"""What a group of RTF inherits from the one around it, and the control words that change it.

>>> changed(State(), "v", None).hidden, changed(State(hidden=True), "v", 0).hidden
(True, False)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

_SIZE = 24  # half-points, where a file says nothing


@dataclass(frozen=True, slots=True)
class State:
    """silent: nothing in it is text. starred: \\* was read, and the destination's name comes. skipped: characters after
    a \\u that stand for it in old readers. label: the number before a paragraph. row: paragraphs are those of a cell.
    """

    silent: bool = False
    starred: bool = False
    fonts: bool = False
    note: bool = False
    label: bool = False
    hidden: bool = False
    deleted: bool = False
    row: bool = False
    size: int = _SIZE
    font: int = 0
    skipped: int = 1


def changed(state: State, word: str, number: int | None) -> State:
    """The state after a property; the same one after a word that is none."""
    on = number != 0
    match word:
        case "f":
            return replace(state, font=number or 0)
        case "fs":
            return replace(state, size=number or _SIZE)
        case "uc":
            return replace(state, skipped=1 if number is None else max(0, number))
        case "v":
            return replace(state, hidden=on)
        case "deleted":
            return replace(state, deleted=on)
        case "plain":
            return replace(state, hidden=False, deleted=False, size=_SIZE)
        case "pard":
            return replace(state, row=False)
        case "intbl":
            return replace(state, row=True)
    return state
