"""国泰新点 Epoint: 沂泽市 and, with an older version, 沂泽市岱北区. The list page is a frame; /js/webBuilderCommon.js
has the site's GUID.

POST <projectName>/rest/lightfrontaction/getgovinfolist with the JSON {"deptcode","categorynum","pageIndex","pageSize",
"siteGuid"} (some pages wrap it: {"params":{…}}), pageIndex counts from 0. The answer is {"custom":{"data":[{title,
realtitle,infourl,infodate}],"total":N}}; in the older version custom is a string that holds that JSON once more, and
the project is /EpointWebBuilder, and a page never has more than 6 rows, whatever pageSize says. Without the GUID the
list is empty; beyond the end too. These servers send no ETag.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, column_metas, escape, foot, page
from tests.city.messages import Answer, Request, data, text

if TYPE_CHECKING:
    from collections.abc import Sequence

GUID = "7eb5f7f1-0000-43ad-8e13-8fcb82ea831a"
COMMON = "/js/webBuilderCommon.js"


class Epoint(Site):
    name = "epoint"
    validators = False
    project: ClassVar[str] = "/EWB-FRONT"
    most: ClassVar[int] = 50
    """Rows of a page, whatever pageSize says."""

    def build(self) -> Sequence[Column]:
        path = "/dynamic/zwgk/govInfoPub.html?categorynum=003006"
        return (Column("epoint", path, Place("沂泽市", "沂政", "991700"), 24, 10, "市政府文件", id="003006"),)

    def lists(self, request: Request) -> Answer | None:
        column = next(iter(self.columns.values()))
        if request.path == column.path.partition("?")[0]:
            return text(self._frame(column))
        if request.path == COMMON:
            told = json.dumps({"siteGuid": GUID, "projectName": self.project})
            return text(f"var siteInfo = {told};\n", "application/javascript", tagged=True)
        if request.path == f"{self.project}/rest/lightfrontaction/getgovinfolist" and request.method == "POST":
            return self._list(column, request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        day = document.published
        return f"/zwgk/{column.id[:3]}/{column.id}/{day:%Y%m%d}/{document.uuid}.html"

    def _frame(self, column: Column) -> str:
        body = (
            f'<div class="ewb-info"><ul id="infolist"></ul><div class="pager" data-size="{column.per_page}">'
            "</div></div>\n"
            f'<script src="{COMMON}"></script>\n<script src="{self.project}/js/govinfopub.js"></script>\n'
        )
        return page(f"{column.title}_{column.place.name}", column_metas(column), body + foot(column))

    def _list(self, column: Column, request: Request) -> Answer:
        asked = request.json
        asked = asked["params"] if isinstance(asked.get("params"), dict) else asked
        index, size = int(asked.get("pageIndex") or 0), min(int(asked.get("pageSize") or 20), self.most)
        known = asked.get("categorynum") == column.id and asked.get("siteGuid") == GUID
        documents = column.documents if known else []
        rows = [
            {
                "infoid": d.uuid,
                "title": d.title,
                "realtitle": d.title,
                "infourl": self.path_of(column, d),
                "infodate": d.published.strftime("%Y-%m-%d"),
                "indexnumber": d.index_number,
                "documentnum": d.doc_number,
                "deptname": d.issuer,
                "categorynum": column.id,
            }
            for d in documents[index * size : (index + 1) * size]
        ]
        return data({"custom": self.custom({"data": rows, "total": len(documents)}), "status": {"code": 1, "text": ""}})

    def custom(self, found: dict[str, object]) -> object:
        return found

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = (
            ("信息索引号", document.index_number),
            ("信息分类", document.theme),
            ("发布机构", document.issuer),
            ("生成日期", document.written.isoformat()),
            ("文件编号", document.doc_number),
            ("公开方式", "主动公开"),
            ("信息名称", document.title),
            ("时效", document.validity),
        )
        cells = [f'<td class="tit">{label}</td><td>{escape(value)}</td>' for label, value in fields]
        rows = "\n".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
        body = (
            f'<table class="t1 info">\n{rows}\n</table>\n<h3 class="article-title">{escape(document.title)}</h3>\n'
            f'<div class="sources">信息来源：{document.issuer} 发布日期：{document.published:%Y-%m-%d %H:%M} 浏'
            "览次数：</div>\n"
            f'<div class="mian-cont">\n{blocks(document.blocks)}\n<p>附件下载：</p>\n'
            f"{self.attachment_links(column, document)}\n</div>\n<div>关闭本页 打印本页</div>\n"
        )
        head = article_metas(column, document)
        return page(f"{document.title}", head, body + foot(column), declared(document))


class EpointOld(Epoint):
    name = "epoint_old"
    family = "epoint"
    project = "/EpointWebBuilder"
    most = 6

    def build(self) -> Sequence[Column]:
        path = "/xxgk/govInfoPub.html?categorynum=001002"
        return (
            Column("epoint_old", path, Place("沂泽市岱北区", "沂岱政", "991703"), 14, 6, "区政府文件", id="001002"),
        )

    def custom(self, found: dict[str, object]) -> object:
        return json.dumps(found, ensure_ascii=False)
