"""A summary out that is the beginning of the text: templates print it between title and text.

Enters: a draft whose head was lifted. Leaves: it without a first line that says what the lines below it begin with, cut
off somewhere (DedeCMS and other systems fill their `description` with the first hundred characters). Nothing is lost:
all of it stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text import letters

if TYPE_CHECKING:
    from pipeline.draft import Draft

_WHOLE = ("。", "！", "？", "；")  # what is not cut off may be said twice by the text itself
_FIRST = 2  # lines in which a summary stands
_WHY = "the beginning of the text, printed above it once more"
_SHORTEST = 20  # letters: shorter ones are headings that come again in a table of contents
_BELOW, _SPAN = 4, 8  # lines below it in one of which the text begins, and lines that it may go over


def drop_summary(draft: Draft) -> Draft:
    """Take out the summary."""
    blocks = draft.blocks
    for at, block in enumerate(blocks[:_FIRST]):
        said = letters(block.text) if block.kind == "paragraph" and not block.text.endswith(_WHOLE) else ""
        if len(said) < _SHORTEST:
            continue
        for begin in range(at + 1, min(at + 1 + _BELOW, len(blocks))):
            text = "".join(letters(below.text) for below in blocks[begin : begin + _SPAN])
            if text.startswith(said):
                return draft.remove([block], "furniture.summary", _WHY)
    return draft
