"""What is no document: error pages, challenges, menus of links, pages that were nothing but spam.

Enters: a draft. Leaves: the draft, or a `Removal` of scope "page" that says why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.tables.markdown import filled_cells
from pipeline.fields import title as titles
from pipeline.fields.labels import label_of
from pipeline.model import Removal
from pipeline.repair.edits import revert
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from pipeline.draft import Block, Draft

GONE, NO_ANSWER = "judge.gone", "judge.http_status"
"""Of an answer 404 or 410, which pipeline/corpus/withdrawn.py counts, and of the other errors of a server."""

_ERROR = re.compile(
    r"404|403forbidden|502badgateway|页面(?:不存在|找不到|未找到|已删除|丢失|走丢)|找不到(?:您|你|该)?.{0,8}(?:页|资源|文件)|(?:您|你)(?:要|所)?(?:访问|查看|浏览)的(?:页面|内容|文章|信息).{0,6}(?:不存在|已删除|无法|出错|被删除)|"
    r"服务器(?:内部)?错误|文章不存在|信息不存在|(?:该|此)(?:页|文章|内容|信息).{0,4}(?:已删除|不存在|已下线)|notfound|无权(?:限)?访问|"
    r"网站(?:正在|系统)?维护|系统(?:正在)?(?:进行)?(?:系统)?(?:升级|维护).{0,12}(?:暂停|暂时|无法)(?:无法)?(?:访问|服务)"
)
_CHALLENGE = re.compile(
    r"安全验证|人机验证|滑动验证|(?:输入|填写)验证码|请求(?:被|已被)拦截|访问(?:被|已被)(?:拒绝|拦截|阻断)|(?:开启|启用|打开)(?:浏览器)?(?:的)?javascript|enablejavascript|checkingyourbrowser|"
    r"访问(?:过于)?频繁|web应用防火墙|云防护|创宇盾|安全狗|正在检测.{0,6}浏览器|请(?:稍候|稍等).{0,10}(?:验证|跳转|检测)|jsl_clearance|acw_sc"
)
_AGREED = re.compile(r"^(?:我|本人)?已?(?:阅读|同意)")  # 《用户服务协议》和《隐私政策》: no title
_LOGIN = re.compile(r"(?:用户名|账号|帐号|手机号).{0,20}密码|忘记密码|统一身份认证")
_SHORT = 400  # letters; longer pages that speak of 404 or 验证码 are texts about them
_ADDRESSEE = re.compile(r"(?:政府|部门|单位|局|委|办|厅|公司|企业).{0,20}:$")
_MIN_LETTERS = 15
_SNAPSHOT, _RESULTS = re.compile(r"(?:\d|来源:.{2,30})(?:网页|百度)?快照$"), 3  # the last line of a search's result
_LIST_DATE = re.compile(r"[\[(]?(?:(?:19|20)\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])]?$")


def refuse_non_documents(draft: Draft) -> Draft | Removal:
    """Before anything is lifted: pages that were never a document."""
    title = draft.find("title")
    key = "".join([fold(title.value) if title else "", *(block.key for block in draft.blocks)])
    size = len(letters(key))
    document = any(
        (titles.score(block.text) >= 3 and not _AGREED.match(block.key)) or _ADDRESSEE.search(block.key)
        for block in draft.blocks
    )
    if size <= _SHORT and not document:
        for pattern, rule, reason in (
            (_CHALLENGE, "judge.challenge", "a challenge of the site's firewall, not the page"),
            (_ERROR, "judge.error_page", "an error page"),
            (_LOGIN, "judge.login", "a login form"),
        ):
            if match := pattern.search(key):
                return _refuse(draft, rule, f"{reason}: {match.group()}")
    if _is_listing(draft.blocks):
        return _refuse(draft, "judge.listing", "a list of titles, no document of its own")
    return draft


def refuse_empty(draft: Draft) -> Draft | Removal:
    """After the filters: nothing left that a reader could use."""
    size = sum(len(letters(block.text)) for block in draft.blocks)
    if size >= _MIN_LETTERS or (size and draft.find("title")):
        return draft
    if draft.find("title") and draft.flags & {"body_in_attachment", "needs_ocr"}:
        return draft
    if draft.find("title") and any(removal.field == "attachments" for removal in draft.removals):
        return draft.flag("body_in_attachment")
    if "compromised" in draft.flags:
        return _refuse(draft, "judge.spam_only", "nothing but injected spam")
    return _refuse(draft, "judge.empty", f"no text: {size} letters left after cleaning")


def _refuse(draft: Draft, rule: str, reason: str) -> Removal:
    evidence = "\n".join(revert(block.text, block.repairs) for block in draft.blocks)
    return Removal(rule, reason, evidence, 0, None, "page")


def _is_index(table: Block) -> bool:
    """True for a table of documents: 名称, 索引号, 发布日期 over its columns."""
    heads = {label_of(cell) for cell in filled_cells(table.text.partition("\n")[0])}
    return {"title", "index_number"} <= heads and not heads.isdisjoint(("published", "written"))


def _is_listing(blocks: tuple[Block, ...]) -> bool:
    lines = [block for block in blocks if block.kind == "paragraph"]
    if sum(_SNAPSHOT.search(block.key) is not None for block in lines) >= _RESULTS:
        return True
    if any("。" in block.key for block in lines):
        return False
    if tables := [block for block in blocks if block.kind == "table"]:
        return any(map(_is_index, tables))
    entries = [b for b in lines if titles.score(_LIST_DATE.sub("", b.key)) >= 3]
    dates = [b for b in lines if _LIST_DATE.fullmatch(b.key)]
    dated = len(dates) + sum(bool(_LIST_DATE.search(block.key)) for block in entries)
    return len(entries) >= 5 and dated >= 3 and len(entries) + len(dates) >= 0.4 * len(lines)
