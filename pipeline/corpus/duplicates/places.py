"""Names of places, as texts that are compared write them.

Enters: the table of GB/T 2260. Leaves: its names, those of provinces and prefectures without their suffix too.

>>> "苏州" in place_names(), place_stem("苏州市")
(True, '苏州')
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|林区|[省市盟州县区旗])$")
_NOT_A_PLACE = {"市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "城区", "郊区", "矿区"}

__all__ = ["place_finder", "place_names", "place_stem"]


@cache
def place_names() -> frozenset[str]:
    """All names; counties only in full, since 和平 and 城关 are ordinary words."""
    names = set()
    text = (files("pipeline.fields") / "data" / "gb2260.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        name = row["name"]
        if len(name) < 2 or name in _NOT_A_PLACE:
            continue
        names.add(name)
        short = place_stem(name)
        if row["code"].endswith("00") and len(short) >= 2:
            names.add(short)
    return frozenset(names)


@cache
def place_finder() -> AhoCorasick:
    """Finds the names in a text, the longest at each place."""
    return AhoCorasick(sorted(place_names()), matchkind=MatchKind.LeftmostLongest)


def place_stem(name: str) -> str:
    """苏州市 and 苏州 are one place."""
    return _SUFFIX.sub("", name)
