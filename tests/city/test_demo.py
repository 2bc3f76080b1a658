"""The demo's cards are cards, and its city is where it was the last time."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from crawler.source import load_sources
from tests.city.demo import FIRST_PORT, SITES, TOWNS, free, write_card
from tests.city.families import all_sites

if TYPE_CHECKING:
    from pathlib import Path

    from tests.city import City


def test_every_town_has_a_card_that_can_be_crawled(here: City, tmp_path: Path) -> None:
    for name, publisher in TOWNS.items():
        address, options = here.interfaces.get(name, (here.sites[name], {}))
        source = write_card(tmp_path / "sources" / "demo", name, publisher, address, options)
        card = load_sources(tmp_path)[source]
        assert card.publisher == here.columns[name].place.name + "人民政府"
        assert [column.url for column in card.columns] == [address]


def test_there_is_a_port_for_every_site() -> None:
    assert len(all_sites()) < SITES
    assert FIRST_PORT + SITES < 32768  # where Linux begins to give ports out by itself


def test_a_port_that_is_taken_is_seen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert not free(taken.getsockname()[1], 1)
