"""Dates as Chinese pages print them -> dates; terms ("有效期5年") -> effective and expires.

Enters: strings. Leaves: `date` or `datetime`, None when the string has no date or more than one reading.

>>> parse_date("二〇二二年五月十九日")
datetime.date(2022, 5, 19)
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate

_ZEROS = "〇○零ОOoＯ0◯"
TENS = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DIGIT = {**dict.fromkeys(_ZEROS, "0"), **{c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}}
_NUMERAL = re.compile(rf"([一二][{_ZEROS}一二三四五六七八九]{{3}})\s*年\s*({TENS})\s*月\s*({TENS})\s*日")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*"
    r"(\d{1,2}(?!\d)|\d{2}(?=\d{2}:\d{2}))\s*日?"  # 2022-05-0910:08 lost the blank before the clock
)
_CLOCK = re.compile(r"(?:[T\s]*|-|[\s,(]*(?:星期|周)[一二三四五六日天][\s,)]*)(\d{1,2})[:时](\d{2})(?:[:分](\d{2}))?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?$")
_JAVA = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} (?:CST|GMT\+0?8(?::?00)?) \d{4}$")
_EPOCH = date(1970, 1, 1)
_ISSUED = range(1949, 2099)  # 2099-12-31 is what forms write for "without end"
DATE_LINE = re.compile(
    rf"^(?:(?:19|20)\d{{2}}年\d{{1,2}}月\d{{1,2}}日|[一二][{_ZEROS}一二三四五六七八九]{{3}}年{TENS}月{TENS}日)(?:\d{{1,2}}时(?:\d{{1,2}}分)?)?$"
)
"""A folded line that is one date, on telegrams with its hour: 成文日期 below a signature (GB/T 9704-2012, 7.3.5)."""
STAMP_LINE = re.compile(
    r"^(?:(?:19|20)\d{2}([-./])\d{1,2}\1\d{1,2}|\((?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})\))$"
)
"""A folded line that is a date as sites stamp it, or one in brackets: a 成文日期 only right under a 署名, for such
lines stand above texts (the day of publication, 题注) as often."""


def parse_date(text: str) -> date | None:
    """The first date in a string, in digits or Chinese numerals (with any of the signs used for zero)."""
    plain = unicodedata.normalize("NFKC", text)
    if match := _NUMERAL.search(plain):
        year, month, day = match.groups()
        return _make(int("".join(_DIGIT[c] for c in year)), from_numeral(month), from_numeral(day))
    if match := _DATE.search(plain):
        return _make(*map(int, match.groups()))
    return None


def parse_time(text: str) -> tuple[datetime, bool] | None:
    """A date with or without a clock time; the flag is True when the page gives the time of day."""
    plain = unicodedata.normalize("NFKC", text).replace("∶", ":")  # U+2236, of which NFKC makes no colon
    match = _DATE.search(plain)
    day = parse_date(plain)
    if day is None:
        return None
    clock = _CLOCK.match(plain, match.end()) if match else None
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60 and int(clock[3] or 0) < 60:
        return datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), int(clock[3] or 0)), True
    return datetime(day.year, day.month, day.day), False


def parse_stamp(text: str) -> tuple[datetime, bool] | None:
    """The same for the value of a field, which may be as a machine wrote it.

    >>> parse_stamp("20220509100800")
    (datetime.datetime(2022, 5, 9, 10, 8), True)
    >>> parse_stamp("Mon May 09 10:08:00 CST 2022")
    (datetime.datetime(2022, 5, 9, 10, 8), True)
    """
    if match := _COMPACT.match(text):
        year, month, day, hour, minute, second = (int(number or 0) for number in match.groups())
        made = _make(year, month, day) is not None
        return (datetime(year, month, day, hour, minute, second), match[4] is not None) if made else None
    if _JAVA.match(text) and (read := parsedate(text)):
        return (datetime(*read[:6]), True) if _make(*read[:3]) else None
    return parse_time(text)


def is_likely(day: date) -> bool:
    """False for days of issue that templates print where they know none: the epoch of their clock (1970-01-01), a year
    before the People's Republic, the end of the century.
    """
    return day != _EPOCH and day.year in _ISSUED


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_digits(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{''.join(_DIGIT[c] for c in year)}年{from_numeral(month)}月{from_numeral(day)}日"


def from_numeral(numeral: str) -> int:
    """A Chinese numeral below 100: 十 -> 10, 二十三 -> 23, 五 -> 5."""
    if "十" not in numeral:
        return int("".join(_DIGIT[c] for c in numeral))
    left, _, right = numeral.partition("十")
    return 10 * int(_DIGIT.get(left, "1")) + int(_DIGIT.get(right, "0"))


@dataclass(frozen=True, slots=True)
class Term:
    """When a document takes effect and when it ends. relative: a day is counted from one that the text does
    not name.
    """

    effective: date | None
    expires: date | None
    relative: bool


_Y = r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日"
_FROM = re.compile(rf"(?:自|从|于){_Y}(?:零时)?起?(?:正式)?(?:施行|实施|执行|生效|试行|起施行)")
_UNTIL = re.compile(
    rf"(?:有效期|有效期限|执行期限|实施期限|试行期|试行|施行|执行|实施)[^。；;,，:]{{0,30}}?(?:至|到|截至|截止到?|止于){_Y}(?:止|为止)?"
)
_SPAN = re.compile(
    rf"(?:(?:有效期|有效期限|执行期限|实施期限)为?(?:自|从)?{_Y}起?|(?:自|从){_Y}起?(?:施行|实施|执行|有效),?)(?:有效期)?(?:至|到){_Y}"
)
_RELATIVE = re.compile(
    r"(?:自|从)(?:本(?:通知|意见|办法|规定|措施|方案|细则|决定|公告|通告|条例|规则|政策|文件))?"
    r"(?:发布|公布|印发|颁布|下发|发文|签发|成文)之?日(?:起)?(?:满)?"
    rf"(\d{{1,3}}|两|{TENS})?(日|天|个月|年|周|个工作日|工作日)?(?:后|起)?"
)
_STATES = re.compile(r"[,]?(?:正式)?(?:起)?(?:施行|实施|执行|生效|试行)")
_FORCE = re.compile(r"施行|实施|执行|生效|试行|有效期")
_SPEAKS = re.compile(r"施\s*行|实\s*施|执\s*行|生\s*效|试\s*行|有\s*效\s*期")
_OTHER = re.compile(
    r"许可证|证书|执照|合同|协议|项目|资质|资格|保险|授权|专利|承诺|租赁|产品|药品|保质|原.{0,12}(?:办法|规定|政策|文件)|"
    r"》(?:[（(][^）)]*)?(?:已经?|于|自|从|将)|《[^》]*》.{0,20}(?:自|从)\d{4}"
)
"""Subjects of a clause that is not about the document itself."""
_PROMULGATES = re.compile(r"^《[^》]*》.{2,60}(?:通过|批准|同意),现(?:予以?|将其)?(?:公布|发布|印发),")
"""《X》已经…通过，现予公布，自…起施行: the sentence of an order speaks of the act that it carries."""
_YEARS = re.compile(
    r"(?:有效期|有效期限|试行期|试行期限|实施期限|执行期限|施行期限)(?:为|限|是|:)?"
    rf"(\d{{1,3}}|两|{TENS})(年|个月)"
)


def term(text: str, known: date | None) -> Term:
    """Read the clauses on effect and end in a text (folded or not).

    known: the day on which the document was issued, when the page proves it (成文日期 on the issuer's own page). A term
    counted from a day that is not known stays None, and `relative` says so. Clauses on other things (a cited law, a
    licence, a contract) are passed over; of several on the document itself the last counts, where it stands by custom.
    """
    effective = expires = None
    relative = False
    for clause in _clauses(text):
        begins, ends, counted = _read_clause(clause, effective, known)
        effective, expires, relative = begins or effective, ends or expires, counted or relative
    if effective and expires and expires < effective:
        expires = None
    return Term(effective, expires, relative and not (effective and expires))


def _clauses(text: str) -> list[str]:
    """The sentences that speak of effect or end, without blanks, dates in digits, less those about other things."""
    lines = text.split("\n")
    near = {at for number, line in enumerate(lines) if _SPEAKS.search(line) for at in (number - 1, number)} - {-1}
    spoken = "\n".join(lines[at] for at in sorted(near))
    plain = _NUMERAL.sub(_in_digits, re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", spoken)))
    plain = re.sub(r"(?<![。;:])\n(?=起|施行|实施|至)", "", plain)  # a wrapped line
    found = []
    for sentence in re.split(r"[。;；\n]", plain):
        force = _FORCE.search(sentence)
        if force and (_PROMULGATES.match(sentence) or not _OTHER.search(sentence[: force.start() + 1])):
            found.append(sentence)
    return found


def _read_clause(clause: str, effective: date | None, known: date | None) -> tuple[date | None, date | None, bool]:
    expires, relative = None, False
    if match := _SPAN.search(clause):
        days = [int(number) for number in match.groups() if number]
        return _make(*days[:3]), _make(*days[3:]), False
    begins = _make(*map(int, match.groups())) if (match := _FROM.search(clause)) else None
    counted = next((m for m in _RELATIVE.finditer(clause) if _in_force(clause, m)), None)
    if begins is None and counted:
        plainly = counted[2] in (None, "日", "天", "个月", "年") and bool(_STATES.match(clause[counted.end() :]))
        begins = _after(known, counted[1], counted[2]) if known and plainly else None
        relative = begins is None
    if match := _UNTIL.search(clause):
        expires = _make(*map(int, match.groups()))
    elif match := _YEARS.search(clause):
        start = begins or (effective if not counted else None)
        expires = _years_on(start, _count(match[1]), match[2]) if start else None
        relative = relative or start is None
    return begins, expires, relative


def _in_force(plain: str, match: re.Match[str]) -> bool:
    """True if the clause is about taking effect: 施行 or the like follows within the clause."""
    return re.match(r"[^。;；]{0,12}?(?:施行|实施|执行|生效|试行)", plain[match.end() :]) is not None


def _count(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else 2 if numeral == "两" else from_numeral(numeral)


def _after(day: date, number: str | None, unit: str | None) -> date | None:
    if not number or not unit:
        return day
    if unit == "个月":
        return _months_on(day, _count(number))
    return day + timedelta(days=_count(number))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _years_on(day: date, count: int, unit: str) -> date:
    """The last day of a term: 有效期5年 from 2022-03-01 ends on 2027-02-28, as notices that print both say."""
    return _months_on(day, count * (12 if unit == "年" else 1)) - timedelta(days=1)
