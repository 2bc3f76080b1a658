"""Lost ideographic spaces: `??` at the start of a line where two U+3000 stood.

A scraper that could not encode U+3000 wrote a question mark for each. No Chinese sentence begins with "??", so at the
start of a line there is one reading; inside a line there is none, and the page is flagged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import CJK

if TYPE_CHECKING:
    from pipeline.draft import Draft

_START = re.compile(rf"^(?:[?？]\s?){{2,4}}(?=[{CJK}（(《“\"'0-9A-Za-z])")
_CELL = re.compile(rf"(?<=\| )(?:[?？]){{2,4}}(?=[{CJK}（(《“\"0-9A-Za-z])")
_INSIDE = re.compile(rf"(?<=[{CJK}])\?\?+(?=[{CJK}])")


def restore_spaces(draft: Draft) -> Draft:
    """Drop `??` at the start of lines and cells (rule "lost_space"): indentation is layout, not text."""
    draft = draft.amend(
        lambda b: b.edit(
            "lost_space", [(m.start(), m.end(), "") for m in (_CELL if b.kind == "table" else _START).finditer(b.text)]
        )
    )
    return draft.flag("suspect_lost_chars") if any(_INSIDE.search(b.text) for b in draft.blocks) else draft
