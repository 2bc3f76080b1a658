"""Single characters that a scraper lost, put back where there is exactly one reading.

Extractors that drop text nodes of one character damage pages exported from Word: 2022年5月19日 becomes 2022519,
2021—2023 becomes 20212023 (seed page Suzhou 000). Where two readings are possible the text stays and the page is
flagged `suspect_lost_chars`; so is every page on which one such loss was proven, since others leave no trace.

>>> date_readings("2022519")
[datetime.date(2022, 5, 19)]
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.draft import Block, Draft

_RANGE = re.compile(r"([(（])((?:19|20)\d{2})((?:19|20)\d{2})(年?[)）])")
_NUMBER = re.compile(r"(〔)((?:19|20)\d{2})(\d{1,4})(?=$|[^\d〕])")
_DATE = re.compile(r"((?:19|20)\d{2})(年?)(\d{1,4})(月?)(\d{0,2})(日?)")
_DOUBLED = tuple(one + other for marks in (",，", "、", ";；") for one in marks for other in marks)
"""Two marks of a kind. Looked for as strings: an expression takes ten times as long."""
_SIGNATURE = re.compile(r"(?:政府|委员会|办公室|办公厅|局|厅|部|院|会|公司|中心|管委会)$")
_FUSED_HEADING = re.compile(r"^第[一二三四五六七八九十]+章总$")


def date_readings(text: str) -> list[date]:
    """Every date that a line could have been before it lost 年, 月 or 日; none if it lost nothing."""
    match = _DATE.fullmatch(text)
    if not match or (match[2] and match[4] and match[6]):
        return []
    year, digits = match[1], match[3] + match[5]
    cuts = [len(match[3])] if match[4] else range(1, len(digits))
    readings = []
    for cut in cuts:
        month, day = digits[:cut], digits[cut:]
        if 1 <= len(month) <= 2 and 1 <= len(day) <= 2 and not month.startswith("0") and not day.startswith("0"):
            try:
                readings.append(date(int(year), int(month), int(day)))
            except ValueError:
                continue
    return readings


def restore_characters(draft: Draft, issued_by: date | None, years: frozenset[int]) -> Draft:
    """Put back what has one reading; flag the rest.

    issued_by: the day the page was published, if known: a document is not signed later. years: years that the page's
    other evidence (发文字号, 发布日期) gives; a bare row of digits is a date in one of them, or under a signature if
    there are none.
    """
    before = draft
    blocks = []
    suspect = False
    above = ""
    for block in draft.blocks:
        signature, above = above, block.key
        if block.kind == "paragraph" and (years or not above.isdigit() or _SIGNATURE.search(signature)):
            block, doubt = _restore_date(block, issued_by, years)
            suspect = suspect or doubt
        blocks.append(block.edit("lost_character", _range_edits(block.text)))
    draft = draft.amend(_in_turn(blocks))
    repaired = draft.blocks != before.blocks
    doubtful = suspect or any(
        _NUMBER.search(b.text) or _FUSED_HEADING.match(b.text) or any(two in b.text for two in _DOUBLED) for b in blocks
    )
    return draft.flag("suspect_lost_chars") if repaired or doubtful else draft


def _in_turn(blocks: list[Block]) -> Callable[[Block], Block]:
    following = iter(blocks)
    return lambda _: next(following)


def _restore_date(block: Block, issued_by: date | None, years: frozenset[int]) -> tuple[Block, bool]:
    readings = date_readings(block.text.replace(" ", ""))
    if block.text.isdigit() and years:
        readings = [day for day in readings if day.year in years]
    if not readings:
        return block, False
    possible = [day for day in readings if issued_by is None or day <= issued_by]
    if len(possible) != 1:
        return block, True
    day = possible[0]
    return block.edit("lost_character", [(0, len(block.text), f"{day.year}年{day.month}月{day.day}日")]), False


def _range_edits(text: str) -> list[tuple[int, int, str]]:
    return [
        (match.start(2), match.end(3), f"{match[2]}—{match[3]}")
        for match in _RANGE.finditer(text)
        if 0 < int(match[3]) - int(match[2]) <= 30
    ]
