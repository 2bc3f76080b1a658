"""A place that all machines reach, for workers that do not see the root: a shared folder or an S3 bucket.

Enters: an `Errand`. Leaves: the cleaned shard in the cache, as if it had been cleaned here. The place holds
raw/<digest>.warc.gz while it is cleaned, clean/<digest>.parquet and clean/index/<digest>.parquet, named as in the
cache; so what was cleaned for a run that died is there for the next one. It can be emptied when nobody is at work.

>>> clean_by_exchange(errand, shard, target, open_remote("s3://bucket/zhengce-work"), pool)
'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.parquet'
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.address import open_remote
from flows.errors import FlowError
from flows.root import Root
from flows.steps import clean_step
from flows.workers import few_collections
from pipeline.corpus.files import replacing
from pipeline.corpus.index import index_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from crawler.source import Source
    from flows.remote import Remote

NOTE = b"zhengce puts raw shards here while Dask workers clean them. Empty this place when nobody is at work.\n"

__all__ = ["Errand", "clean_by_exchange", "fulfil", "open_exchange"]


@dataclass(frozen=True, slots=True)
class Errand:
    """One shard to clean. shard: its path inside raw/. target: its file in the cache. sources: at most its own."""

    exchange: str
    shard: str
    target: str
    sources: Mapping[str, Source]

    @property
    def raw(self) -> str:
        return f"raw/{self.target.removesuffix('.parquet')}.warc.gz"

    @property
    def cleaned(self) -> tuple[str, str]:
        """Names of the cleaned shard and of its index, which is written last."""
        return f"clean/{self.target}", f"clean/index/{self.target}"


def open_exchange(address: str) -> Remote:
    """The place, ready. Raises RemoteError when we cannot write there."""
    exchange = open_remote(address)
    exchange.write(NOTE, "raw/README.txt")  # a folder that is never empty does not come and go
    return exchange


def clean_by_exchange(errand: Errand, shard: Path, target: Path, exchange: Remote, pool: Executor) -> str:
    """Bring the shard there unless it is clean there, have it cleaned, fetch what came of it.

    Leaves the name that the worker gave it: another one than the target's if the worker is not like us. Raises
    RemoteError and what the step raises.
    """
    if exchange.size(errand.cleaned[-1]) is None:
        exchange.put(shard, errand.raw)
        found = pool.submit(fulfil, errand).result()
        exchange.remove([errand.raw])
        if found != errand.target:
            return found
    for name, path in zip(errand.cleaned, (target, index_path(target)), strict=True):
        _fetch(exchange, name, path)
    return errand.target


def fulfil(errand: Errand) -> str:
    """On a worker: clean the shard in a folder of its own and bring what came of it. Leaves its name."""
    exchange = open_remote(errand.exchange)
    with tempfile.TemporaryDirectory(prefix="zhengce-") as folder:
        root = Root(Path(folder))
        shard = root.raw / errand.shard
        _fetch(exchange, errand.raw, shard)
        with few_collections():
            target = clean_step(shard, root, errand.sources)
        if target.name == errand.target:
            for name, path in zip(errand.cleaned, (target, index_path(target)), strict=True):
                exchange.put(path, name)
        return target.name


def _fetch(exchange: Remote, name: str, path: Path) -> None:
    size = exchange.size(name)
    if size is None:
        raise FlowError(f"{exchange}/{name}: it is not there; do all machines see the same place?")
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        for chunk in exchange.chunks(name, 0, size):
            file.write(chunk)
