"""The title as a page shows it: the lines above the body that the <title> of the page repeats.

Enters: the lines of a page and its <title>. Leaves: the title without the name of the site. Every template writes the
document's title into <title>, before or after its own name; the line that stands there and above the body tells where
the one ends and the other begins. This finds titles that no grammar knows (news, forms, 解读).

>>> shown_title(["首页", "防汛值班安排", "各区"], "防汛值班安排 - 青屿市应急管理局")
(1,)
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.cssselect import CSSSelector

from pipeline.draft import Block, Fact
from pipeline.extract.html.marked import LINES, MIN, PARTS, Title, is_no_title, marked_title, short_title
from pipeline.extract.html.tree import window_title
from pipeline.fields import title as titles
from pipeline.fields.factlines import NUMBERED
from pipeline.fields.labels import labelled
from pipeline.fields.organisation import is_organisation
from pipeline.fields.titlelines import MIDDLE, rest_of_title, title_lines
from pipeline.filters.furniture import is_tool
from pipeline.filters.spam.titles import unstuffed
from pipeline.text import fold, letters

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from lxml.etree import _Element

    from pipeline.extract.html.page import Line

_CUT = 8  # letters of a <title> before it breaks off that name one document
_DOTS = re.compile(r"\.{2,}|。{3,}")
_SHARE = 0.4  # of the <title>: what is shorter is the site's name or the column
_SURE = 3  # points of a title that is one by its words
_BEGINS = ("关于", "印发", "转发")
_HEAD = 40  # lines above the first sentence in which a title is looked for
_SENTENCE = 20  # characters


def find_title(lines: Sequence[Line], tree: _Element, facts: Sequence[Fact]) -> Title | None:
    """The title that the page shows, else the line that is one by its words. facts: of the page's head, without
    search phrases (`extract.html.head`).
    """
    site = {letters(fact.value) for fact in facts if fact.field in ("site_name", "column")}
    named = [fact.value for fact in facts if fact.field == "title"]
    said = window_title(tree)
    window = unstuffed(said)
    stuffed = window != said  # a hacked page is stuffed in its head too
    bare = _bare if stuffed else titles.undated
    headings = [heading for heading in (*named, window) if len(letters(heading)) >= MIN]
    known = letters("".join(headings))
    keys = [
        "" if not (stuffed or _may_begin(line.text, known)) or is_no_title(lines, at) else letters(bare(line.text))
        for at, line in enumerate(lines if headings else ())
    ]
    unended = ["" if "。" in line.text else key for line, key in zip(lines, keys, strict=False)]
    places: tuple[int, ...] = ()
    whole = True
    for heading in headings:
        cut = cut_title(unended, heading)
        found = cut or shown_title(keys, heading, site)
        if found and set(places) <= set(found):  # one may say less: 关于… in a meta tag, with the issuers in the window
            places, whole = found, not cut
    if places:
        places = (*_issuers(lines, places[0], known), *places, *_rest(lines, places[-1], whole=whole))
        shown = Title("".join(unstuffed(lines[at].text) for at in places), places)
        marked = marked_title(lines, site) if titles.score(shown.text) < _SURE else None
        return marked if marked and titles.score(marked.text) >= _SURE else shown  # <title> may name the site alone
    return marked_title(lines, site) or _written_title(lines) or short_title(lines, tree, named or [window], site)


def _may_begin(text: str, known: str) -> bool:
    """False for a line that begins with a letter which the <title> does not have: most lines, told at once."""
    first = text[:1]
    return not "一" <= first <= "鿿" or fold(first) in known


def _bare(text: str) -> str:
    return titles.undated(unstuffed(text))


def named_title(lines: Sequence[Line], tree: _Element, selectors: Sequence[str]) -> Title | None:
    """The title where the source's card says that it stands, by the first selector that finds one."""
    for selector in selectors:
        for element in CSSSelector(selector, translator="html")(tree):
            held = (at for at, line in enumerate(lines) if element in (line.owner, *line.owner.iterancestors()))
            if places := tuple(held):
                return Title("".join(lines[at].text for at in places), places)
    return None


def with_title(facts: tuple[Fact, ...], shown: Title | None) -> tuple[Fact, ...]:
    """The facts with the title as shown; titles of the head that say more than the page (the site's name) or less are
    cut to it, and a meta tag that speaks of another page counts no more than a file name.
    """
    if shown is None:
        return facts
    told = (_told(fact, shown.text) if fact.field == "title" else fact for fact in facts)
    line = shown.places[0] + 1
    day = titles.day_behind(shown.text)
    dated = (Fact("published", day, "body", line),) if day else ()
    return (*told, Fact("title", titles.trim(shown.text), "body", line), *dated)


def _told(fact: Fact, shown: str) -> Fact:
    key, value = letters(shown), letters(fact.value)
    less = value.startswith("关于") and key.endswith(value)  # without the issuers
    if key in value or less or any(map(key.startswith, _cut_off(fact.value))):
        return replace(fact, value=shown)
    if fact.where == "meta" and value not in key and titles.score(shown) >= 3:
        return replace(fact, where="file")
    return fact


def shown_title(keys: Sequence[str], heading: str, site: Container[str] = ()) -> tuple[int, ...]:
    """The indexes of the lines that repeat the <title>, or most of it; none if there are no such lines.

    keys: the letters of each line, "" for those that cannot be a title (links, tables). site: letters of names that are
    no title. The longest wins, and the first of equals.
    """
    whole = letters(heading)
    shortest = max(MIN, _SHARE * len(whole))
    size, best = 0, range(0)
    for start, key in enumerate(keys):
        joined, end = "", start
        while key and end < min(start + LINES, len(keys)) and keys[end] and joined + keys[end] in whole:
            joined += keys[end]
            end += 1
            if len(joined) > size and len(joined) >= shortest and joined not in site and not is_organisation(joined):
                size, best = len(joined), range(start, end)
    return tuple(best)


def cut_title(keys: Sequence[str], heading: str) -> tuple[int, ...]:
    """The indexes of the lines that go on where the <title> breaks off with "…"; none if it does not, or no line does.

    keys: see `shown_title`.
    """
    for beginning in _cut_off(heading):
        for start in range(len(keys)):
            joined = ""
            for end in range(start, min(start + LINES, len(keys))):
                joined += keys[end]
                if not keys[end] or not (joined.startswith(beginning) or beginning.startswith(joined)):
                    break
                if len(joined) >= len(beginning):
                    return tuple(range(start, end + 1))
    return ()


def _cut_off(heading: str) -> list[str]:
    """The letters before "…", with and without what stands before the last sign that divides it from a site's name."""
    before, dots, _ = _DOTS.sub("…", heading).partition("…")
    found = map(letters, (before, PARTS.split(before)[-1])) if dots else ()
    return [one for one in found if len(one) >= _CUT]


def _issuers(lines: Sequence[Line], first: int, known: str) -> tuple[int, ...]:
    """The lines right above a title that begins with 关于, in the same box: the bodies that issue it, which <title>
    leaves out. known: the letters of <title>; a body that it names is the site.
    """
    box = lines[first].owner.getparent()
    if box is None or not fold(lines[first].text).startswith(_BEGINS):
        return ()
    above = itertools.takewhile(
        lambda at: lines[at].owner.getparent() is box and _are_bodies(lines[at].text, known),
        range(first - 1, max(-1, first - LINES), -1),
    )
    return tuple(above)[::-1]


def _are_bodies(text: str, known: str) -> bool:
    names = text.split()
    return all(map(is_organisation, names)) and (len(names) > 1 or letters(text) not in known)


def _rest(lines: Sequence[Line], last: int, *, whole: bool) -> tuple[int, ...]:
    """The lines below that a title goes on over, in the same box. whole: the <title> gives all that it has, so only a
    line that ends in the middle (关于印发) goes on.
    """
    box = lines[last].owner.getparent()
    if box is None or (whole and not MIDDLE.search(fold(lines[last].text))):
        return ()
    below = itertools.takewhile(
        lambda at: lines[at].owner.getparent() is box and not is_no_title(lines, at) and not _is_part(lines[at].text),
        range(last + 1, min(last + LINES, len(lines))),
    )
    rest = rest_of_title(Block(lines[last].text, last), [Block(lines[at].text, at) for at in below], ())
    return tuple(block.line for block in rest)


def _is_part(text: str) -> bool:
    """True for a line that begins the text, or holds facts."""
    return NUMBERED.match(fold(text)) is not None or labelled(text) is not None


def _written_title(lines: Sequence[Line]) -> Title | None:
    """The title by its words alone (X关于Y的通知), nearest above the first sentence of the page.

    It tells where the text begins; whether it is the document's own is for `fields.header` to say.
    """
    first = next((at for at, line in enumerate(lines) if _is_text(line)), len(lines))
    head = [
        Block(line.text, at)
        for at, line in enumerate(lines[max(0, first - _HEAD) : first], max(0, first - _HEAD))
        if not is_no_title(lines, at) and not labelled(line.text) and not is_tool(fold(line.text))
    ]
    last = next((at for at in reversed(range(len(head))) if titles.score(head[at].text) >= 3), -1)
    found = title_lines(head[: last + 4], ()) if last >= 0 else []
    if not found:
        return None
    return Title("".join(block.text for block in found), tuple(block.line for block in found), is_shown=False)


def _is_text(line: Line) -> bool:
    return len(line.text) >= _SENTENCE and "。" in line.text and line.linked * 2 < len(line.text)
