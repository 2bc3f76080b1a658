"""Lines of a page that its readers do not see: names for sharing, print heads, injected links.

Enters: the lines of a page and the elements that hold them. Leaves: the lines, each with its `hidden` settled. What an
element hides is text all the same if it says something (panels of a 解读, text to unfold, a body that a script shows):
it is taken for hidden where it has no sentence, or where its words are spam.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.html.line import Line
from pipeline.filters.spam.evidence import is_spam_text
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import MutableSequence, Sequence

    from pipeline.extract.html.line import PageLines


def settle_hidden(page: PageLines, prose: MutableSequence[int]) -> PageLines:
    """The page with the lines marked that hidden elements hold. prose: how much running text each line has; that of
    hidden lines becomes none.
    """
    spans = [span for span in page.spans if span.hidden]
    if not spans:
        return page
    lines = list(page.lines)
    for span in spans:
        gone: Sequence[int] = range(span.start, span.stop)
        if says := sum(prose[at] for at in gone):
            spam = [at for at in gone if is_spam_text(fold(lines[at].text))]
            gone = spam if sum(prose[at] for at in spam) < says else gone
        for at in gone:
            if not lines[at].hidden:
                text, owner, linked, table, _, goes_on = lines[at]
                lines[at] = Line(text, owner, linked, table, True, goes_on)
                prose[at] = 0
    return replace(page, lines=tuple(lines))
