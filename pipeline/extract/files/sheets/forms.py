"""Formats of cells: those that go by a number, and the pieces of one.

Enters: a format (ISO/IEC 29500-1, 18.8.31). Leaves: what is in it.

>>> is_date_format('yyyy"年"m"月"'), is_date_format("0.00%"), hold('0"万元"')
(True, False, ('0\\ue000', ['万元']))
"""

from __future__ import annotations

import re

_YEAR_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
DATES = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: _DAY,
    **dict.fromkeys((32,), 'h"时"mm"分"'),
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
"""Formats by number that each country's Excel shows in its own way, as a Chinese one does (18.8.30, zh-cn). Files of
WPS and Excel name them without saying what they are."""
BUILT_IN = {
    **DATES,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
}
"""Formats by number."""
ELAPSED = re.compile(r"\[[hms]+\]", re.I)
"""In a format of a time that may have more than 24 hours."""
HELD = "\ue000"
"""Stands for a quoted piece while the rest of a format is read."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]\-]*)[^\]]*\]|\[[^\]]*\]|!(.)')


def is_date_format(form: str) -> bool:
    """True if a format shows a number as a day or a time."""
    bare = _QUOTED.sub("", form.partition(";")[0])
    return re.search(r"[ydhsm]|上午", bare, re.I) is not None and not re.search(
        r"[#0?]\.?[#0?]*%?$|general|E[+-]", bare, re.I
    )


def hold(section: str) -> tuple[str, list[str]]:
    """A format with its quoted pieces taken out."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        held.append(next((group for group in match.groups() if group), ""))
        return HELD

    return _QUOTED.sub(keep, section), held


def release(text: str, held: list[str]) -> str:
    """The text with the pieces back in their places."""
    pieces = iter(held)
    return re.sub(HELD, lambda _: next(pieces), text)
