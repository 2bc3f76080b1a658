"""GBK byte slips: one lost byte, and every pair of bytes behind it read anew: 。或許 -> ?；蛟S.

Enters and leaves: a draft (rule "gbk_slip"). A tool that could not read the first byte of a character in GBK wrote "?"
for it and went on with the second; each following character is made of halves of two, up to a byte that stands alone.
The lost byte is nearly always A1, the first of 。，、 and the other marks. One reading: with it put back the bytes must
be GBK again, and read far more like Chinese. Where the slip runs to the end of its line the last character is lost, and
the page is flagged `suspect_lost_chars`.

>>> mended("改进?；蛟S多人")
'改进。或許多人'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.encoding.hanzi import weight
from pipeline.text import CJK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.draft import Draft

_SLIP = re.compile(rf"(?<=[{CJK}）》”])[?？]([^\x00-\x7f]{{1,400}})([\x40-\x7e]?)(\?*)")
_LOST = b"\xa1"
_COMMON = 2.0  # weight of the commonest characters and of marks
_MUCH = 0.5  # of the characters that are common ones
_BETTER = 0.25  # by which their share grows


def restore_slips(draft: Draft) -> Draft:
    """Every slip that has one reading put back; a page with one that ran to the end of a line flagged."""
    found = {id(block): list(_edits(block.text)) for block in draft.blocks if "?" in block.text or "？" in block.text}
    if not any(found.values()):
        return draft
    cut_off = any(new.endswith("?") for edits in found.values() for _, _, new in edits)
    draft = draft.amend(lambda block: block.edit("gbk_slip", found.get(id(block), [])))
    return draft.flag("suspect_lost_chars") if cut_off else draft


def mended(text: str) -> str:
    """A text with its slips put back, for a look."""
    for start, stop, new in reversed(list(_edits(text))):
        text = text[:start] + new + text[stop:]
    return text


def _edits(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _SLIP.finditer(text):
        shifted, alone = match[1], match[2]
        try:
            read = (_LOST + (shifted + alone).encode("gbk")).decode("gbk")
        except UnicodeEncodeError:
            continue
        except UnicodeDecodeError:
            read = _cut_off(shifted) if match[3] and not alone else ""
        before = _share(shifted + alone) if alone else _share(shifted)
        if read and _share(read) >= max(_MUCH, before + _BETTER):
            stop = match.end(2) + (1 if read.endswith("?") else 0)
            yield match.start(), stop, read


def _cut_off(shifted: str) -> str:
    """The reading of a slip that ran to the end of its line, with "?" for its last character; "" if there is none."""
    try:
        return (_LOST + shifted.encode("gbk")[:-1]).decode("gbk") + "?"
    except UnicodeDecodeError:
        return ""


def _share(text: str) -> float:
    """How many of the characters are common ones, or marks of Chinese."""
    return sum(weight(character) == _COMMON for character in text) / len(text)
