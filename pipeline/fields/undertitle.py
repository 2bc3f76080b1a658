"""Between a title that the markup gave and the text of a known container.

Enters: the blocks of the container below the title. Leaves: for each line that is no text the rule that knows it.
What a naive scrape has there is guesswork (`fields.header`); here the page has said where its text begins, and almost
all that stands there is the document: 时间 and 地点 of minutes, 适用对象 of a guide, 编者按, the title of the plan
that a 通知 sends out, the numbers of a list. Only these are not: the whole title once more, 发文机关标志 and
发文字号, a fact table with two strong labels, and lines that only a site prints.

>>> from pipeline.draft import Block
>>> head = Block("关于防汛的通知", 1), Block("青水发〔2022〕3号", 2), Block("时间：2022年5月9日上午", 3)
>>> [rule for rule, _, _ in read_under_title(head, "关于防汛的通知").values()]
['title.repeated', 'lift.doc_number']
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.draft import Fact
from pipeline.fields import title as titles
from pipeline.fields.dates import parse_time
from pipeline.fields.docnumber import find_all, normalize, serial_number, unclosed
from pipeline.fields.factlines import STAMP, WEAK, read_line
from pipeline.fields.labels import PRINTED, SITE, label_of, labelled
from pipeline.fields.organisation import ISSUER_LINE
from pipeline.filters.furniture import is_certain_tool, is_of_site, is_way
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block
    from pipeline.fields.factlines import Explained

_UNKNOWN = 3  # lines such as （征求意见稿） or 特急 that may stand above the number
_PARTS = 4  # lines that a title is broken over
_LONGEST = 120  # characters of a title
_SHARED = 0.5  # of the pairs of letters of another wording of the same title
_SHEET = re.compile(r"^(?P<body>.{2,40}?)(?:文件|令|公报|公告|通告)(?:\([^()]{1,8}\))?$")
_DATE = r"\(?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?\)?"
_DATED = re.compile(
    rf"^(?:[^\d。;:]{{2,20}}[网社报台局办厅部府会院])?{_DATE}$|^{_DATE}[^\d。;:,]{{2,12}}[科处股室局办委厅部府网社院队站所心]$"
)
"""A day with the office that put the page up, before it or behind it."""
_BEGINS_DATED = re.compile(rf"^{_DATE}")
_NEAR = 6  # lines in which a second date tells a schedule
_DATES = ("written", "published")


def read_under_title(blocks: Sequence[Block], title: str) -> dict[int, Explained]:
    """Rule, reason and facts of the lines that are no text, by id of their block."""
    found: dict[int, Explained] = {}
    at = unknown = 0
    while at < len(blocks) and unknown <= _UNKNOWN and blocks[at].kind == "paragraph":
        block = blocks[at]
        if count := _again(blocks[at:], title):
            found |= {id(b): ("title.repeated", "the title once more", ()) for b in blocks[at : at + count]}
            at += count
        elif facts := _fact_lines(blocks[at:]):
            found |= facts
            at += len(facts)
        elif known := _of_sheet(block) or _of_site(block) or (_date(blocks[at:]) if not unknown else None):
            found[id(block)] = known
            at += 1
        elif at + 1 < len(blocks) and _is_masthead(block, blocks[at + 1]):
            fact = Fact("masthead", block.text, "body", block.line)
            found[id(block)] = ("lift.masthead", "发文机关标志", (fact,))
            at += 1
        elif "。" in block.key or label_of(block.text) is not None or _is_other_title(block.text, title):
            break  # the text, or a record of labels and values that is the text
        else:
            unknown += 1
            at += 1
    return found


def _again(blocks: Sequence[Block], title: str) -> int:
    """How many lines from here on are the whole title, with the names of its issuers or without them."""
    whole = letters(titles.trim(title))
    cut = title.rstrip().endswith(("…", "..."))
    joined = ""
    for count, block in enumerate(blocks[:_PARTS], 1):
        joined += letters(titles.trim(block.text))
        if len(joined) > _LONGEST or block.kind != "paragraph" or titles.is_file_name(block.text):
            return 0
        if joined == whole or (cut and joined.startswith(whole)):
            return count
        if joined.endswith(whole) and ISSUER_LINE.match(joined.removesuffix(whole)):
            return count
        if joined.startswith("关于") and whole.endswith(joined):
            return count
    return 0


def _is_other_title(text: str, title: str) -> bool:
    """True for the title of another document: below it stands its number, not the page's."""
    if titles.score(text) < 3:
        return False
    one, other = letters(text), letters(title)
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}
    return sum(pair in other for pair in pairs) < _SHARED * len(pairs)


def _fact_lines(blocks: Sequence[Block]) -> dict[int, Explained]:
    """Lines of a fact table in a row, if they hold two strong labels of a record; none otherwise."""
    lines: list[tuple[Block, Explained]] = []
    for block in takewhile(lambda b: b.kind == "paragraph", blocks):
        known = read_line(block, ("lift.labels",))
        if known is None:
            break
        lines.append((block, known))
    labels = {label for block, _ in lines if (read := labelled(block.text)) for label in read.labels}
    strong = {PRINTED[label] for label in labels - WEAK if PRINTED.get(label)}
    return {id(block): known for block, known in lines} if len(strong) >= 2 else {}


def _of_sheet(block: Block) -> Explained | None:
    """The document's number, alone on its line."""
    numbers = find_all(block.text)
    joint = len(numbers) > 1 and sum(end - start for _, start, end in numbers) == len(block.key)
    number = normalize(block.text) or serial_number(block.text) or (numbers[0][0] if joint else unclosed(block.text))
    if not number:
        return None
    return "lift.doc_number", "发文字号 on a line of its own", (Fact("doc_number", number, "body", block.line),)


def _of_site(block: Block) -> Explained | None:
    """A line that only a site prints: tools, counters, 来源, 发布时间."""
    key = block.key
    if is_certain_tool(key):
        return "furniture.tool", "names of page tools and nothing else", ()
    if is_way(key):
        return "furniture.breadcrumb", "way from the site's front page", ()
    read = labelled(block.text)
    if read and (known := read_line(block, ("lift.labels",))):
        dated = any(name in _DATES and STAMP.match(value) for name, value in read.pairs)
        told = any(name in ("doc_number", "index_number") and value for name, value in read.pairs)
        if dated or told or not SITE.isdisjoint(read.labels):
            return known
    return ("furniture.head", "printed by the site above the document", ()) if is_of_site(key) else None


def _date(blocks: Sequence[Block]) -> Explained | None:
    """The date that a site prints right under the title, alone on its line; a schedule has more of them."""
    block = blocks[0]
    if not _DATED.match(block.key) or any(_BEGINS_DATED.match(below.key) for below in blocks[1:_NEAR]):
        return None
    facts = (Fact("published", block.text, "body", block.line),) if parse_time(block.text) else ()
    return "lift.published", "date line under a title", facts


def _is_masthead(block: Block, below: Block) -> bool:
    """True for 某市人民政府文件, and for 某市人民政府令 above its number."""
    sheet = _SHEET.match(block.key)
    if not sheet or not ISSUER_LINE.match(sheet["body"]):
        return False
    return block.key.endswith("文件") or _of_sheet(below) is not None
