"""The pager of an HTML list: the address of the next page, what the page counts, and whether only a script can turn it.

Enters: a `Page` and its number. Leaves: addresses and numbers, or the finding that there is more than can be reached.

>>> page = Page('<p>第1/5页 <a href="javascript:goPage(2)">下一页</a></p>', "http://a.cn/list/")
>>> next_page(page, 1), counts(page), script_only(page, 1)
(None, (None, 5), True)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.page import canonical_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.platforms.rows import Page

__all__ = ["counts", "next_page", "script_only"]

NEXT = re.compile(r"^[\s\[|]*+(下\s*一?\s*页|后\s*一?\s*页|next(?:\s+page)?)[\s\]|>»›]*+$", re.IGNORECASE)
LABEL = 40
"""Characters of a link that turns pages, at most."""
CALL = re.compile(r"\b(?!void\b)[a-z_$][\w.$]{0,60}\s?\(([^()]{0,80})\)", re.IGNORECASE)
"""goPage(2) in onclick or href; javascript:void(0) is a link that leads nowhere."""
OFF = re.compile(r"disable|unable|\bno\b", re.IGNORECASE)
"""Class of a 下一页 on the last page."""

ITEMS = re.compile(r"共\s*(?:有\s*)?(\d{1,7})\s*[条篇件项]")
PAGES = re.compile(r"(?:共\s*(\d{1,6})\s*页|第?\s*\d+\s*/\s*(?:共\s*)?(\d{1,6})\s*页)")


def next_page(page: Page, number: int) -> str | None:
    """Address of the page after `number` as a link tells it: 下一页, or the next number among others."""
    here = canonical_url(page.url)
    pager = [
        (_label(link), target) for link in page.root.iter("a") if (target := page.resolve(link)) and target != here
    ]
    after = next((target for label, target in pager if NEXT.match(label)), None)
    if after is None and {str(number + 1)} <= (labels := {label for label, _ in pager}):
        numbers = {label for label in labels if label.isdigit()}
        if len(numbers) > 1 or number > 1 or re.search(rf">\s*{number}\s*<", page.markup):
            after = next(target for label, target in pager if label == str(number + 1))
    return after if after and urlsplit(after).netloc == urlsplit(here).netloc else None


def counts(page: Page) -> tuple[int | None, int | None]:
    """Items and pages, where the page prints 共 325 条, 共 22 页 outside its rows: titles count measures too."""
    items, pages = ITEMS.search(page.own_text), PAGES.search(page.own_text)
    return int(items[1]) if items else None, int(pages[1] or pages[2]) if pages else None


def script_only(page: Page, number: int) -> bool:
    """True if there are more pages than `number`, by the page's own count or by a 下一页 that only calls a script."""
    _, pages = counts(page)
    if pages is not None:
        return pages > number
    for link in page.root.xpath("//*[self::a or @onclick]"):
        if not NEXT.match(_label(link)) or page.resolve(link) or OFF.search(link.get("class") or ""):
            continue
        if call := CALL.search(f"{link.get('href') or ''} {link.get('onclick') or ''}"):
            told = [int(word) for word in re.findall(r"\d{1,6}", call[1])]
            return max(told) > number if told else number == 1
    return False


def _label(link: HtmlElement) -> str:
    words = " ".join(link.text_content().split()) or (link.get("title") or "").strip()
    return words if len(words) <= LABEL else ""
