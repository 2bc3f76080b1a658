"""Learning what the pages of one source have in common: raw/ in, ROOT/sources/<id>.furniture.yml out.

Enters: the name of a source, as raw/ has it. Leaves: a `Learned`, and the file unless nothing may be written. Of each
address the newest capture counts. The same raw pages give the same bytes.

>>> learn_source(root, "suzhou", load_sources(root.path)).path
PosixPath('corpus/sources/suzhou.furniture.yml')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from crawler.furniture import FURNITURE, furniture_text, read_furniture
from crawler.store import RawStore, safe_name
from flows.direct import silent
from flows.errors import WrongUse
from pipeline.corpus.files import replacing
from pipeline.corpus.tables import shanghai_day
from pipeline.filters.learning import as_seen, learn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from crawler.page import RawRecord
    from crawler.source import Furniture, Source
    from flows.direct import Watch
    from flows.root import Root

__all__ = ["Learned", "check_names", "learn_source"]

MOST = 1000
"""Addresses of a source that are read: an id is a hash, so the first thousand are an even sample. A share of 30 % is
then known to within 3 % (twice the standard error), and the largest site takes about a minute."""


@dataclass(frozen=True, slots=True)
class Learned:
    """pages: read. documents: the different ones among them. state: of the file. head, foot: line -> documents."""

    source: str
    path: Path
    state: Literal["new", "changed", "unchanged", "removed", "none"]
    pages: int
    documents: int
    head: dict[str, int] = field(default_factory=dict)
    foot: dict[str, int] = field(default_factory=dict)


def check_names(root: Root, names: list[str]) -> list[str]:
    """The sources as raw/ names them, each once. Raises WrongUse for one that raw/ does not hold."""
    held = sorted({unquote(shard.parent.name) for shard in RawStore(root.raw).shards()})
    found = [unquote(safe_name(name)) for name in names]
    for name, kept in zip(names, found, strict=True):
        if kept not in held:
            raise WrongUse(f"{root.raw} holds no pages of {name}; it holds {', '.join(held) or 'nothing yet'}")
    return list(dict.fromkeys(found))


def learn_source(
    root: Root, source: str, cards: Mapping[str, Source], watch: Watch = silent, *, write: bool = True
) -> Learned:
    """Learn from raw/ and bring the file up to date; with nothing learned there is no file.

    write: False only tells what would be done. Raises RawStoreError where raw/ is damaged, WrongUse where it is empty.
    """
    newest = _newest(root, source)
    chosen = {newest[page] for page in sorted(newest)[:MOST]}
    if not chosen:
        raise WrongUse(f"{root.raw} holds no pages of {source}; load some first")
    pages = []
    days: list[str] = []
    watch(f"reading {source}", 0, len(chosen))
    for record in _records(root, source):
        if (record.warc, record.offset) in chosen:
            pages.append((record.id, as_seen(record, cards.get(source))))
            days.append(shanghai_day(record.page.captured))
            watch(f"reading {source}", len(pages), len(chosen))
    pages.sort(key=lambda page: page[0])
    found = learn(source, [blocks for _, blocks in pages], date.fromisoformat(max(days)))
    path = _path(root, source)
    state = _bring(path, found if found.head or found.foot else None, write=write)
    return Learned(source, path, state, len(pages), found.of, found.head, found.foot)


def _records(root: Root, source: str) -> Iterator[RawRecord]:
    store = RawStore(root.raw)
    for shard in store.shards():
        if unquote(shard.parent.name) == source:
            yield from store.records(shard)


def _newest(root: Root, source: str) -> dict[str, tuple[str, int]]:
    """Document id -> where its newest capture stands in raw/."""
    captured: dict[str, tuple[datetime, str, int]] = {}
    for record in _records(root, source):
        place = (record.page.captured, record.warc, record.offset)
        captured[record.id] = max(place, captured.get(record.id, place))
    return {page: (warc, offset) for page, (_, warc, offset) in captured.items()}


def _path(root: Root, source: str) -> Path:
    """The file that holds what was learned before, wherever under sources/ it lies, or else the one to make."""
    folder = root.path / "sources"
    own = (path for path in sorted(folder.rglob(f"*{FURNITURE}")) if read_furniture(path).source == source)
    return next(own, folder / f"{safe_name(source)}{FURNITURE}")


def _bring(
    path: Path, found: Furniture | None, *, write: bool
) -> Literal["new", "changed", "unchanged", "removed", "none"]:
    old = path.read_text(encoding="utf-8") if path.exists() else None
    text = furniture_text(found) if found else None
    if text == old:
        return "unchanged" if old else "none"
    if write and text is None:
        path.unlink()
    elif write and text is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(text.encode())
    if text is None:
        return "removed"
    return "changed" if old else "new"
