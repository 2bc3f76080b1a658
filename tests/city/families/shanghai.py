"""The lists of Shanghai itself: 申浦市. A section page has its newest rows and links to archives of single years.

/nw39220/index.html links /nw<number of the archive>/index.html, which follow no rule, as <a><h4>2022年</h4></a>. An
archive goes on in index_2.html (page 2 is _2); its script says $(".pagination").pagination({totalPage: 2, …}).
Traps: the rows stand in comments once more; the section page itself has five rows only; beyond the end there is a 404.

Articles: /nw12344/20220523/<32 hex>.html, no metas of the standard, the text in #ivs_content.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import blocks, escape, foot, page, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.city.messages import Answer, Request

NEWEST = 5
"""Rows of the section page."""


class Shanghai(Site):
    name = "shanghai"
    family = "shpt"

    def build(self) -> Sequence[Column]:
        return (Column("shanghai", "/nw39220/index.html", Place("申浦市", "申浦府", "991500"), 20, 3, "市政府文件"),)

    def lists(self, request: Request) -> Answer | None:
        column = self.columns["shanghai"]
        if request.path == column.path:
            return self.static(self._section(column))
        if found := re.fullmatch(r"/nw(\d+)/index(?:_(\d+))?\.html", request.path):
            year = next((year for year in self._years(column) if _archive(year) == found[1]), 0)
            rows = [document for document in column.documents if document.published.year == year]
            number, pages = int(found[2] or 1), -(-len(rows) // column.per_page)
            if number <= pages:
                shown = rows[(number - 1) * column.per_page : number * column.per_page]
                return self.static(self._page(column, shown, pages, ""))
        return None

    def path_of(self, column: Column, document: Document) -> str:
        return f"/nw12344/{document.published:%Y%m%d}/{document.hex}.html"

    @staticmethod
    def _years(column: Column) -> list[int]:
        return sorted({document.published.year for document in column.documents}, reverse=True)

    def _section(self, column: Column) -> str:
        links = "\n".join(
            f'<li><a href="/nw{_archive(year)}/index.html"><h4>{year}年</h4></a></li>' for year in self._years(column)
        )
        return self._page(column, column.rows(0, NEWEST), 1, f'<ul class="years">\n{links}\n</ul>\n')

    def _page(self, column: Column, documents: list[Document], pages: int, archives: str) -> str:
        rows = "\n".join(
            f'<li><a href="{self.path_of(column, d)}" target="_blank" title="{escape(d.title)}">'
            f'{escape(short(d.title))}</a> <span class="time">{d.day}</span></li>'
            for d in documents
        )
        script = f'<script>$(".pagination").pagination({{totalPage: {pages}, showPage: 5, callback: go}});</script>'
        body = (
            f'{archives}<ul class="uli14 nowrapli list-date">\n{rows}\n</ul>\n<!-- <ul>\n{rows}\n</ul> -->\n'
            f'<div class="pagination"></div>\n{script}\n'
        )
        return page(f"{column.title}_{column.place.name}", "", body + foot(column))

    def detail(self, column: Column, document: Document, part: int) -> str:
        body = (
            f'<div class="breadcrumb">首页 &gt; {column.title}</div>\n<h2 class="Article-title" id="ivs_title">'
            f'{escape(document.title)}<small class="PBtime">（{document.day}）</small></h2>\n'
            f'<div class="Article_content" id="ivs_content">\n<p align="center">{document.doc_number}</p>\n'
            f"{blocks(document.blocks)}\n{self.attachment_links(column, document)}\n</div>\n"
        )
        return page(f"{document.title}_{column.place.name}", "", body + foot(column), declared(document))


def _archive(year: int) -> str:
    """The number of a year's archive, as good as accidental."""
    return str(11000 + year * 7919 % 39000)
