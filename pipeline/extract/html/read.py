"""HTML -> blocks, facts and attached files.

Enters: decoded HTML and the page's address. Leaves: an `Extracted`: the lines of the body, above them those lines of
the page that hold a fact (title, 发文字号, source line, fact table) for `fields.header` to read, and a removal for
every other line. Facts come from the head of the page, never from trafilatura, whose date finder looks at the clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.draft import Block, Fact
from pipeline.extract.html.body import Body, by_rule, find_body, read_page
from pipeline.extract.html.edges import widen
from pipeline.extract.html.facttable import read_fact_tables
from pipeline.extract.html.head import unstuffed_head
from pipeline.extract.html.heading import find_title, named_title, with_title
from pipeline.extract.html.links import base_of, read_links
from pipeline.extract.html.meta import head_facts
from pipeline.extract.html.related import leads_to_original
from pipeline.extract.html.tree import parse
from pipeline.extract.html.without_text import is_list, is_without_text
from pipeline.fields import title as titles
from pipeline.fields.dates import parse_time
from pipeline.fields.docnumber import normalize, serial_number
from pipeline.fields.labels import label_of, labelled
from pipeline.model import Removal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from crawler.source import Rule
    from pipeline.extract.html.page import Line
    from pipeline.fields.factlines import Explained
    from pipeline.model import Attachment, Relation

_WHY = {
    "rule": "stands outside the element that the source's card names",
    "container": "stands outside the element that holds the body",
    "trafilatura": "stands outside the body that trafilatura found",
    "density": "stands outside the part of the page that has its text",
    "lines": "stands above the title of a page without text",
}
_NUMBER = re.compile(r"[号號]")
_BYLINE = 60  # characters of a line under a title that says when, by whom and where


@dataclass(frozen=True, slots=True)
class Extracted:
    """blocks of head and body, facts, what stands outside the body, attached files, pages that belong to the document,
    flags, which rule found the body, how many lines the page has, where the markup says that the text begins
    (`Draft.text_from`), and links to other sites (`Draft.leaving`). is_list: the page has links to documents, and no
    text of its own.
    """

    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]
    removals: tuple[Removal, ...]
    attachments: tuple[Attachment, ...]
    relations: tuple[Relation, ...]
    flags: frozenset[str]
    extractor: str
    size: int = 0
    text_from: int = 0
    leaving: tuple[tuple[int, str, str], ...] = ()
    is_list: bool = False


def extract_html(text: str, url: str = "", rule: Rule | None = None, *, goes_on: bool = False) -> Extracted:
    """Read a page. One in which no body is found is read line by line, like text.

    rule: where the source's card says that title and text stand, if it does. goes_on: it is a further page of an
    article, whose head repeats what the first one says.
    """
    tree = parse(text)
    if tree is None:
        return Extracted((), (), (), (), (), frozenset(), "none")
    read = read_page(tree)
    lines = read.page.lines
    facts, stuffed = unstuffed_head(tree, head_facts(tree, url))
    above = (named_title(lines, tree, rule.title) if rule else None) or find_title(lines, tree, facts)
    shown = above if above and above.is_shown else None
    body = (by_rule(read, rule) if rule else None) or find_body(read, above.places[-1] if above else None)
    body = replace(body, inside=widen(lines, body.inside))
    running = [
        at for at in sorted(body.inside) if read.prose[at] and not (at and label_of(lines[at - 1].text) is not None)
    ]
    first = running[0] if running else len(lines)
    title = tuple(at for at in shown.places if at < first) if shown else ()  # an order's plan has the same title below
    table = read_fact_tables(lines, body.inside, running, title)
    facts = with_title(facts, shown) + tuple(fact for _, _, found in table.values() for fact in found)
    links = read_links(
        read.page, body, base_of(tree, url), " ".join(fact.value for fact in facts if fact.field == "title")
    )
    table |= dict.fromkeys(links.lines, ("extract.related", "names another page", ()))
    written = () if shown or not above else above.places
    kept, removals = _sort(lines, body, title, table, None if goes_on else written)
    shown_lines = [lines[at] for at in body.inside if not lines[at].hidden]
    flags = frozenset(("compromised",)) if stuffed else frozenset[str]()
    if is_without_text(shown_lines):
        flags |= {"needs_ocr"} if links.pictures else {"body_in_attachment"} if links.attachments else flags
    return Extracted(
        blocks=kept,
        facts=facts,
        removals=(*stuffed, *removals),
        attachments=(*links.attachments, *(links.pictures if "needs_ocr" in flags else ())),
        relations=links.relations,
        flags=flags,
        extractor=body.extractor,
        size=len(lines),
        text_from=_begins(body, title),
        leaving=tuple((at + 1, text, host) for at, text, host in links.leaving),
        is_list=is_list(shown_lines, links.led),
    )


def _begins(body: Body, title: Sequence[int]) -> int:
    """The line (from 1) at which the text begins, where markup gives both title and container; else 0."""
    known = title and body.inside and body.extractor == "container"
    return max(min(body.inside), title[-1] + 1) + 1 if known else 0


def _sort(
    lines: Sequence[Line],
    body: Body,
    title: Sequence[int],
    table: Mapping[int, Explained],
    written: Collection[int] | None = (),
) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """The lines of head and body as blocks, and a removal for each of the others.

    written: a title for the head's rules; None: the page has no head of its own.
    """
    first = min(body.inside, default=0)
    under = range(title[-1] + 1, first) if title else range(0)
    heads = {at for at in under if len(lines[at].text) <= _BYLINE and parse_time(lines[at].text)} | set(written or ())
    heads |= {at for at in range(first) if _holds_a_fact(lines[at], titled=bool(title))}
    heads = {at for at in heads if not (at and _is_of_original(lines[at - 1], lines[at]))}
    heads = set() if written is None else heads
    why = f"{_WHY[body.extractor]}{f' ({body.evidence})' if body.evidence else ''}"
    kept: list[Block] = []
    removals: list[Removal] = []
    for at, line in enumerate(lines):
        number = at + 1
        if line.hidden:
            removals.append(Removal("extract.hidden", "the page hides it from its readers", line.text, number))
        elif at in title:
            removals.append(Removal("lift.title", "title of the document", line.text, number, "title"))
        elif known := table.get(at):
            rule, reason, facts = known
            removals.append(Removal(rule, reason, line.text, number, facts[0].field if facts else None))
        elif at in body.inside or at in heads:
            kept.append(
                Block(line.text, number, "table", merged=line.table.merged)
                if line.table
                else Block(line.text, number, begins=not line.goes_on)
            )
        else:
            removals.append(Removal("extract.outside_body", why, line.text, number))
    return tuple(kept), tuple(removals)


def _is_of_original(above: Line, line: Line) -> bool:
    """True for number and day of the document that the page explains, below the link to it, in one box."""
    return leads_to_original(above) and above.owner.getparent() is line.owner.getparent()


def _holds_a_fact(line: Line, *, titled: bool) -> bool:
    """True for a line above the body that the head's rules can read; a link is none, it leads to another document."""
    text = line.text
    if line.is_table or line.is_link:
        return False
    if not titled and titles.score(text) >= 3:
        return True
    if (_NUMBER.search(text) and (normalize(text) or serial_number(text))) or label_of(text) is not None:
        return True
    return len(text) <= 200 and labelled(text) is not None
