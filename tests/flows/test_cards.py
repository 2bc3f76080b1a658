"""A card that cannot be read costs its own source: what it gave before stands, and the others go on."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from city_cards import write_card

from crawler.errors import SourceError
from crawler.source import load_sources
from flows.cards import look_at_cards, read_cards
from flows.due import due_cards
from flows.root import Root
from tests.city import city

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Zhengce

CARD = "id: {0}\ntitle: {0}\ndivision: '320500'\nhosts: [127.0.0.1]\ncolumns: [{{id: c, url: 'http://127.0.0.1/'}}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Two cities whose cards were read before."""
    for name in ("a", "b"):
        (tmp_path / "sources").mkdir(exist_ok=True)
        (tmp_path / "sources" / f"{name}.yml").write_text(CARD.format(name))
    assert not read_cards(Root(tmp_path)).broken
    return Root(tmp_path)


def card(root: Root, name: str) -> Path:
    return root.path / "sources" / f"{name}.yml"


def test_a_broken_card_stays_what_it_was_for_the_pages_that_are_here(root: Root) -> None:
    before = read_cards(root).sources
    card(root, "a").write_text("id: a\ntitle: [\n")
    with pytest.raises(SourceError):
        load_sources(root.path)
    for cards in (read_cards(root), look_at_cards(root), read_cards(root)):
        assert cards.sources == before
        assert list(cards.broken) == ["a"]
        assert "a.yml: cannot be read as YAML" in cards.broken["a"]
    card(root, "a").write_text(CARD.format("a") + "frequency: weekly\n")
    cards = read_cards(root)
    assert (cards.sources["a"].frequency, dict(cards.broken)) == ("weekly", {})
    card(root, "a").unlink()
    assert "a" not in read_cards(root)


def test_a_broken_card_is_due_when_it_was_and_always_if_it_never_was(root: Root) -> None:
    card(root, "a").write_text(CARD.format("a") + "frequency: often\n")
    card(root, "new").write_text("title: new\n")
    cards = read_cards(root)
    assert set(cards.broken) == {"a", "new"}
    bundled = {one.id for one in due_cards(read_cards(Root(root.path / "none")), "daily")}
    assert {one.id for one in due_cards(cards, "daily")} - bundled == {"a", "b", "new"}
    assert {one.id for one in due_cards(cards, "monthly")} == {"new"}
    assert [one.id for one in due_cards(cards, "daily", ["a"])] == ["a"]
    assert [one.id for one in due_cards(cards, None, ["new"])] == ["new"]


def test_two_cards_with_one_id_leave_the_source_as_it_was(root: Root) -> None:
    before = read_cards(root).sources
    card(root, "0").write_text(CARD.format("a").replace("320500", "370600"))
    cards = read_cards(root)
    assert cards.sources == before
    assert "0.yml and " in cards.broken["a"] and "have the same id, a" in cards.broken["a"]
    card(root, "a").unlink()
    assert read_cards(root).sources["a"].division == "370600"


def test_a_card_that_moved_and_left_a_broken_file_behind_is_read(root: Root) -> None:
    shutil.copy(card(root, "a"), card(root, "moved"))
    card(root, "a").write_text("title: [\n")
    cards = read_cards(root)
    assert cards.sources["a"].title == "a"
    assert len(cards.broken) == 1


def test_what_was_learned_of_a_source_may_be_broken_too(root: Root) -> None:
    (root.path / "sources" / "b.furniture.yml").write_text("source: [\n")
    assert list(read_cards(root).broken) == ["b"]
    assert read_cards(root).sources["b"].furniture is None


def test_a_copy_that_a_newer_zhengce_refuses_is_dropped(root: Root) -> None:
    for folder in (root.path, root.private):
        (folder / "sources" / "a.yml").write_text(CARD.format("a") + "an_old_key: 1\n")
    cards = read_cards(root)
    assert (list(cards.broken), "a" in cards.sources) == (["a"], False)


def test_a_run_with_a_broken_card_releases_all_that_was_there_and_names_it(zhengce: Zhengce, corpus: Path) -> None:
    with city(bulk=1) as town:
        broken, well = write_card(corpus, town, "trs_numbered"), write_card(corpus, town, "epoint_old")
        assert zhengce("run", broken).exit_code == 0
        before = json.loads(zhengce("run", broken, well, "--json").stdout)
        (corpus / "sources" / f"{broken}.yml").write_text("title: [\n")
        run = zhengce("run", broken, well, "--json")
        told = json.loads(run.stdout)
        assert (run.exit_code, told["version"]) == (0, before["version"])
        assert {one["source"]: one["outcome"] for one in told["crawl"]["sources"]} == {
            broken: "failed",
            well: "unchanged",
        }
        assert f"{broken}.yml: cannot be read as YAML" in run.stderr
        run = zhengce("run", well)
        assert (run.exit_code, run.stderr.count("cannot be read as YAML")) == (0, 1)
        assert zhengce("run", broken, well, "--strict").exit_code == 1
        alone = zhengce("crawl", broken)
        assert (alone.exit_code, "cannot be read as YAML" in alone.stdout) == (1, True)
