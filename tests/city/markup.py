"""What the pages of all families share: the metas of 网页标签规范 (国办发〔2017〕47号), blocks of text, the footer.

Enters: a document. Leaves: pieces of HTML. Where families differ (header table, body container) their own file says so.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.city.files import make

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.city.documents import Document, Table
    from tests.city.families import Column

NAVIGATION = ("首页", "政务公开", "办事服务", "互动交流", "走进本地")
__all__ = ["article_metas", "blocks", "column_metas", "date_cn", "escape", "foot", "labels", "make", "page", "short"]


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">\n'


def site_metas(column: Column) -> str:
    place = column.place
    return (
        meta("SiteName", f"{place.name}人民政府")
        + meta("SiteDomain", column.site.host)
        + meta("SiteIDCode", f"{place.code}0001")
    )


def column_metas(column: Column) -> str:
    """The head of a list page: 栏目页 must say its name, its kind, keywords and a description."""
    return (
        site_metas(column)
        + meta("ColumnName", column.title)
        + meta("ColumnDescription", f"{column.place.name}{column.title}")
        + meta("ColumnKeywords", column.title)
        + meta("ColumnType", column.kind)
    )


def article_metas(column: Column, document: Document, *, spaced: bool = False) -> str:
    """The head of an article. spaced: with blanks inside the names, as some systems print them."""
    blank = " " if spaced else ""
    return (
        site_metas(column)
        + meta("ColumnName", column.title)
        + meta("ColumnType", column.kind)
        + meta(f"{blank}ArticleTitle{blank}", document.title)
        + meta(f"{blank}PubDate{blank}", document.published.strftime("%Y-%m-%d %H:%M"))
        + meta(f"{blank}ContentSource{blank}", document.issuer)
        + meta("Keywords", document.keywords)
        + meta("Description", f"{document.title}。")
    )


def page(title: str, head: str, body: str, charset: str = "utf-8") -> str:
    """A whole page with the site's navigation around the body. charset: what the meta declares."""
    links = " | ".join(f'<a href="/{"" if i == 0 else f"nav{i}/"}">{name}</a>' for i, name in enumerate(NAVIGATION))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta http-equiv="Content-Type" content="text/html; '
        f'charset={charset}">\n{head}<title>{escape(title)}</title>\n<link rel="stylesheet" href="/css/main.css">\n'
        f'</head>\n<body>\n<div class="header"><div class="nav">{links}</div></div>\n{body}\n</body>\n</html>\n'
    )


def foot(column: Column) -> str:
    place = column.place
    return (
        f'<div class="footer"><p>主办单位：{place.office}　承办单位：{place.name}大数据中心</p>\n'
        f"<p>网站标识码：{place.code}0001　示ICP备00000000号-1　示公网安备 00000000000000号</p></div>"
    )


def blocks(blocks: Iterable[str | Table], paragraph: str = "<p>{}</p>") -> str:
    """Paragraphs and tables. Word has been at work: single characters stand in a span of their own."""
    return "\n".join(paragraph.format(_worded(block)) if isinstance(block, str) else _table(block) for block in blocks)


def _worded(text: str) -> str:
    """（一） stands in bold and the first comma after it in a span of its own; a reader must lose neither."""
    if text[:1] == "（" and text[2:3] == "）":
        before, comma, after = text[3:].partition("，")
        return f"<strong>{escape(text[:3])}</strong>{escape(before)}<span>{comma}</span>{escape(after)}"
    return escape(text)


def _table(rows: Table) -> str:
    printed = "\n".join("<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) + "</tr>" for row in rows)
    return f'<table border="1" cellspacing="0">\n<tbody>\n{printed}\n</tbody>\n</table>'


def labels(document: Document) -> tuple[tuple[str, str], ...]:
    """The header fields of 政府信息公开 with the commonest labels."""
    return (
        ("索引号", document.index_number),
        ("主题分类", document.theme),
        ("发文机关", document.issuer),
        ("成文日期", document.written.isoformat()),
        ("标题", document.title),
        ("发文字号", document.doc_number),
        ("发布日期", document.day),
        ("有效性", document.validity),
    )


def short(title: str, length: int = 26) -> str:
    """A title as narrow lists print it."""
    return title if len(title) <= length else f"{title[:length]}..."


def date_cn(document: Document) -> str:
    return f"{document.published.year}年{document.published.month}月{document.published.day}日"
