"""What a title says of its document beside its words: its numbers, its form without them, and what it issues.

Enters: an Arrow column of titles. Leaves: columns of strings, made by Arrow without a loop over titles.

>>> title_numbers(pa.array(["关于二〇二二年第十二批…的通知"])).to_pylist()
['2022 12']
>>> payloads(pa.array(["市政府关于印发《数字经济发展实施方案》的通知"])).to_pylist()
['数字经济发展实施方案']
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.corpus.duplicates.columns import compute
from pipeline.corpus.duplicates.letters import letters_of
from pipeline.corpus.duplicates.places import place_names

if TYPE_CHECKING:
    from pipeline.corpus.duplicates.columns import Array

_DIGITS = {"[〇零○]": "0", **dict(zip("一二三四五六七八九", "123456789", strict=True)), "两": "2"}
_TENS = (("([0-9])十([0-9])", r"\1\2"), ("([0-9])十", r"\g<1>0"), ("十([0-9])", r"1\1"), ("十", "10"))
"""In this order: 二十三, 二十, 十二, 十."""

_WORDS = "进一步|统一|一律|一体|一般|一次性|一定|一些|一并|一网|一站|一件事|唯一|万一|五一|同一|第一时间|三农|一带一路"
"""Words whose numerals count nothing: a repost that shortens a title drops them. So do places: 三明市, 九江."""

_SPEAKER = r"^[^：:《〈]{1,20}(?:政府|网|厅|局|委|委员会|办公室|部|院|中心|日报|发布)[：:]"
"""苏州市人民政府：… as other sites put it before a title."""

_PAYLOADS = (
    r"^.*?(?:印发|转发|批转|下发|发布|公布|颁布)[^《〈<]{0,30}[《〈<](?P<payload>.+)[》〉>].{0,12}$",
    r"^.*?关于(?:印发|转发|批转|下发)(?P<payload>.+?)的(?:通知|函|公告)$",
)

__all__ = ["forms", "payloads", "spoken", "title_numbers"]


def title_numbers(titles: Array) -> Array:
    """The numbers of each title in their order, "" if there are none; Chinese numerals up to 九十九 count too."""
    found: Array = compute.utf8_trim_whitespace(compute.replace_substring_regex(_numbered(titles), r"[^0-9.]+", " "))
    return found


def forms(titles: Array) -> Array:
    """Each title with one mark for every number: last year's and this year's are equal."""
    found: Array = compute.replace_substring_regex(_numbered(titles), r"[0-9][0-9. ]*", "0")
    return found


def spoken(titles: Array) -> Array:
    """Each title without the name of an office or a site and a colon before it."""
    found: Array = compute.replace_substring_regex(titles, _SPEAKER, "")
    return found


def payloads(titles: Array) -> Array:
    """The title of what a notice issues or forwards, else the title."""
    found: Array = titles
    for pattern in _PAYLOADS:
        inner = compute.struct_field(compute.extract_regex(titles, pattern=pattern), "payload")
        found = compute.if_else(compute.equal(found, titles), compute.coalesce(inner, found), found)
    return found


@cache
def _uncounted() -> str:
    names = (name for name in place_names() if re.search("[〇零一二三四五六七八九十两]", name))
    return "|".join([*sorted(names, key=lambda name: (-len(name), name)), _WORDS])


def _numbered(titles: Array) -> Array:
    """Titles folded, with a blank for what is no letter, and Arabic digits for Chinese numerals."""
    folded = letters_of(titles, blanks=True)
    lines = folded.codes.tobytes().decode("utf-32-le")
    plain: Array = pa.array([lines[start:end] for start, end in pairwise(folded.starts.tolist())], pa.string())
    plain = compute.replace_substring_regex(plain, _uncounted(), " ")
    for chinese, digit in _DIGITS.items():
        plain = compute.replace_substring_regex(plain, chinese, digit)
    for tens, digits in _TENS:
        plain = compute.replace_substring_regex(plain, tens, digits.replace(r"\g<1>", r"\1"))
    return plain
