"""What a document says about others: what it issues or forwards, and the 发文字号 that it cites.

Enters: title and text. Leaves: relations with the place where each is said; targets are kept whether we hold them or
not.

>>> find_relations("市政府关于印发《实施方案》的通知", "", None)[0].target_title
'实施方案'
"""

from __future__ import annotations

import re

from pipeline.fields.docnumber import find_all
from pipeline.model import Relation

_CARRIES = re.compile(r"(?P<verb>印发|转发|批转)[^《]{0,20}《(?P<title>.+)》的?(?:通知|函|意见)$")
_NAMED = re.compile(r"《(?P<title>[^《》]{4,100})》\s*[（(]$")


def find_relations(title: str | None, text: str, own_number: str | None) -> tuple[Relation, ...]:
    """Relations in order of appearance; the document's own number is none."""
    found = []
    if title and (match := _CARRIES.search(title)):
        found.append(Relation("issues" if match["verb"] == "印发" else "forwards", None, match["title"], 0, 0))
    for number, start, end in find_all(text):
        if number == own_number:
            continue
        named = _NAMED.search(text[max(0, start - 110) : start])
        found.append(Relation("cites", number, named["title"] if named else None, start, end))
    return tuple(found)
