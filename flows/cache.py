"""The only cache: a cleaned shard is named by the digest of all that it depends on.

Enters: a raw shard and its source's card. Leaves: the path under clean/.cache/ where its cleaned pages stand or will
stand. The digest is taken over the shard's name and bytes, the card, the rules and the versions of the libraries that
shape a text; so a new rule cleans everything again and a new night cleans one shard. Nothing in here needs to be
kept.

>>> cached_shard(Path("raw/demo/20260101T000000Z.warc.gz"), root, sources).name
'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.parquet'
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from crawler.store import RawStore
from pipeline.corpus.duplicates.verdicts import kept_by_other_rules
from pipeline.corpus.files import PARTIAL, sha256_of
from pipeline.corpus.index import index_path
from pipeline.corpus.manifest import toolchain
from pipeline.steps import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crawler.source import Source
    from flows.root import Root

__all__ = ["cached_shard", "is_clean", "stale", "sweep"]

CRAWL_ONLY = {"enabled", "expect", "frequency", "limits", "proxy", "recheck", "tls", "tolerance", "verified"}
"""What a card says of how a site is asked and how a crawl is judged: no text depends on it."""


def cached_shard(shard: Path, root: Root, sources: Mapping[str, Source]) -> Path:
    """Where the cleaned pages of a raw shard belong."""
    name = shard.relative_to(root.raw)
    card = sources.get(unquote(name.parent.as_posix()))  # a shard holds the pages of one source and lies in its folder
    depends_on = {
        "shard": name.as_posix(),
        "bytes": sha256_of(shard),
        "card": card.model_dump(mode="json", exclude=CRAWL_ONLY) if card else None,
        "rules": RULES,
        "toolchain": toolchain(),
    }
    digest = hashlib.sha256(json.dumps(depends_on, sort_keys=True).encode()).hexdigest()
    return root.cache / f"{digest}.parquet"


def is_clean(shard: Path) -> bool:
    """Whether a cleaned shard and its index are there, of which the index is written last."""
    return shard.exists() and index_path(shard).exists()


def stale(root: Root, sources: Mapping[str, Source]) -> list[Path]:
    """Files of the cache that nothing can ask for any more, in the order in which they may go.

    Cleaned shards, each behind its index, of raw shards, cards, rules or libraries that are not those of today; and
    verdicts of other rules. Reads raw/ once, for its digests.
    """
    wanted = {cached_shard(shard, root, sources).name for shard in RawStore(root.raw).shards()}
    shards = [path for path in sorted(root.cache.glob("[!.]*.parquet")) if path.name not in wanted]
    held = {index_path(root.cache / name) for name in wanted}
    indexes = [path for path in sorted(index_path(root.cache / "x").parent.glob("[!.]*.parquet")) if path not in held]
    return [*indexes, *shards, *kept_by_other_rules(root.cache)]


def sweep(root: Root) -> None:
    """Remove what a killed run left half written. Only for the holder of the root's lock."""
    for leftover in root.cache.rglob(f".*{PARTIAL}"):
        leftover.unlink()
