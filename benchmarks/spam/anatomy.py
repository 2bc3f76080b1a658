"""Where things can be put into a clean page: the paragraphs of its document, the gaps between them, head and body.

Enters: a page as a string and the document that it holds. Leaves: a `Clean` page. The page is never parsed and written
again: every injection is spliced into the string, so that nothing else on the page changes.

>>> page = anatomy("a", "http://x.gov.cn/a", "<html><head><title>t</title></head><body><p>"
...     "各县级市人民政府，各有关部门，请认真组织实施本通知的要求。</p></body></html>",
...     "各县级市人民政府，各有关部门，请认真组织实施本通知的要求。", "t")
>>> page.source[page.runs[0][0]:page.runs[0][1]]
'各县级市人民政府，各有关部门，请认真组织实施本通知的要求。'
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterable

LONG = 20
"""Letters of a run that can take a sentence: shorter ones are headings, cells and addressees."""
_OPAQUE = re.compile(r"<(script|style|textarea|noscript|title)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_RUN = re.compile(r">([^<>]+)(?=<)")
_CLOSED = re.compile(
    r"(?:</?(?:span|b|strong|font|em|i|u|o:p)\b[^>]*>|&nbsp;|\s)*(?:</p\s*>|<br\s*/?>|</div\s*>)", re.IGNORECASE
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """A page without spam. runs: spans of the document's paragraphs in `source`. gaps: places between them.

    plain: a naive scrape, a title line and one paragraph a line. head, opens, closes: the ends of <head>, of the <body>
    tag, and the start of </body>; in plain text the start, the end of the title line, and the end.
    """

    name: str
    url: str
    source: str
    title: str
    plain: bool
    runs: tuple[tuple[int, int], ...]
    gaps: tuple[int, ...]
    title_span: tuple[int, int]
    head: int
    opens: int
    closes: int

    @property
    def usable(self) -> bool:
        """True if there is room for every technique."""
        return len(self.runs) >= 3 and len(self.gaps) >= 2


def splice(source: str, insertions: Iterable[tuple[int, str]]) -> str:
    """The string with each text put in at its place; at one place they stand in the order given."""
    pieces: list[str] = []
    last = 0
    for place, text in sorted(insertions, key=lambda insertion: insertion[0]):
        pieces += [source[last:place], text]
        last = place
    return "".join([*pieces, source[last:]])


def anatomy(name: str, url: str, source: str, document: str, title: str) -> Clean:
    """Find the places of an HTML page."""
    bare = _OPAQUE.sub(lambda match: " " * len(match[0]), source)
    whole = letters(document)
    found = [(match.span(1), letters(html.unescape(match[1]))) for match in _RUN.finditer(bare)]
    times = Counter(key for _, key in found)  # what stands twice on a page is shown once, nobody knows which
    runs = [span for span, key in found if len(key) >= LONG and key in whole and times[key] == 1]
    gaps = [closed.end() for _, end in runs if (closed := _CLOSED.match(bare, end))]
    body = re.search(r"<body\b[^>]*>", bare, re.IGNORECASE)
    ends = [match.start() for match in re.finditer(r"</body\s*>", bare, re.IGNORECASE)]
    head = re.search(r"</head\s*>", bare, re.IGNORECASE)
    titled = _TITLE.search(source)
    opens = body.end() if body else 0
    return Clean(
        name=name,
        url=url,
        source=source,
        title=title,
        plain=False,
        runs=tuple(runs),
        gaps=tuple(dict.fromkeys(gaps)),
        title_span=titled.span(1) if titled else (0, 0),
        head=head.start() if head else opens,
        opens=opens,
        closes=ends[-1] if ends else len(source),
    )


def plain_anatomy(name: str, url: str, source: str) -> Clean:
    """Find the places of a plain text whose first line is the title."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", source)]
    first = lines[0]
    rest = [span for span in lines[1:] if source[span[0]] != "|"]
    return Clean(
        name=name,
        url=url,
        source=source,
        title=source[slice(*first)],
        plain=True,
        runs=tuple(span for span in rest if len(letters(source[slice(*span)])) >= LONG),
        gaps=tuple(min(end + 1, len(source)) for _, end in rest),
        title_span=first,
        head=0,
        opens=min(first[1] + 1, len(source)),
        closes=len(source),
    )
