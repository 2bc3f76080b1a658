"""开普 UCAP: 云澜市 (files) and its 东屿区 (JSON of the szinf interface).

A list is a file common_list.shtml; the next ones are common_list_2.shtml, common_list_3.shtml: page 2 is _2. The page
count stands in a call of six arguments, the element first: createPageHTML('page_div',4,1,'common_list','shtml',22).
Trap: beyond the end the server gives the last page again, with 200.

The JSON list answers POST /szinf/xxgk/interfacesWebZcwj/loadData?pageSize=15 with the form pageIndex, channel_id;
beyond the end its list is empty. Trap: PUBLISHED_TIME_FORMAT of old documents is the day when their pages were made
anew; the month in the address is right.

An article stands in <UCAPCONTENT> in #zoomcon. A long one is cut by #PAGE_BREAK# marks that a script turns into pages
in the browser: the whole text is in one file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, column_metas, escape, foot, page, short
from tests.city.messages import Answer, Request, data

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERFACE = "/szinf/xxgk/interfacesWebZcwj/loadData"
CHANNEL = "dc00aa11bb22cc33dd44ee55ff660077"
GENERATED = "2023-06-15"
"""The day when all older pages were generated anew."""


class Ucap(Site):
    name = "ucap"

    def build(self) -> Sequence[Column]:
        city, district = Place("云澜市", "云政", "991100"), Place("云澜市东屿区", "云屿政", "991102")
        return (
            Column("ucap", "/ylsrmzf/zfwj/common_list.shtml", city, 22, 6, "市政府文件"),
            Column(
                key="ucap_szinf",
                path="/ylsrmzf/zfxxgkzl/xxgkml.shtml?para=zcwj",
                place=district,
                count=18,
                per_page=15,
                title="区政府文件",
                id=CHANNEL,
                interface=f"{INTERFACE}?pageSize=15",
                facts={"channel": CHANNEL},
            ),
        )

    def lists(self, request: Request) -> Answer | None:
        files, interface = self.columns["ucap"], self.columns["ucap_szinf"]
        if found := re.fullmatch(r"/ylsrmzf/zfwj/common_list(?:_(\d+))?\.shtml", request.path):
            return self.static(self._list(files, min(int(found[1] or 1), files.pages)))
        if request.path == interface.path.partition("?")[0]:
            return self.static(self._frame(interface))
        if request.path == INTERFACE and request.method == "POST":
            return self._data(interface, request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        folder = "zfwj" if column.key == "ucap" else "qzfwj"
        return f"/ylsrmzf/{folder}/{document.published:%Y%m}/{document.hex}.shtml"

    def _list(self, column: Column, number: int) -> str:
        rows = "\n".join(
            f'<li><a href="{self.path_of(column, d)}" target="_blank"'
            f' title="{escape(d.title)}">{escape(short(d.title))}'
            f'</a><span class="time">{d.day}</span></li>'
            for d in column.page(number)
        )
        body = (
            f'<div class="position">当前位置：<a href="/">首页</a> &gt; {column.title}</div>\n<ul'
            f' class="list">\n{rows}\n'
            '</ul>\n<div id="page_div"></div>\n<script src="/js/pageMaker.js"></script>\n<script>createPageHTML('
            f"'page_div',{column.pages}, {number},'common_list','shtml',{len(column.documents)});</script>\n"
        )
        return page(f"{column.title}_{column.place.name}", column_metas(column), body + foot(column))

    def _frame(self, column: Column) -> str:
        """The page around the JSON list holds the channel and no row."""
        script = (
            f"<script>var channel_id='{column.id}';\n$.ajax({{type:'post',url:'{INTERFACE}?pageSize={column.per_page}',"
            "data:{pageIndex:1,channel_id:channel_id},dataType:'json',success:function(r){showList(r.data.list);}});"
            "</script>"
        )
        body = f'<div class="xxgk-right"><ul id="xxgklist"></ul><div id="page_div"></div></div>\n{script}\n'
        return page(f"{column.title}_{column.place.name}", column_metas(column), body + foot(column))

    def _data(self, column: Column, request: Request) -> Answer:
        size = request.number("pageSize", 15)
        index = request.number("pageIndex", 1)
        if request.form.get("channel_id", column.id) != column.id:
            return data({"code": "200", "data": {"allRow": 0, "totalPage": 0, "list": []}})
        rows = [
            {
                "TITLE": d.title,
                "URL": self.url_of(column, d),
                "C_WJBH": d.doc_number,
                "C_SYH": d.index_number,
                "PUBLISHED_TIME_FORMAT": d.day if d.day >= "2020" else GENERATED,
                "C_FWRQ_FORMAT": d.written.isoformat(),
                "CHANNEL_ID": column.id,
                "MANUSCRIPT_ID": d.hex,
            }
            for d in column.rows((index - 1) * size, index * size)
        ]
        total = len(column.documents)
        return data({"code": "200", "data": {"allRow": total, "totalPage": -(-total // size), "list": rows}})

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = (
            ("索 引 号", document.index_number),
            ("分　　类", document.theme),
            ("发布机构", document.issuer),
            ("发文日期", document.written.isoformat()),
            ("文　　号", document.doc_number),
            ("时　　效", document.validity),
            ("标　　题", document.title),
            ("内容概述", f"印发{document.keywords.replace(',', '')}"),
        )
        header = "\n".join(
            f'<dd><label><font>{label}：</font></label><div class="display-block">{escape(value)}</div></dd>'
            for label, value in fields
        )
        text = "\n<p>#PAGE_BREAK#</p>\n".join(blocks(part) for part in document.parts)
        files = self.attachment_links(
            column, document, '<p><img src="/ueditor/dialogs/attachment/fileTypeImages/icon_pdf.gif">{}</p>'
        )
        body = (
            f'<div class="position">当前位置：&nbsp;<a href="/">首页</a>&nbsp;&gt;&nbsp;{column.title}</div>\n'
            f'<div class="xxgkml-content"><dl>\n{header}\n</dl></div>\n<h1><UCAPTITLE>{escape(document.title)}'
            "</UCAPTITLE>"
            f'</h1>\n<div class="info">时间：{document.published:%Y-%m-%d %H:%M}　来源：{document.issuer}　访问量：'
            '<span id="visit"></span></div>\n<div class="article-content" id="zoomcon">'
            f"<UCAPCONTENT>\n{text}\n{files}\n"
            '</UCAPCONTENT></div>\n<div class="article-auxi">扫一扫在手机打开当前页</div>\n'
        )
        head = article_metas(column, document)
        return page(f"{document.title}_{column.place.name}", head, body + foot(column), declared(document))
