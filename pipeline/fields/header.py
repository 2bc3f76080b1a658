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
from pipeline.fields.dates import DATE_LINE, parse_time
from pipeline.fields.docnumber import find_all, normalize, serial_number, unclosed
from pipeline.fields.factlines import NUMBERED, Explained, is_label_pair, read_line, read_pair
from pipeline.fields.organisation import ISSUER_LINE
from pipeline.fields.titlelines import same_title, title_lines
from pipeline.fields.undertitle import read_under_title
from pipeline.filters.furniture import is_breadcrumb, is_strong, is_tool
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.draft import Block, Draft

_ADDRESSEE = re.compile(
    r"(?:政府|部门|单位|局|委|办|厅|院|公司|银行|学校|企业|中心|机构|街道|镇|乡|区|县|市|会|处|所|站|同志|社区|集团|园区|管委会).{0,40}:$"
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
_DOUBT = 3  # unknown lines under a title after which labels and dates may be the document's own
_LOST = 10  # unknown lines under a title after which the head is over, whatever follows
_SITE_LINE = 60  # characters; what stands above a title and is no sentence is the site's
_MENU_LINE = 20  # a menu item or site name; longer lines without punctuation are read as text


def lift_header(draft: Draft) -> Draft:
    """Read the head of the page (see module); where the markup says that the text begins, `undertitle` takes over."""
    everything = draft.blocks
    head, first = _scan(draft)
    shown = draft.find("title", "body")  # read already, from the markup of the page
    chosen = [] if shown else title_lines(draft.blocks[:first], head)
    anchors = [
        b.line for b in draft.blocks[:first] if id(b) in head and head[id(b)][0] in ("lift.masthead", "lift.doc_number")
    ]
    top = chosen[0].line if chosen else shown.line if shown else min(anchors, default=0)
    known = head.keys() | set(map(id, chosen))
    unexplained = [b for b in draft.blocks[:first] if id(b) not in known]
    if chosen:
        text = "".join(b.text for b in chosen)
        draft = draft.remove(chosen, "lift.title", "title of the document", "title")
        draft = draft.learn(Fact("title", titles.trim(text), "body", chosen[0].line))
    if title := draft.find("title", "body") or draft.find("title"):
        again = [b for b in unexplained if same_title(b.text, title.value, exact=shown is not None)]
        draft = draft.remove(again, "title.repeated", "the title once more", "title")
        repeated = set(map(id, again))
        unexplained = [b for b in unexplained if id(b) not in repeated]
    draft = _lift(draft, head)
    if chosen and first < len(everything) and _ADDRESSEE.search(everything[first].key):
        between = [b for b in unexplained if b.line > top and _is_menu(b) and not re.search(r"\d", b.key)]
        draft = draft.remove(
            between, "furniture.head", "stands between title and 主送机关, where no document has a line"
        )
    if not (chosen or shown) and (sheet := draft.find("masthead")) and not sheet.value.endswith(("文件", "公报")):
        draft = draft.learn(Fact("title", sheet.value, "body", sheet.line))
    if top:
        above = [b for b in unexplained if b.line < top]
        marks = [b for b in above if _MARK.match(b.key)]
        draft = draft.remove(marks, "lift.annex_mark", "the mark 附件 above an attachment's own title")
        site = [b for b in above if b not in marks and _is_site(b) and not draft.file]
        draft = draft.remove(site, "furniture.navigation", "menu, slogan or site name above the title")
    else:
        menu = _menu(unexplained) if first < len(everything) and not draft.file else []
        draft = draft.remove(menu, "furniture.navigation", "menu: short lines in a row before the text")
    if shown and draft.text_from:
        below = [b for b in draft.blocks if b.line >= draft.text_from]
        draft = _lift(draft, read_under_title(below, shown.value))
    return draft


def _scan(draft: Draft) -> tuple[dict[int, Explained], int]:
    """What each line of the head is (rule, reason, facts), and the index of the document's first block."""
    blocks = [b for b in draft.blocks if not draft.text_from or b.line < draft.text_from]
    found: dict[int, Explained] = {}
    at = unknown = 0
    titled = False
    beside: tuple[str, ...] = ()  # rule of the line above, if it held labels
    while at < len(blocks) and unknown < _LOST:
        block = blocks[at]
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if unknown < _DOUBT and is_label_pair(block, following):
            at += read_pair(block, following, found)
            beside = ("lift.labels",)
            continue
        kind = _explain(block, beside or _labels_below(following), titled and unknown > 0)
        if kind and (unknown < _DOUBT or kind[0].startswith("furniture")):
            found[id(block)] = kind
        elif _is_body(block):
            break
        elif titles.score(block.text) >= 3:
            titled = True
        else:
            unknown += titled
        beside = ("lift.labels",) if kind and kind[0].startswith("lift") else ()
        at += 1
    return found, at


def _labels_below(following: Block | None) -> tuple[str, ...]:
    known = read_line(following, ()) if following and following.kind == "paragraph" else None
    return (known[0],) if known else ()


def _explain(block: Block, beside: Collection[str], titled: bool) -> Explained | None:
    """The rule that knows this line as part of a page's head, if any. titled: the title stands above,
    and unknown lines between."""
    key = block.key
    if block.kind == "table":
        return None
    if is_tool(key):
        return "furniture.tool", "names of page tools and nothing else", ()
    if is_breadcrumb(key):
        return "furniture.breadcrumb", "way from the site's front page", ()
    if number := normalize(block.text) or serial_number(block.text):
        return "lift.doc_number", "发文字号 on a line of its own", (Fact("doc_number", number, "body", block.line),)
    if line := read_line(block, beside):
        return line
    numbers = find_all(block.text)
    if len(numbers) > 1 and sum(end - start for _, start, end in numbers) == len(block.key):
        return "lift.doc_number", "发文字号 of a joint issue", (Fact("doc_number", numbers[0][0], "body", block.line),)
    if number := unclosed(block.text):
        return "lift.doc_number", "发文字号 that lost 〕 and 号", (Fact("doc_number", number, "body", block.line),)
    if bare := _BARE_DATE.match(key) or _BYLINE.match(key):
        return "lift.published", f"date line under a title{', with the column' if bare['rest'] else ''}", _dated(block)
    if _NUMBER.match(key) and not titled:
        return "furniture.page_number", "a bare number before the text", ()
    if _INTRO.search(key) and len(key) <= 300:
        return "furniture.intro", "introduction by the site that copied the text", ()
    if is_strong(key) and len(key) <= 60 and titles.score(block.text) < 3:
        return "furniture.head", "printed by the site above the document", ()
    if (masthead := _MASTHEAD.match(key)) and ISSUER_LINE.match(masthead["body"]):
        return "lift.masthead", "发文机关标志", (Fact("masthead", block.text, "body", block.line),)
    return None


def _dated(block: Block) -> tuple[Fact, ...]:
    return (Fact("published", block.text, "body", block.line),) if parse_time(block.text) else ()


def _is_body(block: Block) -> bool:
    """True for a block that begins the document: 主送机关, a sentence, a numbered heading, a table."""
    key = block.key
    if block.kind == "table":
        return True
    if titles.score(block.text) >= 3 and "。" not in key:
        return False
    return bool(
        _ADDRESSEE.search(key)
        or NUMBERED.match(key)
        or DATE_LINE.match(key)
        or ("。" in key and len(letters(key)) >= 12)
        or (key.endswith((":", ";")) and len(key) >= 8)
        or len(key) >= 80
    )


def _lift(draft: Draft, head: dict[int, Explained]) -> Draft:
    explained = [(block, *head[id(block)]) for block in draft.blocks if id(block) in head]
    draft = draft.learn(*(fact for _, _, _, facts in explained for fact in facts))
    return draft.remove_each((b, rule, why, _field(rule, facts)) for b, rule, why, facts in explained)


def _field(rule: str, facts: Sequence[Fact]) -> str | None:
    return facts[0].field if facts else "title" if rule == "title.repeated" else None


def _is_site(block: Block) -> bool:
    """True for a line above the title that a site prints: short, no sentence, and no title of a document itself."""
    return len(block.key) <= _SITE_LINE and "。" not in block.key and titles.score(block.text) < 3


def _is_menu(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) <= _MENU_LINE and not re.search(r"[。;:!?《》()]", block.key)


def _menu(lines: Sequence[Block]) -> list[Block]:
    """At least four short lines in a row: a menu, even where no title shows where the page's head ends."""
    short = [b for b in lines if _is_menu(b) and len(b.text) <= 10]
    return short if len(short) >= 4 else []
