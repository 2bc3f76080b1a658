"""Numbers of orders in a text, which have no 〔year〕: 国务院令第451号, 中华人民共和国主席令第十号.

Enters: a text. Leaves: each number in its standard form, with its place; a number alone (第5号令) says nothing.

>>> list(find_orders("根据公安部第82号令"))
[('公安部令第82号', 2, 10)]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMERAL = r"[\d〇零一二三四五六七八九十百]{1,6}"
_ORDER = re.compile(
    rf"令\s*[〔\[（(]?(?P<year>(?:19|20)\d\d)?[〕\]）)]?年?\s*第\s*(?P<n>{_NUMERAL})\s*号|第\s*(?P<m>{_NUMERAL})\s*号令"
)
_AGENCY = re.compile(r"(?:中华人民共和国)?(?:国务院|主席|[一-龥]{1,18}(?:部|局|委|会|署|府|院|行|厅|总局|委员会))$")
_AGENCY_LEAD = re.compile(r"^.*(?:\d|[年日据照以由经的及与、]|(?<![呼共])和)(?=.)")
_DIGITS = {**{d: n for n, d in enumerate("零一二三四五六七八九")}, "〇": 0}


def find_orders(text: str) -> Iterator[tuple[str, int, int]]:
    """Numbers of orders, which have no 〔year〕: 国务院令第451号, 中华人民共和国主席令第十号."""
    if "令" not in text:
        return
    for match in _ORDER.finditer(text):
        run = text[max(0, match.start() - 24) : match.start()]
        agency = _AGENCY.search(_AGENCY_LEAD.sub("", run))
        if agency:
            serial = _value(match["n"] or match["m"])
            year = f"{match['year']}年" if match["year"] else ""
            yield f"{agency[0]}令{year}第{serial}号", match.start() - len(agency[0]), match.end()


def _value(numeral: str) -> int:
    """四十七 -> 47, 一一〇 -> 110, 12 -> 12."""
    if numeral.isdecimal():
        return int(numeral)
    if not set(numeral) & set("十百"):
        return int("".join(str(_DIGITS.get(one, one)) for one in numeral))
    total = digit = 0
    for one in numeral:
        if one in "十百":
            total, digit = total + (digit or 1) * (10 if one == "十" else 100), 0
        else:
            digit = int(_DIGITS.get(one, one))
    return total + digit
