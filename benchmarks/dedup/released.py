"""Two releases of a corpus, before and after a day's news: `python -m benchmarks.dedup.released CORPUS OUT`.

Enters: a folder that `generate` wrote, and the cache of `benchmarks.dedup.ours`. Leaves: OUT/released.json: the bytes
of the first release, and those of the second that no file of the first holds: what publishing it uploads, and in which
folders. Each manifest counts too.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING

from benchmarks.dedup.ours import arguments, linked
from benchmarks.dedup.pages import CAPTURED, source_ids
from benchmarks.dedup.peers.outcome import Steps
from crawler.source import Source
from pipeline.corpus.corpus import Corpus
from pipeline.corpus.index import index_path, index_shard
from pipeline.corpus.manifest import FileEntry, Manifest
from pipeline.corpus.release import pass_the_gate, release
from pipeline.corpus.surroundings import look_around
from pipeline.corpus.versions import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Executor
    from pathlib import Path


def cards() -> dict[str, Source]:
    """A source card for every made-up site."""
    column = {"id": "all", "url": "http://www.example.gov.cn/index.html", "options": {}}
    common = {"publisher": "benchmark", "licence": "none", "platform": "trs", "columns": [column]}
    return {
        name: Source.model_validate(
            {"id": name, "title": name, "kind": kind, "hosts": [f"www.{name}.example.gov.cn", "www.example.gov.cn"]}
            | common
        )
        for name, kind in source_ids().items()
    }


def released(corpus: Path, cache: Path, root: Path, day: bool, pool: Executor) -> dict[str, FileEntry]:
    """One release into `root`; its files by their digest."""
    sources = cards()
    shards = linked(corpus, cache, day)
    list(pool.map(index_shard, [shard for shard in shards if not index_path(shard).exists()]))
    around = look_around(Corpus.of(shards, cache), {}, pool)
    forced = pass_the_gate(around, root, sources, "benchmark")
    created = CAPTURED + timedelta(days=2 if day else 1)
    version = release(around, root=root, sources=sources, created=created, forced=forced)
    content = (version.path / MANIFEST).read_bytes()
    itself = FileEntry(path=MANIFEST, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    return {entry.sha256: entry for entry in (*Manifest.model_validate_json(content).files, itself)}


def by_folder(files: Iterable[FileEntry]) -> dict[str, int]:
    """Bytes by the first part of the path."""
    sums: Counter[str] = Counter()
    for entry in files:
        sums[entry.path.partition("/")[0]] += entry.bytes
    return dict(sums.most_common())


def size(files: Iterable[FileEntry]) -> int:
    return sum(entry.bytes for entry in files)


def main() -> None:
    given, steps = arguments(), Steps()
    root = given.out / "clean"
    root.mkdir(exist_ok=True)
    with ProcessPoolExecutor(given.processes, mp_context=get_context("spawn")) as pool:
        with steps.timed("first"):
            first = released(given.corpus, given.cache, root, False, pool)
        with steps.timed("second"):
            second = released(given.corpus, given.cache, root, True, pool)
    new = [entry for digest, entry in second.items() if digest not in first]
    figures = {"first": size(first.values()), "second": size(second.values()), "uploaded": size(new)}
    figures |= {"files": len(second), "new files": len(new)}
    folders = {"folders": by_folder(first.values()), "folders uploaded": by_folder(new)}
    written = json.dumps({**figures, **folders, "seconds": steps.seconds})
    (given.out / "released.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
