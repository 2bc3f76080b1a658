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
_DIGIT = re.compile(r"\d")
_LINE = 120  # characters of a line with a number and what is printed beside it
_REACH = 24  # characters before the year in which the agency's code is looked for
_SERIAL = re.compile(r"^([^:\[【(]{0,30}?(?:令|公告|通告))[\s,]*(?:((?:19|20)\d{2})年)?\s*第\s*(\d{1,4})\s*号$")
_ORDER = re.compile(r"^\(?(?:((?:19|20)\d{2})年)?第\s*(\d{1,4})\s*号(?:令)?\)?$")
_UNCLOSED = re.compile(r"^([一-龥]{2,14})[〔\[]((?:19|20)\d{2})[〕\]]?([1-9]\d{0,3})$")
_URGENT = r"(?:特提|特急|加急|平急)"
_SECRET = r"(?:绝密|机密|秘密)(?:\s*[★☆*]\s*(?:\d{1,2}\s*(?:年|个月)|长期))?"
_DAY = r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_STUCK_BEFORE = re.compile(rf"^[\s(]*(?:(?:\d{{6}}\s+)?{_SECRET}|{_URGENT}|{_DAY}(?=\s))\s*")
_STUCK_AFTER = re.compile(
    rf"(?<=[号號])[\s)]*(?:{_URGENT}|{_SECRET}|(?<=\s){_DAY}|签发人\s*:.{{0,40}}|\((?:联合)?[^()]{{2,30}}号\)|\([A-D]\d?类?\)"
    r"|(?<=\s)[A-Z]{2,8}\d{0,4}\s*[-—–]\s*\d{4}\s*[-—–]\s*\d{3,6})[\s)]*$"
)
"""What the head of a sheet prints beside the number and what is no part of it: 份号, 密级, 紧急程度, 签发人
(GB/T 9704-2012, 7.2.1 to 7.2.3 and 7.2.6), the day, a second number of a joint issue, the class of an answer to a
proposal (A: solved), and the number under which 规范性文件 are registered (QYFS01-2022-0015, HNPR-2022-01001:
provincial rules on 三统一).
"""
_AT_END = re.compile(r"(?<![》\s])\s*\((?P<number>[^()]{4,30}号)\)$")
_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]{4,30}[号號][)）]\s*$")
_SPEAKS_OF = re.compile(r"(?:解读|图解|问答|说明)\s*\([^()]*\)$")
# Words that stand before a cited number and are no part of the agency's code.
_LEAD = re.compile(
    r"^(?:特提|特急|加急|平急|按照|依照|遵照|参照|对照|根据|依据|参见|详见|另见|结合|贯彻|落实|执行|适用|符合|违反|关于|以及|发文字号|发文文号|文号|政策正文|文件|通知|意见|的|按|据|见|和|与|及|由|以|在|将)+"
)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(simplified_table())


def _alone(text: str) -> str:
    """A plain line without what is printed beside its number."""
    if not 5 <= len(text) <= _LINE:
        return text
    last = ""
    while text != last:
        last, text = text, _STUCK_AFTER.sub("", _STUCK_BEFORE.sub("", text))
    return text


def normalize(text: str) -> str | None:
    """The number, if the whole string is one, with or without what a sheet prints beside it; else None.

    >>> normalize("特急　青政办发〔2022〕15号　签发人：王建国")
    '青政办发〔2022〕15号'
    """
    if _DIGIT.search(text) is None:  # most lines that are asked have none
        return None
    plain = _plain(text)
    for line in (plain, _alone(plain)):
        bare = line.replace(" ", "").strip("()《》,。")
        found = find_all(bare)
        if found and found[0][1:] == (0, len(bare)):
            return found[0][0]
    return None


def of_title(title: str) -> str | None:
    """The number that a title is, or has in brackets at its end; behind 《…》 it is that of the document named there.

    >>> of_title("关于印发《青屿市供水办法》的通知（青政发〔2022〕3号）")
    '青政发〔2022〕3号'
    """
    plain = _plain(title).strip()
    if match := _AT_END.search(plain):
        number = match["number"]
        own = normalize(number) or (serial_number(number) if number.startswith(("19", "20")) else None)
        return None if _SPEAKS_OF.search(plain) else own
    return serial_number(plain) if _SERIAL.match(plain) and "关于" not in plain else None


def without_number(title: str) -> str:
    """A title without its own number in brackets at the end.

    >>> without_number("关于同意控制性详细规划的批复（绍政函〔2021〕9号）")
    '关于同意控制性详细规划的批复'
    """
    return _IN_BRACKETS.sub("", title) if of_title(title) and _AT_END.search(_plain(title).strip()) else title


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
    if match := _SERIAL.match(plain) or _SERIAL.match(_alone(plain).strip()):
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
