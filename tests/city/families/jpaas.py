"""大汉 jpaas: 望潮市. The column page has no row, only a script element that says what to ask.

`<script parsetype="bulidstatic" url="/api-gateway/jpaas-publish-server/front/page/build/unit"
querydata="{'webId':…}">` (bulidstatic is how they spell it). That address with the query data gives JSON whose
data.html is the list: page 1 as it is, page n with paramJson={"pageNo":n,"pageSize":rows}. Without a Referer or a
User-Agent there is a 403; pageNo outside paramJson has no effect (page 1 again); beyond the end the list has no rows.
The second column writes the attributes in camel case and its details without the column in their path; beyond its end
comes page 1 again.
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

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
TEMPLATE = {"jpaas": "MsPkwMwlYqOxItyOUpt7Y", "jpaas_camel": "5c30fb89ae5e48b9aefe3cdf49853830"}
TAG = {"jpaas": "列表新闻", "jpaas_camel": "内容区域"}
WEB = "52"


class Jpaas(Site):
    name = "jpaas"

    def build(self) -> Sequence[Column]:
        city, district = Place("望潮市", "望政", "991300"), Place("望潮市海屿区", "望海政", "991305")
        return (
            Column("jpaas", "/col/col1638/index.html", city, 27, 10, "市政府文件", id="1638"),
            Column(
                "jpaas_camel",
                "/zwgk/zcwj/index.html",
                district,
                16,
                8,
                "区政府文件",
                id="bf39604e75994c92ec64e90577f57a00",
            ),
        )

    def lists(self, request: Request) -> Answer | None:
        for column in self.columns.values():
            if request.path == column.path:
                return self.static(self._column(column))
        if request.path == UNIT:
            return self._unit(request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        before = f"/col/col{column.id}" if column.key == "jpaas" else "/zwgk"
        return f"{before}/art/{document.published.year}/art_{document.hex}.html"

    def attachment_path(self, column: Column, document: Document, number: int) -> str:
        day, suffix = document.published, document.attachments[number].suffix
        return f"/cms_files/filemanager/{WEB}/attach/{day.year}{day.month}/{document.hex[:31]}{number}.{suffix}"

    def _column(self, column: Column) -> str:
        said = {
            "webId": WEB,
            "pageId": column.id,
            "parseType": "bulidstatic",
            "pageType": "column",
            "tagId": TAG[column.key],
            "tplSetId": TEMPLATE[column.key],
            "editType": "null",
            "rows": str(column.per_page),
        }
        query = "{" + ",".join(f"'{name}':'{value}'" for name, value in said.items()) + "}"
        names = ("parseType", "queryData") if column.key == "jpaas_camel" else ("parsetype", "querydata")
        body = (
            f'<div class="position">当前位置：<a href="/">首页</a> &gt; {column.title}</div>\n<div class="list">\n'
            f'<script type="text/javascript" {names[0]}="bulidstatic" url="{UNIT}" {names[1]}="{query}" '
            'src="/jpaas-publish-server/unitbuild.js"></script>\n</div>\n'
        )
        return page(f"{column.title}_{column.place.name}", column_metas(column), body + foot(column))

    def _unit(self, request: Request) -> Answer:
        if not request.headers.get("referer") or not request.headers.get("user-agent"):
            return text("<html><head><title>403 Forbidden</title></head><body></body></html>", status=403)
        asked = request.form
        column = next(
            (
                c
                for c in self.columns.values()
                if (asked.get("pageId"), asked.get("webId"), asked.get("tplSetId"), asked.get("tagId"))
                == (c.id, WEB, TEMPLATE[c.key], TAG[c.key])
            ),
            None,
        )
        if column is None:
            return data({"success": False, "code": "500", "message": "页面不存在", "data": None})
        number, size = _page(asked.get("paramJson", ""), column.per_page)
        if column.key == "jpaas_camel" and (number - 1) * size >= len(column.documents):
            number = 1
        rows = "\n".join(
            f'<li class="clearfix"><a class="news" href="{self.path_of(column, d)}" title="{escape(d.title)}" '
            f'target="_blank">{escape(d.title)}</a><span class="time">{d.day}</span></li>'
            for d in column.rows((number - 1) * size, number * size)
        )
        total = len(column.documents)
        html = (
            f'<div id="{TAG[column.key]}"><ul class="page-content">\n{rows}\n</ul>\n<div class="pagination"'
            ' id="pagination" '
            f'pageNo="{number}" rows="{size}" count="{total}" pagecount="{-(-total // size)}"></div></div>'
        )
        return data({"success": True, "code": "200", "message": "操作成功", "data": {"html": html}})

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = "\n".join(
            f"<li><b>{label}：</b><span>{escape(value)}</span></li>" for label, value in labels(document)
        )
        body = (
            f'<div class="position">当前位置：<a href="/">首页</a> &gt; {column.title}</div>\n<ul'
            f' class="xxgk-info">\n{fields}\n'
            f'</ul>\n<div class="article"><h1>{escape(document.title)}</h1>\n<div class="info">来源：{document.issuer} '
            f'发布时间：{document.published:%Y-%m-%d %H:%M}</div>\n<div id="zoom" class="article-content">\n'
            f"{blocks(document.blocks)}\n{self.attachment_links(column, document)}\n</div></div>\n"
            '<div class="close">打印本页 关闭窗口</div>\n'
        )
        head = article_metas(column, document)
        return page(f"{document.title}", head, body + foot(column), declared(document))


def _page(said: str, rows: int) -> tuple[int, int]:
    """Page and rows that paramJson asks for; a number may be a string in it."""
    try:
        asked = json.loads(said or "{}")
    except ValueError:
        return 1, rows
    numbers = [str(asked.get(name, "")) for name in ("pageNo", "pageSize")]
    number, size = (int(n) if re.fullmatch(r"[1-9]\d{0,3}", n) else None for n in numbers)
    return number or 1, min(size or rows, 50)
