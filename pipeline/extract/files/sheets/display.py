"""Values of cells as a spreadsheet shows them: 0.153 in the format 0.0% is 15.3%.

Enters: a value, and the format of its cell. Leaves: text. Formats (ISO/IEC 29500-1, 18.8.31) are followed as far as
they decide about figures, signs and words; colours and widths decide about nothing.

>>> show(0.153, "0.0%"), show(7.0, "000"), show(1234.5, '#,##0.00"万元"'), show(date(2022, 5, 1), 'yyyy"年"m"月"')
('15.3%', '007', '1,234.50万元', '2022年5月')
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from pipeline.extract.files.docx.numerals import numeral
from pipeline.extract.files.sheets.figures import figure, general
from pipeline.extract.files.sheets.forms import DATES, hold, release

Value = int | float | str | bool | date | datetime | time | timedelta | None

_DATES = re.compile(r"y+|m+|d+|h+|s+|a{3,4}|am/pm|上午/下午", re.I)
_WEEKDAYS = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
_SYSTEM = {"[$-f800]": DATES[31], "[$-f400]": "h:mm:ss"}
"""Long dates and times as the reader's own system shows them, here a Chinese one."""
_IN_WORDS = "[dbnum1]"  # 二〇二二年五月一日


def show(value: Value, form: str | None = None) -> str:
    """The text of a cell."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return figure(float(value), form) if form else general(float(value))
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        shown = f"{minutes // 60}:{minutes % 60:02}"
        return shown if form and "s" not in form.lower() else f"{shown}:{seconds:02}"
    if form and (shown := _date(value, form)):
        return shown
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value:%H:%M:%S}" if isinstance(value, time) else value.isoformat()


def _date(value: date | datetime | time, form: str) -> str:
    """A day or a time in its format; empty if the format is none of theirs."""
    form = _SYSTEM.get(form.lower()[:8], form)
    pattern, held = hold(form.partition(";")[0])
    found = list(_DATES.finditer(pattern))
    if not found or re.search(r"[#0]", pattern):
        return ""
    if isinstance(value, time):
        moment = datetime.combine(date(1900, 1, 1), value)
    else:
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    half = any(match[0].lower() in ("am/pm", "上午/下午") for match in found)
    in_words = _IN_WORDS in form.lower()
    shown, last, before = "", 0, ""
    for at, match in enumerate(found):
        token = match[0].lower()
        after = found[at + 1][0].lower() if at + 1 < len(found) else ""
        minutes = token in ("m", "mm") and (before.startswith("h") or after.startswith("s"))
        part = _part(moment, token, minutes=minutes, half=half)
        if in_words and part.isdigit():
            part = numeral("ideographDigital" if token[0] == "y" else "chineseCountingThousand", int(part))
        shown += pattern[last : match.start()] + part
        last, before = match.end(), token
    return release(shown + pattern[last:], held).strip()


def _part(moment: datetime, token: str, *, minutes: bool, half: bool) -> str:
    width = 2 if len(token) > 1 else 1
    hour = (moment.hour % 12 or 12) if half else moment.hour
    match token[0]:
        case "y":
            return f"{moment.year:04}" if len(token) > 2 else f"{moment.year % 100:02}"
        case "m" if minutes:
            return f"{moment.minute:0{width}}"
        case "m":
            name = _MONTHS[moment.month - 1]
            return {3: name[:3], 4: name, 5: name[0]}.get(len(token), f"{moment.month:0{width}}")
        case "d":
            name = _DAYS[moment.weekday()]
            return {3: name[:3], 4: name}.get(len(token), f"{moment.day:0{width}}")
        case "h":
            return f"{hour:0{width}}"
        case "s":
            return f"{moment.second:0{width}}"
        case "a" if token.startswith("aa"):
            return ("星期" if len(token) == 4 else "") + _WEEKDAYS[moment.weekday()]
    late = moment.hour >= 12
    return ("PM" if late else "AM") if token[0] == "a" else ("下午" if late else "上午")
