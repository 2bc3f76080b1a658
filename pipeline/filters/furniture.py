"""Page furniture out: breadcrumbs, tools, counters, QR and share lines, pagers, footers, page numbers.

Enters and leaves: a draft. Three kinds of evidence, from safe to weak:
  a tool line     nothing but names of page tools; goes wherever it stands;
  the tail        from the last line that surely belongs to the document, what follows a line that only a site prints;
  page numbers    — 1 — or 第1页 anywhere, a bare number only outside the document or as a rising series through it.
What merely looks short stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.draft import Fact
from pipeline.fields.dates import DATE_LINE
from pipeline.fields.labels import is_counter, labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.draft import Block, Draft

_TOOL_WORDS = (
    "字号大小|字体大小|字号|字体|特大|正常|默认|(?:我要)?打印(?:本页|此页|文章|本文|页面|正文|预览)?|关闭(?:窗口|本页|页面|此页)?|分享(?:到|至|给|一下)?|列表|转发|转寄好友|友善列印|字型大小|点赞|在看|喜欢|我要|"
    "收藏(?:本页|本站|此页)?|加入收藏|设为首页|微信好友|微信朋友圈|微信扫一扫|微信|新浪微博|腾讯微博|微博|qq空间|qq好友|qq|朋友圈|复制(?:链接|网址)|"
    "返回(?:顶部|首页|列表|上页|上一页|上一级)?|回到顶部|顶部|top|我要纠错|纠错|我要评论|朗读|播放|暂停|停止|语音(?:播报|朗读|阅读)|收听|"
    "无障碍(?:阅读|浏览)?|(?:进入)?长者(?:模式|专区|版)|关怀版|适老化|老年模式|繁体(?:中文|版)?|简体(?:中文|版)?|english|手机版|移动版|"
    "继续访问|放弃|下载文档|登录|注册|退出|搜索|站内搜索|高级搜索|保护视力色|下载(?:pdf|word|文档|附件)?|正在加载|加载中|loading|在线咨询|在线客服|客服|"
    "正文|原创|end|收起|展开(?:全文)?|点击(?:收起|展开)|阅读全文|热线|a[+-]|aaa"
)
_SIZES = "大|中|小"
_GLUE = r"[\s\[\]【】()<>|:/·,、+\-.…!]*"
_TOOLS = re.compile(rf"{_GLUE}(?:(?:{_TOOL_WORDS}){_GLUE}(?:(?:{_SIZES}){_GLUE})*)+|{_GLUE}大{_GLUE}中{_GLUE}小{_GLUE}")
_SENTENCES = re.compile(
    r"^(?:请?(?:用|使用|打开|通过)?(?:微信|手机|支付宝|浏览器)?(?:扫一扫|扫码|扫描)[^。;]{0,25}|[^。;,]{0,12}扫一扫在手机[^。;]{0,12}|扫码(?:关注|分享|阅读)[^。;]{0,20}|"
    r"[^。;,]{0,8}二维码[^。;,]{0,10}|\[anerroroccurredwhileprocessingthisdirective\]|(?:上|下)一(?:篇|条|页|则|章)[:：]?.{0,80}|没有了|"
    r"(?:感谢)?您是第\d+位访(?:问者|客)|(?:字号|字体)[:：]?[【\[(]?.{0,3}|分享(?:到)?[:：].{0,20})$"
)
BREADCRUMB = re.compile(
    r"^(?:您?(?:当前|现在|目前|现|所在)?(?:所处|所在|的)?(?:的)?位置(?:是|为)?(?:导航)?|当前(?:页面|栏目|路径)|位置导航|页面位置|首页)[:：]?(?:首页|主页|网站首页|本站首页)?"
    r"(?:[>»›→\-–—/|·\\].*|$|.{0,40}[>»›→].*)"
)
_CRUMBS = re.compile(r"^(?:[^。;,]{1,24}[>»›→]+){1,8}[^。;,]{0,30}$|^[>»›→/]+$")
_STRONG = re.compile(
    r"copyright|©|版权所有|icp备|icp证|公网安备|网安备|网站标识码|^(?:主办|承办|协办|维护|运维)(?:单位|方)?[:]|^技术(?:支持|保障)|网站地图|联系我们|关于我们|"
    r"^相关(?:链接|文章|文档|阅读|新闻|解读|信息|报道|稿件|政策|附件|推荐|内容|资料|资讯|文件|栏目|专题)(?:$|[:])|^(?:推荐|延伸|扩展)阅读|^热(?:门|点)(?:文章|推荐|资讯|新闻|标签)|^猜你喜欢|^为您推荐|^精彩推荐|"
    r"^友情链接|浏览次数|^访问量|^点击(?:次|量|数)|^[(\[【]?责任编辑|^(?:信息|文章|稿件|内容|资料)?来源[:]|^编辑[:]|^作者[:]|^审核[:]|在线咨询|咨询热线|违法和不良信息|增值电信|备案号|经营许可证|"
    r"建议(?:使用|您使用).{0,30}(?:浏览器|分辨率)|^附件下载|^(?:免责|版权|特别)?声明[:]|免责声明|^(?:本文|文章|以上内容|内容)(?:来自|转自|来源|转载|由|为)|^转载(?:请|自)|本网(?:站)?(?:转载|所有|发布)|"
    r"仅代表.{0,10}观点|如有侵权|侵权.{0,10}删除|^(?:上|下)一(?:篇|条|页)|^标签[:]|^关键词[:]|^政务(?:新媒体|微信|微博)|^网站(?:首页|声明|帮助)|^本站|更多(?:精彩|内容|>)|^举报|^客户端|^扫码|"
    r"离开.{0,40}(?:网站|门户)|^(?:顶|踩)一下|^-{4,}|^={4,}|分隔线|^往期(?:推荐|回顾|精选)|^阅读\d|点.{0,3}在看|收录于|长按|蓝字|关注我们|公众号|^(?:友情)?链接[:]|"
    r"^关于.{0,60}的解读$|解读》?$|主办$|承办$|^回(?:页|到)?(?:顶|首|上)|页首$|私隐政策|隐私(?:权|政策|声明)|使用条款|重要告示|覆检日期|网页指南|网站导览|^法律声明|开通vip|vip专享|用app|"
    r"已下载\d|下载次数|^附件下载|招商热线|^(?:上|下)一篇|^更多|^原标题|郑重声明|不构成投资建议|点击排行|^您访问的|^资料来源[:]|^共用系统"
)
_ENDS = re.compile(r"^\((?:此件|本件|信息公开|联系人|公开|主动|依申请|此文|附注|本文有)|^附件(?:\d+|[一二三四五六七八九十]+)?[:：]?$|^附件[:：1-9]|^附表|^附录")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十百]+[编章节条]|\d{1,2}(?:、|\.(?!\d)))")
_PAGE_NUMBER = re.compile(r"^(?:[-—–―~·]{1,3}\d{1,4}[-—–―~·]{1,3}|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}页?|page\d{1,4}(?:of\d{1,4})?)$")
_NOTE = re.compile(r"^\(.{2,40}\)$")
_ATTACHED = re.compile(r"^(?:附件|相关附件|附件下载|文件下载|附)[:：]?$")
_SIGNATURE = re.compile(r"(?:政府|委员会|办公室|办公厅|局|厅|部|院|会|公司|中心|管委会|长|主任|主席)$|[长任席].{2,4}$")
_NUMBER = re.compile(r"^\d{1,4}$")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?|jpe?g|png|txt)(?:\(?\d+(?:\.\d+)?[kmg]b?\)?)?$")
_FAR = 4  # page numbers of one document stand at least so many lines apart


def is_tool(key: str) -> bool:
    """True for a folded line that is nothing but page tools."""
    return bool(_TOOLS.fullmatch(key) or _SENTENCES.match(key) or is_counter(key))


def is_breadcrumb(key: str) -> bool:
    """True for a folded line that shows the way from the site's front page."""
    return len(key) <= 120 and "。" not in key and bool(BREADCRUMB.match(key) or _CRUMBS.match(key))


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
    return len(key) <= 300 and _STRONG.search(key) is not None


def drop_tools(draft: Draft) -> Draft:
    """Tool lines and page numbers, wherever they stand outside tables."""
    tools = [b for b in draft.blocks if b.kind == "paragraph" and is_tool(b.key)]
    draft = draft.remove(tools, "furniture.tool", "names of page tools and nothing else")
    pages = [b for b in draft.blocks if b.kind == "paragraph" and _PAGE_NUMBER.match(b.key)]
    draft = draft.remove(pages, "furniture.page_number", "a printed page number")
    series = _number_series(draft.blocks)
    return draft.remove(series, "furniture.page_number", "bare numbers that rise by one through the document, a page apart")


def _number_series(blocks: Sequence[Block]) -> list[Block]:
    numbers = [(i, int(b.key)) for i, b in enumerate(blocks) if b.kind == "paragraph" and _NUMBER.match(b.key)]
    if len(numbers) < 2:
        return []
    steps = list(zip(numbers, numbers[1:], strict=False))
    listed = numbers[0][0] and blocks[numbers[0][0] - 1].key.endswith(":")  # 应当具备下列条件：
    if not listed and all(b[1] == a[1] + 1 and b[0] - a[0] >= _FAR for a, b in steps):
        return [blocks[i] for i, _ in numbers]
    return []


def cut_tail(draft: Draft) -> Draft:
    """What a site prints under the document: from the first such line after which nothing surely belongs to it.

    Short lines between the end of a document that is closed (a sentence, a date, a note in brackets) and the first such
    line are the site's too: its menus and links.
    """
    blocks = draft.blocks
    cut, sure = len(blocks), -1
    for at in range(len(blocks) - 1, -1, -1):
        key = blocks[at].key
        if is_strong(key) or is_breadcrumb(key) or _is_file(blocks, at):
            cut = at
        elif is_sure(blocks[at]):
            sure = at
            break
    if 0 <= sure < cut < len(blocks) and _is_closed(blocks[sure]) and all(_is_short(b) for b in blocks[sure + 1 : cut]):
        cut = sure + 1
    tail = blocks[cut:]
    source = [b for b in tail if (found := labelled(b.text)) and found.pairs[0][0] == "publisher" and not found.prefix]
    for block in source:
        draft = draft.remove([block], "lift.source", "source line under the document", "publisher").learn(*_publisher(block))
    files = [b for i, b in enumerate(blocks) if i >= cut and _is_file(blocks, i)]
    draft = draft.remove(files, "lift.attachment", "name of an attached file", "attachments")
    rest = [b for b in tail if b not in source and b not in files]
    draft = draft.remove(rest, "furniture.tail", "printed by the site under the document")
    closed = len(draft.blocks) > 1 and _is_closed(draft.blocks[-2])
    lone = [b for b in draft.blocks[-1:] if closed and b.kind == "paragraph" and _NUMBER.match(b.key)]
    return draft.remove(lone, "furniture.page_number", "a bare number after the end of the document")


def _is_file(blocks: Sequence[Block], at: int) -> bool:
    """The name of an attached file, or the word 附件 right above one."""
    key = blocks[at].key
    if _FILE.search(key):
        return True
    return bool(_ATTACHED.match(key)) and at + 1 < len(blocks) and bool(_FILE.search(blocks[at + 1].key))


def _is_closed(block: Block) -> bool:
    return block.kind == "table" or block.key.endswith(("。", "。)", "。”")) or bool(DATE_LINE.match(block.key) or _NOTE.match(block.key))


def _is_short(block: Block) -> bool:
    """Short like an item of a menu, and neither a number nor a signature."""
    return len(block.key) <= 24 and not _NUMBER.match(block.key) and not _SIGNATURE.search(block.key)


def _publisher(block: Block) -> list[Fact]:
    found = labelled(block.text)
    return [Fact(n, v, "body", block.line) for n, v in (found.pairs if found else ()) if n and v]
