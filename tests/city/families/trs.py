"""拓尔思 TRS WCM: 鹤汀市. Lists are files index.html, index_1.html, index_2.html: page 2 is _1, since they count from
0.

The page count stands in a call of four arguments: createPageHTML(4, 0, "index", "html"); hrefs are relative to the
list. Traps: beyond the end the server answers 200 with a stub of 300 to 400 bytes. The second column has a number in
its name: index_18086.html goes on with index_18086_1.html (Nanjing does so), and its list declares gb2312.

Articles: 202205/t20220523_4387.html, the text in .TRS_UEDITOR. A long one goes on in t20220523_4387_1.html and says so
with createPageHTML too. Attachments lie beside it: P020220523000001.pdf, W020220523000000.docx.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, column_metas, escape, foot, labels, page, short
from tests.city.messages import Answer, Request, text

if TYPE_CHECKING:
    from collections.abc import Sequence

STUB = (
    '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta http-equiv="Content-Type" content="text/html; '
    'charset=utf-8" />\n<title></title>\n<script type="text/javascript">var nPageCount=0;var nCurrIndex=0;</script>\n'
    '<link rel="stylesheet" type="text/css" href="../images/list.css" />\n</head>\n<body>\n<ul class="list"></ul>\n'
    "</body>\n</html>\n"
)
"""A list page whose column has no documents for it: the template and nothing else."""


class Trs(Site):
    name = "trs"

    def build(self) -> Sequence[Column]:
        city, district = Place("鹤汀市", "鹤政", "991400"), Place("鹤汀市云台区", "鹤云政", "991406")
        return (
            Column("trs", "/zwgk/zcwj/zfwj/", city, 26, 8, "市政府文件", id="index"),
            Column("trs_numbered", "/zdgk/index_18086.html", district, 13, 5, "区政府文件", id="index_18086"),
        )

    def lists(self, request: Request) -> Answer | None:
        for column in self.columns.values():
            folder, name = column.path.rpartition("/")[0], column.id
            if request.path == f"{folder}/" and column.key == "trs":
                return self._list(column, 0)
            if found := re.fullmatch(rf"{folder}/{name}(?:_(\d+))?\.html", request.path):
                return self._list(column, int(found[1] or 0))
        return None

    def path_of(self, column: Column, document: Document) -> str:
        day = document.published
        return f"{column.path.rpartition('/')[0]}/{day:%Y%m}/t{day:%Y%m%d}_{4000 + document.serial}.html"

    def part_paths(self, column: Column, document: Document) -> list[str]:
        first = self.path_of(column, document)
        return [first, *(first.replace(".html", f"_{part}.html") for part in range(1, len(document.parts)))]

    def attachment_path(self, column: Column, document: Document, number: int) -> str:
        suffix, day = document.attachments[number].suffix, document.published
        letter = "P" if suffix == "pdf" else "W"
        folder = self.path_of(column, document).rpartition("/")[0]
        return f"{folder}/{letter}0{day:%Y%m%d}{document.serial:05d}{number:07d}.{suffix}"

    def _list(self, column: Column, index: int) -> Answer:
        if index >= column.pages:
            return text(STUB, "text/html")
        folder = column.path.rpartition("/")[0] + "/"
        rows = "\n".join(
            f'<li><span class="date">{d.day}</span><a href="./{self.path_of(column, d).removeprefix(folder)}" '
            f'title="{escape(d.title)}">{escape(short(d.title))}</a></li>'
            for d in column.page(index + 1)
        )
        body = (
            f'<div class="crumb">首页 -&gt; {column.title}</div>\n<ul class="list">\n{rows}\n</ul>\n<div class="page">'
            f'<script>\ncreatePageHTML({column.pages}, {index}, "{column.id}", "html");\n</script></div>\n'
        )
        charset = "gb2312" if column.key == "trs_numbered" else "utf-8"
        html = page(f"{column.title}-{column.place.name}", column_metas(column), body + foot(column), charset)
        return Answer(
            body=html.encode("gb18030" if charset == "gb2312" else charset), media_type="text/html", tagged=True
        )

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = "\n".join(f"<tr><th>{label}：</th><td>{escape(value)}</td></tr>" for label, value in labels(document))
        name = self.path_of(column, document).rpartition("/")[2].removesuffix(".html")
        pages = (
            f'<script>createPageHTML({len(document.parts)}, {part}, "{name}", "html");</script>'
            if len(document.parts) > 1
            else ""
        )
        files = "\n".join(
            f'<p><a href="./{self.attachment_path(column, document, n).rpartition("/")[2]}" target="_blank" '
            f'appendix="true" otheroperation="false">{escape(a.name)}</a></p>'
            for n, a in enumerate(document.attachments)
        )
        last = part == len(document.parts) - 1
        body = (
            f'<div class="crumb">首页 -&gt; {column.title}</div>\n<table class="table_info">\n{fields}\n</table>\n'
            f'<h1 class="title">{escape(document.title)}</h1>\n<div class="info">{document.doc_number} 时间'
            f"：{document.day} "
            f'来源：{document.issuer} [字体： 大 中 小] 打印</div>\n<div class="view TRS_UEDITOR'
            ' trs_paper_default trs_web">\n'
            f"{blocks(document.parts[part])}\n{files if last else ''}\n</div>\n{pages}\n"
            '<div class="share">分享到： 相关链接</div>\n'
        )
        head = article_metas(column, document)
        return page(f"{document.title}_{column.place.name}", head, body + foot(column), declared(document))
