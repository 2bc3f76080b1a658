"""The repairs of the text, for one short string: a title, an issuer, a theme.

Enters: a string and the flags that say what happened to the page. Leaves: the string, repaired the same way as the
text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.repair.pinyin import INJECTED
from pipeline.repair.punctuation import restore
from pipeline.repair.script import convert
from pipeline.text import tidy

if TYPE_CHECKING:
    from collections.abc import Set

_LOST_SPACE = re.compile(r"^(?:[?？]\s?){2,4}")


def polish(value: str, flags: Set[str]) -> str:
    """One line, without injected pinyin or lost spaces, Simplified if the page is a mirror, punctuation at
    full width.
    """
    value = _LOST_SPACE.sub("", tidy(value))
    if "compromised" in flags:
        value = INJECTED.sub("", value)
    if "traditional_mirror" in flags:
        value = convert(value)
    return restore(value)
