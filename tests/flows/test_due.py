"""Which sources a scheduled run crawls: by their cards as they stand when it begins."""

from __future__ import annotations

import pytest

from crawler.source import FREQUENCIES, Source, load_sources
from flows.due import due_sources, frequencies
from flows.errors import WrongUse


def card(name: str, **more: object) -> Source:
    column = {"id": "c", "url": "http://127.0.0.1:1/"}
    fields = {"id": name, "title": name, "hosts": ["127.0.0.1:1"], "columns": [column]}
    return Source.model_validate(fields | more)


CARDS = {
    "a": card("a"),
    "b": card("b", frequency="weekly"),
    "off": card("off", enabled=False),
    "files": card("files", columns=[]),
}


def ids(*words: object) -> list[str]:
    return [one.id for one in due_sources(CARDS, *words)]  # type: ignore[arg-type]


def test_a_source_is_due_at_the_frequency_of_its_card_daily_if_it_says_nothing() -> None:
    assert (ids("daily"), ids("weekly"), ids("monthly"), ids()) == (["a"], ["b"], [], ["a", "b"])


def test_a_source_that_is_switched_off_is_crawled_when_it_is_named() -> None:
    assert ids("daily", ["off", "b"]) == ["off"]
    assert ids(None, ["b", "a", "b"]) == ["b", "a"]


def test_a_name_without_a_card_does_not_cost_the_night_unless_there_is_no_other() -> None:
    assert ids("daily", ["gone", "a"]) == ["a"]
    with pytest.raises(WrongUse, match="no card for any of gone, lost"):
        ids("daily", ["gone", "lost"])


def test_only_frequencies_with_sources_are_scheduled() -> None:
    assert frequencies(CARDS) == ("daily", "weekly")
    assert frequencies(CARDS, ["b"]) == ("weekly",)
    assert frequencies({"files": CARDS["files"]}) == ()


def test_a_frequency_that_is_none_is_an_error_of_the_card() -> None:
    with pytest.raises(ValueError, match="frequency"):
        card("a", frequency="nightly")
    assert {one.frequency for one in load_sources(None).values()} <= set(FREQUENCIES)
