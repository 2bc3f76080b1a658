"""HTML -> its elements, and the addresses that its links lead to.

Enters: markup of any kind, in time that grows with its length alone. Leaves: a tree that lxml made of it.

>>> tree = Tree('<a href="../b.html?n=国">B</a>', "http://a.cn/x/", "gb18030")
>>> tree.resolve(tree.root.find(".//a"))
'http://a.cn/b.html?n=%B9%FA'
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from crawler.markup import tamed
from crawler.platforms.answers import address, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["Tree", "upwards"]

NOT_PAGES = re.compile(r"^\s*(#|javascript:|mailto:|tel:|data:|file:|about:|[a-z]:\\|$)", re.IGNORECASE)
ONCLICK = re.compile(r"""['"]((?:https?:/)?/[^'"\s]+|[^'"\s]+\.s?html?(?:\?[^'"\s]*)?)['"]""")
"""The address in onclick="name2('/x/content/1.html')" (TrueCMS) and its like."""


class Tree:
    """A page of HTML, or a fragment of one.

    url: that it was fetched from; relative links are resolved against it or its <base>. encoding: of its bytes.
    """

    def __init__(self, markup: str, url: str, encoding: str = "utf-8") -> None:
        self.url = url
        self.markup = markup
        self._encoding = encoding
        self._resolved: dict[tuple[str, str], str | None] = {}

    @cached_property
    def root(self) -> HtmlElement:
        from lxml import etree, html  # costs 30 ms, and who only reads a card needs none of it

        markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", tamed(self.markup)).replace("\x00", "")
        try:
            return html.document_fromstring(markup)
        except (etree.ParserError, ValueError, AssertionError):  # empty, or nothing in it is an element
            return html.document_fromstring("<p>")

    @cached_property
    def base(self) -> str:
        base = self.root.find(".//base[@href]")
        return (joined(self.url, base.get("href") or "") if base is not None else None) or self.url

    def resolve(self, link: HtmlElement) -> str | None:
        """The canonical address of a link; None where it leads to no page of the web."""
        key = (link.get("href") or "", link.get("onclick") or "")
        if key not in self._resolved:
            self._resolved[key] = self._address(*key)
        return self._resolved[key]

    def _address(self, href: str, onclick: str) -> str | None:
        if NOT_PAGES.match(href):
            called = ONCLICK.search(onclick) or (
                ONCLICK.search(href) if href.lower().lstrip().startswith("javascript:") else None
            )
            href = called[1] if called else ""
        if not href or NOT_PAGES.match(href):
            return None
        return address(self.base, href, self._encoding)


def upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    """The element, and all that it stands in, from within."""
    return chain((element,), element.iterancestors())
