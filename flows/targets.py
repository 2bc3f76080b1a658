"""What a person asked to load or to crawl, checked before anything starts.

Enters: the words after the verb. Leaves: paths that exist and do not lie where the corpus keeps its own files, and the
cards of sources that can be crawled.

>>> sort_targets(["raw/samples", "suzhou"], root, "demo")
((PosixPath('raw/samples'),), (Source(id='suzhou', ...),))
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.store import safe_name
from flows.cards import look_at_cards
from flows.errors import WrongUse
from flows.steps import folder_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.source import Source
    from flows.cards import Cards
    from flows.root import Root

__all__ = ["check_paths", "check_sources", "sort_targets"]


def sort_targets(
    targets: Sequence[str], root: Root, collection: str | None
) -> tuple[tuple[Path, ...], tuple[Source, ...]]:
    """Which targets are paths and which are sources. Raises WrongUse for one that is neither, or both."""
    cards = look_at_cards(root)
    named = [t for t in targets if t in cards and (t in cards.broken or cards.named(t).columns or not Path(t).exists())]
    for name in named:
        if Path(name).exists():
            raise WrongUse(f"{name} is a source and a path; write ./{name} for the path, or: zhengce crawl {name}")
    paths = check_paths([target for target in targets if target not in named], root, collection)
    return paths, _crawlable(named, cards)


def check_sources(names: Sequence[str], root: Root) -> tuple[Source, ...]:
    """The cards of sources. Raises WrongUse for one that is not known, or that has nothing to crawl.

    One that cannot be read is among them: its crawl will say so, and does not keep the others from theirs.
    """
    cards = look_at_cards(root)
    for name in names:
        if name not in cards:
            raise WrongUse(f"there is no source {name}; {_near(name, cards)}")
    return _crawlable(names, cards)


def _crawlable(names: Sequence[str], cards: Cards) -> tuple[Source, ...]:
    """A card is crawled when it is named, also one that is not enabled.

    Raises WrongUse, or ContactMissing unless every site can reach whoever crawls it.
    """
    found = tuple(map(cards.named, dict.fromkeys(names)))
    readable = [card for card in found if card.id not in cards.broken]
    for card in readable:
        if not card.columns:
            raise WrongUse(f"{card.id}: its card has no columns, so there is nothing to crawl")
    if readable:
        from crawler.settings import contact_for  # loads Scrapy, which takes a second

        for card in readable:
            contact_for(card)
    return found


def _near(name: str, cards: Cards) -> str:
    """Names that the person may have meant: of ids, or of the id that goes with a title."""
    titles = {card.title: card.id for card in cards.sources.values()}
    close = [titles.get(one, one) for one in get_close_matches(name, [*cards.sources, *titles], n=3, cutoff=0.5)]
    close += [card.id for card in cards.sources.values() if name in card.title]
    if close:
        return f"the nearest are {', '.join(dict.fromkeys(close))}"
    return f"cards lie in sources/ of the root and in the package: {', '.join(cards.sources)}"


def check_paths(targets: Sequence[str], root: Root, collection: str | None) -> tuple[Path, ...]:
    """Raises WrongUse for a target that is no file or folder, or that holds files of the corpus itself."""
    if collection is not None and not collection.strip():
        raise WrongUse("--source is empty; give the pages' source a name")
    paths = tuple(map(Path, targets))
    for target, path in zip(targets, paths, strict=True):
        if not path.exists():
            cards = look_at_cards(root)
            if target in cards:
                raise WrongUse(f"{target} is a source, no file or folder; crawl it with: zhengce crawl {target}")
            raise WrongUse(f"{target} does not exist; give a file, a folder or a source ({_near(target, cards)})")
        own = root.raw / safe_name(collection or folder_name(path))
        for kept in (own.resolve(), root.clean.resolve(), root.private.resolve()):
            if kept == path.resolve() or kept in path.resolve().parents or path.resolve() in kept.parents:
                raise WrongUse(f"{target} overlaps with {kept}, where the corpus keeps its own files; {REMEDY}")
    return paths


REMEDY = "name another source (--source ID) or move the pages"
