"""Links of a page -> other pages that belong to the document: its interpretation, what it interprets, its neighbours.

Enters: a link, the lines around it and the page's own title. Leaves: the kind of relation, or None for the links of
menus and side bars. A link counts by its label: on its own line (上一篇：…), or above it in the same box (相关解读).

>>> bool(_INTERPRETS.search("一图读懂《方案》"))
True
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from pipeline.extract.html.tree import text_of
from pipeline.fields import title as titles
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.page import Line
    from pipeline.model import RelationType

    _Kind = RelationType | Literal["news"]

_END = r"(?:$|[:>(》])"
_LABELS = re.compile(
    r"(?P<previous>上一(?:篇|条|页|则))"
    r"|(?P<next>下一(?:篇|条|页|则))"
    rf"|(?P<interprets>(?:被?解读的?(?:文件|原文|政策)|政策原文|文件原文|原文(?:链接|件)?){_END})"
    rf"|(?P<interpreted_by>(?:相关|关联|配套|多元)?(?:政策|文件)?(?:解读|图解)(?:材料|信息|链接|文章)?{_END})"
    rf"|(?P<related>(?:相关|关联)(?:政策|文件|规定|法规|链接){_END})"
    rf"|(?P<news>相关(?:稿件|新闻|阅读|文章|信息|报道|内容){_END})"
)
"""What a label says of the pages that its links lead to; under one of news only interpretations count."""
_INTERPRETS = re.compile(r"解读|图解|图表|答记者问|一图(?:读|看)懂")
_QUOTED = re.compile(r"《(.+?)》")
_LABEL = 8  # letters of a label on a line of its own
_SPACED = 80  # characters of such a line, spaced out for looks; what is longer need not be folded
_BRACKETS = "【】[]"
_UNDER = 30  # lines below a label that are still its list


def relation(lines: Sequence[Line], body: Container[int], at: int, link: _Element, title: str) -> RelationType | None:
    """What the label of a link says. at: index of the link's line. title: of the page."""
    if at >= len(lines):
        return None
    name = fold(link.get("title") or text_of(link))
    label = _label(lines[at].text) if not _label(name) else None
    if label is None and at not in body:
        label = _label_above(lines, body, at)
    if label in ("previous", "next", None):
        return label
    if "解读" in title:
        about = _QUOTED.search(title)
        names_it = label == "interprets" or (about is not None and letters(about[1]) in letters(name))
        return "interprets" if names_it and not _INTERPRETS.search(name) else None
    if _INTERPRETS.search(name):
        return "interpreted_by"
    return None if label == "news" else label


def lists_of_links(lines: Sequence[Line], body: Iterable[int]) -> set[int]:
    """The lines of the body that are such a label (相关阅读), and those below it that are nothing but links to pages:
    boxes that a template sets into its text.
    """
    found: set[int] = set()
    for at in body:
        text = lines[at].text
        if len(text) > _SPACED or lines[at].is_link:
            continue
        if len(key := fold(text).strip(_BRACKETS)) <= _LABEL and _LABELS.match(key):
            below = itertools.takewhile(lambda one: _is_all_link(lines[one]), range(at + 1, len(lines)))
            if run := list(below):
                found.update((at, *run))
    return found


def leads_to_original(line: Line) -> bool:
    """True for 政策原文：, with a link to the document that the page explains."""
    return line.linked > 0 and _label(line.text) == "interprets"


def _is_all_link(line: Line) -> bool:
    return line.linked >= len(line.text.replace(" ", "")) and not titles.is_file_name(line.text)


@lru_cache(maxsize=4096)  # each link of a list looks at the same lines above it
def _label(text: str) -> _Kind | None:
    found = _LABELS.match(fold(text).lstrip(_BRACKETS))
    return cast("_Kind", found.lastgroup) if found else None


def _label_above(lines: Sequence[Line], body: Container[int], at: int) -> _Kind | None:
    """The label of the list that a link stands in: above it, with nothing but links between, in one box of the page."""
    for above in range(at - 1, max(at - _UNDER, -1), -1):
        line = lines[above]
        if above in body:
            return None
        if line.linked < len(line.text) and (kind := _label(line.text)):
            return kind if _is_one_box(lines, body, line, lines[at]) else None
        if line.linked * 2 < len(line.text):
            return None
    return None


def _is_one_box(lines: Sequence[Line], body: Container[int], label: Line, link: Line) -> bool:
    """True if an element holds label and link, and no line of the body; or both stand in one row of siblings, or the
    link in the box right after the label.
    """
    below = label.owner.getnext()
    if label.owner.getparent() is link.owner.getparent() or any(e is below for e in link.owner.iterancestors()):
        return True
    around = {label.owner, *label.owner.iterancestors()}
    box = next((e for e in (link.owner, *link.owner.iterancestors()) if e in around), None)
    first = next((line for at, line in enumerate(lines) if at in body), None)
    return box is not None and (first is None or box not in {first.owner, *first.owner.iterancestors()})
