"""发文字号: agency code + 〔year〕 + serial + 号 (GB/T 9704-2012, 7.2.5), and the numbers of orders and announcements.

Enters: a string. Leaves: the number in its standard form, with six-sided brackets and no leading zero.

>>> normalize("苏府 [2022] 033 号")
'苏府〔2022〕33号'
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.text import simplified_table

_OPEN, _CLOSE = r"[〔\[(【〈《{﹝（［｛]", r"[〕\])】〉》}﹞）］｝]"
_CODE = re.compile(r"[一-龥]{1,14}(?:[A-Z]{1,3}[一-龥]{0,6})?$")
_YEAR_AND_SERIAL = re.compile(rf"{_OPEN}\s*((?:19|20)\d{{2}})\s*年?\s*{_CLOSE}\s*第?\s*(\d{{1,5}})\s*[号號]")
_REACH = 24  # characters before the year in which the agency's code is looked for
_SERIAL = re.compile(r"^([^:\[【(]{1,30}?(?:令|公告|通告))[\s,]*(?:((?:19|20)\d{2})年)?\s*第\s*(\d{1,4})\s*号$")
_ORDER = re.compile(r"^\(?(?:((?:19|20)\d{2})年)?第\s*(\d{1,4})\s*号(?:令)?\)?$")
_UNCLOSED = re.compile(r"^([一-龥]{2,14})[〔\[]((?:19|20)\d{2})[〕\]]?([1-9]\d{0,3})$")
# Words that stand before a cited number and are no part of the agency's code.
_LEAD = re.compile(
    r"^(?:按照|依照|遵照|参照|对照|根据|依据|参见|详见|另见|结合|贯彻|落实|执行|适用|符合|违反|关于|以及|文件|通知|意见|的|按|据|见|和|与|及|由|以|在|将)+"
)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(simplified_table())


def normalize(text: str) -> str | None:
    """The number, if the whole string is one; else None."""
    plain = _plain(text).replace(" ", "").strip("()《》,。")
    found = find_all(plain)
    return found[0][0] if found and found[0][1:] == (0, len(plain)) else None


def find_all(text: str) -> list[tuple[str, int, int]]:
    """Every 〔year〕 number in a text, with its place: (standard form, start, end)."""
    found = []
    for match in _YEAR_AND_SERIAL.finditer(text):
        code = _CODE.search(text[max(0, match.start() - _REACH) : match.start()])
        own = _LEAD.sub("", code[0]) if code else ""
        if own:
            number = f"{_plain(own)}〔{int(match[1])}〕{int(match[2])}号"
            found.append((number, match.start() - len(own), match.end()))
    return found


def serial_number(text: str) -> str | None:
    """Numbers without an agency code: 第123号 of an order, 2023年第5号 of an announcement, as printed on one line.

    >>> serial_number("昆山市人民政府公告 2023年第5号")
    '昆山市人民政府公告2023年第5号'
    """
    plain = _plain(text).strip()
    if match := _SERIAL.match(plain):
        kind, year, number = match.groups()
        return f"{kind.replace(' ', '')}{year + '年' if year else ''}第{int(number)}号"
    if match := _ORDER.match(plain):
        return f"{match[1] + '年' if match[1] else ''}第{int(match[2])}号"
    return None


def unclosed(text: str) -> str | None:
    """A number on a line of its own that lost 号, or 〕 and 号: the year has four digits, so there is one reading.

    >>> unclosed("张政办〔202286")
    '张政办〔2022〕86号'
    """
    match = _UNCLOSED.match(_plain(text).replace(" ", ""))
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else None
