"""What a document says about others: what it issues, forwards, amends, repeals, interprets or only cites.

Enters: title and text. Leaves: relations, each other document once, with the place where the strongest thing is said of
it; targets are kept whether we hold them or not.

>>> find_relations("市政府关于印发《绿色制造实施方案》的通知", "", None)[0].target_title
'绿色制造实施方案'
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pipeline.fields.relations_cited import find_mentions
from pipeline.fields.relations_listed import listed
from pipeline.fields.relations_said import acts
from pipeline.fields.relations_title import explains, titled
from pipeline.model import Relation
from pipeline.text import letters

_STRENGTH = {kind: rank for rank, kind in enumerate(("repeals", "amends", "forwards", "issues", "interprets", "cites"))}
_STATE = "中华人民共和国"


def find_relations(title: str | None, text: str, own_number: str | None) -> tuple[Relation, ...]:
    """Relations in order of appearance, those of the title first; the document itself is none."""
    mentions = find_mentions(text)
    types = acts(text, mentions, title is not None and explains(title))
    in_lists = {(one.start, one.title): (one, kind) for one, kind in listed(text, mentions)}
    found = [Relation(kind, None, target, 0, 0) for kind, target in titled(title)] if title else []
    for one, kind in zip(mentions, types, strict=True):
        if one.number and (one.number == own_number or (one.start == 0 and not one.title)):
            continue
        _, kind = in_lists.pop((one.start, one.title), (one, kind))
        if kind == "cites" and one.title and not one.number and f"\n{one.title}\n" in text:
            continue  # it stands below: the plan or an annex of this page
        found.append(
            Relation(kind if one.title or kind != "issues" else "cites", one.number, one.title, one.start, one.end)
        )
    found += [Relation(kind, one.number, one.title, one.start, one.end) for one, kind in in_lists.values()]
    return _each_once(found, key(title or ""))


def key(title: str) -> str:
    """The form in which titles are compared: letters alone, without 中华人民共和国 in front."""
    return letters(title).removeprefix(_STATE)


def _each_once(found: list[Relation], own: str) -> tuple[Relation, ...]:
    """One relation for each other document: the strongest, at its first place, with the number told anywhere.

    The same title with two numbers is two documents. What a document issues is its own: the text of the same title
    that it repeals is the one before, and any number in the text is that of another.
    """
    numbers, titles = _pairs(found)
    best: dict[tuple[str, bool], Relation] = {}
    for one in found:
        name = key(one.target_title) if one.target_title else ""
        if name and name == own and one.type in ("cites", "issues"):
            continue
        issued = one.type == "issues"
        number = one.target_number or (None if issued else numbers.get(name))
        told = replace(one, target_number=number, target_title=one.target_title or titles.get(number or ""))
        place = (number or name, issued)
        if place not in best or _STRENGTH[told.type] < _STRENGTH[best[place].type]:
            best[place] = told
    once = (one for place, one in best.items() if one.type != "cites" or (place[0], True) not in best)
    return tuple(sorted(once, key=lambda one: (one.start, one.end)))


def _pairs(found: list[Relation]) -> tuple[dict[str, str], dict[str, str]]:
    """The one number of each title, and the title of each number, from where both stand together."""
    pairs = {(key(one.target_title), one.target_number): one for one in found if one.target_title and one.target_number}
    several = Counter(name for name, _ in pairs)
    numbers = {n: number for (n, number), one in pairs.items() if several[n] == 1 and one.type != "repeals"}
    return numbers, {number: one.target_title for (_, number), one in reversed(pairs.items()) if one.target_title}
