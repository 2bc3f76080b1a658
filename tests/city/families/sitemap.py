"""Lists for machines: 石屿县. robots.txt names the sitemap; /rss.xml and /atom.xml feed the newest documents.

/sitemap.xml is an index of /sitemap-1.xml and /sitemap-2.xml.gz (protocol 0.9, gzip as a file, not as an encoding),
with lastmod. A feed holds its column's 12 newest documents and no more: what is older cannot be had from it.
"""

from __future__ import annotations

import gzip
from email.utils import format_datetime
from typing import TYPE_CHECKING

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, escape, foot, labels, page
from tests.city.messages import Answer, Request, text

if TYPE_CHECKING:
    from collections.abc import Sequence

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Sitemap(Site):
    name = "sitemap"

    def build(self) -> Sequence[Column]:
        return (
            Column("sitemap", "/sitemap.xml", Place("石屿县", "石政", "991931"), 18, 10, "县政府文件"),
            Column("rss", "/rss.xml", Place("石屿县桐镇", "石桐政", "991932"), 12, 12, "镇政府文件"),
            Column("atom", "/atom.xml", Place("石屿县梅镇", "石梅政", "991933"), 12, 12, "镇政府文件"),
        )

    def lists(self, request: Request) -> Answer | None:
        column = self.columns["sitemap"]
        if request.path == "/sitemap.xml":
            files = "".join(f"<sitemap><loc>{self.base}/{name}</loc></sitemap>\n" for name in self._names())
            return self._xml(f'<sitemapindex xmlns="{NAMESPACE}">\n{files}</sitemapindex>\n')
        if request.path == "/sitemap-1.xml":
            return self._xml(self._urls(column, column.page(1)))
        if request.path == "/sitemap-2.xml.gz":
            rest = column.rows(column.per_page, len(column.documents))
            packed = gzip.compress((XML + self._urls(column, rest)).encode(), mtime=0)
            return Answer(body=packed, media_type="application/x-gzip", tagged=True)
        if request.path == "/rss.xml":
            return self._xml(self._rss(self.columns["rss"]), "application/rss+xml; charset=utf-8")
        if request.path == "/atom.xml":
            return self._xml(self._atom(self.columns["atom"]), "application/atom+xml; charset=utf-8")
        return None

    @staticmethod
    def _names() -> tuple[str, str]:
        return "sitemap-1.xml", "sitemap-2.xml.gz"

    def _xml(self, content: str, media_type: str = "application/xml; charset=utf-8") -> Answer:
        return text(XML + content, media_type, tagged=True)

    def path_of(self, column: Column, document: Document) -> str:
        return f"/{column.key}/info/{1000 + document.serial}.htm"

    def reachable(self, column: Column) -> list[Document]:
        return list(column.documents) if column.key == "sitemap" else column.page(1)

    def _urls(self, column: Column, documents: list[Document]) -> str:
        rows = "".join(
            f"<url><loc>{self.url_of(column, d)}</loc><lastmod>{d.modified.date().isoformat()}</lastmod></url>\n"
            for d in documents
        )
        return f'<urlset xmlns="{NAMESPACE}">\n{rows}</urlset>\n'

    def _rss(self, column: Column) -> str:
        rows = "".join(
            f"<item><title>{escape(d.title)}</title><link>{self.url_of(column, d)}</link><pubDate>"
            f'{format_datetime(d.published)}</pubDate><guid isPermaLink="false">{d.hex}</guid></item>\n'
            for d in column.page(1)
        )
        title = f"<title>{column.place.name}{column.title}</title><link>{self.base}/</link><description/>"
        return f'<rss version="2.0"><channel>{title}\n{rows}</channel></rss>\n'

    def _atom(self, column: Column) -> str:
        rows = "".join(
            f'<entry><title>{escape(d.title)}</title><link rel="alternate" href="{self.url_of(column, d)}"/>'
            f"<id>urn:uuid:{d.uuid}</id><published>{d.published.isoformat()}</published>"
            f"<updated>{d.modified.isoformat()}</updated></entry>\n"
            for d in column.page(1)
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{column.place.name}</title>\n{rows}</feed>\n'

    def detail(self, column: Column, document: Document, part: int) -> str:
        fields = "".join(f"<p class='field'>{label}：{escape(value)}</p>\n" for label, value in labels(document))
        body = (
            f'<div class="fields">\n{fields}</div>\n<h1>{escape(document.title)}</h1>\n<div class="v_news_content">\n'
            f"{blocks(document.blocks)}\n{self.attachment_links(column, document)}\n</div>\n"
        )
        return page(document.title, article_metas(column, document), body + foot(column), declared(document))
