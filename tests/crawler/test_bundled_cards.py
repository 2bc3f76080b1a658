"""The cards that come with the package: whole, polite, short, and honest about what nobody has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.card import DELAY
from crawler.platforms import PLATFORMS
from crawler.source import BUNDLED, Source, load_sources

if TYPE_CHECKING:
    from pathlib import Path

CARDS = load_sources(None)
SEEDS = {"suzhou", "kunshan", "yantai", "shenyang", "shanghai", "pudong", "state-council"}


def test_the_sources_this_project_starts_from() -> None:
    assert CARDS.keys() >= SEEDS
    assert any(card.platform == "gkmlpt" for card in CARDS.values())


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
class TestEachCard:
    def test_is_no_faster_than_the_default(self, card: Source) -> None:
        assert card.limits.delay >= DELAY

    def test_is_not_called_verified_by_us(self, card: Source) -> None:
        assert card.verified is None  # no live site was within reach when these were written

    def test_has_somewhere_to_begin(self, card: Source) -> None:
        assert bool(card.columns) or not card.enabled
        for column in card.columns:
            requests = PLATFORMS[card.platform_of(column)].first(column)
            assert requests
            assert all(request.url.startswith(("http://", "https://")) for request in requests)
            assert all(request.url.split("/")[2] in card.hosts for request in requests)

    def test_reposters_are_off(self, card: Source) -> None:
        assert (card.kind == "origin") is card.enabled


@pytest.mark.parametrize("path", sorted(BUNDLED.rglob("*.yml")), ids=lambda path: path.stem)
def test_a_card_is_a_dozen_lines_beside_its_columns(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert path.stem in CARDS
    assert sum(not line.startswith("  - ") for line in lines) <= 12
