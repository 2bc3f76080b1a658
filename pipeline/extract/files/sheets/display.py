"""Values of cells as a spreadsheet shows them: 0.153 in the format 0.0% is 15.3%.

Enters: a value, and the format of its cell. Leaves: text. Formats (ISO/IEC 29500-1, 18.8.31) are followed as far as
they decide about figures, signs and words; colours and widths decide about nothing.

>>> show(0.153, "0.0%"), show(7.0, "000"), show(1234.5, '#,##0.00"万元"'), show(date(2022, 5, 1), 'yyyy"年"m"月"')
('15.3%', '007', '1,234.50万元', '2022年5月')
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

Value = int | float | str | bool | date | datetime | time | timedelta | None

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]\-]*)[^\]]*\]|\[[^\]]*\]|!(.)')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0#?]*)?|\.[0#?]+")
_DATES = re.compile(r"y+|m+|d+|h+|s+|a{3,4}|am/pm|上午/下午", re.I)
_HELD = "\ue000"  # stands for a quoted piece while the rest is read
_WEEKDAYS = "一二三四五六日"
_SCIENCE = re.compile(r"E[+-]", re.I)


def show(value: Value, form: str | None = None) -> str:
    """The text of a cell."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(float(value), form) if form else _general(float(value))
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if form and (shown := _date(value, form)):
        return shown
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value:%H:%M:%S}" if isinstance(value, time) else value.isoformat()


def is_date_format(form: str) -> bool:
    """True if a format shows a number as a day or a time."""
    bare = _QUOTED.sub("", form.partition(";")[0])
    return re.search(r"[ydhs]|m", bare, re.I) is not None and not re.search(
        r"[#0?]\.?[#0?]*%?$|general|E[+-]", bare, re.I
    )


def _general(value: float) -> str:
    text = f"{value:.15g}"
    return f"{value:.0f}" if "e+" in text else f"{value:.20f}".rstrip("0") if "e-" in text else text


def _number(value: float, form: str) -> str:
    sections = form.split(";")
    section = sections[0]
    if value < 0 and len(sections) > 1 and sections[1]:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    pattern, held = _hold(section)
    if pattern.strip().lower() in ("", "general", "@", f"{_HELD}@"):
        return _general(value) if pattern.strip() or not held else "".join(held)
    digits = _DIGITS.search(pattern)
    if digits is None or "/" in pattern or _SCIENCE.search(pattern):
        return _release(pattern, held) if digits is None else _general(value)
    whole, _, fraction = digits[0].partition(".")
    scaled = value * 100 if "%" in pattern else value
    comma = "," if "," in whole.rstrip(",") else ""
    shown = f"{abs(scaled):{comma}.{len(fraction)}f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        shown = shown.removesuffix("0")
    shown = shown.removesuffix(".") if optional else shown
    least = whole.count("0")
    if not comma and len(shown.partition(".")[0]) < least:
        shown = shown.rjust(least + len(shown) - len(shown.partition(".")[0]), "0")
    sign = "-" if scaled < 0 and shown.strip("0.,") else ""
    return sign + _release(pattern[: digits.start()] + shown + pattern[digits.end() :], held).strip()


def _hold(section: str) -> tuple[str, list[str]]:
    """A format with its quoted pieces taken out."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        said = next((group for group in match.groups() if group), "")
        held.append(said)
        return _HELD

    return _QUOTED.sub(keep, section), held


def _release(text: str, held: list[str]) -> str:
    pieces = iter(held)
    return re.sub(_HELD, lambda _: next(pieces), text)


def _date(value: date | datetime | time, form: str) -> str:
    """A day or a time in its format; empty if the format is none of theirs."""
    pattern, held = _hold(form.partition(";")[0])
    found = list(_DATES.finditer(pattern))
    if not found or re.search(r"[#0]", pattern):
        return ""
    moment = (
        value
        if isinstance(value, datetime)
        else datetime.combine(
            value if not isinstance(value, time) else date(1900, 1, 1), value if isinstance(value, time) else time()
        )
    )
    half = any(match[0].lower() in ("am/pm", "上午/下午") for match in found)
    shown, last, before = "", 0, ""
    for at, match in enumerate(found):
        token = match[0].lower()
        after = found[at + 1][0].lower() if at + 1 < len(found) else ""
        minutes = token in ("m", "mm") and (before.startswith("h") or after.startswith("s"))
        shown += pattern[last : match.start()] + _part(moment, token, minutes=minutes, half=half)
        last, before = match.end(), token
    return _release(shown + pattern[last:], held).strip()


def _part(moment: datetime, token: str, *, minutes: bool, half: bool) -> str:
    width = 2 if len(token) > 1 else 1
    hour = (moment.hour % 12 or 12) if half else moment.hour
    match token[0]:
        case "y":
            return f"{moment.year:04}" if len(token) > 2 else f"{moment.year % 100:02}"
        case "m" if minutes:
            return f"{moment.minute:0{width}}"
        case "m":
            return f"{moment.month:0{width}}"
        case "d":
            return f"{moment.day:0{width}}"
        case "h":
            return f"{hour:0{width}}"
        case "s":
            return f"{moment.second:0{width}}"
        case "a" if token.startswith("aa"):
            return ("星期" if len(token) == 4 else "") + _WEEKDAYS[moment.weekday()]
    late = moment.hour >= 12
    return ("PM" if late else "AM") if token[0] == "a" else ("下午" if late else "上午")
