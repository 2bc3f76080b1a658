"""HTML -> the rows of its list: links with the dates that are printed beside them.

A row is the smallest element that holds a link with a title and a date of its own, outside the link's title
(`crawler.platforms.dates`). Of several sets of such rows one is the list (`crawler.platforms.places`); a later page
looks for the set that page 1 had, because there a side list may be longer than what is left. Rows between them that
bear a picture 新 instead of a date are rows too.

>>> page = Page('<ul><li><a href="a.html">关于甲的通知</a><span>2024-01-05</span></li></ul>', "http://a.cn/list/")
>>> page.rows()[0].url, page.rows()[0].published
('http://a.cn/list/a.html', '2024-01-05')
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.errors import ListError
from crawler.platforms.dates import Dates, Printed, read
from crawler.platforms.places import Row, RowSet, row_sets, shape
from crawler.platforms.protocol import Item
from crawler.platforms.tree import Tree, upwards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

NAVIGATION = re.compile(
    r"^[\s<>«»‹›|…]*+(首\s*页|尾\s*页|末\s*页|[上下前后]\s*一?\s*页|更多|more|返回|\d{0,4})[\s<>«»‹›|…]*+$",
    re.IGNORECASE,
)
NESTED = ("li", "tr", "dd")
LEAST_TITLE = 4
"""Characters of the title of a row without a date."""


class Page(Tree):
    """One list page of HTML, or a fragment of one."""

    @cached_property
    def dates(self) -> Dates:
        return Dates(self.root)

    def rows(self, within: str | None = None, item: str | None = None) -> list[Item]:
        """The list's rows. within: `place` of page 1's list; item: CSS selector of the links, if the card has one."""
        if item:
            return [row for link in self._selected(item) if (row := self._item(link, self._date_near(link)))]
        chosen = self._sets.get(self.place if within is None else within)
        return [row.item for row in self._with_undated(chosen)] if chosen else []

    @cached_property
    def place(self) -> str:
        """Where the list stands, as page 2 will say it too; "" if the page has no list."""
        folder = urlsplit(self.url).path.rpartition("/")[0] + "/"
        found = max(self._sets.values(), key=lambda rows: rows.weight(folder), default=None)
        return found.key if found else ""

    def links(self, pattern: str) -> list[Item]:
        """Links whose resolved address contains a pattern, with a date if the row has one; for lists without dates."""
        found = (self._item(link, self._date_near(link)) for link in self.root.iter("a") if not _nested_link(link))
        return [row for row in found if row and re.search(pattern, row.url)]

    def cells(self, url: str) -> list[str]:
        """Texts of the table cells that stand beside the link to url."""
        row = self._table_rows.get(url)
        return [] if row is None else [" ".join(cell.text_content().split()) for cell in row.iter("td")]

    @cached_property
    def own_text(self) -> str:
        """The page's text outside its rows and titles: what it says of itself and not of a document."""
        of_documents = self._named_links.union(row.element for row in self._single_rows)
        kept = (text.words for text in self.dates.texts if of_documents.isdisjoint(upwards(text.holder)))
        return " ".join(kept)

    def _selected(self, selector: str) -> list[HtmlElement]:
        from cssselect import SelectorError

        try:
            return self.root.cssselect(selector)
        except SelectorError as error:
            raise ListError(f"{self.url}: the card's selector {selector!r} is no CSS ({error})") from error

    @cached_property
    def _titled(self) -> dict[HtmlElement, None]:
        """Elements that are, or hold, a link with a title."""
        found: dict[HtmlElement, None] = {}
        for link in self.root.iter("a"):
            if link.get("title") or link.text_content().strip():
                for up in takewhile(lambda up: up not in found, upwards(link)):
                    found[up] = None
        return found

    @cached_property
    def _rows(self) -> dict[HtmlElement, list[Printed]]:
        """Elements that are rows, with their dates."""
        dated: dict[HtmlElement, list[Printed]] = defaultdict(list)
        for printed in self.dates.printed:
            row = next((up for up in upwards(printed.holder) if up in self._titled), None)
            if row is not None and row.tag not in ("body", "html"):
                dated[row].append(printed)
        return dict(dated)

    @cached_property
    def _sets(self) -> dict[str, RowSet]:
        begins = self.dates.begins
        found = ((row, item) for row in sorted(self._rows, key=begins.__getitem__) for item in self._items(row))
        return row_sets(Row(row, begins[row], item) for row, item in found)

    @cached_property
    def _single_rows(self) -> list[Row]:
        return [row for rows in self._sets.values() for row in rows.rows if self._is_single(row.element)]

    @cached_property
    def _table_rows(self) -> dict[str, HtmlElement]:
        found: dict[str, HtmlElement] = {}
        for row in self.root.iter("tr"):
            for link in row.iter("a"):
                if target := self.resolve(link):
                    found.setdefault(target, row)
        return found

    def _is_single(self, row: HtmlElement) -> bool:
        """True for one document's element; else it holds a whole list, links and dates by turns."""
        return len(self._rows.get(row, ())) <= 1 or row.tag in ("li", "tr", "a")

    @cached_property
    def _named_links(self) -> frozenset[HtmlElement]:
        """Links whose text may be the title of a document."""
        return frozenset(link for link in self.root.iter("a") if len(link.text_content().strip()) > 2 * LEAST_TITLE)

    def _with_undated(self, chosen: RowSet) -> list[Row]:
        """The rows, and those that stand between them without a date of their own."""
        begins, shapes = self.dates.begins, chosen.shapes
        tags = {row.element.getparent(): row.element.tag for row in chosen.rows if self._is_single(row.element)}
        more = []
        for parent, tag in tags.items():
            for element in parent if parent is not None else ():
                if element.tag == tag and element in self._titled and not self.dates.has(element):
                    for item in self._items(element):
                        if len(item.title or "") >= LEAST_TITLE and shape(item.url) in shapes:
                            more.append(Row(element, begins[element], item))
        return sorted((*chosen.rows, *more), key=lambda row: row.number)

    def _items(self, row: HtmlElement) -> Iterator[Item]:
        dates = self._rows.get(row, [])
        links = [row] if row.tag == "a" else [link for link in row.iter("a") if not _nested_link(link, row)]
        if self._is_single(row):
            values = {printed.date for printed in dates}
            date = values.pop() if len(values) == 1 else None  # two dates in one row: which is which is not said
            found = [item for link in links if (item := self._item(link, date)) and item.title]
            if found:  # beside the title there may be a link to the column, or 详细
                yield max(found, key=lambda item: len(item.title or ""))
            return
        # One element holds the whole list, links and dates by turns: each link goes with the date on its side.
        places = [self.dates.begins[link] for link in links]
        behind = not places or places[0] < dates[0].at
        for printed in dates:
            at = bisect_left(places, printed.at) - (1 if behind else 0)
            if 0 <= at < len(links) and (item := self._item(links[at], printed.date)) and item.title:
                yield item

    def _item(self, link: HtmlElement, date: str | None) -> Item | None:
        target = self.resolve(link)
        own = [" ".join(text.split()) for text in link.itertext() if isinstance(text, str)]
        printed = "".join(text for text in own if not read(text))
        full = " ".join((link.get("title") or "").split())
        # A printed title may be cut short; the attribute is used when it says more.
        title = full if full and (not printed or len(full) >= len(printed.rstrip(".…"))) else printed
        return None if target is None or NAVIGATION.match(title) else Item(target, title or None, date)

    def _date_near(self, link: HtmlElement) -> str | None:
        for up in (link, *islice(link.iterancestors(), 3)):
            if up is not link and up.tag not in NESTED and len(list(islice(up.iter("a"), 2))) > 1:
                return None
            if self.dates.has(up):
                return self.dates.of(up)
            if up.tag in NESTED:
                return None
        return None


def _nested_link(link: HtmlElement, row: HtmlElement | None = None) -> bool:
    """True for a link in a list inside the row: related pages that pop up (NDRC: 相关解读 below each notice)."""
    if row is None:
        return len(list(link.iterancestors("li"))) > 1
    return any(up.tag in ("li", "tr") for up in takewhile(lambda up: up is not row, link.iterancestors()))
