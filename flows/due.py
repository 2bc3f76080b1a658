"""Which sources a scheduled run crawls.

Enters: the cards as they stand when the run begins. Leaves: those of its frequency.

>>> [card.id for card in due_sources(cards, "weekly")]
['shanghai']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.source import FREQUENCIES
from flows.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.source import Frequency, Source
    from flows.cards import Cards

__all__ = ["due_cards", "due_sources", "frequencies"]


def due_cards(
    cards: Cards, frequency: Frequency | None = None, names: Sequence[str] | None = None
) -> tuple[Source, ...]:
    """What `due_sources` finds, and those whose card could never be read, so that each run says so."""
    unknown = {card.id: card for card in cards.unknown(names)}
    return (*due_sources({**cards.sources, **unknown}, frequency, names), *unknown.values())


def due_sources(
    cards: Mapping[str, Source], frequency: Frequency | None = None, names: Sequence[str] | None = None
) -> tuple[Source, ...]:
    """The cards with columns that are enabled, or named. frequency: None for any.

    A name that has no card any more is passed over as long as another one has: a night is not lost for it. Raises
    WrongUse when none of the names has a card.
    """
    if names and not any(name in cards for name in names):
        raise WrongUse(f"no card for any of {', '.join(names)}; look at: zhengce sources list")
    wanted = [cards[name] for name in dict.fromkeys(names) if name in cards] if names else list(cards.values())
    return tuple(
        card for card in wanted if card.columns and (card.enabled or names) and frequency in (None, card.frequency)
    )


def frequencies(cards: Mapping[str, Source], names: Sequence[str] | None = None) -> tuple[Frequency, ...]:
    """Those that have a source, the most frequent first."""
    return tuple(one for one in FREQUENCIES if due_sources(cards, one, names))
