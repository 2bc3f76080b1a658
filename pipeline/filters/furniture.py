"""Page furniture out: breadcrumbs, tools, counters, QR and share lines, pagers, footers, page numbers.

Enters: folded lines, or a draft. Leaves: what a line is; the draft without tool lines and page numbers. Evidence:
  a tool line     nothing but names of page tools; goes wherever it stands;
  page numbers    — 1 — or 第1页 anywhere, a bare number only outside the document or as a rising series through it.
The foot of the page is cut by `filters.tail`. What merely looks short stays.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from pipeline.fields.dates import DATE_LINE
from pipeline.fields.labels import is_counter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block, Draft

_GLUE = r"[\s\[\]【】()<>|:/·,、+\-.…!]*"
_NEVER = "(?!)"
_SIZES = "大|中|小"
_BREADCRUMB = re.compile(
    r"^(?:您?(?:当前|现在|目前|现|所在)?(?:所处|所在|的)?(?:的)?位置(?:是|为)?(?:导航)?|当前(?:页面|栏目|路径)|位置导航|页面位置|首页)[:：]?(?:首页|主页|网站首页|本站首页)?"
    r"(?:[>»›→\-–—/|·\\].*|$|.{0,40}[>»›→].*)"
)
_CRUMBS = re.compile(r"^(?:[^。;,]{1,24}[>»›→]+){1,8}[^。;,]{0,30}$|^[>»›→/]+$")
ENDS = re.compile(
    r"^\((?:此件|本件|信息公开|联系人|公开|主动|依申请|此文|附注|本文有)|^附件(?:\d+|[一二三四五六七八九十]+)?[:：]?$|^附件[:：1-9]|^附表|^附录"
)
HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十百]+[编章节条]|\d{1,2}(?:、|\.(?!\d)))"
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–―~·]{1,3}\d{1,4}[-—–―~·]{1,3}|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}页?|page\d{1,4}(?:of\d{1,4})?)$"
)
NUMBER = re.compile(r"^\d{1,4}$")
_SIZE_WORDS = frozenset(("大", "中", "小", "特大", "超大", "最大", "默认", "a-", "a+", "a"))
_FOOT = 300  # characters of a line of the foot
_LONGEST = 200  # characters of a line of tools
_PRINTED = 150  # characters of a line of the foot that is not doubted
_PAGE = 150  # letters at least between two page numbers; rows of a table and items of a list are shorter


class _Foot:
    """Patterns looked for in a line. Those of its beginning (^…) are tried there only, so that the others can be found
    by their first letter (a search for patterns of both sorts tries each of them at each place).
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        begin = [pattern.removeprefix("^") for pattern in patterns if pattern.startswith("^")]
        within = [pattern for pattern in patterns if not pattern.startswith("^")]
        self._begin, self._within = (re.compile("|".join(some) or _NEVER) for some in (begin, within))

    def search(self, key: str) -> bool:
        """True if one of the patterns is found."""
        return self._begin.match(key) is not None or self._within.search(key) is not None


@dataclass(frozen=True, slots=True)
class _Patterns:
    tools: re.Pattern[str]
    word: re.Pattern[str]
    certain: re.Pattern[str]
    sentences: re.Pattern[str]
    menu: re.Pattern[str]
    foot: _Foot
    shared: tuple[_Foot, ...]
    printed: _Foot


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
        foot=_Foot(data["foot"]),
        shared=tuple(map(_Foot, data["shared"].values())),
        printed=_Foot([*data["foot"], *itertools.chain(*data["shared"].values())]),
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


def is_way(key: str) -> bool:
    """True for a breadcrumb that says so: 当前位置：首页 > …, unlike the steps of a procedure, 申请 → 受理 → 发证."""
    return len(key) <= 120 and "。" not in key and _BREADCRUMB.match(key) is not None


def is_sure(block: Block) -> bool:
    """True for a block that only a document has: a sentence, a table, a numbered heading, a date under a signature."""
    key = block.key
    return (
        block.kind == "table"
        or "。" in key
        or key.endswith((";", ":"))
        or len(key) >= 60
        or bool(ENDS.match(key) or HEADING.match(key) or DATE_LINE.match(key))
    )


def is_strong(key: str) -> bool:
    """True for a folded line that only a site prints under its documents."""
    return len(key) <= _FOOT and _is_strong(key)


@lru_cache(maxsize=8192)
def _is_strong(key: str) -> bool:
    return _patterns().printed.search(key) or is_menu(key) or is_tool(key)


def kinds_of(key: str) -> set[int]:
    """The kinds of lines of the foot, among those that documents share, that a folded line is."""
    return {kind for kind, pattern in enumerate(_patterns().shared) if pattern.search(key)}


def is_menu(key: str) -> bool:
    """True for a folded line that is an item of a portal's menu."""
    return _patterns().menu.fullmatch(key) is not None


def is_of_site(key: str) -> bool:
    """True for a folded line that no document holds, not even as its first line or its last."""
    return len(key) <= _PRINTED and (_patterns().foot.search(key) or is_certain_tool(key) or is_way(key))


def drop_tools(draft: Draft) -> Draft:
    """Tool lines and page numbers outside tables; between sentences of a document only what no document holds."""
    sure = [at for at, block in enumerate(draft.blocks) if is_sure(block)]
    inside = range(sure[0], sure[-1]) if sure else range(0)
    lines = [(at in inside, block) for at, block in enumerate(draft.blocks) if block.kind == "paragraph"]
    tools = [b for within, b in lines if is_certain_tool(b.key) and not (within and _is_one_word(b.key))]
    tools += _size_buttons([block for within, block in lines if not within])
    pages = [b for within, b in lines if _PAGE_NUMBER.match(b.key) and not (within and "/" in b.key)]
    draft = draft.remove(tools, "furniture.tool", "names of page tools and nothing else")
    draft = draft.remove(pages, "furniture.page_number", "a printed page number")
    series = _number_series(draft.blocks)
    return draft.remove(
        series, "furniture.page_number", "bare numbers that rise by one through the document, a page apart"
    )


def _size_buttons(blocks: Sequence[Block]) -> list[Block]:
    """大 中 小, one a line."""
    found: list[Block] = []
    for is_size, run in itertools.groupby(blocks, key=lambda block: block.key in _SIZE_WORDS):
        buttons = list(run)
        if is_size and len({block.key for block in buttons}) >= 3:
            found += buttons
    return found


def _is_one_word(key: str) -> bool:
    """True for one tool word alone, which may be a cell of a table that was not rebuilt: 打印, 字号, 阅读."""
    return len(_patterns().word.findall(key)) == 1 and not _patterns().sentences.fullmatch(key)


def _number_series(blocks: Sequence[Block]) -> list[Block]:
    numbers = [(i, int(b.key)) for i, b in enumerate(blocks) if b.kind == "paragraph" and NUMBER.match(b.key)]
    if len(numbers) < 2:
        return []
    steps = list(itertools.pairwise(numbers))
    listed = numbers[0][0] and blocks[numbers[0][0] - 1].key.endswith(":")  # 应当具备下列条件：
    pages = (sum(len(block.key) for block in blocks[a[0] + 1 : b[0]]) for a, b in steps)
    if numbers[0][1] <= 2 and not listed and all(b[1] == a[1] + 1 for a, b in steps) and min(pages) >= _PAGE:
        return [blocks[i] for i, _ in numbers]
    return []
