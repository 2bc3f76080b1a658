"""Lines of a page that its readers do not see: names for sharing, print heads, injected links.

Enters: the lines of a page and the elements that hold them. Leaves: the lines, each with its `hidden` settled. What an
element hides is text all the same if it says something (panels of a 解读, text to unfold, a body that a script shows):
it is taken for hidden where it has no sentence, or where its words are spam.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.filters.spam.evidence import is_spam_text
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.extract.html.page import Line, PageLines


def settle_hidden(page: PageLines, prose: Callable[[Line], int]) -> PageLines:
    """The page with the lines marked that hidden elements hold. prose: how much running text a line has."""
    spans = [span for span in page.spans if span.hidden]
    if not spans:
        return page
    lines = list(page.lines)
    for span in spans:
        places = range(span.start, span.stop)
        spam = {at for at in places if is_spam_text(fold(lines[at].text))}
        says = any(prose(lines[at]) for at in places if at not in spam)
        for at in spam if says else places:
            if not lines[at].hidden:
                lines[at] = lines[at]._replace(hidden=True)
    return replace(page, lines=tuple(lines))
