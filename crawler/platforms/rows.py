"""HTML -> the rows of its list: links with the dates that are printed beside them.

A row is the smallest element that holds a link with a title and a date of its own (a date that is the whole of its
text node, outside the link: dates inside titles and summaries are not it). Of several sets of such rows in a page,
the list is the largest one; a later page looks for the set that page 1 had, because there a side list may be longer
than what is left.

>>> page = Page('<ul><li><a href="a.html">关于甲的通知</a><span>2024-01-05</span></li></ul>', "http://a.cn/list/")
>>> page.rows()[0].url, page.rows()[0].published
('http://a.cn/list/a.html', '2024-01-05')
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.errors import ListError
from crawler.page import canonical_url
from crawler.platforms.answers import address
from crawler.platforms.protocol import Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

DATE = re.compile(
    r"[\[(（【]?\s*(?:(?:发布|发文|成文)?(?:日期|时间)\s*[:：]\s*)?"
    r"((?:19|20)\d{2}\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{2}-\d{2})\s*[\])）】]?"
)
"""A date alone in its text node: 2024-01-05, [2024/1/5], 发布时间：2024年1月5日, 01-05."""

NOT_PAGES = re.compile(r"^\s*(#|javascript:|mailto:|tel:|data:|file:|about:|[a-z]:\\|$)", re.IGNORECASE)
ONCLICK = re.compile(r"""['"]((?:https?:/)?/[^'"\s]+|[^'"\s]+\.s?html?(?:\?[^'"\s]*)?)['"]""")
"""The address in onclick="name2('/x/content/1.html')" (TrueCMS) and its like."""

NAVIGATION = re.compile(
    r"^[\s<>«»‹›|…]*(首\s*页|尾\s*页|末\s*页|[上下前后]\s*一?\s*页|更多|more|返回|\d{0,4})[\s<>«»‹›|…]*$", re.IGNORECASE
)
NEXT = re.compile(r"^[\s\[|]*(下\s*一?\s*页|后\s*一?\s*页|next(?:\s+page)?)[\s\]|>»›]*$", re.IGNORECASE)
NESTED = ("li", "tr", "dd")


class Page:
    """One list page of HTML, or a fragment of one.

    url: that it was fetched from; relative links are resolved against it, or against its <base>.
    """

    def __init__(self, markup: str, url: str) -> None:
        self.url = url
        self._markup = markup

    @cached_property
    def root(self) -> HtmlElement:
        from lxml import etree, html  # costs 30 ms, and who only reads a card needs none of it

        markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", self._markup).replace("\x00", "")
        try:
            return html.document_fromstring(markup)
        except (etree.ParserError, ValueError, AssertionError):  # empty, or nothing in it is an element
            return html.document_fromstring("<p>")

    @cached_property
    def base(self) -> str:
        base = self.root.find(".//base[@href]")
        return urljoin(self.url, base.get("href") or "") if base is not None else self.url

    def rows(self, within: str | None = None, item: str | None = None) -> list[Item]:
        """The list's rows. within: `place` of page 1's list; item: CSS selector of the links, if the card has one."""
        if item:
            return [row for link in self._selected(item) if (row := self._item(link, _date_near(link)))]
        found = self._sets
        place = within if within in found else self.place
        return found.get(place, []) if within is None or within in found else []

    @property
    def place(self) -> str:
        """Where the list stands: tags and classes from the root down to a row; "" if the page has no list."""
        return max(self._sets, key=lambda key: (len(self._sets[key]), _letters(self._sets[key])), default="")

    def links(self, pattern: str) -> list[Item]:
        """Links whose resolved address contains a pattern, with a date if the row has one; for lists without dates."""
        found = (self._item(link, _date_near(link)) for link in self.root.xpath("//a") if not _nested_link(link))
        return [row for row in found if row and re.search(pattern, row.url)]

    def next_page(self, number: int) -> str | None:
        """Address of the page after `number` as a link tells it: 下一页, or the next number among others."""
        here = canonical_url(self.url)
        pager = [
            (" ".join(link.text_content().split()) or (link.get("title") or "").strip(), target)
            for link in self.root.xpath("//a")
            if (target := self.resolve(link)) and target != here
        ]
        after = next((target for label, target in pager if NEXT.match(label)), None)
        if after is None and {str(number + 1)} <= (labels := {label for label, _ in pager}):
            numbers = {label for label in labels if label.isdigit()}
            if len(numbers) > 1 or number > 1 or re.search(rf">\s*{number}\s*<", self._markup):
                after = next(target for label, target in pager if label == str(number + 1))
        return after if after and urlsplit(after).netloc == urlsplit(here).netloc else None

    def cells(self, url: str) -> list[str]:
        """Texts of the table cells that stand beside the link to url."""
        link = next((link for link in self.root.xpath("//tr//a") if self.resolve(link) == url), None)
        row = next(link.iterancestors("tr"), None) if link is not None else None
        return [] if row is None else [" ".join(cell.text_content().split()) for cell in row.iter("td")]

    def counts(self) -> tuple[int | None, int | None]:
        """Items and pages, where the page prints 共 325 条, 共 22 页."""
        text = " ".join(self.root.text_content().split())
        items = re.search(r"共\s*(?:有\s*)?(\d{1,7})\s*[条篇件项]", text)
        pages = re.search(r"(?:共\s*(\d{1,6})\s*页|第?\s*\d+\s*/\s*(\d{1,6})\s*页)", text)
        return int(items[1]) if items else None, int(pages[1] or pages[2]) if pages else None

    def resolve(self, link: HtmlElement) -> str | None:
        """The canonical address of a link; None where it leads to no page of the web."""
        href = link.get("href") or ""
        if NOT_PAGES.match(href):
            called = ONCLICK.search(link.get("onclick") or "") or (
                ONCLICK.search(href) if href.lower().lstrip().startswith("javascript:") else None
            )
            href = called[1] if called else ""
        if not href or NOT_PAGES.match(href):
            return None
        return address(self.base, href)

    def _selected(self, selector: str) -> list[HtmlElement]:
        from cssselect import SelectorError

        try:
            return self.root.cssselect(selector)
        except SelectorError as error:
            raise ListError(f"{self.url}: the card's selector {selector!r} is no CSS ({error})") from error

    @cached_property
    def _sets(self) -> dict[str, list[Item]]:
        """The rows by their place."""
        dated: dict[HtmlElement, list[tuple[HtmlElement, str]]] = defaultdict(list)
        titled = {link for link in self.root.iter("a") if link.get("title") or link.text_content().strip()}
        for holder, date in _dates(self.root):
            row = next((up for up in _up(holder) if not titled.isdisjoint(up.iter("a"))), None)
            if row is not None and row.tag not in ("body", "html"):
                dated[row].append((holder, date))
        sets: dict[str, list[Item]] = defaultdict(list)
        for row in self.root.iter():
            for item in self._row(row, dated[row]) if row in dated else ():
                sets[_place(row)].append(item)
        return sets

    def _row(self, row: HtmlElement, dates: Sequence[tuple[HtmlElement, str]]) -> Iterator[Item]:
        links = [row] if row.tag == "a" else [link for link in row.iter("a") if not _nested_link(link, row)]
        if len(dates) == 1 or row.tag in ("li", "tr", "a"):
            values = {date for _, date in dates}
            date = values.pop() if len(values) == 1 else None  # two dates in one row: which is which is not said
            found = [item for link in links if (item := self._item(link, date)) and item.title]
            if found:  # beside the title there may be a link to the column, or 详细
                yield max(found, key=lambda item: len(item.title or ""))
            return
        # One element holds the whole list, links and dates by turns: each link goes with the date on its side.
        order = {element: place for place, element in enumerate(row.iter())}
        after = order[links[0]] < order[dates[0][0]] if links else True
        places = [(order[link], link) for link in links]
        for holder, date in dates:
            beside = [link for place, link in places if (place < order[holder]) == after]
            link = (beside[-1] if after else beside[0]) if beside else None
            if link is not None and (item := self._item(link, date)) and item.title:
                yield item

    def _item(self, link: HtmlElement, date: str | None) -> Item | None:
        target = self.resolve(link)
        own = [" ".join(text.split()) for text in link.itertext() if isinstance(text, str)]
        printed = "".join(text for text in own if not DATE.fullmatch(text))
        full = " ".join((link.get("title") or "").split())
        # A printed title may be cut short; the attribute is used when it says more.
        title = full if full and (not printed or len(full) >= len(printed.rstrip(".…"))) else printed
        return None if target is None or NAVIGATION.match(title) else Item(target, title or None, date)


def _dates(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Text nodes that are a date, with the element they stand in."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "option"):
            continue
        parent = element.getparent()
        for text, holder in ((element.text, element), (element.tail, parent)):
            if text and holder is not None and (date := DATE.fullmatch(" ".join(text.split()))):
                yield holder, date[1]


def _date_near(link: HtmlElement) -> str | None:
    for up in (link, *list(_up(link))[1:4]):
        if up is not link and len(list(up.iter("a"))) > 1 and up.tag not in NESTED:
            return None
        values = {date for _, date in _dates(up)}
        if values:
            return values.pop() if len(values) == 1 else None
        if up.tag in NESTED:
            return None
    return None


def _up(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _nested_link(link: HtmlElement, row: HtmlElement | None = None) -> bool:
    """True for a link in a list inside the row: related pages that pop up (NDRC: 相关解读 below each notice)."""
    if row is None:
        return len(list(link.iterancestors("li"))) > 1
    return any(up.tag in ("li", "tr") for up in takewhile(lambda up: up is not row, link.iterancestors()))


def _place(row: HtmlElement) -> str:
    steps = (f"{up.tag!s}.{(up.get('class') or '').partition(' ')[0]}" for up in row.iterancestors())
    return "<".join((str(row.tag), *steps))


def _letters(items: Sequence[Item]) -> int:
    return sum(len(item.title or "") for item in items)
