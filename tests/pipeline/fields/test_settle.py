"""Of several facts the one from the best place counts; where places disagree the record says so."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pagemaker import draft

from pipeline.draft import Fact, Where
from pipeline.fields.settle import Evidence


def evidence(*facts: tuple[str, str, Where]) -> Evidence:
    return Evidence(draft("正文。").learn(*(Fact(name, value, where) for name, value, where in facts)))


def published(*facts: tuple[str, Where]) -> tuple[datetime | None, str | None, set[str]]:
    found = evidence(*(("published", value, where) for value, where in facts))
    moment = found.moment("published")
    return moment, found.provenance.get("published"), found.flags


@pytest.mark.parametrize("place", ["header_table", "body", "list_row"])
def test_the_day_that_the_page_shows_goes_before_that_of_its_meta_tag(place: Where) -> None:
    found = published(("2022-06-30 17:20", "meta"), ("2022-05-19", place))
    assert found == (datetime(2022, 5, 19), f"{place}:date", {"conflict_published"})


def test_the_meta_tag_gives_the_time_of_the_same_day() -> None:
    found = published(("2022-05-19 09:30", "meta"), ("2022年5月19日", "body"))
    assert found == (datetime(2022, 5, 19, 9, 30), "meta", set())


def test_the_page_gives_the_time_of_the_same_day_too() -> None:
    found = published(("2022-05-19", "meta"), ("2022-05-19 09:30", "body"))
    assert found == (datetime(2022, 5, 19, 9, 30), "body", set())


def test_what_is_shown_in_the_better_place_wins() -> None:
    found = published(("2022-05-21", "body"), ("2022-05-19", "header_table"), ("2022-05-20", "meta"))
    assert found == (datetime(2022, 5, 19), "header_table:date", {"conflict_published"})


@pytest.mark.parametrize("place", ["url", "file"])
def test_an_address_says_less_than_a_meta_tag(place: Where) -> None:
    found = published(("2022-05-20 08:00", "meta"), ("2022-05-19", place))
    assert found == (datetime(2022, 5, 20, 8), "meta", set())


def test_an_address_alone_is_better_than_nothing() -> None:
    assert published(("2022-05-19", "url")) == (datetime(2022, 5, 19), "url:date", set())
    assert published(("近日", "meta"), ("2022-05-19", "url")) == (datetime(2022, 5, 19), "url:date", set())
    assert published(("近日", "body")) == (None, None, set())
    assert published() == (None, None, set())


def test_two_shown_days_are_no_conflict_with_a_meta_tag_that_agrees_with_the_first() -> None:
    found = published(("2022-05-19", "meta"), ("2022-05-19", "header_table"), ("2022-05-25", "body"))
    assert (found[0], found[2]) == (datetime(2022, 5, 19), set())


@pytest.mark.parametrize("value", ["1970-01-01", "1970-01-01 08:00", "1900-01-01", "2099-12-31", "0001-01-01"])
def test_days_that_stand_for_none_are_no_value(value: str) -> None:
    assert published((value, "meta"), ("2022-05-19", "url")) == (datetime(2022, 5, 19), "url:date", set())
    found = evidence(("written", value, "header_table"), ("written", "2022-05-19", "body"))
    assert (found.day("written"), found.flags) == (date(2022, 5, 19), set())


def test_a_document_may_end_far_ahead() -> None:
    assert evidence(("expires", "2099-12-31", "header_table")).day("expires") == date(2099, 12, 31)


@pytest.mark.parametrize("name", ["theme", "index_number"])
def test_terms_of_a_list_keep_their_own_signs(name: str) -> None:
    value = "工业,交通(铁路);其他"
    assert evidence((name, value, "header_table")).text(name) == value
    assert evidence(("issuer", value, "header_table")).text("issuer") != value


@pytest.mark.parametrize("value", ["无", "--", "----", "暂无", "-", ""])
def test_signs_for_nothing_are_nothing(value: str) -> None:
    found = evidence(("theme", value, "header_table"), ("theme", "工业", "body"))
    assert found.text("theme") == "工业"
    assert found.provenance["theme"] == "body"
