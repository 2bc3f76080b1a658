"""HTML elements by what they do to the text that they hold: run on, say nothing, begin a line, hide.

Enters: tags and style attributes. Leaves: sets of tags, and what a style says. Of the style sheet of a browser (HTML
Living Standard, 15.3) only what decides where a line of text begins, and whether a reader sees it.

>>> style_of("display: none").hides
True
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "input", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "meta"),
    )
)
"""Elements that run on in the line."""
SILENT = frozenset(
    (
        *("script", "style", "head", "svg", "iframe", "object", "canvas", "audio", "video"),
        *("title", "xml", "map"),  # <xml>: the settings that Word pastes along ("Normal 0 7.8 磅")
    )
)
"""Elements whose text is none of the page's."""
UNSEEN = frozenset(("noscript", "template", "textarea"))
"""Elements that show nothing, or what is typed; some sites keep a body in them for a script to show."""
LEAVES = frozenset(("p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "span", "font", "b", "strong", "em", "u", "a"))
"""Elements that hold a paragraph or a row, not a document."""
LEADING = frozenset(("a", "img", "iframe", "embed", "object"))
"""Elements that lead to files or other pages."""
APART = LEADING | SILENT | UNSEEN | {"meta"}
"""Elements that do more than to hold text, or do not."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|text-indent\s*:\s*-\d{3}"
    r"|opacity\s*:\s*0(?:\.0+)?(?![.\d])|clip\s*:\s*rect\(\s*0"
    r"|(?:^|;)\s*(?:height|width)\s*:\s*[01](?:px)?\s*;.*overflow\s*:\s*hidden"
    r"|overflow\s*:\s*hidden.*;\s*(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)"
    r"|(?:left|top)\s*:\s*-\d{3,}px|transform\s*:[^;]*scale\(\s*0*(?:\.0+)?\s*\)",
)
_SHOWN = re.compile(r"display\s*:\s*(?:block|table|flex|list-item)")
_KEEPS_BREAKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")


class Style(NamedTuple):
    """What an element's style says of its text."""

    hides: bool = False
    begins_lines: bool = False
    keeps_breaks: bool = False


PLAIN = Style()
"""That of an element without the attribute, or whose attribute says none of this."""


@lru_cache(maxsize=4096)
def style_of(style: str) -> Style:
    """What a style attribute says; sites repeat the same few."""
    said = style.lower()
    hides = _HIDDEN.search(said) is not None
    begins_lines = "display" in said and _SHOWN.search(said) is not None
    keeps_breaks = "white-space" in said and _KEEPS_BREAKS.search(said) is not None
    return Style(hides, begins_lines, keeps_breaks) if hides or begins_lines or keeps_breaks else PLAIN


def is_hidden(element: _Element) -> bool:
    """True for an element that its own attributes hide."""
    said = element.get("style")
    return (bool(said) and style_of(said).hides) or element.get("hidden") is not None
