"""One row of a table or one JSON object -> one page.

Enters: names and values as somebody else's tool saved them. Leaves: a `Page`: the address from the url column, the body
from the html or the text column, everything else as hints, under the record's field names where it is one of them.

>>> roles(["标题", "发布日期", "访问地址", "正文", "点击数"])
['title', 'published', 'url', 'text', '点击数']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.loaders.localfile import ENCODING
from crawler.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.loaders.localfile import LocalFile

NAMES = {
    "url": "url link href 链接 网址 访问地址 原文链接 原文地址 文章链接 网页地址 页面地址 文件链接 详情链接",
    "text": "text content body 正文 内容 全文 文本 正文内容 文章内容 文件内容 政策内容",
    "html": "html raw_html page_source 网页源码 源码 正文html",
    "title": "title 标题 名称 信息名称 文件名称 文件标题 政策名称 政策标题",
    # 发文日期 can be either date. In 36 rows of a Hebei list with a dated text it equals the 成文日期 18 times and
    # is later 14 times, as the day of publication would be.
    "published": "published published_at publish_date publish_time pub_date pub_time date 发布日期 发布时间 公开日期"
    " 发文日期 发文时间 时间 日期",
    "written": "written written_at 成文日期 成文时间 生成日期 签发日期 制文日期",
    "effective": "effective effective_date 生效日期 施行日期 实施日期",
    "expires": "expires expiry_date 失效日期 废止日期",
    "doc_number": "doc_number doc_no document_number 发文字号 文号 文件编号 公文文号 发文文号",
    "issuer": "issuer 发文机关 发文单位 制发机关",
    "publisher": "publisher 发布机构 公开机构 发布单位 来源 信息来源",
    "index_number": "index_number index_no 索引号 信息索引号 索取号",
    "theme": "theme 主题分类 主题",
    "genre": "genre 体裁分类 体裁 文种 公文种类",
    "validity": "validity 有效性 时效 效力状态 是否有效",
    "attachments": "attachments attachment 附件 附件链接",
}
"""Field -> names it goes by: the header labels of 国办公开办函〔2019〕61号 portals and the columns of public crawls."""


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-:：]+", "", name.lstrip("\ufeff")).casefold()


FIELDS = {_plain(name): field for field, names in NAMES.items() for name in names.split()}
BODIES = ("html", "text")


def roles(names: Sequence[str]) -> list[str]:
    """What each column is: url, text, html or the name of a hint. Of two columns for one field the first has it."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        field = FIELDS.get(_plain(name), "")
        found.append(field if field and field not in found else name.strip().lstrip("\ufeff") or f"column {number}")
    return found


def row_page(file: LocalFile, number: int, cells: Iterable[tuple[str, str]]) -> Page:
    """The page of row `number` (from 1). cells: role and value; html is the body, or else text, or nothing is."""
    values = [(role, value) for role, value in cells if value.strip()]
    given = dict(reversed(values))  # the first of a name counts
    kind = next((role for role in BODIES if role in given), "text")
    address = given.get("url", "").strip()
    url = file.row_url(number, address)
    used = {kind, "url"} if "#row-" not in url else {kind}
    return Page(
        url=url,
        source=file.collection,
        body=_encoded(given.get(kind, "")),
        media_type="text/html" if kind == "html" else "text/plain",
        captured=file.captured,
        hints=(*((role, value.strip()) for role, value in values if role not in used), ENCODING),
    )


def _encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which JSON can hold and UTF-8 cannot, becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
