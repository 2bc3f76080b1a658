"""Where words end: what may follow a break of a line, and with what between.

Enters and leaves: strings.

>>> glued("实施", "办法"), glued("open", "data"), glued("infor\\u00ad", "mation")
('实施办法', 'open data', 'information')
"""

from __future__ import annotations

import re

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
_OPENING = frozenset("（《〈「『【〔“‘")
_WORD = re.compile(r"[!-~\u00a0-\u024f]+")
_LETTER = 0.5  # ems that a Latin letter or a figure takes, about
_ADDRESS = re.compile(r"(?:https?://|www\.|@)[!-~]*$")
_MORE = re.compile(r"[\w-]*[./?=&_%][\w/?=&%-]")
"""The end of a web or mail address, and what may only be the rest of one."""
_FIGURES = "0123456789.,%"
SOFT_HYPHEN = "\u00ad"


def is_wide(text: str) -> bool:
    """True for a character that takes a full em (Chinese, full-width punctuation)."""
    return _WIDE.match(text) is not None


def first_word(text: str) -> float:
    """How many ems the first word of a line takes: one Chinese character (with a bracket that opens before it), or the
    Latin letters and figures up to the next blank.
    """
    if word := _WORD.match(text):
        return _LETTER * len(word[0])
    return 2 if text[:1] in _OPENING else 1


def _is_chinese(text: str, more: str) -> bool:
    """True if the figures at the end of a line and at the beginning of the next stand in Chinese text."""
    return any(map(is_wide, text.rstrip(_FIGURES)[-1:] + more.lstrip(_FIGURES)[:1]))


def glued(text: str, more: str) -> str:
    """Two lines as one: a blank between Latin words and figures, none beside Chinese, and no hyphen that broke one.

    In Chinese, figures at the end and at the beginning are one number that the line broke; the rest of an address
    belongs to it in any language.
    """
    if not text or not more:
        return text + more
    if text[-1] == SOFT_HYPHEN:
        return text[:-1] + more
    before, after = text[-1], more[0]
    if before.isdigit() and after.isdigit() and _is_chinese(text, more):
        return text + more
    if _ADDRESS.search(text) and _MORE.match(more):
        return text + more
    apart = before.isascii() and after.isascii() and (before.isalnum() or before in ",.;:)%") and after.isalnum()
    return f"{text} {more}" if apart else text + more
