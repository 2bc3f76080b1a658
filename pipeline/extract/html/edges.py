"""Lines right beside the body that are the document's: some templates put 主送机关, 署名 and 成文日期 into other boxes.

Enters: the lines of a page and which of them are the body. Leaves: the body with such lines. Only what GB/T 9704-2012
(7.3.2, 7.3.5) puts at these places is taken, and only right beside the body.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.page import FILE_KINDS
from pipeline.extract.structure.annexes import ANNEX
from pipeline.fields.dates import DATE_LINE, STAMP_LINE
from pipeline.fields.organisation import is_organisation
from pipeline.filters.furniture import is_strong
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.html.page import Line

_MOST = 40  # lines: annexes in boxes of their own have many
_ADDRESSEE = re.compile(r"^(?:各|市|省|区|县|州|国务院)[^。;]{2,120}:$")
_NOTE = re.compile(
    r"^\(?(?:此件|本件)[^。;]{2,30}\)?$|^(?:抄送|抄报|主送):|^(?:附件|附):|印发$|^\(?(?:联系人|联系电话):"
)
_FILE = re.compile(rf"^附件|\.(?:{FILE_KINDS})\b|下载")


def is_signed(lines: Sequence[Line]) -> bool:
    """True for lines with a 成文日期 under a 署名."""
    return any(
        DATE_LINE.match(fold(line.text)) is not None and is_organisation(above.text) for above, line in pairwise(lines)
    )


def widen(lines: Sequence[Line], inside: frozenset[int]) -> frozenset[int]:
    """The body with 主送机关 above and 署名, 成文日期, 附注, 版记 and annexes below."""
    if not inside:
        return inside
    added = set()
    above, below = min(inside) - 1, max(inside) + 1
    if above >= 0 and not lines[above].linked and _ADDRESSEE.match(fold(lines[above].text)):
        added.add(above)
    found: list[int] = []
    proven = annex = False
    for at in range(below, min(below + _MOST, len(lines))):
        line = lines[at]
        if line.is_link:  # the link to an attached file; any other ends the document
            if _FILE.search(fold(line.text)):
                continue
            break
        key = fold(line.text)
        signed = is_organisation(line.text)
        dated = DATE_LINE.match(key) is not None or (STAMP_LINE.match(key) is not None and bool(found))
        noted = _NOTE.search(key) is not None
        annex = annex or ANNEX.match(key) is not None
        if not (signed or dated or noted or annex) or is_strong(key):
            break
        proven = proven or dated or noted or annex
        found.append(at)
    return inside | added | (set(found) if proven else set())
