"""The foot of a page out: what a site prints under the document.

Enters and leaves: a draft. The foot goes from the line above which all is the document and below which nothing surely
is. A source line and the names of attached files in it become facts. In a known container of HTML almost all that
stands below the document stands outside, and documents end as sites do (主办单位, 咨询热线, 资料来源, 作者): there only
what no document holds begins a foot, or lines of two kinds that both print.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.page import FILE_KINDS
from pipeline.draft import Fact
from pipeline.fields import title as titles
from pipeline.fields.dates import DATE_LINE
from pipeline.fields.labels import labelled
from pipeline.filters.furniture import (
    ENDS,
    HEADING,
    NUMBER,
    is_breadcrumb,
    is_menu,
    is_of_site,
    is_strong,
    is_sure,
    kinds_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block, Draft

_FILE_NAME = 100  # characters of a file's name with what stands before and behind it
_MOST = 0.3  # share of a page's sentences that may stand among the links of its foot
_ENOUGH = 8.0  # evidence for the document, after which no line of the site further up can outweigh it
_LINK = re.compile(
    r"^(?:19|20)\d{2}-\d{1,2}-\d{1,2}|[\[(]?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[\])]?(?:\d{1,2}:\d{2}(?::\d{2})?)?$"
)
_NOTE = re.compile(r"^\(.{2,40}\)$")
_ATTACHED = re.compile(r"^(?:附件|相关附件|附件下载|文件下载|附)[:：]?$")
_SIGNATURE = re.compile(r"(?:政府|委员会|办公室|办公厅|局|厅|部|院|会|公司|中心|管委会|长|主任|主席)$|[长任席].{2,4}$")
_IMPRINT = re.compile(r"[:\d]|印发|抄送|校对|^附|^注|^备注")
_ITEM, _MENU = 24, 0.8  # characters of an item of a menu; share of the lines below the tools that look like one
_FIGURE = re.compile(r"^[\d.,%/-]+$")
_FILE = re.compile(rf"\.(?:{FILE_KINDS}|jpe?g|png|txt)(?:\(?\d+(?:\.\d+)?[kmg]b?\)?|\(?(?:点击|立即)?下载\)?)?$")


def cut_tail(draft: Draft) -> Draft:
    """What a site prints under the document: from the first such line after which nothing surely belongs to it.

    Short lines between the end of a document that is closed (a sentence, a date, a note in brackets) and the first such
    line are the site's too: its menus and links. Not so in a known container of HTML: there only what no document
    holds begins a foot, or lines of two kinds that documents share with sites.
    """
    if "body_in_attachment" in draft.flags:  # the name of the file is all the text there is
        return draft
    blocks = draft.blocks
    known = draft.extractor == "container"  # what stands below the document stands outside, but for a few lines
    cut = _tail_start(blocks, known=known)
    sure = next((at for at in range(cut - 1, -1, -1) if is_sure(blocks[at])), -1)
    if (
        not known
        and 0 <= sure < cut < len(blocks)
        and _is_closed(blocks[sure])
        and all(map(_is_short, blocks[sure + 1 : cut]))
    ):
        cut = sure + 1
    if not known and sure >= 0 and _is_closed(blocks[sure]):
        cut = min(cut, _under_tools(draft, blocks, sure + 1))
    tail = blocks[cut:]
    source = [b for b in tail if (found := labelled(b.text)) and found.pairs[0][0] == "publisher" and not found.prefix]
    for block in source:
        draft = draft.remove([block], "lift.source", "source line under the document", "publisher").learn(
            *_publisher(block)
        )
    files = [b for i, b in enumerate(blocks) if i >= cut and _is_file(blocks, i)]
    draft = draft.remove(files, "lift.attachment", "name of an attached file", "attachments")
    if draft.files and cut == len(blocks) and blocks and _ATTACHED.match(blocks[-1].key):  # its links are read already
        files.append(blocks[-1])
        draft = draft.remove(files, "lift.attachment", "the mark over attached files", "attachments")
    rest = [b for b in tail if b not in source and b not in files]
    draft = draft.remove(rest, "furniture.tail", "printed by the site under the document")
    closed = len(draft.blocks) > 1 and _is_closed(draft.blocks[-2])
    lone = [b for b in draft.blocks[-1:] if closed and b.kind == "paragraph" and NUMBER.match(b.key)]
    return draft.remove(lone, "furniture.page_number", "a bare number after the end of the document")


def _under_tools(draft: Draft, blocks: Sequence[Block], start: int) -> int:
    """The first of the short lines below the page's tools (打印, 下一篇：没有了), if all the rest is such lines."""
    tools = [one.line for one in draft.removals if one.rule == "furniture.tool" and one.line > blocks[start - 1].line]
    below = [at for at in range(start, len(blocks)) if tools and blocks[at].line > min(tools)]
    menu = sum(_is_short(blocks[at]) for at in below) >= _MENU * len(below)
    held = any(len(blocks[at].key) > _ITEM or _IMPRINT.search(blocks[at].key) for at in below)
    return below[0] if below and menu and not held else len(blocks)


def _tail_start(blocks: Sequence[Block], *, known: bool = False) -> int:
    """Where the evidence that all the rest is the site's is strongest; the number of blocks if there is none.

    Lines of the site speak for a cut above them, links a little; sentences speak against it, headings and dates more,
    and nothing outweighs a table. So a teaser among links goes with them, and a link under a paragraph does not take
    it along. known: the blocks stand in a known container.
    """
    sentences = {at: len(block.key) for at, block in enumerate(blocks) if is_sure(block) and not is_strong(block.key)}
    spare = _MOST * sum(sentences.values())
    best, cut, weight, certain = 0.0, len(blocks), 0.0, False
    kinds: set[int] = set()
    for at in range(len(blocks) - 1, -1, -1):
        key = blocks[at].key
        if blocks[at].kind == "table" or (at == 0 and "。" in key):  # never all of a page that has a sentence
            break
        if (ENDS.match(key) or HEADING.match(key) or DATE_LINE.match(key)) and not _is_file(blocks, at):
            weight -= 4
        elif is_strong(key) or is_breadcrumb(key) or _is_file(blocks, at):
            weight += 1
            kinds |= kinds_of(key)
            sure = is_of_site(key) or _is_file(blocks, at) or len(kinds) >= 2
            certain = sure if known else certain or not is_menu(key)
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
    if len(key) > _ITEM or _FIGURE.match(key) or _SIGNATURE.search(key) or _IMPRINT.search(key):
        return False
    return titles.genre(block.text) is None


def _publisher(block: Block) -> list[Fact]:
    found = labelled(block.text)
    return [Fact(n, v, "body", block.line) for n, v in (found.pairs if found else ()) if n and v]
