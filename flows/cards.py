"""The cards as a run takes them: a file that cannot be read costs its own source, and no other.

Enters: a root. Leaves: `Cards`. ROOT/.zhengce/sources keeps each file of ROOT/sources as it was when it could last be
read. That one stands in for a file that is broken now, so that what the source gave before is cleaned and released as
it was; crawled it is not, because nobody knows what its card was meant to say.

>>> read_cards(root).broken
{'suzhou': 'sources/suzhou.yml: cannot be read as YAML (…)'}
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import SourceError
from crawler.furniture import FURNITURE, read_furniture
from crawler.source import PAGES, Source, load_sources, read_card
from pipeline.corpus.files import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from flows.root import Root

__all__ = ["Cards", "look_at_cards", "read_cards"]


@dataclass(frozen=True, slots=True)
class Cards:
    """sources: by id, for those that are broken as they were before. broken: id -> why its card cannot be read."""

    sources: Mapping[str, Source]
    broken: Mapping[str, str]

    def __contains__(self, name: str) -> bool:
        return name in self.sources or name in self.broken

    def named(self, name: str) -> Source:
        """A card by its id; of one that could never be read nothing is known but that. Raises KeyError."""
        if name in self.broken and name not in self.sources:
            return Source.model_construct(id=name, title=name)
        return self.sources[name]

    def unknown(self, names: Sequence[str] | None = None) -> tuple[Source, ...]:
        """Those that could never be read, all or the named ones: nobody knows when they are due, so they always are."""
        return tuple(
            self.named(name) for name in self.broken if name not in self.sources and (not names or name in names)
        )


def read_cards(root: Root) -> Cards:
    """The bundled cards and over them those of the root. Raises OSError when they cannot be kept."""
    root.prepare()
    own, kept = root.path / "sources", root.private / "sources"
    good, broken = _sorted(own)
    standing = set(good.values())
    for name in _files(kept):
        if name in good:
            continue
        with suppress(SourceError):  # a newer zhengce may refuse what an older one took
            if name in broken and (key := _key(kept / name)) not in standing:
                standing.add(key)
                continue
        (kept / name).unlink(missing_ok=True)
    for name in good:
        _keep(own / name, kept / name)
    return Cards(load_sources(root.private), {_id(kept / name): why for name, why in broken.items()})


def look_at_cards(root: Root) -> Cards:
    """The same for who only looks: nothing is kept as long as all is well."""
    try:
        return Cards(load_sources(root.path), {})
    except SourceError:
        return read_cards(root)


def _sorted(folder: Path) -> tuple[dict[Path, str], dict[Path, str]]:
    """Files that can be read with what each describes, and those that cannot with the reason."""
    good: dict[Path, str] = {}
    broken: dict[Path, str] = {}
    for name in _files(folder):
        try:
            good[name] = _key(folder / name)
        except SourceError as error:
            broken[name] = str(error)
    for key, count in Counter(good.values()).items():
        if count > 1:
            twins = [name for name, other in good.items() if other == key]
            files = " and ".join(str(folder / name) for name in twins)
            broken |= dict.fromkeys(twins, f"{files} have the same id, {key}; give one of them another")
    return {name: key for name, key in good.items() if name not in broken}, broken


def _files(folder: Path) -> list[Path]:
    """Their names in the folder."""
    found = [path.relative_to(folder) for path in sorted(folder.rglob("*.yml"))]
    return [name for name in found if PAGES not in name.parts]


def _key(path: Path) -> str:
    """What a file describes: a source, or what was learned of one. Raises SourceError."""
    if path.name.endswith(FURNITURE):
        return f"{read_furniture(path).source}{FURNITURE}"
    return read_card(path).id


def _id(kept: Path) -> str:
    """Of the source that a broken file costs: as it was, else as the file is called."""
    with suppress(SourceError):
        return _key(kept).removesuffix(FURNITURE)
    return kept.name.removesuffix(FURNITURE).removesuffix(".yml")


def _keep(path: Path, kept: Path) -> None:
    """A copy that is there whole or not at all, whoever else makes it at the same moment."""
    content = path.read_bytes()
    if kept.exists() and kept.read_bytes() == content:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    with replacing(kept) as file:
        file.write(content)
