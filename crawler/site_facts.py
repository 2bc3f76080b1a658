"""What a page says of its site, as 网页标签规范 (国办发〔2017〕47号) asks: metas, who runs it, and its other hosts.

>>> related("www.example.gov.cn", "zwgk.example.gov.cn"), related("www.other.gov.cn", "www.example.gov.cn")
(True, False)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from crawler.platforms.rows import Page

__all__ = ["metas_of", "publishers", "related"]


def metas_of(page: Page) -> dict[str, str]:
    """Names without blanks in lower case: some sites print name=' ColumnName '."""
    found = ((meta.get("name") or "", meta.get("content") or "") for meta in page.root.iter("meta"))
    pairs = ((name.strip().casefold(), " ".join(content.split())) for name, content in found)
    return {name: content for name, content in pairs if name and content}


def publishers(page: Page) -> list[str]:
    """主办单位 of the footer."""
    words = " ".join(page.root.text_content().split())
    return re.findall(r"主办(?:单位)?\s*[:：]\s*([一-鿿]{4,30})", words)[:1]


def related(host: str, home: str) -> bool:
    """True for another host of the same government: rows of zwgk.x.gov.cn may lie on www.x.gov.cn."""
    domain = unquote(home).removeprefix("www.")
    parent = domain.partition(".")[2]
    return host != home and (host.endswith(f".{domain}") or (parent.count(".") >= 2 and host.endswith(f".{parent}")))
