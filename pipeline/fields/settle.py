"""Facts of a draft -> the values of a record's fields, with the place where each stood.

Enters: the facts that the steps found. Leaves: for each field the value from the best place (meta tag, header table,
body, list row, URL, file: design §6.1), `provenance`, and a flag `conflict_<field>` where two places give two values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.fields.dates import is_likely, parse_stamp
from pipeline.fields.docnumber import find_all, normalize, serial_number
from pipeline.repair.polish import polish

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from pipeline.draft import Draft, Fact
    from pipeline.model import Where

_ORDER: tuple[Where, ...] = ("meta", "header_table", "body", "list_row", "url", "file")
_PLACES = {where: place for place, where in enumerate(_ORDER)}
_EMPTY = frozenset(("", "无", "-", "--", "----", "暂无"))
_COMPARED = frozenset(("doc_number", "index_number", "written"))
"""Fields with one true value. The others have honest variants: a page shows the day, a meta tag the minute."""

_AHEAD = frozenset(("effective", "expires"))
"""Days that may lie far ahead."""

_VERBATIM = frozenset(("index_number", "theme"))
"""Codes and terms of a list: their signs are the site's own."""

T = TypeVar("T")


def _place(fact: Fact) -> int:
    return _PLACES[fact.where]


class Evidence:
    """Reads the facts of one draft and remembers what it took from where."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.provenance: dict[str, str] = {}
        self.flags: set[str] = set()

    def candidates(self, name: str) -> list[Fact]:
        """The facts for a field, best place first; in one place the order of the page."""
        facts = [fact for fact in self.draft.facts if fact.field == name]
        return sorted(facts, key=_place) if len(facts) > 1 else facts

    def text(self, name: str) -> str | None:
        """A value as printed, repaired like the text."""
        return self._settle(name, lambda fact: self._printed(fact))

    def day(self, name: str) -> date | None:
        return self._settle(name, self._day)

    def written(self) -> date | None:
        """成文日期: that of the fact table, unless it is the day of publication and the signature an earlier one."""
        day = self.day("written")
        published = {self._day(fact) for fact in self.candidates("published")}
        signed = next((self._day(fact) for fact in self.candidates("written") if fact.where == "body"), None)
        if day and signed and signed < day and day in published:
            self.provenance["written"] = "body"
            return signed
        return day

    def number(self) -> str | None:
        """The document's own 发文字号 in standard form."""
        return self._settle("doc_number", self._number)

    def moment(self, name: str) -> datetime | None:
        """A timestamp; its provenance ends in ":date" when the page gives no time of day.

        The day that the page shows comes before that of its meta tag, which on one page in eight is the day of a later
        edit; the tag then adds the time of day if it names the same one.
        """
        read = [(fact.where, *value) for fact in self.candidates(name) if (value := self._moment(fact))]
        if not read:
            return None
        shown = [one for one in read if one[0] != "meta"] if read[0][0] == "meta" else read
        best = shown[0] if shown and shown[0][0] not in ("url", "file") else read[0]
        if best[0] != read[0][0] and best[1].date() != read[0][1].date():
            self.flags.add(f"conflict_{name}")
        same = [one for one in read if one[1].date() == best[1].date()]
        where, moment, has_time = next((one for one in same if one[2]), best)
        self.provenance[name] = where if has_time else f"{where}:date"
        return moment

    def _settle(self, name: str, read: Callable[[Fact], T | None]) -> T | None:
        values = [(fact.where, value) for fact in self.candidates(name) if (value := read(fact)) is not None]
        if not values:
            return None
        if name in _COMPARED and len({value for _, value in values}) > 1:
            self.flags.add(f"conflict_{name}")
        self.provenance[name] = values[0][0]
        return values[0][1]

    def _moment(self, fact: Fact) -> tuple[datetime, bool] | None:
        read = parse_stamp(fact.value.strip())
        return read if read and (fact.field in _AHEAD or is_likely(read[0].date())) else None

    def _day(self, fact: Fact) -> date | None:
        read = self._moment(fact)
        return read[0].date() if read else None

    def _printed(self, fact: Fact) -> str | None:
        value = fact.value if fact.field in _VERBATIM else polish(fact.value, self.draft.flags)
        return None if value in _EMPTY else value

    def _number(self, fact: Fact) -> str | None:
        cited = find_all(fact.value)
        value = normalize(fact.value) or serial_number(fact.value) or (cited[0][0] if cited else None)
        sheet = self.draft.find("masthead")
        if value and value[0] in "第12" and sheet and not sheet.value.endswith("文件"):
            return polish(sheet.value, self.draft.flags).replace(" ", "") + value  # 第278号 under 济南市人民政府令
        return value
