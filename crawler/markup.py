"""Markup from outside, read in one pass: each character is looked at a bounded number of times, whatever it says.

Enters: the text of a page. Leaves: its tags and texts, what a person would see of it, what stands between two marks.
It reads as browsers do: a tag ends at the first > outside its quotes; what is never closed reaches to the end.

A pattern like `<a\\b[^>]*href` looks through the rest of the page at each of its beginnings: 600 KB of `<a ` kept a
crawl busy for 270 s. lxml is no way out for every page: 200,000 attributes in one tag take it 40 s (see `tamed`).

>>> [(token.name, token.attributes.get("href")) for token in tokens('<A HREF="b.html">B</a>')]
[('a', 'b.html'), ('', None), ('/a', None)]
>>> visible("<title>T</title><p>甲&nbsp;乙<!-- 丙 --></p>")
'甲乙'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Token", "spans", "tamed", "title_of", "tokens", "visible", "without_comments"]

_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)"""
ATTRIBUTE = re.compile(rf"[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+({_VALUE})?+)?+")
TAG = re.compile(rf"<([a-z][^\s/>]*+)((?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE}?+)?+)*+)[\s/]*+>", re.IGNORECASE)
MARK = re.compile(r"<(?:!--|[!?/a-z])", re.IGNORECASE)
RAW = ("script", "style", "xmp", "textarea")
"""Elements whose content is no markup."""
UNSEEN = ("script", "style", "head", "noscript", "title")

MOST_ATTRIBUTES = 500
"""Of one tag; real ones have a dozen."""
TAME = 100_000
"""Characters up to which no page can take a parser long."""

TITLE = re.compile(r"<title\b[^<>]*>", re.IGNORECASE)
TITLE_END = re.compile(r"</title", re.IGNORECASE)
COMMENT, COMMENT_END = re.compile("<!--"), re.compile("-->")


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, or a piece of text. name: in lower case; "/a" of an end tag, "" of text. said: attributes, or the text."""

    name: str
    said: str
    start: int

    @property
    def attributes(self) -> dict[str, str]:
        """Names in lower case; the first of a name counts, as in browsers."""
        found: dict[str, str] = {}
        if not self.name:
            return found
        for number, match in enumerate(ATTRIBUTE.finditer(self.said)):
            if number == MOST_ATTRIBUTES:
                break
            value = match[2] or ""
            quoted = value[:1] in ("'", '"')
            found.setdefault(match[1].lower(), unescape(value[1:-1] if quoted else value))
        return found


def tokens(markup: str) -> Iterator[Token]:
    """Tags and texts in their order, without comments and without the content of scripts and styles."""
    at = 0
    while mark := MARK.search(markup, at):
        start = mark.start()
        if start > at:
            yield Token("", markup[at:start], at)
        tag = TAG.match(markup, start) if mark[0][1].isalpha() else None
        if tag is not None:
            name = tag[1].lower()
            yield Token(name, tag[2], start)
            at = tag.end()
            if name in RAW:
                end = re.compile(rf"</{name}\b", re.IGNORECASE).search(markup, at)
                if end is None:
                    return
                at = end.start()
            continue
        end_at = markup.find("-->" if mark[0] == "<!--" else ">", start + len(mark[0]))
        if end_at < 0 or mark[0][1].isalpha():  # the page ends within a tag or a comment
            return
        if mark[0] == "</":
            yield Token("/" + markup[start + 2 : end_at].strip().lower(), "", start)
        at = end_at + (3 if mark[0] == "<!--" else 1)
    if at < len(markup):
        yield Token("", markup[at:], at)


def visible(markup: str, most: int = 2_000) -> str:
    """The letters that a person would see, without blanks; reading stops when there are `most` of them."""
    seen: list[str] = []
    letters = 0
    hidden = ""
    for token in tokens(markup):
        if hidden:
            hidden = "" if token.name == f"/{hidden}" or token.name == "body" else hidden
        elif token.name in UNSEEN and token.name not in RAW:
            hidden = token.name
        elif not token.name:
            seen.append("".join(unescape(token.said).split()))
            letters += len(seen[-1])
            if letters >= most:
                break
    return "".join(seen)


def title_of(markup: str) -> str:
    """The text of <title>, on one line."""
    begun = TITLE.search(markup)
    ended = TITLE_END.search(markup, begun.end()) if begun else None
    return " ".join(markup[begun.end() : ended.start()].split()) if begun and ended else ""


def spans(markup: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Begin and end of each piece from a mark to the next that closes it; an unclosed one is none."""
    at = 0
    while (begun := opening.search(markup, at)) and (ended := closing.search(markup, begun.end())):
        yield begun.start(), ended.end()
        at = ended.end()


def without_comments(markup: str) -> str:
    """The page without its comments; one that is never closed stays."""
    kept: list[str] = []
    at = 0
    for start, end in spans(markup, COMMENT, COMMENT_END):
        kept.append(markup[at:start])
        at = end
    return "".join((*kept, markup[at:]))


def tamed(markup: str) -> str:
    """The page without tags of more attributes than any page has, on which parsers take the square of their number."""
    if len(markup) <= TAME:
        return markup
    kept: list[str] = []
    at = 0
    for token in tokens(markup):
        if token.name and len(token.said) > MOST_ATTRIBUTES and _attributes(token.said) > MOST_ATTRIBUTES:
            kept.append(markup[at : token.start])
            at = token.start + len(token.name) + 1 + len(token.said)
            at = markup.find(">", at) + 1 or len(markup)
    return "".join((*kept, markup[at:])) if kept or at else markup


def _attributes(said: str) -> int:
    return sum(1 for _, _ in zip(range(MOST_ATTRIBUTES + 1), ATTRIBUTE.finditer(said), strict=False))
