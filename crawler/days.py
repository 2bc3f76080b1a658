"""Days that a list row or an address tells.

>>> printed_date("[2022年5月23日]"), printed_date("05-23")
(datetime.date(2022, 5, 23), None)
>>> address_date("http://a.gov.cn/zfwj/202205/t20220523_4387.html")
datetime.date(2022, 5, 23)
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

__all__ = ["address_date", "printed_date"]

PRINTED = re.compile(r"((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
IN_ADDRESS = re.compile(
    r"(?<![0-9a-f])((?:19|20)\d{2})(?:(0[1-9]|1[0-2])([0-2]\d|3[01])?|/(\d{1,2})/(\d{1,2}))(?![0-9a-f])"
)
"""Folders and files by month or day: /202205/, t20220523_1.html, /2022/5/23/. Hexadecimal ids are left alone."""

LAST_DAY = 28
"""A month without a day: no document of it is younger by much."""


def printed_date(text: str | None) -> date | None:
    """The day that a list row prints; None if there is none or no such day."""
    found = PRINTED.search(text or "")
    with suppress(ValueError):
        return date(*map(int, found.groups())) if found else None
    return None


def address_date(url: str) -> date | None:
    """The newest day that an address names; of a month alone one of its last."""
    named = IN_ADDRESS.findall(url)
    whole = [found for found in named if found[2] or found[4]]
    days = []
    for year, month, day, other_month, other_day in whole or named:
        with suppress(ValueError):
            days.append(date(int(year), int(month or other_month), int(day or other_day or LAST_DAY)))
    return max(days, default=None)
