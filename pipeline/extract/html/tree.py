"""Decoded HTML -> the tree of the page.

>>> "".join(parse("<p>甲</html><p>乙").itertext())
'甲乙'
"""

from __future__ import annotations

import re

from lxml import etree

_TEXT = etree.XPath("string()", smart_strings=False)
_END = re.compile(r"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])\s*>")
"""What follows </html> belongs to the body (HTML Living Standard, 13.2.6.4.22), but libxml2 puts it beside the root: a
header included with its own </html> would end the page."""


def parse(text: str) -> etree._Element | None:
    """The tree of a page; None if it has no element. Pages glued together from several files are read as one."""
    whole = _END.sub("", text)
    if "\0" in whole:  # browsers pass over them; libxml2 would end the page
        whole = whole.replace("\0", "")
    try:
        return etree.fromstring(whole.encode("utf-8", "replace"), _parser())
    except (etree.ParserError, ValueError):
        return None


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)  # nobody looks elements up by their id


def window_title(tree: etree._Element) -> str:
    """What the first <title> says, as it stands there."""
    first = next(tree.iter("title"), None)
    return (first.text or "") if first is not None else ""


def text_of(element: etree._Element) -> str:
    """All text in an element, without comments."""
    return str(_TEXT(element)) if len(element) else element.text or ""
