"""大汉 JCMS: 青浔市 (jpage), its 医保 column with encrypted ids, and its 信息公开目录 (xxgk).

jpage: the column page holds the first records as XML inside a script element, three screens of them; the rest comes
from POST /module/web/jpage/dataproxy.jsp?startrecord=16&endrecord=30&perpage=5 with the column's ids in the body, or
from the address in <nextgroup>. Records are HTML in CDATA, and dates break over lines in answers of the proxy.
Traps: beyond the end there come 54 bytes and no total. Where the ids are encrypted only the address of <nextgroup>
works, taken as it is; the last group still has one, and it leads to the 54 bytes.

xxgk: the page loads POST /module/xxgk/search.jsp?…&area=<credit code of the body>&currpage=N: a table, 10 rows a page;
beyond the end a table without rows.

Articles: /art/2022/5/23/art_3296_1009.html, the text in #zoom; attachments through a servlet with the name in the
query.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, column_metas, escape, foot, labels, page, short
from tests.city.messages import Answer, Request, text

if TYPE_CHECKING:
    from collections.abc import Sequence

PROXY = "/module/web/jpage/dataproxy.jsp"
SEARCH = "/module/xxgk/search.jsp"
END = b"\r\n\r\n\r\n\r\n<datastore><recordset></recordset></datastore>"
"""What the proxy says beyond the end, and to ids that it does not know: 54 bytes."""
GROUP = 3
"""Screens that one answer holds."""
WEB, UNIT, AREA = "7", "212860", "11991200MB0000000X"
XML = "text/xml;charset=UTF-8"


class Jcms(Site):
    name = "jcms"

    def build(self) -> Sequence[Column]:
        city, county = Place("青浔市", "青政", "991200"), Place("青浔市沐河县", "沐政", "991221")
        return (
            Column("jcms", "/col/col3296/index.html", city, 28, 5, "市政府文件", id="3296"),
            Column("jcms_encrypted", "/col/col104/index.html", county, 26, 4, "县政府文件", id="104"),
            Column(
                "jcms_xxgk", "/col/col1686/index.html", Place("青浔市临港区", "青临政", "991204"), 23, 10, id="1686"
            ),
        )

    def lists(self, request: Request) -> Answer | None:
        if found := re.fullmatch(r"/col/col(\d+)/(?:index\.html)?", request.path):
            for column in self.columns.values():
                if column.id == found[1]:
                    return self.static(self._tree(column) if column.key == "jcms_xxgk" else self._column(column))
        if request.path in (PROXY, "/module/jpage/dataproxy.jsp"):
            return self._proxy(request)
        if request.path == SEARCH and request.method == "POST":
            return self._search(self.columns["jcms_xxgk"], request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        day = document.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{column.id}_{1000 + document.serial}.html"

    def attachment_path(self, column: Column, document: Document, number: int) -> str:
        attachment = document.attachments[number]
        file = f"{document.hex[:31]}{number}.{attachment.suffix}"
        return f"/module/download/downfile.jsp?classid=0&showname={quote(attachment.name)}&filename={file}"

    # jpage

    def _column(self, column: Column) -> str:
        held = column.rows(0, GROUP * column.per_page)
        total = len(column.documents)
        counts = f"<totalrecord>{total}</totalrecord><totalpage>{column.pages}</totalpage>"
        store = (
            f"<datastore>{counts if column.key == 'jcms_encrypted' else ''}{self._next(column, 1)}"
            f"<recordset>{self._records(column, held)}</recordset></datastore>"
        )
        ids = self._ids(column)
        script = (
            f"<script>var param_{UNIT}={{col:1,appid:1,webid:{WEB},path:'/',columnid:'{ids[0]}',sourceContentType:1,"
            f"unitid:'{ids[1]}',webname:'{column.place.name}人民政府',"
            f"permissiontype:0}};\n$('#{UNIT}').jpage({{dataBefore:"
            f"'<ul>',dataAfter:'</ul>',perPage:{column.per_page},totalRecord:{len(column.documents)},groupSize:{GROUP},"
            f"proxyUrl:'{PROXY}',openCookies:false,currentPage:1}},param_{UNIT});</script>"
        )
        body = (
            f'<div class="position">您的位置：<a href="/">首页</a> - {column.title}</div>\n<div id="{UNIT}">'
            f'<script type="text/xml">{store}</script></div>\n<script src="/script/0/jpage/jquery.jpage.js"></script>\n'
            f"{script}\n"
        )
        return page(f"{column.place.name} {column.title}", column_metas(column), body + foot(column))

    def _ids(self, column: Column) -> tuple[str, str]:
        """columnid and unitid as the page names them."""
        if column.key != "jcms_encrypted":
            return column.id, UNIT
        tokens = (base64.b64encode(f"{word}:{column.id}:~secret~".encode()).decode() for word in ("column", "unit"))
        first, second = tokens
        return quote(first, safe=""), quote(second, safe="")

    def _next(self, column: Column, group: int) -> str:
        columnid, unitid = self._ids(column)
        address = (
            f"{PROXY}?page={group}&appid=1&webid={WEB}&path=/&columnid={columnid}&unitid={unitid}"
            f"&webname={quote(column.place.name)}&permissiontype=0"
        )
        return f'<nextgroup><![CDATA[<a href="{address}"></a>]]></nextgroup>'

    def _records(self, column: Column, documents: list[Document], *, broken: bool = False) -> str:
        return "".join(
            f"<record><![CDATA[<li><a href='{self.path_of(column, d)}' title='{escape(d.title)}' target=\"_blank\">"
            f'{escape(short(d.title))}</a><span class="time">{_broken(d.day) if broken else d.day}</span>'
            "</li>]]></record>"
            for d in documents
        )

    def _proxy(self, request: Request) -> Answer:
        column = next((c for c in self.columns.values() if self._asked(request, c)), None)
        if column is None:
            return Answer(body=END, media_type=XML)
        step = GROUP * column.per_page
        if "startrecord" in request.form and column.key == "jcms":
            start, end = request.number("startrecord", 1) - 1, request.number("endrecord", step)
            group = start // step + 1
        else:
            group = request.number("page", 1)
            start, end = group * step, (group + 1) * step
            group += 1
        rows = column.rows(start, min(end, start + 300))
        if not rows:
            return Answer(body=END, media_type=XML)
        total = len(column.documents)
        return text(
            f"<datastore><totalrecord>{total}</totalrecord><totalpage>{column.pages}</totalpage>"
            f"{self._next(column, group)}<recordset>{self._records(column, rows, broken=True)}</recordset></datastore>",
            XML,
        )

    def _asked(self, request: Request, column: Column) -> bool:
        columnid, unitid = (quote(request.form.get(name, ""), safe="") for name in ("columnid", "unitid"))
        return column.key != "jcms_xxgk" and (columnid, unitid) == self._ids(column)

    # xxgk

    def _tree(self, column: Column) -> str:
        body = (
            f'<iframe src="/module/xxgk/tree.jsp?area={AREA}&amp;divid=div{column.id}"></iframe>\n'
            f"<div id=\"div{column.id}\"></div>\n<script>function search(a,b,c){{loadDynamic('{SEARCH}?infotypeId='+a+"
            f"'&vc_title='+encodeURI(b)+'&vc_number='+encodeURI(c)+'&area={AREA}','div{column.id}','0','0','950','1','','')"
            ";}\nsearch('','','');</script>\n"
        )
        return page(f"{column.place.name} {column.title}", column_metas(column), body + foot(column))

    def _search(self, column: Column, request: Request) -> Answer:
        asked = request.form
        number = request.number("currpage", 1)
        right = asked.get("area") == AREA
        rows = "\n".join(
            f'<tr class="tr_main_value_{"odd" if row % 2 == 0 else "even"}"><td align="center">{d.index_number}</td>'
            f'<td><a href="{self.url_of(column, d)}" title="{escape(d.title)}"'
            f' target="_blank">{escape(short(d.title))}</a>'
            f'</td><td align="center">{d.day}</td></tr>'
            for row, d in enumerate(column.page(number) if right else ())
        )
        return text(
            '<table width="100%" class="tb_main">\n<tr class="tr_main_title"><td>索引号</td><td>标题</td><td>发'
            "布日期</td>"
            f'</tr>\n{rows}\n</table>\n<table class="tb_title"><tr><td>共{column.pages if right else 0}页&nbsp;'
            f"{len(column.documents) if right else 0}条记录&nbsp;第{number}页</td></tr></table>\n"
        )

    # Articles

    def detail(self, column: Column, document: Document, part: int) -> str:
        cells = [f"<td><b>{label}</b></td><td>{escape(value)}</td>" for label, value in labels(document)]
        rows = "\n".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
        content = f"<!--ZJEG_RSS.content.begin-->\n{blocks(document.blocks)}\n<!--ZJEG_RSS.content.end-->"
        body = (
            f'<div class="position">您的位置：<a href="/">首页</a> - {column.title}</div>\n<table'
            f' class="xxgk_table">\n{rows}\n'
            f'</table>\n<h1 class="title">{escape(document.title)}</h1>\n<p class="explain">发布日期'
            f"：{document.day} 浏览次数："
            '<script src="/module/visitcount/articlehits.jsp"></script>字号：[ 大 中 小 ]</p>\n<div'
            f' id="zoom">\n{content}\n'
            f"{self.attachment_links(column, document)}\n</div>\n<div class='share'>分享到：</div>\n"
        )
        head = article_metas(column, document, spaced=document.serial % 5 == 2)
        return page(f"{column.place.name} {document.title}", head, body + foot(column), declared(document))


def _broken(day: str) -> str:
    """A date as the proxy's template prints it: over three lines."""
    year, month, rest = day.split("-")
    return f"\n        {year}-\n        {month}-\n        {rest}\n    "
