"""Pages for tests: raw records from strings or bytes, drafts from lines, and what a damaged page may be drawn from.

Enters: text. Leaves: the records that the pipeline takes. `messy_pages` is a hypothesis strategy: the lines of a naive
scrape in any order, so that furniture stands inside the document and documents inside the furniture.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from crawler.page import Page, RawRecord
from pipeline.draft import Block, Draft
from pipeline.extract.lines import blocks_of
from pipeline.repair.edits import revert
from pipeline.steps import clean
from pipeline.text import letters

if TYPE_CHECKING:
    from crawler.source import Source
    from pipeline.model import Cleaned, Document

CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)
FILE = "urn:zhengce:test/page.txt"


def record(
    body: str | bytes,
    *,
    media_type: str = "text/plain",
    url: str = FILE,
    source: str = "test",
    captured: datetime = CAPTURED,
    headers: tuple[tuple[str, str], ...] = (),
    hints: tuple[tuple[str, str], ...] = (),
) -> RawRecord:
    """One page as raw/ would hold it; a string becomes UTF-8."""
    page = Page(
        url=url,
        source=source,
        body=body.encode() if isinstance(body, str) else body,
        media_type=media_type,
        captured=captured,
        headers=headers,
        hints=hints,
    )
    return RawRecord(page=page, sha256=page.sha256, warc="test.warc.gz", offset=0)


def draft(*lines: str) -> Draft:
    """The draft of a page of these lines, as it stands before any rule."""
    text = "\n".join(lines)
    return Draft(raw=record(text), blocks=blocks_of(text))


def blocks(*texts: str) -> tuple[Block, ...]:
    """Paragraphs on neighbouring lines."""
    return tuple(Block(text, line) for line, text in enumerate(texts, 1))


def texts(draft: Draft) -> list[str]:
    """What the blocks of a draft say."""
    return [block.text for block in draft.blocks]


def rules(draft: Draft) -> list[str]:
    """The rules that took something out, in their order."""
    return [removal.rule for removal in draft.removals]


def cleaned(*lines: str, card: Source | None = None) -> Cleaned:
    """What becomes of a page of these lines."""
    return clean(record("\n".join(lines)), card)


def document(*lines: str) -> Document:
    """The document of a page that must have one."""
    found = cleaned(*lines)
    assert found.document is not None, found.removals
    return found.document


def undone(page: Cleaned) -> str:
    """The text of the document with every repair undone; empty if there is none."""
    return revert(page.document.text, page.document.repairs) if page.document else ""


def counted(*parts: str) -> Counter[str]:
    """Letters and digits with their number, line by line (marks may combine across the border of two lines)."""
    return Counter(letter for part in parts for line in part.splitlines() for letter in letters(line))


def is_subsequence(short: str, long: str) -> bool:
    """True if `short` is left when characters are struck out of `long`."""
    rest = iter(long)
    return all(character in rest for character in short)


SENTENCES = (
    "各县级市(区)人民政府,苏州工业园区、苏州高新区管委会;市各委办局,各直属单位:",
    "现将《苏州市生物医药产业创新集群建设实施方案》印发给你们,请结合实际,认真贯彻执行。",
    "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，推动产业高质量发展。",
    "到2025年,力争产业规模突破4000亿元,新增上市企业20家以上,占比提高1,000个基点(比例1:3)。",
    "会议定于5月19日09:00召开，联系人:王同志,电话0512-65221234,邮箱wjw@suzhou.gov.cn。",
    "附件下载地址:http://www.suzhou.gov.cn/a/b,c.html?x=1,2",
    "落实《三年行动计划(20212023)》和BT(生物技术)+IT(信息技术)融合;支持CRO/CDMO,推进first-in-class(FIC)新药。",
    "本通知自2022年6月1日起施行,有效期至2025年12月31日。",
    "为贯彻落实国务院关于促进产业发展的精神，结合我市实际，",
    "加大对医疗器械、医疗装备、制药装备的支持力度",
    "严厉打击赌博、博彩平台、网络赌场等违法犯罪,加强彩票市场管理。",
)
HEADINGS = (
    "一、总体要求",
    "(一)指导思想。以高质量发展为主线。",
    "1.加强组织领导",
    "第一章 总则",
    "第三条 本办法所称企业,是指在本市注册的企业。",
    "附件",
    "附件:1.重点工作清单",
    "附件1",
)
HEAD_LINES = (
    "当前位置: 首页 > 政务公开 > 市政府文件",
    "市政府关于印发苏州市生物医药产业创新集群建设实施方案的通知",
    "烟台市:关于促进全市生物医药产业高质量发展的若干意见",
    "最高奖补1000万元!《沈阳市生物医药产业集群高质量发展工作措施》",
    "苏州市人民政府文件",
    "苏府〔2022〕33号",
    "苏府办[2022]8号",
    "索 引 号：014150319/2022-00033",
    "发文机关:",
    "苏州市人民政府",
    "时间: 2022-05-23 09:00 来源: 苏州市人民政府办公室 访问量:",
    "2021-08-26 14:30:55 产业规划方案",
    "字号:",
)
TAIL_LINES = (
    "苏州市人民政府",
    "2022519",
    "2022111",
    "2022年5月19日",
    "二〇二二年五月十九日",
    "(此件公开发布)",
    "扫一扫在手机打开当前页",
    "来源:烟台市人民政府",
    "Copyright © 1998-2024 某某资讯股份有限公司 All rights reserved.",
    "上一篇：关于某事的通知",
    "分享:",
    "— 3 —",
    "第1页 共3页",
    "附件.docx",
    "在线咨询",
)
DAMAGED = (
    "??二、主要目標",
    "??充分發揮上海建設科技創新中心核心區的創新優勢,著力打造產業高地。",
    "浦東新區人民政府辦公室關于印發行動方案(2022-2024年)的通知",
    "發(fā)展生物醫(yī)藥產(chǎn)業(yè),政(zheng)府支持。",
    "&ldquo;十四五&rdquo;期间&nbsp;,推进重点任务&#8212;&mdash;建设。",
    "?ldquo;一事一议?rdquo;",
    "&nbsp;&nbsp;&nbsp;&nbsp;各单位要高度重视，抓好落实。&emsp;&emsp;",
    "新增1520家企业??其中领军企业5家。",
    "优化政府服务,,推进落实、、确保到位",
    "\u3000\u3000全角\u3000空格　和\u200b零宽",
    "字符\ufffd丢失",
)
SPAM = (
    "美国三级日本三级久久99_又黄又粗又爽免费观看_亚洲AV无码一区二区三区国产_亚洲欧洲偷自拍图片区",
    "主站蜘蛛池模板: 中日韩在线视频 | 亚洲av片毛片成人观看 | 欧美成年人影院 | 国产精品久久 | 无码人妻",
    "澳门金沙官网 | 皇冠体育app下载 | 真人百家乐 | 时时彩平台 | 北京赛车投注平台 | 送彩金",
)
CELLS = (
    "序号",
    "编号",
    "任务清单",
    "责任单位",
    "重点任务",
    "1",
    "2",
    "3",
    "4",
    "5",
    "市工信局、市发改委",
    "数字技术融合工程",
    "促进数字技术赋能",
    "全产业链",
    "",
)
MARKED = (
    "\t序号",
    "\t重点工作",
    "\t",
    "\t1",
    "\t实施关键核心",
    "技术攻关计划",
    "序号\t任务\t责任单位",
    "1\t加强领导\t市工信局",
    "2\t\t市财政局",
    "| 序号 | 任务 | 单位 |",
    "| --- | --- | --- |",
    "| 1 | ??加强(组织)领导 | 市工信局 |",
    "甲|乙|丙",
    "1|2|3",
    "市工信局\t",
)
_ANY_LINE = st.one_of(
    *(st.sampled_from(lines) for lines in (SENTENCES, HEADINGS, HEAD_LINES, TAIL_LINES, DAMAGED, SPAM, CELLS, MARKED)),
    st.integers(0, 99).map(str),
    st.text(alphabet="政策，,;:()（）?？ 1a&年月日|\t。“”《》", max_size=25),
)


def _flattened(drawn: tuple[int, int, bool, int, int]) -> list[str]:
    """A task table at one cell a line, as scrapers leave it, with group cells in every so many rows and
    wrapped cells.
    """
    rows, cells, before, every, wraps = drawn
    head = ["重点任务", "序号"] if before else ["序号", "任务清单"]
    lines = [*head, *(["具体工作", "责任部门"][:cells])]
    for number in range(1, rows + 1):
        group = [f"第{number}组工程"] if number % every == 1 % every else []
        task = f"推进第{number}项\n重点工作" if number % 3 == wraps else f"推进第{number}项工作"
        row = [task, "市工信局、市财政局"][:cells]
        lines += [*group, str(number), *row] if before else [str(number), *group, *row]
    return lines


_TABLE = st.tuples(st.integers(2, 9), st.integers(1, 2), st.booleans(), st.integers(1, 4), st.integers(0, 4)).map(
    _flattened
)
_CHUNK = st.one_of(_ANY_LINE.map(lambda line: [line]), _ANY_LINE.map(lambda line: [line]), _TABLE)
_GAP = st.sampled_from(("\n", "\n\n", "\n\n\n", "\r\n"))


@st.composite
def messy_pages(draw: st.DrawFn) -> str:
    """A page of any lines in any order."""
    chunks = draw(st.lists(_CHUNK, min_size=1, max_size=25))
    gap = draw(_GAP)
    return gap.join(line for chunk in chunks for line in chunk)
