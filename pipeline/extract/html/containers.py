"""Known containers: where the templates of government CMSs put the body (data/containers.yml).

Enters: the tag, id and classes of an element. Leaves: how much they sound like a body. Whether it is believed is for
`extract.html.body` to say: a #zoom that holds the font buttons is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_KINDS = ("editors", "boxes")
_LAST = 1000  # rank of names that only sound like a body: behind all that are listed


@dataclass(frozen=True, slots=True)
class _Tier:
    """One kind of evidence: exact tags, ids and classes with their rank, and patterns of names."""

    tags: dict[str, int]
    ids: dict[str, int]
    classes: dict[str, int]
    patterns: tuple[re.Pattern[str], ...]

    def rank(self, tag: str, names: Sequence[str]) -> int | None:
        """How early the tier lists one of the names; None if it does not. names: the id, then the classes."""
        id_, *classes = names
        ranks = [self.tags.get(tag), self.ids.get(id_), *map(self.classes.get, classes)]
        ranks += [_LAST for pattern in self.patterns if any(map(pattern.search, names))]
        return min((rank for rank in ranks if rank is not None), default=None)


class Known(NamedTuple):
    """What an element's names say. tier: 0 an editor's field, 1 a template's box, 2 a telling name. rank: in
    its tier.
    """

    tier: int
    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class Marker:
    """Comments that a template writes before and after the body."""

    begin: re.Pattern[str]
    end: re.Pattern[str]


@cache
def _data() -> Any:
    return yaml.safe_load((files("pipeline.extract.html") / "data" / "containers.yml").read_text(encoding="utf-8"))


@cache
def _tiers() -> tuple[_Tier, ...]:
    data = _data()
    tags, ids, classes = ([_ranked(data[kind].get(of, ())) for kind in _KINDS] for of in ("tags", "ids", "classes"))
    named = [_Tier(*three, ()) for three in zip(tags, ids, classes, strict=True)]
    patterns = tuple(re.compile(pattern) for pattern in data["patterns"])
    return (*named, _Tier(dict.fromkeys(data["tags"], _LAST), {}, {}, patterns))


def _ranked(names: Iterable[str]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(names)}


@cache
def markers() -> tuple[Marker, ...]:
    """The pairs of comments, best evidence first."""
    return tuple(Marker(*(re.compile(pair[at], re.I) for at in ("begin", "end"))) for pair in _data()["markers"])


def is_mark(comment: str) -> bool:
    """True for a comment that begins or ends a body."""
    return any(m.begin.search(comment) or m.end.search(comment) for m in markers())


@lru_cache(maxsize=4096)
def judge(tag: str, id_: str | None, classes: str | None) -> Known | None:
    """What an element's tag, id and classes say; None if they do not sound like a body."""
    names = [(id_ or "").strip().lower(), *(classes or "").lower().split()]
    if tag not in UNNAMED and _LISTED.isdisjoint(names) and not any(map(_sounds, names)):
        return None  # nearly all
    for number, tier in enumerate(_tiers()):
        if (rank := tier.rank(tag, names)) is not None:
            return Known(number, rank, " ".join(filter(None, (tag, *names))))
    return None


@lru_cache(maxsize=4096)
def _sounds(name: str) -> bool:
    """True for a name in which a pattern is found."""
    return any(pattern.search(name) for tier in _tiers() for pattern in tier.patterns)


UNNAMED = frozenset(tag for tier in _tiers() for tag in tier.tags)
"""Tags that hold a body whatever they are called."""
_LISTED = frozenset(name for tier in _tiers() for names in (tier.ids, tier.classes) for name in names)
