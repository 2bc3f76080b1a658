"""Numbers as a spreadsheet shows them: rounded half away from zero, grouped, scaled, with the words of their format.

Enters: a number and its format. Leaves: text. A format that does more than this is passed over, and the number stands
as it is.

>>> figure(2.5, "0"), figure(1234567.0, '0.0,"千元"'), figure(5.0, 'G/通用格式"元"'), figure(0.0, "0;-0;;@")
('3', '1234.6千元', '5元', '')
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from pipeline.extract.files.sheets.forms import hold, release

_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0#?]*,*)?|\.[0#?]+")
_GENERAL = re.compile(r"general|G/通用格式|@", re.I)
_SCIENCE = re.compile(r"E[+-]", re.I)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_EXACT = 1e15  # figures beyond that are not kept by a spreadsheet


def general(value: float) -> str:
    """A number as it is, with the 15 figures that spreadsheets keep."""
    text = f"{value:.15g}"
    return f"{value:.0f}" if "e+" in text else f"{value:.20f}".rstrip("0") if "e-" in text else text


def figure(value: float, form: str) -> str:
    """A number in a format (see module)."""
    section, shown = _section(value, form.split(";"))
    pattern, held = hold(section)
    if not pattern.strip():
        return release(pattern, held).strip()
    if _GENERAL.search(pattern):
        return release(_GENERAL.sub(lambda _: general(shown), pattern, count=1), held).strip()
    digits = list(_DIGITS.finditer(pattern))
    if not digits and held and not re.search(r"[ymdhs]", pattern, re.I):
        return release(pattern, held).strip()
    if len(digits) != 1 or "/" in pattern or _SCIENCE.search(pattern) or not abs(value) < _EXACT:
        return general(value)
    placed = _placed(shown, digits[0][0], 100 if "%" in pattern else 1)
    return release(pattern[: digits[0].start()] + placed + pattern[digits[0].end() :], held).strip()


def _section(value: float, sections: list[str]) -> tuple[str, float]:
    """The part of a format that a number is shown in, and the number without the sign that the part itself shows."""
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, condition[1], float(condition[2])):
                return section, value
        return "General", value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return sections[2] if value == 0 and len(sections) > 2 else sections[0], value


def _holds(value: float, sign: str, bound: float) -> bool:
    return (value < bound and "<" in sign) or (value > bound and ">" in sign) or (value == bound and "=" in sign)


def _placed(value: float, digits: str, times: int) -> str:
    """The figures of a number, as many as the format has places for."""
    places = digits.rstrip(",")  # each comma at the end divides by a thousand
    whole, _, fraction = places.partition(".")
    scaled = Decimal(f"{value:.15g}") * times / 1000 ** (len(digits) - len(places))
    comma = "," if "," in whole else ""
    shown = f"{abs(scaled).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP):{comma}f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        shown = shown.removesuffix("0")
    shown = shown.removesuffix(".") if optional else shown
    units = shown.partition(".")[0]
    if not comma:
        shown = shown.rjust(whole.count("0") + len(shown) - len(units), "0")
    if units == "0" and "0" not in whole and "." in shown:
        shown = shown.removeprefix("0")
    return f"-{shown}" if scaled < 0 and shown.strip("0.,") else shown
