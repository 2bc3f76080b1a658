"""TrueCMS: 苇川市. The page holds the first rows in a hidden #initData; a jpage-like script fetches groups of 30.

GET /TrueCMS/messageController/getMessage.do?startrecord=31&endrecord=60&perpage=30&columnId=<uuid> answers {"result":
"<datastore><totalrecord>…<recordset><record><![CDATA[<li>…"}; with callback=cb the same wrapped in cb(…). Without a
Referer it is a 404; with perpage above 30 the result is empty; beyond the end the record set is empty. The second
column's interface was switched off (404): its 12 first rows are all that can be had, and totalRecord says more. One in
seven links is an onclick=name2('…') without a useful href.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, column_metas, escape, foot, labels, page
from tests.city.messages import Answer, Request, data, text

if TYPE_CHECKING:
    from collections.abc import Sequence

MESSAGES = "/TrueCMS/messageController/getMessage.do"
LARGEST = 30
"""Rows of one answer; asked for more, the server gives none."""
FIRST = 12
"""Rows in #initData."""


class TrueCms(Site):
    name = "truecms"

    def build(self) -> Sequence[Column]:
        city, district = Place("苇川市", "苇政", "991800"), Place("苇川市南渡区", "苇南政", "991807")
        return (
            Column(
                "truecms", "/wcs/zfwj/zfwj.html", city, 30, 6, "市政府文件", id="82e1eed4-ef97-4ba8-b3da-000000000001"
            ),
            Column(
                "truecms_closed",
                "/wcnd/zcfg/zcfg.html",
                district,
                15,
                6,
                "区政府文件",
                id="754f6db5-d294-46d5-b25c-000000000002",
            ),
        )

    def lists(self, request: Request) -> Answer | None:
        for column in self.columns.values():
            if request.path == column.path:
                return self.static(self._list(column))
        if request.path == MESSAGES:
            return self._messages(request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        return f"{column.path.rpartition('/')[0]}/content/{document.uuid}.html"

    def reachable(self, column: Column) -> list[Document]:
        return column.rows(0, FIRST) if column.key == "truecms_closed" else list(column.documents)

    def _rows(self, column: Column, documents: list[Document]) -> list[str]:
        return [f"<li>{self._link(column, d)}<span>{d.day}</span></li>" for d in documents]

    def _link(self, column: Column, document: Document) -> str:
        path, title = self.path_of(column, document), escape(document.title)
        if document.serial % 7 == 0:
            return f"""<a href="javascript:void(0)" onclick="name2('{path}')" title="{title}">{title}</a>"""
        return f'<a href="{path}" target="_blank" title="{title}">{title}</a>'

    def _list(self, column: Column) -> str:
        rows = "\n".join(self._rows(column, column.rows(0, FIRST)))
        script = (
            f"<script>$('#list').jpage({{perPage:{column.per_page},totalRecord:{len(column.documents)},groupSize:5,"
            f"proxyUrl:'{MESSAGES}'}},{{columnId:'{column.id}',contentTemplate:''}});</script>"
        )
        body = (
            f'<div class="position">{column.title}</div>\n<div id="initData" style="display:none"><ul>\n{rows}\n'
            "</ul></div>"
            '\n<ul id="list" class="xxgk-list-con"></ul>\n<script src="/TrueCMS/js/jquery.jpage.js">'
            f"</script>\n{script}\n"
        )
        return page(f"{column.title}_{column.place.name}", column_metas(column), body + foot(column))

    def _messages(self, request: Request) -> Answer:
        column = self.columns["truecms"]
        if not request.headers.get("referer") or request.form.get("columnId") != column.id:
            return self.missing()
        start, end = request.number("startrecord", 1), request.number("endrecord", LARGEST)
        result = ""
        if request.number("perpage", column.per_page) <= LARGEST:
            rows = self._rows(column, column.rows(start - 1, min(end, start - 1 + LARGEST)))
            records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows)
            result = (
                f"<datastore><totalrecord>{len(column.documents)}</totalrecord><totalpage>{column.pages}</totalpage>"
                f"<recordset>{records}</recordset></datastore>"
            )
        callback = request.form.get("callback", "")
        if re.fullmatch(r"\w+", callback):
            told = json.dumps({"result": result}, ensure_ascii=False)
            return text(f"{callback}({told})", "application/javascript;charset=UTF-8")
        return data({"result": result})

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = "".join(f"<tr><td>{label}</td><td>{escape(value)}</td></tr>\n" for label, value in labels(document))
        body = (
            f'<table class="xxgk-head">\n{fields}</table>\n<div class="wenZhang"><h1>{escape(document.title)}</h1>\n'
            f'<p class="date">发布日期：{document.day}　来源：{document.issuer}</p>\n<div class="zoom" id="zoom">\n'
            f"{blocks(document.blocks)}\n{self.attachment_links(column, document)}\n</div></div>\n"
        )
        head = article_metas(column, document)
        return page(f"{document.title}", head, body + foot(column), declared(document))
