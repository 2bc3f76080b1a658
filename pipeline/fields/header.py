"""The head of a page: everything before the first line of the document, read into facts.

Enters: a draft whose first blocks are breadcrumb, menu, title, 发文字号, fact table and source line in any order and
number. Leaves: a draft that begins with the document's own text (design §3: at 主送机关 or the first paragraph); what
was lifted is in `facts` and `removals`. Lines that nothing explains stay in the text: a strange first line is better
than a lost one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.draft import Fact
from pipeline.fields import title as titles
from pipeline.fields.dates import DATE_LINE, parse_date, parse_time
from pipeline.fields.docnumber import find_all, normalize, serial_number, unclosed
from pipeline.fields.labels import label_of, labelled
from pipeline.filters.furniture import is_breadcrumb, is_strong, is_tool
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block, Draft
    from pipeline.model import Where

_ADDRESSEE = re.compile(
    r"(?:政府|部门|单位|局|委|办|厅|院|公司|银行|学校|企业|中心|机构|街道|镇|乡|区|县|市|会|处|所|站|同志|社区|集团|园区|管委会).{0,40}:$"
)
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十百]+[编章条]|1[.、]\D)"
)
_NUMBER = re.compile(r"^\d{1,4}$")
_BARE_DATE = re.compile(
    r"^\(?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?\)?(?P<rest>[^。;:]{0,20})$"
)
_BYLINE = re.compile(
    r"^(?P<rest>[^。;:]{0,30}?)(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\d{1,2}:\d{2}(?::\d{2})?[^。;:]{0,12}$"
)
_INTRO = re.compile(
    r"本站(?:为你|为您|小编)|小编(?:为|整理|给)|为(?:你|您|大家)(?:精心)?(?:整理|准备|推荐)|^(?:前言|导读|摘要|核心提示|编者按|导语|内容提要)[:]|欢迎(?:阅读|参考|大家)|仅供参考"
)
_MASTHEAD = re.compile(r"^(?P<body>.{2,30}?)(?:文件|公报|令|公告|通告)$")
_MARK = re.compile(r"^(?:附件|附表|附)[\d一二三四五六七八九十]*[:：]?$")
_ISSUER_LINE = re.compile(r"^(?:中共)?.{2,28}(?:人民政府|委员会|办公室|办公厅|局|厅|部|院|政府|国务院|管委会)$")
_SITE_LINE = 60  # characters; what stands above a title and is no sentence is the site's
_MENU_LINE = 20  # a menu item or site name; longer lines without punctuation are read as text


def lift_header(draft: Draft) -> Draft:
    """Read the head of the page (see module)."""
    everything = draft.blocks
    head, first = _scan(draft)
    chosen = _title_lines(draft.blocks[:first], head)
    anchors = [
        b.line for b in draft.blocks[:first] if id(b) in head and head[id(b)][0] in ("lift.masthead", "lift.doc_number")
    ]
    top = chosen[0].line if chosen else min(anchors, default=0)
    unexplained = [b for b in draft.blocks[:first] if id(b) not in head and b not in chosen]
    if chosen:
        text = "".join(b.text for b in chosen)
        draft = draft.remove(chosen, "lift.title", "title of the document", "title")
        draft = draft.learn(Fact("title", titles.trim(text), "body", chosen[0].line))
        again = [b for b in unexplained if _same_title(b.text, text)]
        draft = draft.remove(again, "title.repeated", "the title once more", "title")
        unexplained = [b for b in unexplained if b not in again]
    draft = _lift(draft, head)
    if chosen and first < len(everything) and _ADDRESSEE.search(everything[first].key):
        between = [b for b in unexplained if b.line > top and _is_menu(b) and not re.search(r"\d", b.key)]
        draft = draft.remove(
            between, "furniture.head", "stands between title and 主送机关, where no document has a line"
        )
    if not chosen and (sheet := draft.find("masthead")) and not sheet.value.endswith(("文件", "公报")):
        draft = draft.learn(Fact("title", sheet.value, "body", sheet.line))
    if top:
        above = [b for b in unexplained if b.line < top]
        marks = [b for b in above if _MARK.match(b.key)]
        draft = draft.remove(marks, "lift.annex_mark", "the mark 附件 above an attachment's own title")
        site = [b for b in above if b not in marks and "。" not in b.key and len(b.key) <= _SITE_LINE]
        draft = draft.remove(site, "furniture.navigation", "menu, slogan or site name above the title")
    else:
        draft = draft.remove(_menu(unexplained), "furniture.navigation", "menu: short lines in a row before the text")
    return draft


Explained = tuple[str, str, tuple[Fact, ...]]


def _scan(draft: Draft) -> tuple[dict[int, Explained], int]:
    """What each line of the head is (rule, reason, facts), and the index of the document's first block."""
    blocks = draft.blocks
    found: dict[int, Explained] = {}
    at = 0
    while at < len(blocks):
        block = blocks[at]
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if _is_label_pair(block, following):
            used = _read_pair(block, following, found)
            at += used
            continue
        kind = _explain(block)
        if kind:
            found[id(block)] = kind
        elif _is_body(block):
            break
        at += 1
    return found, at


def _explain(block: Block) -> Explained | None:
    """The rule that knows this line as part of a page's head, if any."""
    key = block.key
    if block.kind == "table":
        return None
    if is_tool(key):
        return "furniture.tool", "names of page tools and nothing else", ()
    if is_breadcrumb(key):
        return "furniture.breadcrumb", "way from the site's front page", ()
    if number := normalize(block.text) or serial_number(block.text):
        return "lift.doc_number", "发文字号 on a line of its own", (Fact("doc_number", number, "body", block.line),)
    if line := _read_line(block):
        return line
    if number := unclosed(block.text):
        return "lift.doc_number", "发文字号 that lost 〕 and 号", (Fact("doc_number", number, "body", block.line),)
    if bare := _BARE_DATE.match(key) or _BYLINE.match(key):
        return "lift.published", f"date line under a title{', with the column' if bare['rest'] else ''}", _dated(block)
    if _NUMBER.match(key):
        return "furniture.page_number", "a bare number before the text", ()
    if _INTRO.search(key) and len(key) <= 300:
        return "furniture.intro", "introduction by the site that copied the text", ()
    if is_strong(key) and len(key) <= 60 and titles.score(block.text) < 3:
        return "furniture.head", "printed by the site above the document", ()
    if (masthead := _MASTHEAD.match(key)) and _ISSUER_LINE.match(masthead["body"]):
        return "lift.masthead", "发文机关标志", (Fact("masthead", block.text, "body", block.line),)
    return None


def _dated(block: Block) -> tuple[Fact, ...]:
    return (Fact("published", block.text, "body", block.line),) if parse_time(block.text) else ()


def _read_line(block: Block) -> Explained | None:
    """A source line ("时间: … 来源: … 访问量:") or facts on one line ("索引号: … 主题分类: …")."""
    found = labelled(block.text)
    if not found or len(block.key) > 400:
        return None
    values = [value for _, value in found.pairs]
    if len(found.pairs) == 1 and (len(values[0]) > 80 or "。" in values[0]) and found.pairs[0][0]:
        return None
    if (
        len(found.prefix) > 40
        or "。" in found.prefix
        or (found.prefix and len(found.pairs) == 1 and not _known_prefix(found.prefix))
    ):
        return None
    where: Where = (
        "body" if any(name == "publisher" for name, _ in found.pairs) or len(found.pairs) == 0 else "header_table"
    )
    facts = [Fact(name, value, where, block.line) for name, value in found.pairs if name and value]
    if found.prefix:
        facts += [Fact("doc_number", number, "body", block.line) for number, _, _ in find_all(found.prefix)[:1]]
        if parse_date(found.prefix) is not None and not any(fact.field == "published" for fact in facts):
            facts.append(Fact("published", found.prefix, "body", block.line))
    fields = "、".join(dict.fromkeys(fact.field for fact in facts))
    return "lift.labels", f"labels and values: {fields or 'no fact'}", tuple(facts)


def _known_prefix(prefix: str) -> bool:
    return bool(find_all(prefix) or parse_date(prefix) or is_breadcrumb(prefix))


def _is_label_pair(block: Block, following: Block | None) -> bool:
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
            return key in ("有效", "失效", "废止", "现行有效", "已失效", "已废止", "尚未生效", "已修改", "是", "否")
        case "title":
            return titles.score(value.text) > 0
        case "issuer" | "publisher":
            return _ISSUER_LINE.match(key) is not None
        case _:
            return False


def _read_pair(label: Block, value: Block | None, found: dict[int, Explained]) -> int:
    """Take a label and, if the next line is its value, that too. Returns how many lines were used."""
    name = label_of(label.text) or ""
    takes = value is not None and value.kind == "paragraph" and label_of(value.text) is None and _plausible(name, value)
    fact = (Fact(name, value.text, "header_table", value.line),) if takes and value and name else ()
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
        and not _HEADING.match(value.key)
        and "。" not in value.key
        and len(value.text) <= 60
    )


def _is_body(block: Block) -> bool:
    """True for a block that begins the document: 主送机关, a sentence, a numbered heading, a table."""
    key = block.key
    if block.kind == "table":
        return True
    if titles.score(block.text) >= 3 and "。" not in key:
        return False
    return bool(
        _ADDRESSEE.search(key)
        or _HEADING.match(key)
        or DATE_LINE.match(key)
        or ("。" in key and len(letters(key)) >= 12)
        or (key.endswith((":", ";")) and len(key) >= 8)
        or len(key) >= 80
    )


def _title_lines(head: Sequence[Block], explained: dict[int, Explained]) -> list[Block]:
    """The block or blocks of the title: the best line, with the lines it was broken over."""
    scored = [(titles.score(b.text), -i, b) for i, b in enumerate(head) if id(b) not in explained]
    best = max(scored, key=lambda item: item[:2], default=None)
    if best is None or best[0] < 3:
        return []
    chosen = [best[2]]
    at = -best[1]
    if "关于" not in chosen[0].key or chosen[0].key.startswith("关于"):
        for above in reversed(head[max(0, at - 4) : at]):
            joined = above.key + chosen[0].key
            if id(above) in explained or titles.score(above.text) >= 3 or len(above.key) < 3 or len(joined) > 120:
                break
            if "关于" in above.key and "关于" not in chosen[0].key[:2]:
                chosen.insert(0, above)
                break
            if chosen[0].key.startswith("关于"):
                if _ISSUER_LINE.match(above.key):
                    chosen.insert(0, above)
                break
            chosen.insert(0, above)
        if "关于" not in "".join(b.key for b in chosen):
            chosen = chosen[-1:]
    return [*chosen, *_rest_of_title(chosen[-1], head[head.index(best[2]) + 1 :], explained)]


def _rest_of_title(last: Block, below: Sequence[Block], explained: dict[int, Explained]) -> list[Block]:
    """The lines that a title goes on over, up to the one that ends in its 文种."""
    if titles.genre(last.text):
        return []
    for count, block in enumerate(below[:3], 1):
        if id(block) in explained or len(block.key) > 45 or block.key.endswith(("。", ":", ";")):
            return []
        if titles.genre(block.text):
            return list(below[:count])
    return []


def _same_title(line: str, title: str) -> bool:
    if titles.is_file_name(line):
        return False
    one, other = letters(titles.trim(line)), letters(titles.trim(title))
    return one == other or (
        len(one) >= 8
        and (letters(line) in letters(title) or (other in letters(line) and len(letters(line)) <= len(other) + 20))
    )


def _lift(draft: Draft, head: dict[int, Explained]) -> Draft:
    explained = [(block, *head[id(block)]) for block in draft.blocks if id(block) in head]
    draft = draft.learn(*(fact for _, _, _, facts in explained for fact in facts))
    return draft.remove_each((b, rule, why, facts[0].field if facts else None) for b, rule, why, facts in explained)


def _is_menu(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) <= _MENU_LINE and not re.search(r"[。;:!?《》()]", block.key)


def _menu(lines: Sequence[Block]) -> list[Block]:
    """At least four short lines in a row: a menu, even where no title shows where the page's head ends."""
    short = [b for b in lines if _is_menu(b) and len(b.text) <= 10]
    return short if len(short) >= 4 else []
