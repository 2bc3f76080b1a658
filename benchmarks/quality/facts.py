"""Fields of a record beside the fields that somebody wrote down.

Enters: two mappings from field to value. A field that is missing from the gold is not judged; one that is None there
must be None in the record. Leaves: `Facts`, the fields by how they came out.

>>> compare({"title": "关于…的通知", "theme": None}, {"title": "关于…的通知 - 门户网站", "theme": "科技"})
Facts(right=(), wrong=(('title', '关于…的通知', '关于…的通知 - 门户网站'),), invented=(('theme', '科技'),), absent=1)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = ("title", "doc_number", "issuer", "index_number", "theme", "genre", "validity")
DAYS = ("written", "published", "effective", "expires")
FIELDS = (*WORDS, *DAYS, "published_time", "attachments")
"""`published` is compared by its day, because that is all that most peers give; its time is a field of its own."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Facts:
    """right: fields with the gold value. wrong: (field, gold, found). invented: (field, found) where the page has
    nothing; `absent` is how many such fields were judged.
    """

    right: tuple[str, ...]
    wrong: tuple[tuple[str, str, str | None], ...]
    invented: tuple[tuple[str, str], ...]
    absent: int


def compare(gold: Mapping[str, str | None], found: Mapping[str, str | None]) -> Facts:
    """Judge the fields that the gold speaks of and the extractor gives at all. Width, case and blanks do not count."""
    judged = [field for field in gold if field in found]
    present = [(field, value, found[field]) for field in judged if (value := gold[field])]
    absent = [(field, found[field]) for field in judged if not gold[field]]
    return Facts(
        right=tuple(field for field, value, given in present if fold(value) == fold(given or "")),
        wrong=tuple(item for item in present if fold(item[1]) != fold(item[2] or "")),
        invented=tuple((field, given) for field, given in absent if given),
        absent=len(absent),
    )


def day(value: str) -> str | None:
    """The first date of a string as 2022-05-23.

    >>> day("发布时间：2022年5月23日 09:00")
    '2022-05-23'
    """
    match = _DAY.search(value)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def minute(value: str) -> str | None:
    """The first time of day of a string as 09:00, None where there is none."""
    match = _TIME.search(value)
    return f"{int(match[1]):02}:{match[2]}" if match else None
