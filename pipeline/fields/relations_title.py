"""What a title says of other documents: 《A关于印发〈B〉的通知》, 关于废止《C》的决定, 《D》政策解读.

Enters: a title. Leaves: types and titles of the others. Titles of plans mostly stand without marks
(关于印发苏州市…实施方案的通知); the grammar 关于 + 事由 + 的 + 文种 tells where they end.

>>> titled("市政府关于印发某市绿色制造实施方案的通知")
[('issues', '某市绿色制造实施方案')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.fields.relations_cited import TITLE, is_document
from pipeline.text import letters

if TYPE_CHECKING:
    from pipeline.model import RelationType

_TITLE = re.compile(TITLE)
_EXPLAINS = re.compile(r"解读|图解|读懂|看懂|问答|答记者问|速览")
_SAYS_WHY = re.compile(r"》的?(?:起草|编制|修订)?说明$")
_CARRIES = re.compile(r"(?P<verb>印发|转发|批转|公布|发布|下发|颁发)(?P<what>.+)$")
_OF_KIND = re.compile(r"的?(?P<kind>(?:补充|紧急)?通知|函|意见|公告|通告|令|决定|公报|批复)$")
_SEVERAL = re.compile(
    r"等?\s*[\d一二三四五六七八九十两]+\s*[个项件部份](?:文件|方案|办法|规定|制度|预案|意见)?$|等(?:文件|规章|办法|方案|制度)?$"
)
_TWO = re.compile(r"(?<!等)[\d两二三四五六七八九十]+个(?:文件|方案|办法|规定|制度|预案|意见)$")  # titles run together
_WHO = re.compile(r"^(?:修订后的|修订的|新修订的|调整后的|经修订的)")
_LEAST = 6  # letters of a title without marks: 关于印发方案的通知 names nothing
_SOME = re.compile(
    r"^(?:部分|一批|若干|有关|相关|第[一二三四五六七八九十]+批|\d+件)|(?:部分|一批|若干)(?:行政)?(?:规范性)?(?:文件|规章|法规|政策)"
)
_REPEALS = re.compile(r"废止|宣布失效|停止执行|停止施行")
_AMENDS = re.compile(r"修[改订正](?!印发|稿|版|本|后)")
_ABOUT = re.compile(
    r"关于(?:废止|停止执行|宣布失效|修改|修订|修正)(?P<what>[^《》]+?)(?:部分条款)?的(?:决定|通知|公告|通告|令)$"
)
_AMENDMENT = re.compile(r"^(?P<law>[^《》]{2,40}(?:法|条例))修正案")
_EXPLAINED = (
    re.compile(
        r"^关于(?P<what>[^《》]{6,100}?)的(?:政策|文件|文字|图文|图片|专家|相关)*(?:解读|问答|图解)(?:[（(].*)?$"
    ),
    re.compile(r"^(?:一图|图文|漫画|视频)?(?:解读|图解|读懂|看懂)[：:丨|\s]*(?P<what>[^《》]{6,100})$"),
    re.compile(r"^(?P<what>[^《》]{6,100}?)(?:的)?(?:政策|文件|文字|图文|专家|相关)*(?:解读|问答|图解)(?:[（(].*)?$"),
)

Said = tuple["RelationType", str]


def explains(title: str) -> bool:
    """True for the title of an interpretation."""
    return _EXPLAINS.search(title) is not None


def titled(title: str) -> list[Said]:
    """Relations that a title states, in its order."""
    title = "".join(title.split()) if "》" in title or "关于" in title else title
    named = [match[1] for match in _TITLE.finditer(title)]
    if explains(title):
        return [("interprets", one) for one in named if len(one) > _LEAST or is_document(one)] or _explained(title)
    if _SAYS_WHY.search(title):
        return [("interprets", one) for one in named[:1]]
    if match := _AMENDMENT.match(title):
        return [("amends", match["law"])]
    plain = _TITLE.sub("◆", title)
    repeals, amends, carries = _REPEALS.search(plain), _AMENDS.search(plain), _CARRIES.search(plain)
    if carries and not (repeals and repeals.start() < carries.start()) and (said := _carried(title)):
        return said
    if bool(repeals) != bool(amends):
        kind: RelationType = "repeals" if repeals else "amends"
        if named:
            return [(kind, one) for one in named if is_document(one)]
        what = match["what"] if (match := _ABOUT.search(title)) else ""
        what = _SEVERAL.sub("", what)
        return [(kind, what)] if is_document(what) and not _SOME.search(what) else []
    return [("cites", one) for one in named if is_document(one)]


def _carried(title: str) -> list[Said]:
    match = _CARRIES.search(_TITLE.sub(lambda one: "◆" * len(one[0]), title))
    if not match:
        return []
    kind: RelationType = "forwards" if match["verb"] in ("转发", "批转") else "issues"
    what = title[match.start("what") :]
    named = [(one[1], one.start(), one.end()) for one in _TITLE.finditer(what)]
    if named:
        rest = what[named[-1][2] :]
        if not re.fullmatch(
            r"(?:[（(][^（）()]*[）)])?(?:等.{0,8})?(?:[\d]{4}年.{1,4})?(?:的?(?:补充|紧急)?(?:通知|函|意见|公告|通告|令|决定|公报))?(?:[（(].*)?",
            rest,
        ):
            return []
        return [(kind, one) for one, _, _ in named]
    ended = _OF_KIND.search(what)
    if not ended:
        return []
    inner = _WHO.sub("", what[: ended.start()])
    if _TWO.search(inner):
        return []
    inner = _SEVERAL.sub("", inner)
    if kind == "forwards" and "关于" in inner and not is_document(inner):
        inner = what  # 转发国务院办公厅关于做好…工作的通知: printed once, 的通知 is the other's
    if match["verb"] in ("公布", "发布", "下发") and not is_document(inner):
        return []
    return [(kind, inner)] if len(letters(inner)) >= _LEAST else []


def _explained(title: str) -> list[Said]:
    for pattern in _EXPLAINED:
        if (match := pattern.match(title)) and is_document(what := match["what"].strip("“”：:")):
            return [("interprets", what)]
    return []
