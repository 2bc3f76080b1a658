"""政府信息公开目录管理平台 of Guangdong: 榕岸市. /gkmlpt/index has window._CONFIG with SID and TREE; lists are JSON.

GET /gkmlpt/api/all/<column>?page=1&sid=<SID> answers {"articles":[…],"total":N,"classify":{"post_count":N}}, 100 a
page; page=0 is page 1; beyond the end articles is empty. A wrong sid gives an empty list. Times are unix seconds. The
column is the fragment of the page's address: /gkmlpt/index#505.

Articles: /gkmlpt/content/3/3255/post_3255421.html; the text stands in .article-content and, as JSON with \\u003C for <,
in window._CONFIG.DETAIL.content.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, column_metas, escape, foot, page
from tests.city.messages import Answer, Request, data

if TYPE_CHECKING:
    from collections.abc import Sequence

SID = "991600"
PAGE = 100
API = "/gkmlpt/api/all/{}"


class Gkmlpt(Site):
    name = "gkmlpt"

    def build(self) -> Sequence[Column]:
        city, district = Place("榕岸市", "榕府", "991600"), Place("榕岸市埠头区", "榕埠府", "991608")
        return (
            Column(
                "gkmlpt",
                "/gkmlpt/index#505",
                city,
                24,
                PAGE,
                "规范性文件",
                id="505",
                interface=API.format(505),
                facts={"sid": SID},
            ),
            Column(
                "gkmlpt_long",
                "/gkmlpt/index#506",
                district,
                104,
                PAGE,
                "其他文件",
                id="506",
                interface=API.format(506),
                facts={"sid": SID},
            ),
        )

    def lists(self, request: Request) -> Answer | None:
        if request.path in ("/gkmlpt/index", "/gkmlpt/policy", "/gkmlpt/"):
            return self.static(self._index())
        if found := re.fullmatch(r"/gkmlpt/api/all/(\d+)", request.path):
            return self._articles(found[1], request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        number = self._number(column, document)
        return f"/gkmlpt/content/{number // 1000000}/{number // 1000}/post_{number}.html"

    def attachment_path(self, column: Column, document: Document, number: int) -> str:
        post = self._number(column, document)
        return f"/attachment/0/{post // 10000}/{post // 10}/{post}{number}.{document.attachments[number].suffix}"

    @staticmethod
    def _number(column: Column, document: Document) -> int:
        return 3000000 + 1000 * int(column.id) + document.serial

    def _index(self) -> str:
        first = self.columns["gkmlpt"]
        leaves = [
            {"id": int(c.id), "name": c.title, "jump_url": "", "post_count": len(c.documents), "children": []}
            for c in self.columns.values()
        ]
        tree = [{"id": 500, "name": "政策", "jump_url": "", "post_count": 0, "children": leaves}]
        config = (
            f"SID: '{SID}', TREE: {json.dumps(tree, ensure_ascii=False)}, SERVICE_AREA_ID: '991600', PATH: '/gkmlpt'"
        )
        body = f'<div id="app"></div>\n<script>window._CONFIG = {{{config}}};</script>\n'
        body += '<script src="/gkmlpt/js/index.js"></script>\n'
        return page(f"政府信息公开_{first.place.name}", column_metas(first), body + foot(first))

    def _articles(self, wanted: str, request: Request) -> Answer:
        column = next((c for c in self.columns.values() if c.id == wanted), None)
        if column is None or request.query.get("sid") != SID:
            return data({"articles": [], "total": 0, "classify": {"id": int(wanted), "name": "", "post_count": 0}})
        number = max(1, request.number("page", 1))
        total = len(column.documents)
        return data(
            {
                "articles": [self._article_row(column, d) for d in column.rows((number - 1) * PAGE, number * PAGE)],
                "total": total,
                "classify": {"id": int(column.id), "name": column.title, "post_count": total},
            }
        )

    def _article_row(self, column: Column, document: Document) -> dict[str, Any]:
        seconds = int(document.published.timestamp())
        return {
            "id": self._number(column, document),
            "title": document.title,
            "publisher": document.issuer,
            "identifier": document.index_number,
            "document_number": document.doc_number,
            "keywords": document.keywords,
            "abstract": "",
            "classify_main": int(column.id),
            "classify_main_name": column.title,
            "classify_genre_name": document.genre,
            "classify_theme_name": document.theme,
            "date": seconds - 3 * 86400,
            "create_time": seconds,
            "created_at": document.published.strftime("%Y-%m-%d %H:%M:%S"),
            "first_publish_time": seconds,
            "display_publish_time": seconds,
            "is_expired": int(document.validity == "失效"),
            "is_abolished": 0,
            "url": self.url_of(column, document),
            "post_url": "",
            "attachment": [
                {"name": a.name, "url": self.base + self.attachment_path(column, document, n)}
                for n, a in enumerate(document.attachments)
            ],
        }

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = (
            ("索引号", document.index_number),
            ("分类", document.theme),
            ("发布机构", document.issuer),
            ("成文日期", document.written.isoformat()),
            ("名称", document.title),
            ("文号", document.doc_number),
            ("发布日期", document.day),
            ("主题词", document.keywords),
        )
        rows = "\n".join(f"<tr><td class='td1'>{n}：</td><td>{escape(value)}</td></tr>" for n, value in fields)
        content = f"{blocks(document.blocks)}\n{self.attachment_links(column, document)}"
        told = json.dumps({"id": self._number(column, document), "title": document.title, "content": content})
        for character in "<>&":  # as the platform's PHP writes JSON: \u003Cp\u003E
            told = told.replace(character, f"\\u{ord(character):04X}")
        body = (
            f'<div class="classify"><table>\n{rows}\n</table></div>\n<div class="article"><h1 class="title'
            ' document-number">'
            f'{escape(document.title)}</h1>\n<div class="article-content">\n{content}\n</div></div>\n'
            f"<script>window._CONFIG = {{SID: '{SID}', DETAIL: {told}}};</script>\n"
        )
        head = article_metas(column, document)
        return page(document.title, head, body + foot(column), declared(document))
