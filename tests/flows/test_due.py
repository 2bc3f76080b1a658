"""Which sources a scheduled run crawls: by their cards as they stand when it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.source import FREQUENCIES, Source, load_sources
from flows.cache import cached_shard
from flows.due import due_sources, frequencies
from flows.errors import WrongUse
from flows.root import Root

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_card_that_only_says_another_frequency_has_nothing_cleaned_again(tmp_path: Path) -> None:
    root = Root(tmp_path)
    shard = root.raw / "a" / "20260101T000000Z.warc.gz"
    shard.parent.mkdir(parents=True)
    shard.write_bytes(b"pages")
    before = cached_shard(shard, root, {"a": card("a")})
    assert cached_shard(shard, root, {"a": card("a", frequency="weekly", recheck={"days": 1})}) == before
    assert cached_shard(shard, root, {"a": card("a", kind="repost")}) != before
