"""The interface of Shanghai's districts: 潮湾区. The list page is an empty frame; rows come as JSON.

POST /zwgk-search-front/api/data/search with the JSON {"channelList":["15856"],"pageNo":1,"pageSize":20} answers
{"code":0,"data":{"list":[{title,url,display_date (milliseconds),attaches:[{name,url}]}],"totalCount","totalPage"}}.
A form instead of JSON is a 415; beyond the end the list is empty.

Articles: /zwgk/15856.gkml/2024/98/31778.html: year, day of the year, number. Trap: old ones were moved and carry the
day of the move (2022/286), not of publication. They have no metas of the standard; the text is in #ivs_content.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.city.documents import CHINA, Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import blocks, escape, foot, page
from tests.city.messages import Answer, Request, data

if TYPE_CHECKING:
    from collections.abc import Sequence

SEARCH = "/zwgk-search-front/api/data/search"
MOVED = datetime(2022, 10, 13, tzinfo=CHINA)
"""The day of the move: 286th of 2022."""


class Shpt(Site):
    name = "shpt"

    def build(self) -> Sequence[Column]:
        place = Place("潮湾区", "潮府", "991509")
        path, facts = "/zwgk/15856.gkml_zfwj/index.html", {"channel": "15856"}
        return (Column("shpt", path, place, 25, 20, "区政府文件", id="15856", interface=SEARCH, facts=facts),)

    def lists(self, request: Request) -> Answer | None:
        column = self.columns["shpt"]
        if request.path == column.path:
            return self.static(self._frame(column))
        if request.path == SEARCH:
            return self._search(column, request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        day = max(document.published, MOVED)
        return f"/zwgk/{column.id}.gkml/{day.year}/{day.timetuple().tm_yday}/{31000 + document.serial}.html"

    def attachment_path(self, column: Column, document: Document, number: int) -> str:
        return f"/files/{document.hex[:31]}{number}.{document.attachments[number].suffix}"

    def _frame(self, column: Column) -> str:
        script = (
            f"<script>var channelId='{column.id}';\n$.ajax({{url:'{SEARCH}',type:'POST',contentType:'application/json;"
            "charset=UTF-8',data:JSON.stringify({channelList:[channelId],pageNo:1,pageSize:"
            f"{column.per_page}}}),success:render}});</script>"
        )
        body = f'<div class="xxgk_list"><ul id="dataList"></ul><div id="page"></div></div>\n{script}\n'
        return page(f"{column.title}_{column.place.name}", "", body + foot(column))

    def _search(self, column: Column, request: Request) -> Answer:
        if request.method != "POST" or "json" not in request.headers.get("content-type", ""):
            return data({"code": 415, "message": "Unsupported Media Type", "data": None}, status=415)
        asked = request.json
        number, size = int(asked.get("pageNo", 1)), min(int(asked.get("pageSize", 20)), 100)
        known = column.id in [str(channel) for channel in asked.get("channelList", [])]
        documents = column.documents if known else []
        rows = [
            {
                "id": 31000 + d.serial,
                "title": d.title,
                "url": self.url_of(column, d),
                "display_date": int(d.published.timestamp() * 1000),
                "attaches": [
                    {"name": a.name, "url": self.base + self.attachment_path(column, d, n)}
                    for n, a in enumerate(d.attachments)
                ],
            }
            for d in documents[(number - 1) * size : number * size]
        ]
        total = len(documents)
        found = {"list": rows, "pageNo": number, "pageSize": size, "totalCount": total, "totalPage": -(-total // size)}
        return data({"code": 0, "message": "success", "data": found})

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = (
            ("索引号", document.index_number),
            ("文件编号", document.doc_number),
            ("发布机构", document.issuer),
            ("公开类别", "主动公开"),
            ("发布时间", document.day),
        )
        header = "".join(f"<span>{label}：{escape(value)}</span>" for label, value in fields)
        body = (
            f'<div class="crumbs">首页 &gt; 政务公开 &gt; {column.title}</div>\n<div class="xx_top">{header}</div>\n'
            f'<h2 id="ivs_title">{escape(document.title)}</h2>\n<div id="ivs_date">{document.day}</div>\n'
            f'<div id="ivs_content" class="xx_text1 Article_content">\n{blocks(document.blocks)}\n</div>\n'
            f'<div class="xx_fj">{self.attachment_links(column, document)}</div>\n'
        )
        return page(f"{document.title}_{column.place.name}", "", body + foot(column), declared(document))
