"""The value of a number however it is written: 十五 is 15, 二〇二二 is 2022, 05 is 5.

Enters: a numeral of folded letters. Leaves: digits, or the numeral itself where it is none of these forms.

>>> value_of("二十三"), value_of("二〇二二"), value_of("3.5万"), value_of("1.2.3")
('23', '2022', '3.5万', '123')
"""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = str.maketrans("〇零○一二三四五六七八九两", "0001234567892")
_PLAIN = re.compile(r"[0-9.]+")
_POSITIONAL = re.compile(r"[〇零○一二三四五六七八九]+")
_COUNTED = re.compile(
    r"(?:(?P<hundreds>[一二三四五六七八九两])百零?)?(?:(?P<tens>[一二三四五六七八九]?)(?P<ten>十))?(?P<ones>[一二三四五六七八九]?)"
)

__all__ = ["value_of"]


@lru_cache(maxsize=65536)
def value_of(numeral: str) -> str:
    """The number in Arabic digits without leading zeros; two points and more are those of a date or a list."""
    if plain := _PLAIN.match(numeral):
        digits = plain[0].rstrip(".")
        if digits.count(".") > 1:
            digits = digits.replace(".", "")
        return (digits.lstrip("0") or "0") + numeral[plain.end() :]
    if _POSITIONAL.fullmatch(numeral):
        return numeral.translate(_DIGITS).lstrip("0") or "0"
    if counted := _COUNTED.fullmatch(numeral):
        hundreds = int((counted["hundreds"] or "零").translate(_DIGITS))
        tens = int((counted["tens"] or "一").translate(_DIGITS)) if counted["ten"] else 0
        ones = int((counted["ones"] or "零").translate(_DIGITS))
        return str(100 * hundreds + 10 * tens + ones)
    return numeral
