"""Page furniture out: breadcrumbs, tools, counters, QR and share lines, pagers, footers, page numbers.

Enters and leaves: a draft. Three kinds of evidence, from safe to weak:
  a tool line     nothing but names of page tools; goes wherever it stands;
  the tail        from the last line that surely belongs to the document, what follows a line that only a site prints;
  page numbers    — 1 — or 第1页 anywhere, a bare number only outside the document or as a rising series through it.
What merely looks short stays.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from pipeline.draft import Fact
from pipeline.fields import title as titles
from pipeline.fields.dates import DATE_LINE
from pipeline.fields.labels import is_counter, labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block, Draft

_GLUE = r"[\s\[\]【】()<>|:/·,、+\-.…!]*"
_SIZES = "大|中|小"
_BREADCRUMB = re.compile(
    r"^(?:您?(?:当前|现在|目前|现|所在)?(?:所处|所在|的)?(?:的)?位置(?:是|为)?(?:导航)?|当前(?:页面|栏目|路径)|位置导航|页面位置|首页)[:：]?(?:首页|主页|网站首页|本站首页)?"
    r"(?:[>»›→\-–—/|·\\].*|$|.{0,40}[>»›→].*)"
)
_CRUMBS = re.compile(r"^(?:[^。;,]{1,24}[>»›→]+){1,8}[^。;,]{0,30}$|^[>»›→/]+$")
_FILE_NAME = 100  # characters of a file's name with what stands before and behind it
_MOST = 0.3  # share of a page's sentences that may stand among the links of its foot
_ENOUGH = 8.0  # evidence for the document, after which no line of the site further up can outweigh it
_LINK = re.compile(
    r"^(?:19|20)\d{2}-\d{1,2}-\d{1,2}|[\[(]?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[\])]?(?:\d{1,2}:\d{2}(?::\d{2})?)?$"
)
_ENDS = re.compile(
    r"^\((?:此件|本件|信息公开|联系人|公开|主动|依申请|此文|附注|本文有)|^附件(?:\d+|[一二三四五六七八九十]+)?[:：]?$|^附件[:：1-9]|^附表|^附录"
)
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十百]+[编章节条]|\d{1,2}(?:、|\.(?!\d)))"
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–―~·]{1,3}\d{1,4}[-—–―~·]{1,3}|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}页?|page\d{1,4}(?:of\d{1,4})?)$"
)
_NOTE = re.compile(r"^\(.{2,40}\)$")
_ATTACHED = re.compile(r"^(?:附件|相关附件|附件下载|文件下载|附)[:：]?$")
_SIGNATURE = re.compile(r"(?:政府|委员会|办公室|办公厅|局|厅|部|院|会|公司|中心|管委会|长|主任|主席)$|[长任席].{2,4}$")
_IMPRINT = re.compile(r"[:\d]|印发|抄送|校对|^附|^注|^备注")
_NUMBER = re.compile(r"^\d{1,4}$")
_FIGURE = re.compile(r"^[\d.,%/-]+$")
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?|jpe?g|png|txt)(?:\(?\d+(?:\.\d+)?[kmg]b?\)?|\(?(?:点击|立即)?下载\)?)?$"
)
_LONGEST = 200  # characters of a line of tools
_PAGE = 150  # letters at least between two page numbers; rows of a table and items of a list are shorter


@dataclass(frozen=True, slots=True)
class _Patterns:
    tools: re.Pattern[str]
    word: re.Pattern[str]
    certain: re.Pattern[str]
    sentences: re.Pattern[str]
    menu: re.Pattern[str]
    foot: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = yaml.safe_load((files("pipeline.filters") / "data" / "furniture.yml").read_text(encoding="utf-8"))
    certain, doubtful = "|".join(data["tools"]), "|".join(data["doubtful_tools"])
    word = rf"{_GLUE}(?:{certain}|{doubtful}){_GLUE}(?:(?:{_SIZES}){_GLUE})*"
    sizes = rf"{_GLUE}大{_GLUE}中{_GLUE}小{_GLUE}"
    return _Patterns(
        tools=re.compile(rf"(?:{word})+|{sizes}"),
        word=re.compile(rf"{certain}|{doubtful}|{sizes}"),
        certain=re.compile(rf"{certain}|{sizes}|(?:{_GLUE}(?:{doubtful})){{3}}"),
        sentences=re.compile("|".join(data["sentences"])),
        menu=re.compile("|".join(data["menu"])),
        foot=re.compile("|".join(data["foot"])),
    )


def is_tool(key: str) -> bool:
    """True for a folded line that is nothing but page tools."""
    return len(key) <= _LONGEST and bool(
        _patterns().tools.fullmatch(key) or _patterns().sentences.fullmatch(key) or is_counter(key)
    )


def is_certain_tool(key: str) -> bool:
    """True for a tool line that no document would hold (正常 alone may be a cell, 字号：大 中 小 may not)."""
    return is_tool(key) and bool(
        _patterns().certain.search(key) or _patterns().sentences.fullmatch(key) or is_counter(key)
    )


def is_breadcrumb(key: str) -> bool:
    """True for a folded line that shows the way from the site's front page."""
    return len(key) <= 120 and "。" not in key and bool(_BREADCRUMB.match(key) or _CRUMBS.match(key))


def is_sure(block: Block) -> bool:
    """True for a block that only a document has: a sentence, a table, a numbered heading, a date under a signature."""
    key = block.key
    return (
        block.kind == "table"
        or "。" in key
        or key.endswith((";", ":"))
        or len(key) >= 60
        or bool(_ENDS.match(key) or _HEADING.match(key) or DATE_LINE.match(key))
    )


def is_strong(key: str) -> bool:
    """True for a folded line that only a site prints under its documents."""
    return len(key) <= 300 and bool(_patterns().foot.search(key) or _patterns().menu.fullmatch(key) or is_tool(key))


def drop_tools(draft: Draft) -> Draft:
    """Tool lines and page numbers outside tables; between sentences of a document only what no document holds."""
    sure = [at for at, block in enumerate(draft.blocks) if is_sure(block)]
    inside = range(sure[0], sure[-1]) if sure else range(0)
    lines = [(at in inside, block) for at, block in enumerate(draft.blocks) if block.kind == "paragraph"]
    tools = [b for within, b in lines if is_certain_tool(b.key) and not (within and _is_one_word(b.key))]
    pages = [b for within, b in lines if _PAGE_NUMBER.match(b.key) and not (within and "/" in b.key)]
    draft = draft.remove(tools, "furniture.tool", "names of page tools and nothing else")
    draft = draft.remove(pages, "furniture.page_number", "a printed page number")
    series = _number_series(draft.blocks)
    return draft.remove(
        series, "furniture.page_number", "bare numbers that rise by one through the document, a page apart"
    )


def _is_one_word(key: str) -> bool:
    """True for one tool word alone, which may be a cell of a table that was not rebuilt: 打印, 字号, 阅读."""
    return len(_patterns().word.findall(key)) == 1 and not _patterns().sentences.fullmatch(key)


def _number_series(blocks: Sequence[Block]) -> list[Block]:
    numbers = [(i, int(b.key)) for i, b in enumerate(blocks) if b.kind == "paragraph" and _NUMBER.match(b.key)]
    if len(numbers) < 2:
        return []
    steps = list(itertools.pairwise(numbers))
    listed = numbers[0][0] and blocks[numbers[0][0] - 1].key.endswith(":")  # 应当具备下列条件：
    pages = (sum(len(block.key) for block in blocks[a[0] + 1 : b[0]]) for a, b in steps)
    if numbers[0][1] <= 2 and not listed and all(b[1] == a[1] + 1 for a, b in steps) and min(pages) >= _PAGE:
        return [blocks[i] for i, _ in numbers]
    return []


def cut_tail(draft: Draft) -> Draft:
    """What a site prints under the document: from the first such line after which nothing surely belongs to it.

    Short lines between the end of a document that is closed (a sentence, a date, a note in brackets) and the first such
    line are the site's too: its menus and links.
    """
    blocks = draft.blocks
    cut = _tail_start(blocks)
    sure = next((at for at in range(cut - 1, -1, -1) if is_sure(blocks[at])), -1)
    if 0 <= sure < cut < len(blocks) and _is_closed(blocks[sure]) and all(map(_is_short, blocks[sure + 1 : cut])):
        cut = sure + 1
    tail = blocks[cut:]
    source = [b for b in tail if (found := labelled(b.text)) and found.pairs[0][0] == "publisher" and not found.prefix]
    for block in source:
        draft = draft.remove([block], "lift.source", "source line under the document", "publisher").learn(
            *_publisher(block)
        )
    files = [b for i, b in enumerate(blocks) if i >= cut and _is_file(blocks, i)]
    draft = draft.remove(files, "lift.attachment", "name of an attached file", "attachments")
    rest = [b for b in tail if b not in source and b not in files]
    draft = draft.remove(rest, "furniture.tail", "printed by the site under the document")
    closed = len(draft.blocks) > 1 and _is_closed(draft.blocks[-2])
    lone = [b for b in draft.blocks[-1:] if closed and b.kind == "paragraph" and _NUMBER.match(b.key)]
    return draft.remove(lone, "furniture.page_number", "a bare number after the end of the document")


def _tail_start(blocks: Sequence[Block]) -> int:
    """Where the evidence that all the rest is the site's is strongest; the number of blocks if there is none.

    Lines of the site speak for a cut above them, links a little; sentences speak against it, headings and dates more,
    and nothing outweighs a table. So a teaser among links goes with them, and a link under a paragraph does not take
    it along.
    """
    sentences = {at: len(block.key) for at, block in enumerate(blocks) if is_sure(block) and not is_strong(block.key)}
    spare = _MOST * sum(sentences.values())
    best, cut, weight, certain = 0.0, len(blocks), 0.0, False
    for at in range(len(blocks) - 1, -1, -1):
        key = blocks[at].key
        if blocks[at].kind == "table" or (at == 0 and "。" in key):  # never all of a page that has a sentence
            break
        if (_ENDS.match(key) or _HEADING.match(key) or DATE_LINE.match(key)) and not _is_file(blocks, at):
            weight -= 4
        elif is_strong(key) or is_breadcrumb(key) or _is_file(blocks, at):
            weight += 1
            certain = certain or not _patterns().menu.fullmatch(key)
            if weight > best and certain:  # an item of a menu alone may be an item of a list
                best, cut = weight, at
        elif is_sure(blocks[at]):
            weight -= 1.5
        elif _LINK.search(key):
            weight += 0.3
        spare -= sentences.get(at, 0)
        if weight < best - _ENOUGH or spare < 0:
            break
    return cut


def _is_file(blocks: Sequence[Block], at: int) -> bool:
    """The name of an attached file, or the word 附件 right above one."""
    key = blocks[at].key
    if _ATTACHED.match(key) and at + 1 < len(blocks):
        key = blocks[at + 1].key
    return len(key) <= _FILE_NAME and "。" not in key and _FILE.search(key) is not None


def _is_closed(block: Block) -> bool:
    return (
        block.kind == "table"
        or block.key.endswith(("。", "。)", "。”"))
        or bool(DATE_LINE.match(block.key) or _NOTE.match(block.key))
    )


def _is_short(block: Block) -> bool:
    """Short like an item of a menu, and nothing that documents end with: 抄送, 印发, 附, a name, a figure, a title."""
    key = block.key
    if len(key) > 24 or _FIGURE.match(key) or _SIGNATURE.search(key) or _IMPRINT.search(key):
        return False
    return titles.genre(block.text) is None


def _publisher(block: Block) -> list[Fact]:
    found = labelled(block.text)
    return [Fact(n, v, "body", block.line) for n, v in (found.pairs if found else ()) if n and v]
