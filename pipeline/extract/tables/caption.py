"""What stands above a table: its caption and its unit.

Enters: the texts above a table, nearest last. Leaves: the caption, or nothing. A caption is a short line without a
sentence that names a table or a kind of document (附表1, 资金分配表, 任务清单); the unit may stand between it and
the table.

>>> caption(["现予公布。", "2022年资金分配表", "单位：万元"])
'2022年资金分配表'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.fields import title as titles
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNIT = re.compile(r"^\(?(?:(?:计量|金额|货币)?单位|填报单位|编制单位|填报日期)[:].{1,40}$")
_LONGEST = 60  # characters
_SENTENCE = re.compile(r"[。;:!]$|。")
_NAME = re.compile(
    r"(?:表|清单|名单|名录|目录|台账|一览|明细|指标|情况|分工|统计|安排|计划|标准)(?:[(].{1,20}[)])?$|^附?表[\d一二三四五六七八九十]"
)


def is_unit(text: str) -> bool:
    """True for a line that gives the unit of a table's figures, or who filled it in."""
    return _UNIT.match(fold(text)) is not None


def caption(above: Sequence[str]) -> str | None:
    """The caption of the table that stands below these texts."""
    lines = list(above)
    while lines and is_unit(lines[-1]):
        lines.pop()
    if not lines or len(lines[-1]) > _LONGEST:
        return None
    key = fold(lines[-1])
    return lines[-1] if not _SENTENCE.search(key) and (_NAME.search(key) or titles.genre(lines[-1])) else None
