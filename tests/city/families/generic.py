"""No known system: 汀州县 (links and dates in gb2312, 下一页) and a reposter in the style of DedeCMS.

汀州县: /zwgk/tzgg/index.html, then index_2.html … as the link 下一页 says; the last page has none. Rows are a link and
a date in brackets; around them stand links without dates. No ETag, no Last-Modified. The reposter:
/news/cygh/list_3_1.html, articles /news/cygh/2024/0929/393.html with a clickbait title; a long article goes on in
393_2.html; beyond the end of the list a soft 404: status 200, 页面不存在.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.city.documents import Document, Place
from tests.city.families import Column, Site
from tests.city.markup import article_metas, blocks, column_metas, date_cn, escape, foot, page
from tests.city.messages import Answer, Request, text

if TYPE_CHECKING:
    from collections.abc import Sequence

SOFT_404 = page("页面不存在", "", "<div class='err'><p>对不起，您访问的页面不存在。</p><a href='/'>返回首页</a></div>")


class Generic(Site):
    name = "generic"
    validators = False

    def build(self) -> Sequence[Column]:
        return (
            Column("generic", "/zwgk/tzgg/index.html", Place("汀州县", "汀政", "991921"), 22, 7, "政府文件"),
            Column("generic_dede", "/news/cygh/list_3_1.html", Place("浔南县", "浔南政", "991922"), 17, 6, "产业规划"),
        )

    def lists(self, request: Request) -> Answer | None:
        files, dede = self.columns["generic"], self.columns["generic_dede"]
        if found := re.fullmatch(r"/zwgk/tzgg/(?:index(?:_(\d+))?\.html)?", request.path):
            number = int(found[1] or 1)
            if number > files.pages:
                return self.missing()
            return Answer(body=self._list(files, number).encode("gb18030"), media_type="text/html")
        if found := re.fullmatch(r"/news/cygh/(?:list_3_(\d+)\.html)?", request.path):
            number = int(found[1] or 1)
            return text(self._dede(dede, number) if number <= dede.pages else SOFT_404)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        day = document.published
        if column.key == "generic":
            return f"/zwgk/tzgg/{day:%Y-%m-%d}/{20000 + document.serial}.html"
        return f"/news/cygh/{day:%Y}/{day:%m%d}/{300 + document.serial}.html"

    def part_paths(self, column: Column, document: Document) -> list[str]:
        first = self.path_of(column, document)
        return [first, *(first.replace(".html", f"_{part + 1}.html") for part in range(1, len(document.parts)))]

    def title_of(self, column: Column, document: Document) -> str:
        return _bait(document) if column.key == "generic_dede" else document.title

    def _list(self, column: Column, number: int) -> str:
        rows = "\n".join(
            f'<tr><td>·<a href="{self.path_of(column, d)}">{escape(d.title)}</a></td><td>[{d.day}]</td></tr>'
            for d in column.page(number)
        )
        links = [f'<a href="{_index(number - 1)}">上一页</a>' if number > 1 else "上一页"]
        links.append(f'<a href="{_index(number + 1)}">下一页</a>' if number < column.pages else "下一页")
        body = (
            '<div class="left"><a href="/zwgk/zfjg/index.html">政府机构</a> <a href="/zwgk/ldzc/index.html">领导'
            "之窗</a></div>"
            f'\n<table>\n{rows}\n</table>\n<div class="pages">第{number}页/共{column.pages}页 {" ".join(links)}</div>\n'
        )
        return page(f"{column.title} - {column.place.name}", column_metas(column), body + foot(column), "gb2312")

    def _dede(self, column: Column, number: int) -> str:
        rows = "\n".join(
            f'<li><a href="{self.path_of(column, d)}" class="title">{escape(_bait(d))}</a><span>日期'
            f"：{date_cn(d)}</span></li>"
            for d in column.page(number)
        )
        following = f'<li><a href="list_3_{number + 1}.html">下一页</a></li>' if number < column.pages else ""
        body = f'<ul class="e2">\n{rows}\n</ul>\n<ul class="pagelist">{following}<li>共{column.pages}页</li></ul>\n'
        return page("产业规划_园区网", "", body)

    def detail(self, column: Column, document: Document, part: int) -> str:
        body = blocks(document.parts[part])
        paths = self.part_paths(column, document)
        turns = [f'<a href="{paths[part + 1]}">下一页</a>'] if part + 1 < len(paths) else []
        pages = f'<div class="pages">第{part + 1}页 共{len(paths)}页 {" ".join(turns)}</div>' if len(paths) > 1 else ""
        files = self.attachment_links(column, document) if part + 1 == len(paths) else ""
        charset = "gb2312" if document.charset == "gb18030" else "utf-8"
        if column.key == "generic_dede":
            head = (
                f'<div class="place">当前位置：首页 &gt; 产业规划</div>\n<h1>{escape(_bait(document))}</h1>\n'
                '<div class="info">'
                f"来源：园区网 example.invalid 日期：{document.day} 点击：次</div>\n"
            )
            html = f'{head}<div class="content">\n{body}\n{files}\n{pages}\n</div>\n<p>上一篇：没有了</p>'
            return page(f"{_bait(document)}_园区网", "", html, charset)
        html = (
            f'<h2 align="center">{escape(document.title)}</h2>\n<p align="center">发布时间：{date_cn(document)}'
            "　发布单位："
            f'{document.issuer}</p>\n<div class="nr">\n<p align="center">{document.doc_number}'
            f"</p>\n{body}\n{files}\n</div>\n{pages}\n"
        )
        return page(document.title, article_metas(column, document), html + foot(column), charset)


def _index(number: int) -> str:
    return "index.html" if number == 1 else f"index_{number}.html"


def _bait(document: Document) -> str:
    return f"最高奖补1000万元！《{document.keywords.replace(',', '')}》（{document.published.year}）"
