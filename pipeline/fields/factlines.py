"""Lines of a page's head that hold facts: labels with their values, on one line or on two.

Enters: blocks. Leaves: for each line the rule that knows it, a reason, and the facts. What labels there are stands in
data/labels.yml (see `fields.labels`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.draft import Fact
from pipeline.fields import title as titles
from pipeline.fields.dates import parse_date
from pipeline.fields.docnumber import find_all, serial_number
from pipeline.fields.labels import ISSUING, label_of, labelled
from pipeline.fields.organisation import ISSUER_LINE
from pipeline.filters.furniture import is_breadcrumb
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.draft import Block
    from pipeline.model import Where

Explained = tuple[str, str, tuple[Fact, ...]]
"""rule, reason, facts."""

WEAK = frozenset(
    (
        "时间",
        "日期",
        "名称",
        "标题",
        "状态",
        "类别",
        "分类",
        "主题",
        "有效期",
        "有效期限",
        "摘要",
        "概述",
        "提示",
        "编辑",
        "作者",
    )
)
_LONGEST = {"published": 60, "written": 60, "publisher": 60, "doc_number": 60, "validity": 30}
STAMP = re.compile(r"^(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}")
"""How sites print dates, and documents do not."""
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十百]+[编章条]|1[.、]\D)"
)
"""The first line of a numbered text, folded: what comes after is the document."""


def read_line(block: Block, beside: Collection[str]) -> Explained | None:
    """A source line ("时间: … 来源: … 访问量:") or facts on one line ("索引号: … 主题分类: …").

    beside: fields or labels read on the line above; a weak label alone (时间, 名称, 状态: words of documents too)
    needs one.
    """
    found = labelled(block.text)
    if not found or len(block.key) > 400:
        return None
    if not beside and set(found.labels) <= WEAK and not STAMP.match(found.pairs[0][1]):
        return None
    for name, value in found.pairs:
        if ("。" in value and (name or len(found.pairs) > 1)) or (len(value) > _LONGEST.get(name, 80) and name):
            return None
    if len(found.prefix) > 40 or "。" in found.prefix:
        return None
    if found.prefix and len(found.pairs) == 1 and not _known_prefix(found.prefix):
        return None
    where: Where = (
        "body" if any(name == "publisher" for name, _ in found.pairs) or len(found.pairs) == 0 else "header_table"
    )
    facts = [Fact(name, value, where, block.line) for name, value in found.pairs if name and value]
    facts += [
        Fact("issuing", value, where, block.line)
        for label, (_, value) in zip(found.labels, found.pairs, strict=True)
        if label in ISSUING and value
    ]
    if found.prefix:
        facts += [Fact("doc_number", number, "body", block.line) for number, _, _ in find_all(found.prefix)[:1]]
        if fold(found.prefix) in _IN_FORCE:
            facts.append(Fact("validity", found.prefix, "header_table", block.line))
        if parse_date(found.prefix) is not None and not any(fact.field == "published" for fact in facts):
            facts.append(Fact("published", found.prefix, "body", block.line))
    fields = "、".join(dict.fromkeys(fact.field for fact in facts))
    return "lift.labels", f"labels and values: {fields or 'no fact'}", tuple(facts)


def _known_prefix(prefix: str) -> bool:
    return bool(find_all(prefix) or parse_date(prefix) or is_breadcrumb(prefix) or fold(prefix) in _IN_FORCE)


_IN_FORCE = frozenset(
    (
        *(
            "有效",
            "失效",
            "废止",
            "现行有效",
            "继续有效",
            "全文有效",
            "已失效",
            "已废止",
            "已修改",
            "尚未生效",
            "是",
            "否",
        ),
        *("全文失效", "全文废止", "部分有效", "部分失效", "部分废止", "条款失效", "条款废止", "部分条款失效"),
    )
)
"""What pages print for 有效性; the tax administration's library has the longer ones."""


def is_label_pair(block: Block, following: Block | None) -> bool:
    """A label alone on its line. Without a colon it needs a neighbour that is a label's value."""
    name = label_of(block.text)
    if name is None or block.kind == "table":
        return False
    return block.key.endswith(":") or (
        following is not None and following.kind == "paragraph" and _fits(name, following)
    )


def _fits(name: str, value: Block) -> bool:
    """True if a line can be the value of a field."""
    key = value.key
    match name:
        case "written" | "published" | "effective" | "expires":
            return parse_date(value.text) is not None
        case "doc_number":
            return bool(find_all(value.text) or serial_number(value.text))
        case "index_number":
            return re.fullmatch(r"[\w\-/().〔〕\[\]]{4,60}", key) is not None
        case "validity":
            return key in _IN_FORCE
        case "title":
            return titles.score(value.text) > 0
        case "issuer" | "publisher":
            return ISSUER_LINE.match(key) is not None
        case _:
            return False


def facts_of(label: str, value: str, line: int) -> tuple[Fact, ...]:
    """The facts of a label in a fact table and the value in the cell after it; none if the label is of no fact."""
    name = label_of(label)
    facts = (Fact(name, value, "header_table", line),) if name else ()
    return facts + ((Fact("issuing", value, "header_table", line),) if fold(label).strip(":") in ISSUING else ())


def read_pair(label: Block, value: Block | None, found: dict[int, Explained]) -> int:
    """Take a label and, if the next line is its value, that too. Returns how many lines were used."""
    name = label_of(label.text) or ""
    takes = value is not None and value.kind == "paragraph" and label_of(value.text) is None and _plausible(name, value)
    fact = facts_of(label.text, value.text, value.line) if takes and value else ()
    reason = f"fact table: {name or 'no fact of the record'}"
    found[id(label)] = ("lift.labels", reason, ())
    if takes and value is not None:
        found[id(value)] = ("lift.labels", reason, fact)
        return 2
    return 1


def _plausible(name: str, value: Block) -> bool:
    if name in ("written", "published", "effective", "expires", "doc_number", "index_number", "validity", "title"):
        return _fits(name, value) or value.key in ("无", "-", "--")
    return (
        labelled(value.text) is None
        and not NUMBERED.match(value.key)
        and "。" not in value.key
        and not value.key.endswith(":")  # 主送机关 under an empty cell
        and len(value.text) <= 60
    )
