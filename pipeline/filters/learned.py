"""Lines that this site prints around every document, as `zhengce sources learn` counted them: out, with the count.

Enters: a draft whose card carries learned lines. Leaves: a draft without them. A line goes only in the head or in the
foot of its page, where it was learned, and only as part of a region: the lines from the edge of the page inwards that
are learned, or that other rules read (facts, page tools; in the foot also titles). Any other line ends the region, and
an element of an official document always does. Innermost stands a line that many pages of the site have, that is as
common as the line outside it, and that no document ends with. So nothing between two lines of a document is touched.

>>> from crawler.source import Furniture, Limits
>>> from pipeline.draft import Block
>>> limits = Limits(pages=5, share=30, border=40, beside=90)
>>> site = Furniture(source="suzhou", of=10, newest="2026-01-01", limits=limits, head={"智慧云桌面": 9})
>>> page = [Block("智慧云桌面", 1), Block("各单位要按时报送。", 2), Block("智慧云桌面", 3)]
>>> [block.line for block in region(page, site.head, site)]
[1]
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pipeline.fields import title as titles
from pipeline.fields.dates import DATE_LINE
from pipeline.fields.docnumber import normalize, serial_number
from pipeline.fields.labels import label_of, labelled
from pipeline.fields.organisation import ISSUER_LINE
from pipeline.filters.furniture import is_breadcrumb, is_strong
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.source import Furniture
    from pipeline.draft import Block, Draft

    Dropped = tuple[Block, str, str, str | None]

__all__ = ["drop_learned", "kind_of", "region"]

_ELEMENT = re.compile(
    r"^(?:附件|附表|附录|附[:1-9]|附注|抄送|抄报|分送|特此|此[复令致]|现予|妥否|特急|急件|加急"
    r"|(?:目录|前言|序言|引言|总则|附则|正文)$|第[一二三四五六七八九十百零\d]+[编章节条款]|[一二三四五六七八九十]+[、.]|\d{1,2}(?:、|\.(?!\d))"
    r"|\([一二三四五六七八九十\d]+\)|\((?:此件|本件|此文|公开|主动|依申请|信息公开|联系|本文|盖章|公章|签字)|(?:19|20)\d{2}年"
    r"|年月日$)|印发$|(?:盖章|公章)\)$|(?:政府|部门|单位|局|委|办|厅|公司|院校|学校|企业|中心|处室|同志).{0,20}:$"
    r"|(?:本|该|此|上述)(?:通知|意见|办法|规定|方案|细则|条例|规划|计划|公告|通告|决定|制度|措施|规则|预案|指南|政策).*。$"
)
"""Elements of an official document on a folded line (GB/T 9704-2012, 7.2 to 7.4; 编章节条 of regulations). The
documents of one issuer have them in common, at their edges, and they are never the site's: see `learning.LIMITS`."""
_OWN = re.compile(
    r"^\(.*\)$|^[\d.,%/:-]+$|(?:联系|咨询|经办|受理|监督|举报|投诉|政策|服务|报名|申报).{0,4}(?:人|方式|电话|热线|地址|邮箱)"
    r"|^(?:电话|传真|地址|邮编|邮箱|电子邮[件箱]|单位|姓名|说明|备注|注)[:(]"
    r"|^[^,。]{0,12}(?:主任|[局厅市县区省]长).{0,4}$"
    r"|[省市县区镇乡委会办科处室司所站队组院行]$|(?:中心|公司|集团|大学|学校)$|(?:文件|令)$"
)
"""Lines with which a document may begin or end: contacts, notes, figures, signatures, places, mastheads."""
_STAMP = re.compile(r"^[\[(]?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[\])]?(?:\d{1,2}:\d{2}(?::\d{2})?)?$")

_LONG = 60  # characters of a line that is a paragraph, as in `filters.furniture`

Kind = Literal["element", "fact", "title", "known", "own", "site"]


def drop_learned(draft: Draft) -> Draft:
    """Take out what was learned of this site; see module. Without learned lines the draft stays as it is."""
    known = draft.card.furniture if draft.card else None
    if known is None:
        return draft
    head = region(draft.blocks, known.head, known)
    foot = region(draft.blocks, known.foot, known, foot=True)
    # Lines that other rules know are left to them: from those they tell where the title and the document's end are.
    return draft.remove_each([*_reasons(head, "head", known.head, known), *_reasons(foot, "foot", known.foot, known)])


def region(page: Sequence[Block], counts: Mapping[str, int], site: Furniture, *, foot: bool = False) -> list[Block]:
    """The learned lines of a page's head (or foot), from the document outwards.

    counts: folded line -> pages that it stands on. site: of how many pages, and what the innermost line needs.
    """
    values = {id(b) for label, b in pairwise(page) if label_of(label.text) is not None and label_of(b.text) is None}
    walked: list[tuple[Block, Kind]] = []
    closed, outside = 0, site.of
    for block in reversed(page) if foot else page:
        kind = "fact" if id(block) in values else "element" if block.kind == "table" else kind_of(block.text)
        pages = counts.get(block.key, 0)
        if kind == "element" or (kind == "title" and not foot) or (kind in ("own", "site") and not pages):
            break
        walked.append((block, kind))
        if kind in ("site", "known") and pages >= site.border and 100 * pages >= site.limits.beside * outside:
            closed = len(walked)
        outside = pages or outside
    found: list[Block] = []
    beside = False
    for block, kind in reversed(walked[:closed]):  # from the document outwards
        beside = kind in ("site", "known") or (kind == "own" and beside)
        if beside and block.key in counts:
            found.append(block)
    return found


@lru_cache(maxsize=16384)
def kind_of(text: str) -> Kind:
    """What a line is to this rule.

    element: of an official document, nobody else's. fact: other rules read it, whoever printed it. known: other rules
    know that a site printed it. own: may be the document's outermost line. site: anything else.
    """
    key = fold(text)
    found = labelled(text)
    if text.startswith("|") or "\t" in text:  # a row of a table
        return "element"
    if label_of(text) is not None or (found and not found.prefix) or normalize(text) or serial_number(text):
        return "fact"
    if titles.is_file_name(text) or _STAMP.match(key):
        return "fact"
    if titles.score(text) >= 3:
        return "title"
    if is_strong(key) or is_breadcrumb(key):
        return "known"
    if _ELEMENT.search(key) or DATE_LINE.match(key):
        return "element"
    return "own" if _OWN.search(key) or ISSUER_LINE.match(key) or _is_sentence(key) else "site"


def _is_sentence(key: str) -> bool:
    return "。" in key or key.endswith((";", ":")) or len(key) >= _LONG


def _reasons(lines: Iterable[Block], place: str, counts: Mapping[str, int], known: Furniture) -> Iterator[Dropped]:
    for block in lines:
        if kind_of(block.text) == "known":
            continue
        pages = counts[block.key]
        share = f"{pages} of {known.of} pages of {known.source} ({100 * pages // known.of} %)"
        yield block, "furniture.learned", f"stands in the {place} of {share}", None
