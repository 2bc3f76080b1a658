"""The fields of a Word 97 file (links, tables of contents), and the characters that stand for other things.

Enters: text as it is stored. Leaves: text as a reader sees it: of a field its result.

>>> plain("见\\x13HYPERLINK x\\x14附件\\x15\\x0b下行")
'见附件\\n下行'
"""

from __future__ import annotations

import re

_FIELD = re.compile(r"\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
_OPEN = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14|$)")
"""The code of a field that goes on in the next paragraph, as a table of contents does."""
_SIGNS = str.maketrans({"\x0b": "\n", "\x1e": "-", **dict.fromkeys("\x00\x01\x03\x04\x05\x06\x08\x0e\x1f\x13\x14\x15")})


def plain(text: str) -> str:
    """Text with the result of its fields, without the signs that stand for other things."""
    if "\x13" in text:
        for _ in range(3):  # fields in fields
            text = _FIELD.sub(lambda match: match[1] or "", text)
        text = _OPEN.sub("", text)
    return text.translate(_SIGNS)
