"""Saved pages for bundled sources of which no live page could be saved yet: invented documents in a family's markup.

Enters: the bundled cards. Leaves: tests/sources/<id>/<stem>.html and .yml, `synthetic: true`. What has to be read
stands in the invented document, so nothing here is copied from what the pipeline says. Live pages that were saved by
`zhengce sources preview ID --save` and reviewed replace them.

    python -m tests.sources.render            # only sources without any saved page
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from crawler.source import load_sources
from tests.city.documents import Document, write
from tests.city.families import all_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.source import Source

FOLDER = Path(__file__).parent
LIKE = {
    "ucap": "ucap",
    "jcms": "jcms",
    "jpaas": "jpaas",
    "trs": "trs",
    "shpt": "shpt",
    "gkmlpt": "gkmlpt",
    "gov_library": "gov_library",
    "epoint": "epoint",
    "truecms": "truecms",
}
"""Family -> the column of the loopback city whose documents look like its."""
CITY = {"shanghai": ("shanghai",), "achie": (), "qianzhan": ()}
"""Sources whose pages look otherwise than their family's: the city of Shanghai, and the reposters, which are below."""

WITHOUT_FILES = (2, 4, 6)
"""Serials of documents in one page and without attachments: their last line is the text's and nothing else."""


@dataclass(frozen=True, slots=True)
class Rendered:
    stem: str
    html: bytes
    expected: dict[str, Any]


def pages(card: Source) -> Iterator[Rendered]:
    """Two or three pages of a card, by its families."""
    if card.kind == "repost":
        yield from _reposts(card)
        return
    families = dict.fromkeys(card.platform_of(column) for column in card.columns)
    keys = CITY.get(card.id) or tuple(LIKE[family] for family in families)
    for number, serial in enumerate(WITHOUT_FILES):
        yield _page(card, keys[number % len(keys)], serial, old=number == 2)


def _page(card: Source, key: str, serial: int, *, old: bool) -> Rendered:
    """old: declared as gb2312 and full of GB 18030, as pages of the first years are."""
    site = next(site for site in all_sites() if key in site.columns)
    column = site.columns[key]
    site.base = f"http://{card.hosts[0]}"
    document = next(found for found in write(column.place, serial, card.id) if found.serial == serial)
    if old:
        document = replace(document, charset="gb18030")
    path = site.path_of(column, document)
    expected = {
        "note": f"invented document in the markup of {key}{', declared as gb2312' if old else ''}",
        "url": f"{site.base}{path}",
        "synthetic": True,
        "headers": {"content-type": "text/html" if old else "text/html; charset=utf-8"},
        "title": document.title,
        "doc_number": document.doc_number,
        "published": document.day,
        "first": document.blocks[0],
        "last": document.blocks[-1],
    }
    html = site.detail(column, document, 0)
    if document.written.isoformat() in html:
        expected["written"] = document.written.isoformat()
    return Rendered(f"{key}-{serial}", html.encode(document.charset), expected)


REPOST = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}_{site}</title></head>
<body>
<div class="top"><a href="/">首页</a> <a href="/news/">资讯</a> <a href="/about/">关于我们</a></div>
<div class="place">当前位置：首页 &gt; 资讯 &gt; 正文</div>
<h1>{title}</h1>
<div class="info">{line}</div>
<div class="content">
{body}
</div>
<div class="context">上一篇：没有了　下一篇：没有了</div>
<div class="footer">Copyright © 2024 {site} 客服电话：000-00000000</div>
</body></html>
"""


def _reposts(card: Source) -> Iterator[Rendered]:
    """Reposts say when they were made and from where, and nothing else of the document's own facts."""
    place = next(site.columns["generic"].place for site in all_sites() if "generic" in site.columns)
    for serial in WITHOUT_FILES[:2]:
        document: Document = next(d for d in write(place, serial, card.id) if d.serial == serial)
        achie = card.id == "achie"
        line = (
            f"来源：{card.title} 日期：{document.day} 点击：次"
            if achie
            else f"{document.day} 14:30:55　产业规划方案　来源：{place.name}人民政府"
        )
        lines = [block for block in document.blocks if isinstance(block, str)]
        html = REPOST.format(
            charset="utf-8",
            title=document.title,
            site=card.title,
            line=line,
            body="\n".join(f"<p>　　{text}</p>" for text in lines),
        )
        path = f"/news/cygh/{document.day[:4]}/{document.day[5:].replace('-', '')}/{300 + serial}.html"
        expected = {
            "note": "invented repost: a source line, no header table",
            "url": f"http://{card.hosts[0]}{path if achie else f'/yuanqu/item/{document.hex[:16]}.html'}",
            "synthetic": True,
            "headers": {"content-type": "text/html"},
            "title": document.title,
            "published": document.day,
            "first": lines[0],
            "last": lines[-1],
        }
        yield Rendered(f"repost-{serial}", html.encode(), expected)


def main() -> None:
    for card in load_sources(None).values():
        folder = FOLDER / card.id
        if any(folder.glob("*.html")):
            continue
        folder.mkdir(exist_ok=True)
        for page in pages(card):
            (folder / f"{page.stem}.html").write_bytes(page.html)
            told = yaml.safe_dump(page.expected, allow_unicode=True, sort_keys=False, width=1000)
            (folder / f"{page.stem}.yml").write_text(told, encoding="utf-8")
            print(folder.name, page.stem)


if __name__ == "__main__":
    main()
