"""A release: the whole corpus as one immutable, versioned folder that any Parquet reader understands.

Enters: the corpus and what surrounds its documents. Leaves: clean/<version>/ with clean/latest.json pointing at it, or
the version that was there when nothing changed. The version is the day of the newest capture and the first eight digits
of the content digest.

>>> around = look_around(Corpus.of(shards, cache), withheld={})
>>> forced = pass_the_gate(around, Path("clean"), sources)
>>> release(around, root=Path("clean"), sources=sources, created=now, rules=RULES, forced=forced)
Release(version='2026-01-31-5d41402a', changed=True, ...)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyarrow import compute as pc

from pipeline.corpus.changes import find_changes
from pipeline.corpus.croissant import croissant
from pipeline.corpus.datacard import data_card
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.files import PARTIAL, sync_directory, synced
from pipeline.corpus.findings import GateError
from pipeline.corpus.gate import judge
from pipeline.corpus.manifest import Counts, Forced, Manifest, content_digest, to_json, toolchain
from pipeline.corpus.shards import Shards
from pipeline.corpus.standing import standings
from pipeline.corpus.stats import count, cover
from pipeline.corpus.tables import shanghai_day
from pipeline.corpus.versions import LATEST, MANIFEST, Release, installed, intact, locked, read_latest, sweep
from pipeline.corpus.writing import write_corpus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from crawler.source import Source
    from pipeline.corpus.surroundings import Surroundings

__all__ = ["Release", "pass_the_gate", "read_latest", "release"]


def pass_the_gate(
    around: Surroundings, root: Path, sources: Mapping[str, Source], because: str | None = None
) -> Forced | None:
    """None if the gate finds nothing that the last release in `root` (the clean/ folder) speaks against.

    because: why the findings are right. Raises GateError if there are some and nobody says that.
    """
    latest = read_latest(root)
    now, before = standings(around.live, around.excused, latest.path if latest else None)
    findings = judge(now, before, {name: card.tolerance for name, card in sources.items()})
    if findings and because is None:
        raise GateError(findings)
    return Forced(because=because, findings=tuple(map(str, findings))) if findings and because else None


def release(
    around: Surroundings,
    *,
    root: Path,
    sources: Mapping[str, Source],
    created: datetime,
    rules: str = "",
    forced: Forced | None = None,
) -> Release:
    """Writes a version of the corpus, or finds that the latest one says the same.

    root: the clean/ folder. created: aware; it stands in the manifest only. rules: digest of the rules that cleaned
    the pages. forced: what `pass_the_gate` gave. Raises CorpusError when there is no document to release, when another
    release is running, or when the latest version is damaged.
    """
    with locked(root):
        sweep(root)
        latest = read_latest(root)
        if latest is not None and not around.live.num_rows:
            return latest
        if not around.documents.num_rows:
            raise CorpusError(
                f"{root}: none of {around.live.num_rows} pages gave a document, so nothing to release: {_why(around)}"
            )
        return _released(around, latest, root, sources, created, rules, forced)


def _why(around: Surroundings) -> str:
    """The first few reasons for which pages were refused, on one line."""
    some = around.live.slice(0, 3).to_pylist()
    return "; ".join(f"{row['url']} ({row['reason']})" for row in some) + (" …" if around.live.num_rows > 3 else "")


def _released(
    around: Surroundings,
    latest: Release | None,
    root: Path,
    sources: Mapping[str, Source],
    created: datetime,
    rules: str,
    forced: Forced | None,
) -> Release:
    partial = root / f".release{PARTIAL}"
    partial.mkdir()
    shards = Shards(partial, latest)
    write_corpus(shards, around, sources, f"{rules} {toolchain()}")
    stats, coverage = count(around.live, around.relations), cover(around.live)
    shards.bytes("stats.json", to_json(stats))

    # The digest covers what the corpus says. Coverage moves with every crawl that finds nothing new, and changes tell
    # of the step from another version: neither makes a new version.
    digest = content_digest(shards.files)
    if latest is not None and latest.digest == digest:
        sweep(root)
        if not intact(latest.path, latest.manifest):
            raise CorpusError(
                f"{latest.path}: files do not match {MANIFEST}; remove it and {root / LATEST}, then release again"
            )
        return latest

    captured = pc.max(around.live["captured"]).as_py()
    version = f"{shanghai_day(captured)}-{digest[:8]}"
    shards.table("changes.parquet", find_changes(partial, latest.path if latest else None, shared=shards.taken_over))
    shards.bytes("coverage.json", to_json(coverage))
    counts = Counts(
        documents=shards.rows("documents/"),
        reposts=shards.rows("reposts/"),
        refused=around.live.num_rows - around.documents.num_rows,
        removed=shards.rows("audit/removed/"),
        repaired=pc.sum(around.documents["repairs"]).as_py() or 0,
        withheld=len(around.withheld),
    )
    card = data_card(version, counts, stats, coverage, shards.files, sources, forced)
    shards.bytes("README.md", card.encode())
    shards.bytes("croissant.json", croissant(version, shards.files))
    manifest = Manifest(
        version=version,
        digest=digest,
        previous=latest.version if latest else None,
        created=created,
        captured=captured,
        rules=rules,
        toolchain=toolchain(),
        counts=counts,
        forced=forced,
        files=tuple(sorted(shards.files, key=lambda file: file.path)),
    )
    with synced(partial / MANIFEST) as file:
        file.write(to_json(manifest))
    for folder in [*(path for path in sorted(partial.rglob("*")) if path.is_dir()), partial]:
        sync_directory(folder)
    return installed(partial, manifest)
