"""What is wrong with cards and their saved pages, one line each.

Enters: cards, the bundled ones and those of ROOT/sources. Leaves: `Checked` a source: what is wrong, and what is yet to
be done by a person (pages that nobody has reviewed). A card that cannot be read does not keep the others from it.

Bundled sources have their saved pages beside the tests of the package: `--pages tests/sources` in a checkout.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import SourceError
from crawler.furniture import FURNITURE
from crawler.hosts import host_key, loopback
from crawler.platforms import PLATFORMS
from crawler.source import BUNDLED, PAGES, Source, read_card
from crawler.store import safe_name
from flows.compared import differences
from flows.errors import FlowError, WrongUse
from flows.root import now
from flows.saved import SavedPage, saved_pages
from flows.scaffold import pages_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flows.root import Root

__all__ = ["Checked", "check_sources"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One card. wrong: each a line that names the file or the key. open: what a person has yet to do."""

    source: str
    card: Path
    pages: int
    wrong: tuple[str, ...]
    open: tuple[str, ...]


def check_sources(root: Root, names: Sequence[str], pages: Path | None = None) -> tuple[Checked, ...]:
    """All sources, or those that are named. pages: folder with <id>/ of saved pages, for sources that come with us.

    Raises WrongUse for a name without a card.
    """
    own = root.path / "sources"
    found = {_id(path): path for folder in (BUNDLED, own) for path in _files(folder)}  # those of the root replace ours
    if missing := [name for name in names if name not in found]:
        raise WrongUse(f"no source {', '.join(missing)}; there are {', '.join(sorted(found))}")
    twice = _twice(own)
    done = []
    for name in sorted(names or found):
        path = found[name]
        folder = pages_folder(root, name) if own in path.parents else None
        if pages is not None and (folder is None or not folder.is_dir()):
            folder = pages / safe_name(name)
        done.append(_check(name, path, folder, twice.get(name, ())))
    return tuple(done)


def _check(name: str, path: Path, folder: Path | None, others: Sequence[Path]) -> Checked:
    """folder: of its saved pages; None if they are not looked at."""
    wrong = [f"the id {name} is taken by {other} too; give one of them another" for other in others if other != path]
    try:
        card = read_card(path)
    except SourceError as error:
        return Checked(name, path, 0, (*wrong, str(error)), ())
    wrong += _card(card, path)
    saved = list(saved_pages(folder)) if folder else []
    if folder and not saved:
        wrong.append(f"{folder}: no saved page; save some with: zhengce sources preview {name} --save")
    for page in saved:
        if isinstance(page, FlowError):
            wrong.append(str(page))
        else:
            wrong += [f"{page.path}: {line}" for line in _page(page, card)]
    todo = [
        f"{page.path}: nobody has reviewed it; compare it with its .yml, then say reviewed: true there"
        for page in saved
        if isinstance(page, SavedPage) and not page.expected.reviewed
    ]
    return Checked(name, path, len(saved), tuple(wrong), tuple(todo))


def _card(card: Source, path: Path) -> Iterator[str]:
    """What the card's own validation cannot see."""
    if path.stem != card.id:
        yield f"{path}: its id is {card.id}; call the file {card.id}.yml"
    if card.enabled and not card.columns:
        yield f"{path}: no columns, so nothing is crawled; add some, or say enabled: false"
    if card.verified is not None and card.verified > now().date():
        yield f"{path}: verified: {card.verified} lies in the future"
    for host in card.hosts:
        if _private(host):
            yield f"{path}: hosts: {host} is no public address, so it is never asked"
    asked: dict[tuple[str, bytes, str], str] = {}
    hosts = {host_key(f"http://{host}") for host in card.hosts}
    for column in card.columns:
        for request in PLATFORMS[card.platform_of(column)].first(column):
            if host_key(request.url) not in hosts:
                yield f"{path}: column {column.id}: its list is on {host_key(request.url)}, which hosts does not name"
            fragment = column.url.partition("#")[2]
            if (twin := asked.setdefault((request.url, request.body, fragment), column.id)) != column.id:
                yield f"{path}: column {column.id}: the same list as column {twin}"


def _page(page: SavedPage, card: Source) -> Iterator[str]:
    host = host_key(page.expected.url)
    if card.hosts and host not in {host_key(f"http://{host}") for host in card.hosts}:
        yield f"its url is on {host}, which the card's hosts do not name"
    yield from differences(page, card)


def _private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.rpartition(":")[0] or host)
    except ValueError:
        return False
    return not address.is_global and not loopback(host)


def _files(folder: Path) -> list[Path]:
    paths = sorted(folder.rglob("*.yml"))
    return [p for p in paths if PAGES not in p.relative_to(folder).parts and not p.name.endswith(FURNITURE)]


def _id(path: Path) -> str:
    """The card's id; the file's name stands in for one that cannot be read."""
    try:
        return read_card(path).id
    except SourceError:
        return path.stem


def _twice(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in _files(folder):
        found.setdefault(_id(path), []).append(path)
    return found
